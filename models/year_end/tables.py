"""The end of a fund's year: proposed by one, approved by another, with a line for each award.

A new room, above payments and evidence, because closing settles what they left open.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, relationship

from models import clock
from models.accounts.tables import User
from models.base import Base
from models.budget.tables import Award, Fund
from models.kinds import Id, Pence, UtcDateTime, internal

OPEN = "status in ('waiting','approved')"


class YearEnd(Base):
    """The closing of one fund into the next: `balance_p` of what is unspent goes with it."""

    __tablename__ = "year_end"
    __table_args__ = (
        CheckConstraint("status in ('waiting','approved','refused','withdrawn')", name="status"),
        CheckConstraint("balance_p >= 0", name="balance"),
        CheckConstraint("fund_id <> next_fund_id", name="funds"),
        CheckConstraint(
            "status not in ('approved','refused') or"
            " (decided_by_id is not null and decided_by_id <> proposed_by_id)",
            name="two_people",
        ),
        # A fund is closed once.
        Index(
            "uq_year_end_open",
            "fund_id",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    fund_id: Mapped[int] = internal(ForeignKey("fund.id"))
    fund: Mapped[Fund] = relationship(foreign_keys=[fund_id])
    next_fund_id: Mapped[int] = internal(ForeignKey("fund.id"))
    next_fund: Mapped[Fund] = relationship(foreign_keys=[next_fund_id])
    balance_p: Mapped[int] = internal(Pence)
    authority: Mapped[str] = internal(String(200))
    reason: Mapped[str] = internal(Text)
    status: Mapped[str] = internal(String(10), default="waiting")
    proposed_by_id: Mapped[int] = internal(ForeignKey("user.id"))
    proposed_by: Mapped[User] = relationship(foreign_keys=[proposed_by_id])
    proposed_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    decided_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])
    decided_at: Mapped[datetime | None] = internal(UtcDateTime)
    answer: Mapped[str | None] = internal(Text)
    idem: Mapped[str] = internal(String(80), unique=True)
    lines: Mapped[list["YearEndLine"]] = relationship(order_by="YearEndLine.id")


class YearEndLine(Base):
    """What becomes of one open commitment: `carry` into the next fund, or `release`."""

    __tablename__ = "year_end_line"
    __table_args__ = (
        UniqueConstraint("year_end_id", "award_id"),
        CheckConstraint("choice in ('carry','release')", name="choice"),
        CheckConstraint("amount_p > 0", name="amount"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    year_end_id: Mapped[int] = internal(ForeignKey("year_end.id"))
    award_id: Mapped[int] = internal(ForeignKey("award.id"))
    award: Mapped[Award] = relationship()
    amount_p: Mapped[int] = internal(Pence)
    choice: Mapped[str] = internal(String(8))
