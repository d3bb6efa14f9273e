"""The history of a person's facts, as the audit has it: what can be put back from the record."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select

from models.accounts.tables import User
from models.audit import AuditEntry
from models.base import db
from models.errors import NotFound
from models.people.tables import ContactPoint, Person

CHANGED, TAGGED, UNTAGGED, ENDED = (
    "person.changed",
    "person.tagged",
    "person.untagged",
    "contact_point.ended",
)


@dataclass(frozen=True)
class Change:
    """One change of a fact, and who made it."""

    entry: AuditEntry
    author: str | None


def changes_of(person: Person, limit: int = 40) -> list[Change]:
    """The latest changes of a person's facts. Whoever got the person may read them."""
    rows = db.session.execute(
        select(AuditEntry, User.name)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(_about(person))
        .order_by(AuditEntry.seq.desc())
        .limit(limit)
    )
    return [Change(entry, author) for entry, author in rows]


def change_of(person: Person, seq: int) -> AuditEntry:
    """One change of this person's facts; raises NotFound for any other entry of the audit."""
    found = db.session.scalars(
        select(AuditEntry).where(AuditEntry.seq == seq, _about(person))
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such change of this record.")
    return found


def _about(person: Person) -> ColumnElement[bool]:
    points = select(ContactPoint.id).where(ContactPoint.person_id == person.id)
    kind, subject = AuditEntry.subject_kind, AuditEntry.subject_id
    return or_(
        and_(
            kind == "person",
            subject == person.id,
            AuditEntry.event.in_((CHANGED, TAGGED, UNTAGGED)),
        ),
        and_(kind == "contact_point", subject.in_(points), AuditEntry.event == ENDED),
    )
