"""The contact log and its follow-ups."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped

from models import clock
from models.base import Base
from models.kinds import Id, UtcDateTime, internal, special


class Interaction(Base):
    """One contact with one or several people. `region_id` is the region of whoever logged it
    (None for the national office): another region never reads it."""

    __tablename__ = "interaction"

    id: Mapped[int] = internal(Id, primary_key=True)
    at: Mapped[datetime] = internal(UtcDateTime, index=True)
    channel: Mapped[str] = internal(String(20))
    summary: Mapped[str] = special(Text)
    outcome: Mapped[str | None] = special(String(30))
    confidential: Mapped[bool] = internal(default=False)
    region_id: Mapped[int | None] = internal(ForeignKey("union_region.id"), index=True)
    logged_by_id: Mapped[int] = internal(ForeignKey("user.id"), index=True)
    logged_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    removed_at: Mapped[datetime | None] = internal(UtcDateTime)
    form_key: Mapped[str | None] = internal(String(64), unique=True)
    version: Mapped[int] = internal(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class InteractionPerson(Base):
    """Who was there."""

    __tablename__ = "interaction_person"
    __table_args__ = (Index("ix_interaction_person_person_id", "person_id"),)

    interaction_id: Mapped[int] = internal(ForeignKey("interaction.id"), primary_key=True)
    person_id: Mapped[int] = special(ForeignKey("person.id"), primary_key=True)


class FollowUp(Base):
    """Something promised: what, by whom, until when."""

    __tablename__ = "follow_up"
    __table_args__ = (
        CheckConstraint("status in ('open','done','cancelled')", name="status"),
        Index("ix_follow_up_owner_id_status_due_on", "owner_id", "status", "due_on"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    interaction_id: Mapped[int | None] = internal(ForeignKey("interaction.id"), index=True)
    person_id: Mapped[int] = special(ForeignKey("person.id"), index=True)
    what: Mapped[str] = special(String(200))
    owner_id: Mapped[int] = internal(ForeignKey("user.id"))
    due_on: Mapped[date] = internal()
    status: Mapped[str] = internal(String(10), default="open")
    closed_at: Mapped[datetime | None] = internal(UtcDateTime)
    created_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
