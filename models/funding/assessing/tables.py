"""What applications are scored by, and what assessors said. All but the criteria is append-only."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from models import clock
from models.accounts.tables import User
from models.base import Base
from models.kinds import Id, UtcDateTime, internal, special


class Criterion(Base):
    """One question of a round that assessors answer in points; `weight` is its share of the sum.

    Once an application of the round is scored, the criteria stay as they are.
    """

    __tablename__ = "criterion"
    __table_args__ = (
        UniqueConstraint("round_id", "position"),
        CheckConstraint("weight between 1 and 100", name="weight"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    round_id: Mapped[int] = internal(ForeignKey("round.id"))
    position: Mapped[int] = internal()
    label: Mapped[str] = internal(String(160))
    guidance: Mapped[str | None] = internal(Text)
    weight: Mapped[int] = internal(default=1)


class Score(Base):
    """An assessor's points for one criterion, and why; the latest of one assessor counts."""

    __tablename__ = "score"
    __table_args__ = (CheckConstraint("points between 0 and 5", name="points"),)

    id: Mapped[int] = internal(Id, primary_key=True)
    application_id: Mapped[int] = internal(ForeignKey("application.id"), index=True)
    criterion_id: Mapped[int] = internal(ForeignKey("criterion.id"), index=True)
    points: Mapped[int] = internal()
    justification: Mapped[str] = special(Text)
    by_id: Mapped[int] = internal(ForeignKey("user.id"))
    by: Mapped[User] = relationship()
    at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)


class ModerationNote(Base):
    """What the assessors agreed where their scores were apart, or what else is to be known."""

    __tablename__ = "moderation_note"

    id: Mapped[int] = internal(Id, primary_key=True)
    application_id: Mapped[int] = internal(ForeignKey("application.id"), index=True)
    note: Mapped[str] = special(Text)
    by_id: Mapped[int] = internal(ForeignKey("user.id"))
    by: Mapped[User] = relationship()
    at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)


class InterestDeclaration(Base):
    """Whether somebody has an interest in an application, in their own words.

    The latest counts, except that an interest holds until somebody else lifts it.
    """

    __tablename__ = "interest_declaration"
    __table_args__ = (
        CheckConstraint(
            "answer in ('none','self','household','branch','staff','other')", name="answer"
        ),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    application_id: Mapped[int] = internal(ForeignKey("application.id"), index=True)
    by_id: Mapped[int] = internal(ForeignKey("user.id"), index=True)
    by: Mapped[User] = relationship()
    answer: Mapped[str] = internal(String(10))
    detail: Mapped[str | None] = special(Text)
    at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)


class InterestLifted(Base):
    """That a declared interest stands in the way no more: said by somebody else, with a reason.

    Append-only, by a trigger; the database refuses whoever declared it.
    """

    __tablename__ = "interest_lifted"
    __table_args__ = (CheckConstraint("by_id <> declared_by_id", name="two_people"),)

    declaration_id: Mapped[int] = internal(
        ForeignKey("interest_declaration.id"), primary_key=True, autoincrement=False
    )
    declared_by_id: Mapped[int] = internal(ForeignKey("user.id"))
    by_id: Mapped[int] = internal(ForeignKey("user.id"))
    by: Mapped[User] = relationship(foreign_keys=[by_id])
    reason: Mapped[str] = special(Text)
    at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
