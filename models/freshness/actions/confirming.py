"""A person looks at their own details, without an account: asking, answering, taking it in."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from models import audit, clock, outbox
from models.accounts.permits import require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db, hold_row
from models.councillors.queries.offices import terms_of
from models.errors import Invalid, NotFound, Refused
from models.freshness import rules
from models.freshness.actions.checking import found_true
from models.freshness.queries.confirmations import confirmation_with, links_open
from models.freshness.queries.queue import Stored, in_words, kind_of
from models.freshness.tables import Confirmation
from models.links import LinkDesk, new_nonce, nonce_hash
from models.people import keys
from models.people.actions.reach import add_contact_point, end_contact_point
from models.people.queries.facts import contact_points_of
from models.people.queries.people import regions_of_person
from models.people.tables import ContactPoint, Person

THEMSELVES = "Confirmed by themselves"
DEAD = (
    "This link has been used, was withdrawn or is too old. Ask the political office for a new one."
)
MAIL = (
    "Are your details still right?",
    "Hello {name},\n\nthe political office would like to know whether the details it holds of you "
    "are still right. Please look at them here; you need no account:\n\n{link}\n\n"
    "The link is good for one answer, for {days} days. If you know nothing of this, "
    "you need do nothing.\n",
)


@dataclass(frozen=True)
class Shown:
    """One fact as the person sees it; `key` names it in the answer."""

    key: str
    label: str
    value: str
    is_point: bool


def ask(person: Person, *, by: User, desk: LinkDesk) -> str:
    """Make a link for the person, mailed where mail is set up; returns its address.

    An earlier link that was not answered is withdrawn. Raises Refused for people put away.
    """
    require(by, Permit.PEOPLE_WRITE, regions=regions_of_person(person))
    hold_row(person)
    if person.archived_at or person.merged_into_id or person.deceased_on:
        raise Refused("This record is no longer kept up, so nobody is asked.")
    for earlier in links_open(person):
        earlier.withdrawn_at = clock.now()
    nonce = new_nonce()
    confirmation = Confirmation(
        person_id=person.id,
        nonce_hash=nonce_hash(nonce),
        made_by_id=by.id,
        made_at=clock.now(),
        expires_at=clock.now() + timedelta(days=rules.LINK_DAYS),
    )
    db.session.add(confirmation)
    db.session.flush()
    audit.record("confirmation.asked", confirmation, by=by, after={"person_id": person.id})
    link = desk.address(nonce)
    _mail(confirmation, person, link, desk=desk)
    return link


def _mail(confirmation: Confirmation, person: Person, link: str, *, desk: LinkDesk) -> None:
    address = next((one.value for one in contact_points_of(person) if one.kind == "email"), None)
    if address is None or not desk.mails:
        return
    subject, text = MAIL
    outbox.post_mail(
        to=address,
        subject=subject,
        text=text.format(name=person.name, link=link, days=rules.LINK_DAYS),
        key=f"confirmation:{confirmation.id}",
    )


def open_link(token: str, *, desk: LinkDesk, lock: bool = False) -> Confirmation:
    """The confirmation that this link opens; NotFound, in words, where it opens nothing."""
    nonce = desk.read(token)
    found = confirmation_with(nonce_hash(nonce), lock=lock) if nonce else None
    if found is None or found.answered_at or found.withdrawn_at:
        raise NotFound(DEAD)
    if found.expires_at <= clock.now() or found.person.archived_at or found.person.merged_into_id:
        raise NotFound(DEAD)
    return found


def shown_to(confirmation: Confirmation) -> list[Shown]:
    """The facts that the person is asked about: ways to reach them and offices, no membership."""
    found = []
    for fact in _asked(confirmation.person):
        kind = rules.KINDS[kind_of(fact)]
        found.append(Shown(f"{kind.key}-{fact.id}", kind.label, _value(fact), kind.is_point))
    return found


def _asked(person: Person) -> list[Stored]:
    today = clock.today()
    held = [one for one in terms_of(person) if one.actual_end is None or one.actual_end > today]
    return [*contact_points_of(person), *held]


def _value(fact: Stored) -> str:
    return in_words(fact)


def answer(
    token: str, said: Mapping[str, tuple[str, str]], *, note: str = "", desk: LinkDesk
) -> Confirmation:
    """Take the person's answer: by a fact's key "right", "change" with the new value, or "gone".

    What is right counts from today. Raises Invalid, naming the field, for a change without a
    value; the link stays good then. NotFound for a link that opens nothing.
    """
    confirmation = open_link(token, desk=desk, lock=True)
    facts = {f"{kind_of(fact)}-{fact.id}": fact for fact in _asked(confirmation.person)}
    rows = [_row(key, fact, *said.get(key, ("", ""))) for key, fact in facts.items()]
    for key, fact in facts.items():
        if said.get(key, ("", ""))[0] == "right":
            found_true(fact, verdict="confirmed", source=THEMSELVES, by=None)
    confirmation.answered_at = clock.now()
    confirmation.said = [row for row in rows if row["said"] not in ("", "right")]
    if note.strip():
        confirmation.said = [*confirmation.said, {"said": "note", "value": note.strip()[:1000]}]
    if not confirmation.said:
        confirmation.settled_at = clock.now()
    db.session.flush()
    audit.record("confirmation.answered", confirmation, by=None)
    return confirmation


def _row(key: str, fact: Stored, said: str, value: str) -> dict[str, Any]:
    value = value.strip()
    if said not in ("", "right", "change", "gone"):
        raise Invalid("Choose one of the answers.", field=key)
    if said == "change":
        if not value:
            raise Invalid("Enter what it should say.", field=f"{key}-value")
        if isinstance(fact, ContactPoint):
            try:
                keys.point(fact.kind, value)
            except Invalid as problem:
                raise Invalid(problem.message, field=f"{key}-value") from problem
    kind = kind_of(fact)
    return {"kind": kind, "id": fact.id, "said": said, "value": value, "was": _value(fact)}


def settle(confirmation: Confirmation, *, take: Collection[int], by: User) -> Confirmation:
    """Take over the changes with these places in `said`; the rest is left as it was.

    A new address or number replaces the old one, verified today. An office is never changed by
    itself: whoever settles has done that on the record.
    """
    person = confirmation.person
    require(by, Permit.PEOPLE_WRITE, regions=regions_of_person(person))
    hold_row(confirmation)
    if confirmation.settled_at is not None or confirmation.answered_at is None:
        raise Refused("There is nothing left to decide here.")
    for place, row in enumerate(confirmation.said or []):
        if place in take and row.get("kind") in rules.POINTS:
            _take(person, row, by=by)
    confirmation.settled_at, confirmation.settled_by_id = clock.now(), by.id
    db.session.flush()
    audit.record("confirmation.settled", confirmation, by=by, after={"taken": sorted(take)})
    return confirmation


def _take(person: Person, row: Mapping[str, Any], *, by: User) -> None:
    old = db.session.get(ContactPoint, row["id"])
    preferred = bool(old and old.preferred)
    if old is not None and old.ends_on is None:
        end_contact_point(old, by=by)
    if row["said"] == "change":
        add_contact_point(
            person,
            by=by,
            kind=row["kind"],
            value=row["value"],
            source=THEMSELVES,
            verified_on=clock.today(),
            preferred=preferred,
        )
