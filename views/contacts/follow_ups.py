"""My follow-ups: due, overdue, done; and what can be done about one."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from models.accounts.roles import Permit
from models.contacts.follow_ups.actions import (
    cancel_follow_up,
    change_follow_up,
    finish_follow_up,
    reopen_follow_up,
)
from models.contacts.follow_ups.queries import (
    follow_up_counts,
    follow_up_for,
    follow_ups_for,
    owners_for,
)
from models.contacts.tables import FollowUp
from models.query_args import whole
from reports.cards import follow_up_calendar
from views.asked import asked, heard
from views.contacts.counter import bp, came_from, done, own_path
from views.contacts.forms import EditFollowUpForm, OwnerForm
from views.downloads import handed_over
from views.guards import keeps_register, needs, reader
from views.pages import Page, page_number, render_form, submitted

STATES = {"due": "Due", "overdue": "Overdue", "done": "Done", "all": "All"}
EVERYBODY = "all"


@bp.get("/follow-ups")
@needs(Permit.CONTACTS_READ)
def follow_ups() -> ResponseReturnValue:
    """The reader's own follow-ups, or those of somebody of their office."""
    form = OwnerForm(request.args, meta={"csrf": False})
    others = [
        SelectChoice(str(one.id), one.name) for one in owners_for(reader()) if one.id != reader().id
    ]
    form.owner.choices = [SelectChoice(EVERYBODY, "Everybody’s"), *others]
    heard(form)
    owner_id = _owner_id(form)
    counts = follow_up_counts(reader(), owner_id)
    state = asked().one_of("state", STATES) or _first_state(counts)
    number = page_number()
    rows, total = follow_ups_for(reader(), state=state, owner_id=owner_id, page=number)
    return render_template(
        "contacts/follow_ups.html",
        form=form,
        page=Page(rows, number, total),
        counts=counts,
        state=state,
        states=STATES,
    )


def _owner_id(form: OwnerForm) -> int | None:
    wanted = form.owner.data
    if wanted == EVERYBODY:
        return None
    known = {choice.value for choice in form.owner.choices}
    return (whole(wanted) if wanted in known else None) or reader().id


def _first_state(counts: dict[str, int]) -> str:
    return "overdue" if counts["overdue"] else "due"


@bp.get("/follow-ups.ics")
@needs(Permit.CONTACTS_READ)
@keeps_register
def calendar_file() -> ResponseReturnValue:
    """The reader's own open follow-ups for a calendar; written into the export register."""
    rows, _total = follow_ups_for(reader(), state="open", owner_id=reader().id, size=1000)
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
