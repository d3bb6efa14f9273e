"""The list of follow-ups, and what can be done about one."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from models.accounts.roles import Permit
from models.contacts.follow_ups.actions import (
    cancel_follow_up,
    change_follow_up,
    finish_follow_up,
    reopen_follow_up,
)
from models.contacts.follow_ups.list import FOLLOW_UPS
from models.contacts.follow_ups.queries import follow_up_for, owners_for
from models.contacts.tables import FollowUp
from models.workshop.asking import question
from models.workshop.reading import everything
from reports.cards import follow_up_calendar
from views.contacts.counter import bp, came_from, done, own_path
from views.contacts.forms import EditFollowUpForm
from views.downloads import handed_over
from views.guards import keeps_register, needs, reader
from views.pages import render_form, submitted
from views.workshop.lists import Button, ListPage, show

LIST = ListPage(
    FOLLOW_UPS,
    "contacts.follow_ups",
    cells="contacts/follow_up_cells.html",
    facts="What you promised, the most urgent first",
    under=("Contacts", "contacts.index"),
    buttons=(
        Button(
            "To a calendar",
            "contacts.calendar_file",
            Permit.CONTACTS_READ,
            icon="calendar",
            kind="secondary",
        ),
        Button("Log a contact", "contacts.new", Permit.CONTACTS_WRITE, icon="phone", shortcut="C"),
    ),
    widths={
        "what": "name",
        "person": "place",
        "stands": "status",
        "due": "day",
        "owner": "place",
        "act": "acts",
    },
    cards={"what": "title", "person": "under", "stands": "state", "due": "end", "act": "acts"},
    empty="Nothing here",
    hint="A follow-up is added when you log a contact, or later on the contact’s page.",
    links={
        "contact": ("contacts.show", "interaction_id"),
        "person": ("people.show", "person_id"),
        "finish": ("contacts.finish", "follow_up_id"),
        "reopen": ("contacts.reopen", "follow_up_id"),
        "change": ("contacts.edit_follow_up", "follow_up_id"),
    },
)
show(bp, LIST, "/follow-ups")


@bp.get("/follow-ups.ics")
@needs(Permit.CONTACTS_READ)
@keeps_register
def calendar_file() -> ResponseReturnValue:
    """The reader's own open follow-ups for a calendar; written into the export register."""
    rows = list(everything(question(FOLLOW_UPS, reader())))
    content = follow_up_calendar(rows)
    permit = Permit.CONTACTS_READ
    return handed_over("follow-ups", content, permit, rows=len(rows), kind="text/calendar")


@bp.post("/follow-ups/<int:follow_up_id>/done")
@needs(Permit.CONTACTS_WRITE)
def finish(follow_up_id: int) -> ResponseReturnValue:
    """It is done."""
    finish_follow_up(follow_up_for(reader(), follow_up_id), by=reader())
    return _went("The follow-up is done.", ".reopen", follow_up_id)


@bp.post("/follow-ups/<int:follow_up_id>/reopen")
@needs(Permit.CONTACTS_WRITE)
def reopen(follow_up_id: int) -> ResponseReturnValue:
    """It is to be done after all."""
    reopen_follow_up(follow_up_for(reader(), follow_up_id), by=reader())
    return _went("The follow-up is open again.", ".finish", follow_up_id)


@bp.post("/follow-ups/<int:follow_up_id>/cancel")
@needs(Permit.CONTACTS_WRITE)
def cancel(follow_up_id: int) -> ResponseReturnValue:
    """It will not be done."""
    cancel_follow_up(follow_up_for(reader(), follow_up_id), by=reader())
    return _went("The follow-up was cancelled.", ".reopen", follow_up_id)


def _went(words: str, undo: str, follow_up_id: int) -> ResponseReturnValue:
    way_back = url_for(undo, follow_up_id=follow_up_id)
    return done(words, undo=way_back, back=came_from() or url_for(".follow_ups"))


@bp.get("/follow-ups/<int:follow_up_id>/edit")
@needs(Permit.CONTACTS_WRITE)
def edit_follow_up(follow_up_id: int) -> ResponseReturnValue:
    """The form to hand over, put off or word anew."""
    follow_up = follow_up_for(reader(), follow_up_id)
    form = EditFollowUpForm(
        what=follow_up.what,
        due_on=follow_up.due_on,
        owner=str(follow_up.owner_id),
        back=came_from(),
    )
    _offer_owners(form)
    return render_form("contacts/follow_up.html", form, follow_up=follow_up)


@bp.post("/follow-ups/<int:follow_up_id>/edit")
@needs(Permit.CONTACTS_WRITE)
def move_follow_up(follow_up_id: int) -> ResponseReturnValue:
    """Hand over, put off or word anew."""
    follow_up, form = follow_up_for(reader(), follow_up_id), EditFollowUpForm()
    _offer_owners(form)
    if submitted(form, lambda: _move(form, follow_up)) is None:
        return render_form("contacts/follow_up.html", form, follow_up=follow_up)
    return redirect(own_path(form.back.data, url_for(".follow_ups")))


def _move(form: EditFollowUpForm, follow_up: FollowUp) -> FollowUp:
    owners = {str(one.id): one for one in owners_for(reader())}
    return change_follow_up(
        follow_up,
        what=form.what.data,
        due_on=form.due_on.data,
        owner=owners[form.owner.data],
        by=reader(),
    )


def _offer_owners(form: EditFollowUpForm) -> None:
    form.owner.choices = [SelectChoice(str(one.id), one.name) for one in owners_for(reader())]
