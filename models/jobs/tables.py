"""What is stored of an e-mail on its way. Its work is a row of the outbox (models/outbox.py)."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, relationship

from models import clock
from models.base import Base
from models.kinds import Id, UtcDateTime, internal, personal, special
from models.outbox import OutboxRow


class Message(Base):
    """One e-mail. It is `sending` from just before the mail server is given it until it answers.

    `text` goes when the message is sent: it may hold a link that signs somebody in.
    """

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint("state in ('waiting','sending','sent','failed','uncertain')", name="state"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    outbox_id: Mapped[str] = internal(ForeignKey("outbox.id"), unique=True)
    message_id: Mapped[str] = internal(String(200), unique=True)
    to: Mapped[str] = personal(String(254))
    subject: Mapped[str] = special(String(200))
    text: Mapped[str | None] = special(Text)
    state: Mapped[str] = internal(String(10), default="waiting")
    because: Mapped[str | None] = internal(Text)
    created_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    sending_at: Mapped[datetime | None] = internal(UtcDateTime)
    sent_at: Mapped[datetime | None] = internal(UtcDateTime)
    work: Mapped[OutboxRow] = relationship()


class SendCount(Base):
    """How many times a mail server was about to be given a letter: one row.

    The data folder holds the same number (app/jobs/mark.py). Where that one is higher, the database
    was put back to an earlier day.
    """

    __tablename__ = "send_count"

    id: Mapped[int] = internal(Id, primary_key=True, autoincrement=False)
    number: Mapped[int] = internal(BigInteger)
