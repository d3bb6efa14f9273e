"""Acts on many people: the selection of a list, a page that says how many, the act, its undo.

The selection travels as the ids that were ticked, or as the list's filters where “all that match”
was chosen; it is looked up anew each time, within what the reader may see.
"""

import secrets
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, SelectChoice, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from models import clock
from models.accounts.permits import require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.contacts import rules as contact_rules
from models.contacts.follow_ups.actions import Promise
from models.contacts.follow_ups.queries import owners_for
from models.errors import Conflict
from models.people.tables import Person
from models.search import rules
from models.search.actions.bulk import (
    Sent,
    assign_many,
    contact_many,
    invite_many,
    tag_many,
    undo_act,
)
from models.search.queries.bulk import (
    act_for,
    acts_of,
    cannot_be_undone,
    mailable,
    parts_of,
    people_among,
    statuses_of,
)
from models.search.tables import BulkAct
from models.workshop.asking import Question, ask, sentence
from models.workshop.listing import TICKED
from models.workshop.reading import ids
from views.asked import asked, nothing_left_out
from views.forms import BaseForm, ChoiceField, DayField, Days, MomentField
from views.guards import needs, reader
from views.pages import PAGE_SIZE, Page, page_number, render_form, submitted
from views.records import person_href
from views.workshop.bulk import ACTIONS, TO_MANY, BulkAction
from views.workshop.lists import PAGES, ListPage

bp = Blueprint("bulk", __name__, url_prefix="/bulk")

CHANGED = "The list has changed: it is {now:,} people now, not {then}. Look again, then confirm."


class BulkForm(BaseForm):
    """What every act on many carries along."""

    form_key = HiddenField()
    number = HiddenField()


class TagForm(BulkForm):
    """A tag."""

    name = StringField("Tag", validators=[DataRequired("Enter the tag."), Length(max=60)])


class AssignForm(BulkForm):
    """A follow-up for somebody."""

    what = StringField(
        "What is to be done?", validators=[DataRequired("Say what is to be done."), Length(max=200)]
    )
    owner = ChoiceField("Who will do it?", validators=[DataRequired("Choose who will do it.")])
    due_on = DayField("Until when?", days=Days.TERM, validators=[InputRequired("Enter the day.")])


class ContactForm(BulkForm):
    """One contact with all of them."""

    channel = ChoiceField(
        "How were you in contact?",
        choices=[SelectChoice(choice.key, choice.label) for choice in contact_rules.CHANNELS],
        validators=[DataRequired("Choose how you were in contact.")],
    )
    summary = TextAreaField(
        "What was it about?",
        validators=[
            DataRequired("Say in a few words what it was about."),
            Length(max=contact_rules.SUMMARY_LIMIT),
        ],
    )
    at = MomentField(
        "When", days=Days.PAST, default=clock.now, validators=[InputRequired("Enter when it was.")]
    )


class InviteForm(BulkForm):
    """Nothing to say: the page says what will happen."""


def _tag(form: Any, people: Sequence[Person], by: User, sent: Sent) -> BulkAct:
    return tag_many(people, by=by, name=form.name.data or "", sent=sent)


def _assign(form: Any, people: Sequence[Person], by: User, sent: Sent) -> BulkAct:
    owner = next(one for one in owners_for(by) if str(one.id) == form.owner.data)
    given = Promise(form.what.data or "", owner, form.due_on.data)
    return assign_many(people, given, by=by, sent=sent)


def _contact(form: Any, people: Sequence[Person], by: User, sent: Sent) -> BulkAct:
    values = {name: form[name].data for name in ("at", "channel", "summary")}
    return contact_many(people, by=by, sent=sent, **values)


def _invite(_form: Any, people: Sequence[Person], by: User, sent: Sent) -> BulkAct:
    return invite_many(people, by=by, sent=sent)


ACTIONS |= {
    "tag": BulkAction("Tag", "Tag them", Permit.PEOPLE_WRITE, TagForm, _tag),
    "follow-up": BulkAction(
        "Assign a follow-up", "Assign it", Permit.CONTACTS_WRITE, AssignForm, _assign
    ),
    "contact": BulkAction(
        "Log one contact", "Log it", Permit.CONTACTS_WRITE, ContactForm, _contact
    ),
    "invite": BulkAction(
        "Invite to the network", "Invite them", Permit.COUNCILLORS_WRITE, InviteForm, _invite
    ),
}


@bp.get("/new")
@needs(TO_MANY)
def choose() -> ResponseReturnValue:
    """From a list: to the page of the act that was chosen there."""
    shown, act = _list(), asked().key("act") or ""
    everybody = bool(asked().key("all"))
    picked = (asked().ids("pick") or ())[:PAGE_SIZE]
    filters: Any = _question().args
    if act in shown.exports:
        ticked = {} if everybody or not picked else {TICKED: ",".join(map(str, picked))}
        return redirect(url_for("reports.ask", key=act, **filters | ticked))
    if act not in ACTIONS:
        return redirect(_back())
    chosen: Any = {"all": "1"} if everybody else {"pick": picked}
    return redirect(url_for(".act", kind=act, of=shown.listing.name, **filters, **chosen))


@bp.route("/<string:kind>", methods=["GET", "POST"])
@needs(TO_MANY)
def act(kind: str) -> ResponseReturnValue:
    """Say to how many people it will happen; then do it."""
    if kind not in ACTIONS:
        abort(404)
    chosen = ACTIONS[kind]
    require(reader(), _list().listing.permit)
    require(reader(), chosen.permit)
    people = _selected()
    form = chosen.form(form_key=secrets.token_urlsafe(24), number=str(len(people)))
    if isinstance(form, AssignForm):
        form.owner.choices = [SelectChoice(str(one.id), one.name) for one in owners_for(reader())]
    done = submitted(form, lambda: _do(chosen, form, people))
    if done is not None:
        return _done(done, len(people))
    form.number.data = str(len(people))
    return render_form(
        "bulk/act.html",
        form,
        act=chosen,
        kind=kind,
        number=len(people),
        some=[person.name for person in people[:8]],
        letters=_letters(kind, people),
        most=rules.MOST_INVITED if kind == "invite" else rules.MOST_PEOPLE,
        back=_back(),
        lasting=kind not in rules.REVERSIBLE,
    )


@bp.get("")
@needs(TO_MANY)
def index() -> ResponseReturnValue:
    """What the reader did to many people, the latest first."""
    number = page_number()
    rows, total = acts_of(reader(), page=number, size=PAGE_SIZE)
    return render_template(
        "bulk/index.html",
        page=Page(rows, number, total),
        kinds=rules.KINDS,
        outcomes=rules.OUTCOMES,
        why_not=cannot_be_undone,
    )


@bp.get("/done/<int:act_id>")
@needs(TO_MANY)
def show(act_id: int) -> ResponseReturnValue:
    """What one act came to, for each person."""
    one = act_for(reader(), act_id)
    return render_template(
        "bulk/show.html",
        act=one,
        parts=parts_of(reader(), one),
        kinds=rules.KINDS,
        outcomes=rules.OUTCOMES,
        why_not=cannot_be_undone(one),
        person_href=person_href,
    )


@bp.post("/done/<int:act_id>/undo")
@needs(TO_MANY)
def undo(act_id: int) -> ResponseReturnValue:
    """Take an act back."""
    undo_act(act_for(reader(), act_id), by=reader())
    flash("It was taken back for everybody.")
    return redirect(url_for(".show", act_id=act_id))


def _do(chosen: BulkAction, form: BulkForm, people: Sequence[Person]) -> BulkAct:
    sent = Sent(form.form_key.data or secrets.token_urlsafe(24), _selection_in_words(len(people)))
    if form.number.data != str(len(people)):
        raise Conflict(CHANGED.format(now=len(people), then=form.number.data or "none"))
    return chosen.do(form, people, reader(), sent)


def _done(done: BulkAct, number: int) -> ResponseReturnValue:
    words = f"{rules.KINDS[done.kind]} {number:,} {'person' if number == 1 else 'people'}."
    if cannot_be_undone(done) is None:
        toast: Any = {"text": words, "action": url_for(".undo", act_id=done.id)}
        flash(toast, "undo")
    else:
        flash(words)
    return redirect(url_for(".show", act_id=done.id))


def _list() -> ListPage:
    """The list from which the people were chosen."""
    found = PAGES.get(asked().key("of") or "people")
    if found is None:
        abort(404)
    return found


def _question() -> Question:
    return ask(_list().listing, reader(), asked())


def _selected() -> list[Person]:
    """Whom the address names, as far as the reader sees them."""
    if not asked().key("all"):
        return people_among(reader(), (asked().ids("pick") or ())[:PAGE_SIZE])
    question = _question()
    nothing_left_out()
    return people_among(reader(), ids(question, most=rules.MOST_PEOPLE))


def _selection_in_words(number: int) -> str:
    return sentence(_question()) if asked().key("all") else f"{number} ticked"


def _letters(kind: str, people: Sequence[Person]) -> dict[str, int] | None:
    """Of an invitation: how many are asked, how many letters go, how many were asked before."""
    if kind != "invite" or not people:
        return None
    ids = [person.id for person in people]
    statuses = statuses_of(ids)
    to_ask = [one for one in ids if rules.invitation_step(statuses.get(one)) is not None]
    mailed = mailable(to_ask)
    return {"asked": len(to_ask), "mailed": len(mailed), "left": len(ids) - len(to_ask)}


def _back() -> str:
    args: Any = _question().args
    return url_for(_list().endpoint, **args)
