"""A reorganisation of councils: planned, previewed, applied as one batch, and taken back."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped

from models import clock
from models.base import Base
from models.kinds import Id, Json, UtcDateTime, internal


class Reorganisation(Base):
    """`plan` is what was asked for; `written` what applying it changed, with what stood before."""

    __tablename__ = "reorganisation"
    __table_args__ = (
        CheckConstraint("state in ('draft','applied','vested','undone')", name="state"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    title: Mapped[str] = internal(String(120))
    vesting_on: Mapped[date] = internal()
    plan: Mapped[dict[str, Any]] = internal(Json, default=dict)
    written: Mapped[list[dict[str, Any]]] = internal(Json, default=list)
    state: Mapped[str] = internal(String(10), default="draft")
    by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    created_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    applied_at: Mapped[datetime | None] = internal(UtcDateTime)
    undone_at: Mapped[datetime | None] = internal(UtcDateTime)
