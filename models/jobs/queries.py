"""What waits, what failed, and what somebody has to look at."""

from datetime import datetime

from sqlalchemy import Select, func, select

from models import clock
from models.accounts.permits import Actor
from models.base import db
from models.errors import NotFound
from models.jobs.tables import Message, SendCount
from models.outbox import OutboxRow

OPEN_STATES = ("uncertain", "failed", "waiting")


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


def _open(states: tuple[str, ...]) -> Select[OutboxRow, Message]:
    return (
        select(OutboxRow, Message)
        .outerjoin(Message, Message.outbox_id == OutboxRow.id)
        .where(OutboxRow.state.in_(states))
    )


def open_work(
    reader: Actor, *, state: str | None, offset: int, limit: int
) -> tuple[list[tuple[OutboxRow, Message | None]], int]:
    """Rows that are not done (or in one state), newest first, and how many there are.

    A reader who is held to regions gets the rows without their e-mails: these have no region.
    """
    states = (state,) if state in OPEN_STATES else OPEN_STATES
    total = db.session.scalar(
        select(func.count()).select_from(OutboxRow).where(OutboxRow.state.in_(states))
    )
    found = db.session.execute(
        _open(states)
        .order_by(OutboxRow.created_at.desc(), OutboxRow.id)
        .offset(offset)
        .limit(limit)
    ).all()
    sees_all = reader.region_ids is None
    return [(row[0], row[1] if sees_all else None) for row in found], total or 0


def counts() -> dict[str, int]:
    """How many rows are in each open state."""
    found = db.session.execute(
        select(OutboxRow.state, func.count().label("number"))
        .where(OutboxRow.state.in_(OPEN_STATES))
        .group_by(OutboxRow.state)
    ).all()
    return dict.fromkeys(OPEN_STATES, 0) | {row.state: row.number for row in found}


def oldest_due(*, kinds: tuple[str, ...]) -> datetime | None:
    """Since when the longest waiting row of these kinds is due; None where nothing is."""
    return db.session.scalar(
        select(func.min(OutboxRow.not_before)).where(
            OutboxRow.state == "waiting",
            OutboxRow.kind.in_(kinds),
            OutboxRow.not_before <= clock.now(),
        )
    )
