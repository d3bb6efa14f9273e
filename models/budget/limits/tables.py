"""Delegated limits: up to what amount whoever decides may award, for one candidate and contest."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, relationship

from models import clock
from models.accounts.tables import User
from models.base import Base
from models.kinds import Id, Pence, UtcDateTime, internal
from models.places.tables import UnionRegion


class DelegatedLimit(Base):
    """An amount in pence, for a role or for one person, in one region or in all, for a time.

    One that is ended on its first day never held: its last day is the day before.
    """

    __tablename__ = "delegated_limit"
    __table_args__ = (
        CheckConstraint("(role is null) <> (user_id is null)", name="whose"),
        CheckConstraint("amount_p >= 0", name="amount"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    role: Mapped[str | None] = internal(String(30))
    user_id: Mapped[int | None] = internal(ForeignKey("user.id"), index=True)
    user: Mapped[User | None] = relationship(foreign_keys=[user_id])
    region_id: Mapped[int | None] = internal(ForeignKey("union_region.id"))
    region: Mapped[UnionRegion | None] = relationship()
    amount_p: Mapped[int] = internal(Pence)
    starts_on: Mapped[date] = internal()
    ends_on: Mapped[date | None] = internal()
    set_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    set_by: Mapped[User | None] = relationship(foreign_keys=[set_by_id])
    set_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
