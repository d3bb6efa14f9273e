"""The outbox: what the world must hear of, written in the transaction that decided it.

The web never sends and never starts a job. These rows are the queue: workers look through them, and
each holds the row that it is at (app/jobs).
"""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped

from models import clock
from models.base import Base, db
from models.errors import Invalid
from models.kinds import Json, UtcDateTime, internal, special

STATES = ("waiting", "done", "failed", "uncertain")


class OutboxRow(Base):
    """One thing to do outside the transaction: `kind` names the work, `payload` its input.

    `attempts` counts how often it was begun, since it was asked for or a person let it try again.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("state in ('waiting','done','failed','uncertain')", name="state"),
    )

    id: Mapped[str] = internal(Text, primary_key=True)
    kind: Mapped[str] = internal(Text)
    payload: Mapped[dict[str, Any]] = special(Json)
    dedupe_key: Mapped[str] = internal(Text, unique=True)
    state: Mapped[str] = internal(Text, default="waiting", index=True)
    created_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    not_before: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    attempts: Mapped[int] = internal(default=0)
    finished_at: Mapped[datetime | None] = internal(UtcDateTime)
    because: Mapped[str | None] = internal(Text)


def post(kind: str, payload: dict[str, Any], *, key: str) -> OutboxRow:
    """Put one piece of work into the outbox; `key` makes a repeated post a database refusal."""
    row = OutboxRow(id=str(uuid.uuid4()), kind=kind, payload=payload, dedupe_key=key)
    db.session.add(row)
    db.session.flush()
    return row


def post_many(kind: str, work: Sequence[tuple[str, dict[str, Any]]]) -> None:
    """Put many pieces of work of one kind into the outbox at once, each with its key."""
    db.session.add_all(
        OutboxRow(id=str(uuid.uuid4()), kind=kind, payload=payload, dedupe_key=key)
        for key, payload in work
    )
    db.session.flush()


def post_mail(
    *, to: str, subject: str, text: str, key: str, attach: tuple[str, int] | None = None
) -> OutboxRow:
    """Put one e-mail into the outbox; raises Invalid where a header could be smuggled in.

    `attach` names what goes with it, as (kind, id): the worker makes the file when it sends, so
    that the outbox holds no second copy (app/jobs/attachments.py has the kinds).
    """
    for what, value in (("address", to), ("subject", subject)):
        if not value.strip() or any(ord(c) < 32 or ord(c) == 127 for c in value):
            raise Invalid(f"The {what} of an e-mail must be one line of text.")
    payload: dict[str, Any] = {"to": to, "subject": subject, "text": text}
    if attach is not None:
        payload["attach"] = {"kind": attach[0], "id": attach[1]}
    return post("mail", payload, key=key)
