"""Putting one ask to many, and noting the replies."""

from collections.abc import Collection
from datetime import date

from models import audit, clock
from models.accounts.permits import require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db, hold_row, one_at_a_time
from models.contacts.actions import log_contact
from models.contacts.queries import region_of_contact
from models.disputes import rules
from models.disputes.queries.asks import asked_with, people_to_ask
from models.disputes.tables import Ask, AskPerson
from models.errors import NotFound, Refused
from models.people.tables import Person
from models.places.tables import Constituency, Council


def put_ask(
    people: Collection[Person],
    *,
    title: str,
    body: str,
    channel: str,
    by: User,
    council: Council | None = None,
    constituency: Constituency | None = None,
    employer: str | None = None,
    wanted_by: date | None = None,
    form_key: str | None = None,
) -> Ask:
    """Log one ask to these people: a contact with each of them, all or none.

    The same `form_key` twice is one ask. Raises Invalid for what cannot be logged, NotFound for
    people whom the user may not see.
    """
    require(by, Permit.CONTACTS_WRITE)
    if form_key:
        one_at_a_time("ask", form_key)
    before = asked_with(form_key) if form_key else None
    if before is not None and before.asked_by_id == by.id:
        return before
    ids = {person.id for person in people}
    rules.check_ask(
        title=title, body=body, people=len(ids), wanted_by=wanted_by, today=clock.today()
    )
    seen = people_to_ask(by, ids)
    if len(seen) != len(ids):
        raise NotFound("There is no such person, or they are not in your region.")
    ask = Ask(
        title=title.strip(),
        body=body.strip(),
        council_id=council.id if council is not None else None,
        constituency_id=constituency.id if constituency is not None else None,
        employer=(employer or "").strip()[:120] or None,
        region_id=region_of_contact(by, ids),
        wanted_by=wanted_by,
        asked_by_id=by.id,
        form_key=form_key,
    )
    db.session.add(ask)
    db.session.flush()
    _contact_each(ask, seen, channel, by=by)
    audit.record("ask.put", ask, by=by, after={"title": ask.title, "people": sorted(ids)})
    return ask


def _contact_each(ask: Ask, people: Collection[Person], channel: str, *, by: User) -> None:
    for person in people:
        contact = log_contact(
            [person],
            at=clock.now(),
            channel=channel,
            summary=f"Asked: {ask.title}. {ask.body}",
            outcome="waiting",
            by=by,
        )
        db.session.add(AskPerson(ask_id=ask.id, person_id=person.id, interaction_id=contact.id))
    db.session.flush()


def note_reply(
    asked: AskPerson,
    ask: Ask,
    *,
    reply: str,
    by: User,
    said: str | None = None,
    on: date | None = None,
) -> AskPerson:
    """What somebody replied to an ask; a later reply replaces it, and the audit keeps both."""
    require(by, Permit.CONTACTS_WRITE)
    hold_row(asked)
    if ask.closed_at is not None:
        raise Refused("This ask is closed. Open it again to note a reply.")
    text = (said or "").strip()
    rules.check_reply(reply, text)
    day = None if reply == "waiting" else on or clock.today()
    before, after = audit.changes(asked, {"reply": reply, "said": text or None, "replied_on": day})
    if after:
        db.session.flush()
        shown = {"reply": before.get("reply"), "replied_on": before.get("replied_on")}
        audit.record(
            "ask.replied", asked, by=by, before=shown, after={"reply": reply, "replied_on": day}
        )
    return asked


def close_ask(ask: Ask, *, by: User) -> Ask:
    """The dispute is over, or nobody is waited for any more."""
    return _set_closed(ask, closed=True, by=by)


def open_ask(ask: Ask, *, by: User) -> Ask:
    """Follow the replies again."""
    return _set_closed(ask, closed=False, by=by)


def _set_closed(ask: Ask, *, closed: bool, by: User) -> Ask:
    require(by, Permit.CONTACTS_WRITE)
    hold_row(ask)
    if (ask.closed_at is not None) != closed:
        ask.closed_at = clock.now() if closed else None
        db.session.flush()
        audit.record("ask.closed" if closed else "ask.opened", ask, by=by)
    return ask
