"""What waits, what failed, and what somebody has to look at."""

from datetime import datetime

from sqlalchemy import func, select

from models import clock
from models.base import db
from models.errors import NotFound
from models.jobs.tables import Message, SendCount
from models.outbox import OutboxRow


def due(*, kinds: tuple[str, ...], limit: int) -> list[OutboxRow]:
    """Waiting rows of these kinds whose time has come, the longest waiting first."""
    return list(
        db.session.scalars(
            select(OutboxRow)
            .where(
                OutboxRow.state == "waiting",
                OutboxRow.kind.in_(kinds),
                OutboxRow.not_before <= clock.now(),
            )
            .order_by(OutboxRow.not_before, OutboxRow.created_at, OutboxRow.id)
            .limit(limit)
        )
    )


def waiting_letters(*, until: datetime | None) -> list[OutboxRow]:
    """What waits and would send a letter, all of it or what was written by `until`; held."""
    query = select(OutboxRow).where(
        OutboxRow.state == "waiting", OutboxRow.kind.in_(("mail", "reset"))
    )
    if until is not None:
        query = query.where(OutboxRow.created_at <= until)
    return list(db.session.scalars(query.order_by(OutboxRow.created_at).with_for_update()))


def sent_count() -> int:
    """How many letters were begun, as this database remembers."""
    return db.session.scalars(select(SendCount.number).where(SendCount.id == 1)).one()


def locked(row_id: str) -> OutboxRow:
    """The row, held until the transaction ends; raises NotFound."""
    row = db.session.scalars(
        select(OutboxRow)
        .where(OutboxRow.id == row_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such work in the outbox.")
    return row


def by_key(key: str) -> OutboxRow | None:
    """The work that was posted with this key, held until the transaction ends."""
    return db.session.scalars(
        select(OutboxRow).where(OutboxRow.dedupe_key == key).with_for_update()
    ).one_or_none()


def message_of(row_id: str) -> Message | None:
    """The e-mail of a row, if one was made."""
    return db.session.scalars(select(Message).where(Message.outbox_id == row_id)).one_or_none()


def oldest_due(*, kinds: tuple[str, ...]) -> datetime | None:
    """Since when the longest waiting row of these kinds is due; None where nothing is."""
    return db.session.scalar(
        select(func.min(OutboxRow.not_before)).where(
            OutboxRow.state == "waiting",
            OutboxRow.kind.in_(kinds),
            OutboxRow.not_before <= clock.now(),
        )
    )
