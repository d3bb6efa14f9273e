"""How fresh the facts are: what was checked, how long a kind holds, and the score over time."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, relationship

from models import clock
from models.accounts.tables import User
from models.base import Base
from models.kinds import Id, Json, UtcDateTime, internal, special
from models.people.tables import Person
from models.places.tables import UnionRegion


class FactCheck(Base):
    """Somebody looked at one fact: it was right, or the person could not be reached by it.

    `before_on` and `before_source` are what the fact said until then, so that a check can be
    taken back. A check that found the fact dead stays open until the fact is found right, is
    corrected, or the check is settled.
    """

    __tablename__ = "fact_check"
    __table_args__ = (
        CheckConstraint(
            "kind in ('email','mobile','phone','address','membership','office')", name="kind"
        ),
        CheckConstraint(
            "verdict in ('verified','confirmed','unreachable','bounced','returned')",
            name="verdict",
        ),
        Index("ix_fact_check_kind_fact_id", "kind", "fact_id"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    kind: Mapped[str] = internal(String(10))
    fact_id: Mapped[int] = internal(Id)
    person_id: Mapped[int] = internal(ForeignKey("person.id"), index=True)
    verdict: Mapped[str] = internal(String(12))
    before_on: Mapped[date | None] = internal()
    before_source: Mapped[str | None] = internal(String(120))
    by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    by: Mapped[User | None] = relationship()
    at: Mapped[datetime] = internal(UtcDateTime, default=clock.now, index=True)
    settled_at: Mapped[datetime | None] = internal(UtcDateTime)
    undone_at: Mapped[datetime | None] = internal(UtcDateTime)


class HalfLife(Base):
    """After how many days half of the facts of one kind are expected to be out of date."""

    __tablename__ = "half_life"
    __table_args__ = (CheckConstraint("days between 7 and 3650", name="days"),)

    id: Mapped[int] = internal(Id, primary_key=True)
    kind: Mapped[str] = internal(String(10), unique=True)
    days: Mapped[int] = internal()
    set_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    set_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)


class FreshnessScore(Base):
    """One region's facts on one day: how many there were, and how many of them were fresh."""

    __tablename__ = "freshness_score"
    __table_args__ = (CheckConstraint("fresh between 0 and facts", name="fresh"),)

    region_id: Mapped[int] = internal(ForeignKey("union_region.id"), primary_key=True)
    region: Mapped[UnionRegion] = relationship()
    day: Mapped[date] = internal(primary_key=True)
    facts: Mapped[int] = internal()
    fresh: Mapped[int] = internal()


class Confirmation(Base):
    """A person was asked to look at their own details, by a signed link for one answer.

    `said` is the answer as it was given: one row for each fact shown. What is right counts at
    once; what is to change waits until somebody of the office takes it.
    """

    __tablename__ = "confirmation"

    id: Mapped[int] = internal(Id, primary_key=True)
    person_id: Mapped[int] = internal(ForeignKey("person.id"), index=True)
    person: Mapped[Person] = relationship()
    nonce_hash: Mapped[str] = internal(String(64), unique=True)
    made_by_id: Mapped[int] = internal(ForeignKey("user.id"))
    made_by: Mapped[User] = relationship(foreign_keys=[made_by_id])
    made_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    expires_at: Mapped[datetime] = internal(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = internal(UtcDateTime)
    answered_at: Mapped[datetime | None] = internal(UtcDateTime, index=True)
    said: Mapped[list[dict[str, Any]] | None] = special(Json)
    settled_at: Mapped[datetime | None] = internal(UtcDateTime)
    settled_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
