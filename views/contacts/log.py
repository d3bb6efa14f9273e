"""One contact."""

from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from models.accounts.roles import Permit
from models.contacts.follow_ups.actions import add_follow_up
from models.contacts.follow_ups.list import EVERYBODY, FOLLOW_UPS
from models.contacts.list import line_of
from models.contacts.queries import changeable, company_of, contact_for, people_in
from models.contacts.tables import FollowUp, Interaction
from models.errors import Invalid
from models.workshop.asking import question
from models.workshop.reading import page
from views.contacts.counter import bp
from views.contacts.forms import FollowUpForm
from views.guards import needs, reader
from views.pages import render_form, submitted


@bp.get("/<int:interaction_id>")
@needs(Permit.CONTACTS_READ)
def show(interaction_id: int) -> ResponseReturnValue:
    """One contact with its follow-ups."""
    contact = contact_for(reader(), interaction_id)
    return _page(contact, _follow_up_form(contact))


@bp.post("/<int:interaction_id>/follow-ups")
@needs(Permit.CONTACTS_WRITE)
def promise(interaction_id: int) -> ResponseReturnValue:
    """Add a follow-up to the contact."""
    contact = contact_for(reader(), interaction_id)
    form = _follow_up_form(contact)
    if submitted(form, lambda: _promise(form, contact)) is None:
        return _page(contact_for(reader(), interaction_id), form)
    return redirect(url_for(".show", interaction_id=interaction_id))


def _promise(form: FollowUpForm, contact: Interaction) -> FollowUp:
    given = form.promise(reader())
    if given is None:
        raise Invalid("Say what is to be done.", field="what")
    people = {str(person.id): person for person in people_in(reader(), contact)}
    person = people[form.person.data] if "person" in form else next(iter(people.values()))
    return add_follow_up(contact, person, by=reader(), **given._asdict())


def _follow_up_form(contact: Interaction) -> FollowUpForm:
    form = FollowUpForm()
    form.offer_owners(reader())
    form.person.choices = [
        SelectChoice(str(one.id), one.name) for one in people_in(reader(), contact)
    ]
    if len(form.person.choices) < 2:
        del form.person
    return form


def _page(contact: Interaction, form: FollowUpForm) -> ResponseReturnValue:
    user = reader()
    context: dict[str, Any] = {
        "contact": line_of(user, contact.id),
        "company": company_of([contact.id], user)[contact.id],
        "follow_ups": page(
            question(FOLLOW_UPS, user, state="all", owner=EVERYBODY, contact=contact.id)
        ),
        "may_change": changeable(user, contact),
    }
    return render_form("contacts/show.html", form, **context)
