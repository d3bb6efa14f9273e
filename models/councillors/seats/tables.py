"""Names on ballot papers against office holders, and what came of each seat after a poll."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from models import clock
from models.base import Base
from models.kinds import Id, UtcDateTime, internal


class CandidateMatch(Base):
    """A name on a ballot paper that may be an office holder: by which rule, and who decided.

    `verdict` is `same` or `other`; empty means that a human has still to look.
    """

    __tablename__ = "candidate_match"
    __table_args__ = (
        UniqueConstraint("candidacy_id", "term_id"),
        CheckConstraint("how in ('exact','names','doubtful')", name="how"),
        CheckConstraint("verdict is null or verdict in ('same','other')", name="verdict"),
        CheckConstraint(
            "how <> 'doubtful' or verdict is null or decided_at is not null", name="by"
        ),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    candidacy_id: Mapped[int] = internal(ForeignKey("candidacy.id"))
    term_id: Mapped[int] = internal(ForeignKey("office_term.id"), index=True)
    how: Mapped[str] = internal(String(10))
    why: Mapped[str] = internal(String(200))
    verdict: Mapped[str | None] = internal(String(10))
    decided_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = internal(UtcDateTime)


class SeatOutcome(Base):
    """What a person decided about one seat after a poll; `new_term_id` is the term that follows."""

    __tablename__ = "seat_outcome"
    __table_args__ = (
        UniqueConstraint("term_id", "poll_on"),
        CheckConstraint("outcome in ('re-elected','lost','stood-down','moved')", name="outcome"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    term_id: Mapped[int] = internal(ForeignKey("office_term.id"))
    poll_on: Mapped[date] = internal(index=True)
    outcome: Mapped[str] = internal(String(12))
    candidacy_id: Mapped[int | None] = internal(ForeignKey("candidacy.id"))
    new_term_id: Mapped[int | None] = internal(ForeignKey("office_term.id"))
    decided_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    decided_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
