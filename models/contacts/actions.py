"""The verbs of the contact log: log, change, take back, put back.

Each moves `Person.last_contacted_at` to the newest contact that stands, in the same transaction.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from models import audit, clock
from models.accounts.permits import require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db
from models.contacts import queries, rules
from models.contacts.follow_ups.actions import Promise, promise
from models.contacts.tables import Interaction, InteractionPerson
from models.errors import Conflict, NotAllowed, NotFound
from models.people.tables import Person

CHANGED_MEANWHILE = "Somebody changed this contact since you opened it. Reload it and try again."
SENT_BEFORE = "This form was sent before. Open it again to log another contact."


def log_contact(
    people: Sequence[Person],
    *,
    at: datetime,
    channel: str,
    summary: str,
    by: User,
    outcome: str | None = None,
    confidential: bool = False,
    follow_up: Promise | None = None,
    form_key: str | None = None,
) -> Interaction:
    """Log one contact with these people; the same `form_key` twice is one contact.

    Raises Invalid for what cannot be logged, NotFound for people the user may not see, and
    Conflict where the form was used for something else.
    """
    require(by, Permit.CONTACTS_WRITE)
    ids = {person.id for person in people}
    _check_people(ids, by=by)
    rules.check_contact(at=at, now=clock.now(), channel=channel, summary=summary, outcome=outcome)
    contact = Interaction(
        at=at,
        channel=channel,
        summary=summary.strip(),
        outcome=outcome,
        confidential=confidential,
        region_id=queries.region_of_contact(by, ids),
        logged_by_id=by.id,
        form_key=form_key,
    )
    before = _sent_before(contact, ids)
    if before is not None:
        return before
    db.session.add_all(InteractionPerson(interaction_id=contact.id, person_id=i) for i in ids)
    move_last_contacted(ids)
    audit.record("contact.logged", contact, by=by, after=_facts(contact, ids))
    if follow_up is not None:
        promise(contact, people[0], follow_up, by=by)
    return contact


def change_contact(
    contact: Interaction,
    *,
    by: User,
    people: Sequence[Person] | None = None,
    version: int | None = None,
    **values: Any,
) -> Interaction:
    """Correct a contact: at, channel, summary, outcome, confidential, people.

    Open to its author, its region and whoever sees all regions. People whom the user may not see
    stay in it. Raises Conflict where `version` is no longer the contact's.
    """
    _own(contact, by=by)
    if version is not None and version != contact.version:
        raise Conflict(CHANGED_MEANWHILE)
    facts = {name: values.get(name, getattr(contact, name)) for name in _CHANGEABLE}
    facts["summary"] = facts["summary"].strip()
    moment = {name: facts[name] for name in ("at", "channel", "summary", "outcome")}
    rules.check_contact(now=clock.now(), **moment)
    old = queries.people_ids(contact)
    new = old if people is None else _people_after(old, {one.id for one in people}, by=by)
    before, after = audit.changes(contact, facts)
    if new != old:
        before["people"], after["people"] = sorted(old), sorted(new)
        _replace_people(contact, new)
    if not after:
        return contact
    _flush()
    move_last_contacted(old | new)
    audit.record("contact.changed", contact, by=by, before=before, after=after)
    return contact


def remove_contact(contact: Interaction, *, by: User) -> Interaction:
    """Take a contact back, with its follow-ups; a second time changes nothing."""
    _own(contact, by=by, removed=contact.removed_at is not None)
    if contact.removed_at is None:
        _set_removed(contact, clock.now(), "contact.removed", by=by)
    return contact


def restore_contact(contact: Interaction, *, by: User) -> Interaction:
    """Put a contact back that was taken back; a second time changes nothing."""
    _own(contact, by=by, removed=contact.removed_at is not None)
    if contact.removed_at is not None:
        _set_removed(contact, None, "contact.restored", by=by)
    return contact


_CHANGEABLE = ("at", "channel", "summary", "outcome", "confidential")


def _facts(contact: Interaction, ids: Collection[int]) -> dict[str, Any]:
    return {name: getattr(contact, name) for name in _CHANGEABLE} | {"people": sorted(ids)}


def _check_people(ids: Collection[int], *, by: User) -> None:
    rules.check_people(ids)
    if len(queries.seen_by(by, ids)) != len(ids):
        raise NotFound("There is no such person, or they are not in your region.")


def _sent_before(contact: Interaction, ids: set[int]) -> Interaction | None:
    """Store the new contact, or find the one which the same form has stored already."""
    key = contact.form_key
    before = queries.logged_with(key) if key else None
    if before is None:
        try:
            with db.session.begin_nested():
                db.session.add(contact)
            return None
        except IntegrityError:  # the same form, sent twice at once
            before = queries.logged_with(key) if key else None
            if before is None:
                raise
    same = _facts(before, queries.people_ids(before)) == _facts(contact, ids)
    if not same or before.logged_by_id != contact.logged_by_id or before.removed_at is not None:
        raise Conflict(SENT_BEFORE)
    return before


def _own(contact: Interaction, *, by: User, removed: bool = False) -> None:
    require(by, Permit.CONTACTS_WRITE)
    queries.contact_for(by, contact.id, removed=removed)
    if not queries.changeable(by, contact):
        raise NotAllowed("Only its author, or somebody of its region, can change this contact.")


def _people_after(old: set[int], wanted: set[int], *, by: User) -> set[int]:
    hidden = old - {person.id for person in queries.seen_by(by, old)}
    _check_people(wanted, by=by)
    rules.check_people(wanted | hidden)
    return wanted | hidden


def _replace_people(contact: Interaction, ids: set[int]) -> None:
    links = {link.person_id: link for link in queries.links_of(contact)}
    for person_id in links.keys() - ids:
        db.session.delete(links[person_id])
    db.session.add_all(
        InteractionPerson(interaction_id=contact.id, person_id=person_id)
        for person_id in sorted(ids - links.keys())
    )


def _set_removed(contact: Interaction, moment: datetime | None, event: str, *, by: User) -> None:
    contact.removed_at = moment
    _flush()
    ids = queries.people_ids(contact)
    move_last_contacted(ids)
    audit.record(event, contact, by=by)


def _flush() -> None:
    try:
        db.session.flush()
    except StaleDataError as stale:
        raise Conflict(CHANGED_MEANWHILE) from stale


def move_last_contacted(ids: Collection[int]) -> None:
    """Bring these people's last contact up to the newest one that stands."""
    # Past the person's version: a contact must not make somebody's open form of the person stale.
    db.session.flush()
    queries.lock_people(ids)
    db.session.execute(
        update(Person)
        .where(Person.id.in_(ids))
        .values(last_contacted_at=queries.newest_contact())
        .execution_options(synchronize_session="fetch")
    )
