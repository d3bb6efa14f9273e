"""The list of the audit: every change, by whom."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, select, true

from models import clock
from models.accounts.queries import user_names
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.audit import AuditEntry
from models.base import db
from models.workshop.listing import Column, Filter, Fixed, Found, Join, Listing, Tab

NOBODY, SYSTEM = "system", "Command line or system"


class AuditLine(NamedTuple):
    """One change. `id` is its number in the chain; no name where the system or the command line
    did it. Of an erased entry nothing is known but that it was there."""

    id: int
    at: datetime
    name: str | None
    event: str
    subject_kind: str
    subject_id: int | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    erased: bool


def event_words(event: str) -> str:
    """An event as one reads it: "user.signed_in" is "User signed in"."""
    return event.replace(".", " ").replace("_", " ").capitalize()


def _known(column: Any) -> Found:
    """What stands in the column, each once, in words."""
    each = select(column).distinct().order_by(column)
    return Found(lambda _: [(one, event_words(one)) for one in db.session.scalars(each)])


def _by_nobody(_said: str) -> ColumnElement[bool]:
    return AuditEntry.actor_id.is_(None)


def _on(day: date) -> ColumnElement[bool]:
    start, end = clock.midnight(day), clock.midnight(day + timedelta(days=1))
    return and_(AuditEntry.at >= start, AuditEntry.at < end)


AUDIT = Listing(
    name="audit",
    title="Audit",
    permit=Permit.AUDIT_READ,
    one="entry",
    many="entries",
    subject="Entries",
    source=AuditEntry,
    key=AuditEntry.seq,
    line=AuditLine,
    reads=(
        AuditEntry.seq, AuditEntry.at, User.name, AuditEntry.event, AuditEntry.subject_kind,
        AuditEntry.subject_id, AuditEntry.before, AuditEntry.after, AuditEntry.salt.is_(None),
    ),
    joins=(Join(User, User.id == AuditEntry.actor_id),),
    visible=lambda _: (true(),),
    columns=(
        Column("id", "Number", sort=(AuditEntry.seq,)),
        Column("at", "When", "moment"),
        Column("name", "Who", value=lambda it: it.name or SYSTEM,
               sort=(User.name, AuditEntry.seq), unknown_first=True),
        Column("event", "What", value=lambda it: event_words(it.event),
               sort=(AuditEntry.event, AuditEntry.seq)),
        Column("subject", "Record", sort=(AuditEntry.subject_kind, AuditEntry.subject_id),
               value=lambda it: f"{it.subject_kind.replace('_', ' ')} {it.subject_id}"),
        Column("changes", "Before and after", value=lambda _: None),
    ),
    filters=(
        Filter("event", "Event", AuditEntry.event.__eq__, "key", "of the event “{}”",
               _known(AuditEntry.event)),
        Filter("user", "User", AuditEntry.actor_id.__eq__, "id", "by {}",
               Found(lambda _: user_names())),
        Filter("day", "Day", _on, "day", "of {}"),
        Filter("kind", "Kind of record", AuditEntry.subject_kind.__eq__, "key",
               "about a record “{}”", _known(AuditEntry.subject_kind)),
        Filter("id", "Number of the record", AuditEntry.subject_id.__eq__, "id", "numbered {}"),
        Filter("by", "By", _by_nobody, "key", "", Fixed({NOBODY: SYSTEM}),
               subject={NOBODY: "Entries of the command line or the system"}, shown=False),
    ),
    tabs=(Tab("All", {}), Tab(SYSTEM, {"by": NOBODY})),
    sort="-id",
)  # fmt: skip
