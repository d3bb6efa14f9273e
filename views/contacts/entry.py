"""Logging a contact, correcting it, taking it back."""

from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.contacts.actions import change_contact, log_contact, remove_contact, restore_contact
from models.contacts.list import line_of
from models.contacts.queries import changeable, company_of, contact_for, people_in
from models.contacts.tables import Interaction
from models.errors import NotAllowed
from models.query_args import whole
from views.asked import asked
from views.contacts.counter import bp, came_from, done, own_path
from views.contacts.forms import ContactForm, EditContactForm, NewContactForm
from views.guards import needs, reader
from views.pages import render_form, submitted


@bp.get("/new")
@needs(Permit.CONTACTS_WRITE)
def new() -> ResponseReturnValue:
    """The quick form, for the people named in the address, if any."""
    form = NewContactForm(back=came_from(), people=list(asked().ids("person") or ()))
    return _quick_form(form)


@bp.post("/new")
@needs(Permit.CONTACTS_WRITE)
def create() -> ResponseReturnValue:
    """Log it, or offer another person."""
    form = NewContactForm()
    form.find(reader())
    form.offer_owners(reader())
    if form.names_another:
        return _another(form, "contacts/new.html")
    contact = submitted(form, lambda: _log(form))
    if contact is None:
        return _quick_form(form)
    undo = url_for(".undo", interaction_id=contact.id)
    return done("Contact logged.", undo=undo, back=form.back.data)


def _log(form: NewContactForm) -> Interaction:
    return log_contact(
        form.chosen,
        by=reader(),
        follow_up=form.promise(reader()),
        form_key=form.form_key.data or None,
        **form.values(),
    )


def _quick_form(form: NewContactForm) -> ResponseReturnValue:
    if not form.is_submitted():
        form.find(reader())
        form.offer_owners(reader())
        form.begin()
    return render_form("contacts/new.html", form)


def _another(form: ContactForm, template: str, **context: Any) -> ResponseReturnValue:
    if form.unclear:
        form.who.errors = [form.unclear]
    form.go_on()
    return render_form(template, form, **context)


@bp.get("/<int:interaction_id>/edit")
@needs(Permit.CONTACTS_WRITE)
def edit(interaction_id: int) -> ResponseReturnValue:
    """The form with the contact as it is."""
    contact = contact_for(reader(), interaction_id)
    if not changeable(reader(), contact):
        raise NotAllowed("Only its author, or somebody of its region, can change this contact.")
    people = [person.id for person in people_in(reader(), contact)]
    form = EditContactForm(obj=contact, people=people, back=came_from())
    form.find(reader())
    return render_form("contacts/edit.html", form, **_told(contact))


@bp.post("/<int:interaction_id>/edit")
@needs(Permit.CONTACTS_WRITE)
def change(interaction_id: int) -> ResponseReturnValue:
    """Correct the contact, or offer another person."""
    contact = contact_for(reader(), interaction_id)
    told, form = _told(contact), EditContactForm()
    form.find(reader())
    if form.names_another:
        return _another(form, "contacts/edit.html", **told)
    if submitted(form, lambda: _correct(form, contact)) is None:
        return render_form("contacts/edit.html", form, **told)
    return redirect(own_path(form.back.data, url_for(".show", interaction_id=interaction_id)))


def _correct(form: EditContactForm, contact: Interaction) -> Interaction:
    version = whole(form.version.data) or 0
    return change_contact(
        contact, by=reader(), people=form.chosen, version=version, **form.values()
    )


def _told(contact: Interaction) -> dict[str, Any]:
    """What the form says of the contact."""
    company = company_of([contact.id], reader())[contact.id]
    return {"contact": line_of(reader(), contact.id), "company": company}


@bp.post("/<int:interaction_id>/undo")
@needs(Permit.CONTACTS_WRITE)
def undo(interaction_id: int) -> ResponseReturnValue:
    """Take the contact back."""
    contact = contact_for(reader(), interaction_id)
    remove_contact(contact, by=reader())
    way_back = url_for(".restore", interaction_id=interaction_id)
    own_page = url_for(".show", interaction_id=interaction_id)
    back = came_from() if not came_from().startswith(own_page) else url_for(".index")
    return done("The contact was taken back.", undo=way_back, label="Put it back", back=back)


@bp.post("/<int:interaction_id>/restore")
@needs(Permit.CONTACTS_WRITE)
def restore(interaction_id: int) -> ResponseReturnValue:
    """Put back a contact that was taken back."""
    contact = contact_for(reader(), interaction_id, removed=True)
    restore_contact(contact, by=reader())
    return done("The contact is back.", undo=url_for(".undo", interaction_id=interaction_id))
