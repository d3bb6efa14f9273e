"""The plan: what the office means to spend, by month, for the whole fund or one head."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped

from models import clock
from models.base import Base
from models.kinds import Id, Pence, UtcDateTime, internal


class BudgetPlan(Base):
    """What is meant to be awarded in one month from one node: the fund's root or a head.

    `month` is the month's first day. A month without a row is planned as nothing.
    """

    __tablename__ = "budget_plan"
    __table_args__ = (
        UniqueConstraint("node_id", "month"),
        CheckConstraint("amount_p >= 0", name="amount"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    node_id: Mapped[int] = internal(ForeignKey("budget_node.id"))
    month: Mapped[date] = internal()
    amount_p: Mapped[int] = internal(Pence)
    set_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    set_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
