"""The verbs of follow-ups: promise, do, reopen, hand over, put off, cancel."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from models import audit, clock
from models.accounts.permits import require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db, hold_row
from models.contacts import queries, rules
from models.contacts.follow_ups.queries import follow_up_for, open_among, owners_for
from models.contacts.tables import FollowUp, Interaction
from models.errors import Invalid, NotAllowed, NotFound
from models.people.tables import Person


class Promise(NamedTuple):
    """What is to be done, by whom, until when."""

    what: str
    owner: User
    due_on: date


def add_follow_up(
    contact: Interaction, person: Person, *, what: str, owner: User, due_on: date, by: User
) -> FollowUp:
    """Promise something to somebody of this contact. Raises Invalid with the field's name."""
    require(by, Permit.CONTACTS_WRITE)
    queries.contact_for(by, contact.id)
    if not queries.changeable(by, contact):
        raise NotAllowed("Only somebody of its region can add a follow-up to this contact.")
    if person.id not in {one.id for one in queries.people_in(by, contact)}:
        raise NotFound("This person is not in the contact.")
    return promise(contact, person, Promise(what, owner, due_on), by=by)


def promise(contact: Interaction, person: Person, given: Promise, *, by: User) -> FollowUp:
    """Store a follow-up of a contact that `by` may change: the contact's actions call this."""
    require(by, Permit.CONTACTS_WRITE)
    rules.check_follow_up(what=given.what, due_on=given.due_on, today=clock.today())
    _check_owner(given.owner, person.id, by=by)
    follow_up = FollowUp(
        interaction_id=contact.id,
        person_id=person.id,
        what=given.what.strip(),
        owner_id=given.owner.id,
        due_on=given.due_on,
    )
    db.session.add(follow_up)
    db.session.flush()
    after = {"what": follow_up.what, "owner_id": follow_up.owner_id, "due_on": follow_up.due_on}
    audit.record("follow-up.added", follow_up, by=by, after=after)
    return follow_up


def promise_many(people: Sequence[Person], given: Promise, *, by: User) -> list[FollowUp]:
    """The same follow-up for each of these people, without a contact; all of them or none.

    Raises NotFound for people whom `by` may not see, Invalid where the owner may not.
    """
    require(by, Permit.CONTACTS_WRITE)
    rules.check_follow_up(what=given.what, due_on=given.due_on, today=clock.today())
    ids = [person.id for person in people]
    if len(queries.seen_by(by, ids)) != len(ids):
        raise NotFound("There is no such person, or they are not in your region.")
    if given.owner.id not in {one.id for one in owners_for(by)}:
        raise Invalid("Choose somebody from the list.", field="owner")
    hidden = len(ids) - len(queries.seen_by(given.owner, ids))
    if hidden:
        raise Invalid(
            f"{given.owner.name} cannot see {hidden} of these records. Choose somebody else.",
            field="owner",
        )
    promised = [
        FollowUp(
            person_id=person_id,
            what=given.what.strip(),
            owner_id=given.owner.id,
            due_on=given.due_on,
        )
        for person_id in ids
    ]
    db.session.add_all(promised)
    db.session.flush()
    return promised


def withdraw_promises(ids: Collection[int], *, by: User) -> None:
    """Cancel those of these follow-ups that are still open: whoever promised them many at once
    takes that back, and answers for the ids."""
    require(by, Permit.CONTACTS_WRITE)
    for promised in open_among(ids):
        promised.status, promised.closed_at = "cancelled", clock.now()
    db.session.flush()


def finish_follow_up(follow_up: FollowUp, *, by: User) -> FollowUp:
    """It is done; a second time changes nothing."""
    return _set_status(follow_up, "done", by=by)


def cancel_follow_up(follow_up: FollowUp, *, by: User) -> FollowUp:
    """It will not be done; a second time changes nothing."""
    return _set_status(follow_up, "cancelled", by=by)


def reopen_follow_up(follow_up: FollowUp, *, by: User) -> FollowUp:
    """It is to be done after all."""
    return _set_status(follow_up, "open", by=by)


def change_follow_up(
    follow_up: FollowUp,
    *,
    by: User,
    what: str | None = None,
    owner: User | None = None,
    due_on: date | None = None,
) -> FollowUp:
    """Hand over, put off or word anew; what is left out stays."""
    require(by, Permit.CONTACTS_WRITE)
    follow_up_for(by, follow_up.id)
    values: dict[str, object] = {}
    if what is not None:
        rules.check_follow_up(what=what, due_on=clock.today(), today=clock.today())
        values["what"] = what.strip()
    if owner is not None and owner.id != follow_up.owner_id:
        _check_owner(owner, follow_up.person_id, by=by)
        values["owner_id"] = owner.id
    if due_on is not None and due_on != follow_up.due_on:
        rules.check_due(due_on, today=clock.today())
        values["due_on"] = due_on
    before, after = audit.changes(follow_up, values)
    if after:
        db.session.flush()
        audit.record("follow-up.changed", follow_up, by=by, before=before, after=after)
    return follow_up


def _set_status(follow_up: FollowUp, status: str, *, by: User) -> FollowUp:
    require(by, Permit.CONTACTS_WRITE)
    hold_row(follow_up)
    follow_up_for(by, follow_up.id)
    closed_at = None if status == "open" else clock.now()
    if follow_up.status != status:
        before, after = audit.changes(follow_up, {"status": status, "closed_at": closed_at})
        db.session.flush()
        audit.record(f"follow-up.{status}", follow_up, by=by, before=before, after=after)
    return follow_up


def _check_owner(owner: User, person_id: int, *, by: User) -> None:
    if owner.id not in {one.id for one in owners_for(by)}:
        raise Invalid("Choose somebody from the list.", field="owner")
    if not queries.seen_by(owner, [person_id]):
        raise Invalid(
            f"{owner.name} cannot see this person's record. Choose somebody else.", field="owner"
        )
