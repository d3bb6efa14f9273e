"""Acts on many people at once: each is one act with one form key, audited, all of it or none."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from models import audit, clock, outbox
from models.accounts.permits import require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db, hold_row, one_at_a_time
from models.contacts.actions import log_contact, remove_contact
from models.contacts.follow_ups.actions import Promise, promise_many, withdraw_promises
from models.contacts.rules import PEOPLE_LIMIT
from models.contacts.tables import Interaction
from models.councillors.actions import move_in_network
from models.errors import Conflict, Invalid, NotFound, Refused
from models.folding import fold
from models.people.queries.facts import tag_of
from models.people.tables import Person, PersonTag, Tag
from models.search import rules
from models.search.queries.bulk import (
    act_for,
    act_sent_before,
    cannot_be_undone,
    mailable,
    people_among,
    statuses_of,
    tagged_among,
    things_of,
)
from models.search.tables import BulkAct, BulkPart

Parts = list[tuple[int, str, int | None]]
SUBJECT = "The Councillors' Network"
INVITATION = """Dear {name},

Your union would like you to be part of its Councillors' Network: councillors who are members, who
hear from us first and whom we can call on. {by} of the political office invites you to join.

Answer this letter, or ring the office, to join or to be left alone.
"""


class Sent(NamedTuple):
    """The form by which an act comes: its key makes it one act, the selection is said in words."""

    key: str
    selection: str = ""


def tag_many(people: Sequence[Person], *, by: User, name: str, sent: Sent) -> BulkAct:
    """Put a tag on all of these people; who has it keeps it, also when this is taken back."""
    require(by, Permit.PEOPLE_WRITE)
    name = " ".join(name.split())
    if not fold(name) or len(name) > 60:
        raise Invalid("A tag has one to 60 characters.", field="name")
    act, fresh = _begin("tag", people, by, sent, {"tag": name})
    if not fresh:
        return act
    one_at_a_time("tag", fold(name))
    tag = tag_of(name)
    if tag is None:
        tag = Tag(name=name, key=fold(name))
        db.session.add(tag)
        db.session.flush()
    there = tagged_among(tag, [person.id for person in people])
    made = [PersonTag(person_id=one.id, tag_id=tag.id) for one in people if one.id not in there]
    db.session.add_all(made)
    db.session.flush()
    parts: Parts = [(person_id, "already", None) for person_id in sorted(there)]
    return _end(act, [*parts, *((one.person_id, "done", one.id) for one in made)], by=by)


def assign_many(people: Sequence[Person], given: Promise, *, by: User, sent: Sent) -> BulkAct:
    """The same follow-up for each of these people, for somebody who may see them all."""
    require(by, Permit.CONTACTS_WRITE)
    details = {"what": given.what, "owner_id": given.owner.id, "due_on": given.due_on.isoformat()}
    act, fresh = _begin("follow-up", people, by, sent, details)
    if not fresh:
        return act
    promised = promise_many(people, given, by=by)
    return _end(act, [(one.person_id, "done", one.id) for one in promised], by=by)


def contact_many(
    people: Sequence[Person],
    *,
    by: User,
    at: datetime,
    channel: str,
    summary: str,
    sent: Sent,
) -> BulkAct:
    """Log one contact with all of these people; the log holds it in parts of fifty."""
    require(by, Permit.CONTACTS_WRITE)
    details = {"at": at.isoformat(), "channel": channel, "summary": summary}
    act, fresh = _begin("contact", people, by, sent, details)
    if not fresh:
        return act
    parts: Parts = []
    for start in range(0, len(people), PEOPLE_LIMIT):
        some = people[start : start + PEOPLE_LIMIT]
        logged = log_contact(some, by=by, at=at, channel=channel, summary=summary)
        parts += [(person.id, "done", logged.id) for person in some]
    return _end(act, parts, by=by)


def invite_many(people: Sequence[Person], *, by: User, sent: Sent) -> BulkAct:
    """Invite these people to the network. A letter goes to whoever may be written to about it and
    has an address; of the others only the status changes. Who was asked before is left alone."""
    require(by, Permit.COUNCILLORS_WRITE)
    rules.checked_number(len(people), rules.MOST_INVITED)
    act, fresh = _begin("invite", people, by, sent, {})
    if not fresh:
        return act
    ids = [person.id for person in people]
    statuses, addresses = statuses_of(ids), mailable(ids)
    parts: Parts = []
    for person in people:
        status = statuses.get(person.id)
        step = rules.invitation_step(status)
        if step is None:
            was = "already" if status in ("invited", "joined") else "not possible"
            parts.append((person.id, was, None))
            continue
        row = move_in_network(person, by=by, step=step)
        address = addresses.get(person.id)
        if address is not None:
            text = INVITATION.format(name=person.full_name, by=by.name)
            key = f"bulk:{act.id}:{person.id}"
            outbox.post_mail(to=address, subject=SUBJECT, text=text, key=key)
        parts.append((person.id, "done" if address is None else "mailed", row.id))
    return _end(act, parts, by=by)


def undo_act(act: BulkAct, *, by: User) -> BulkAct:
    """Take one's own act back: what it made goes, what was there before stays. A second time, and
    an invitation, are refused."""
    require(by, Permit.SIGNED_IN)
    hold_row(act)
    act_for(by, act.id)
    because = cannot_be_undone(act)
    if because is not None:
        raise Refused(because)
    things = things_of(act)
    if act.kind == "tag":
        require(by, Permit.PEOPLE_WRITE)
        for tagging in filter(None, (db.session.get(PersonTag, one) for one in things)):
            db.session.delete(tagging)
    elif act.kind == "follow-up":
        withdraw_promises(things, by=by)
    else:
        for logged in filter(None, (db.session.get(Interaction, thing) for thing in things)):
            if logged.removed_at is None:
                remove_contact(logged, by=by)
    act.undone_at, act.undone_by_id = clock.now(), by.id
    db.session.flush()
    audit.record("bulk.undone", act, by=by, after={"kind": act.kind, "things": things})
    return act


def _begin(
    kind: str,
    people: Sequence[Person],
    by: User,
    sent: Sent,
    details: dict[str, Any],
) -> tuple[BulkAct, bool]:
    """The act, and whether it is still to be done: the same form twice is one act."""
    rules.checked_number(len(people))
    ids = [person.id for person in people]
    if len(people_among(by, ids)) != len(ids):
        raise NotFound("There is no such person, or they are not in your region.")
    one_at_a_time("bulk act", sent.key)
    before = act_sent_before(sent.key)
    if before is not None:
        if before.by_id != by.id or before.kind != kind or before.details != details:
            raise Conflict("This form was sent before. Begin again from the list.")
        return before, False
    act = BulkAct(
        kind=kind, form_key=sent.key, selection=sent.selection[:400], details=details, by_id=by.id
    )
    db.session.add(act)
    db.session.flush()
    return act, True


def _end(act: BulkAct, parts: Parts, *, by: User) -> BulkAct:
    db.session.add_all(
        BulkPart(act_id=act.id, person_id=person_id, outcome=outcome, thing_id=thing)
        for person_id, outcome, thing in parts
    )
    db.session.flush()
    after = {**act.details, "people": [person_id for person_id, _outcome, _thing in parts]}
    audit.record(f"bulk.{act.kind}", act, by=by, after=after)
    return act
