"""Requests for what one person may not do alone with a fund, and what a second person said.

Nothing moves while a request waits. The database itself refuses a request that is decided by
whoever asked.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, relationship

from models import clock
from models.accounts.tables import User
from models.base import Base
from models.budget.tables import BudgetNode, Fund
from models.kinds import Id, Json, Pence, UtcDateTime, internal


class BudgetRequest(Base):
    """A virement, a new cap, money taken back from a head, a further fund, or other terms of one.

    Asked by one, decided by another. `amount_p` is what moves; of a cap and of a further fund it is
    the cap, of terms the largest grant. `terms` is the plan of a further fund (see `plans`), whose
    `fund` is the one it stands beside; of other terms it is {"before": …, "after": …}. `authority`
    names who resolved it.
    """

    __tablename__ = "budget_request"
    __table_args__ = (
        CheckConstraint(
            "kind in ('virement','cap','take-back','fund','terms')"
            " and (kind in ('fund','terms')) = (terms is not null)",
            name="kind",
        ),
        CheckConstraint("status in ('waiting','approved','refused','withdrawn')", name="status"),
        CheckConstraint("(kind = 'virement') = (target_id is not null)", name="target"),
        CheckConstraint("kind not in ('cap','fund') or authority is not null", name="authority"),
        CheckConstraint("amount_p > 0", name="amount"),
        CheckConstraint(
            "status not in ('approved','refused') or"
            " (decided_by_id is not null and decided_by_id <> asked_by_id)",
            name="two_people",
        ),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    fund_id: Mapped[int] = internal(ForeignKey("fund.id"), index=True)
    fund: Mapped[Fund] = relationship()
    kind: Mapped[str] = internal(String(10))
    source_id: Mapped[int] = internal(ForeignKey("budget_node.id"))
    source: Mapped[BudgetNode] = relationship(foreign_keys=[source_id])
    target_id: Mapped[int | None] = internal(ForeignKey("budget_node.id"))
    target: Mapped[BudgetNode | None] = relationship(foreign_keys=[target_id])
    amount_p: Mapped[int] = internal(Pence)
    reason: Mapped[str] = internal(Text)
    authority: Mapped[str | None] = internal(String(200))
    terms: Mapped[dict[str, Any] | None] = internal(Json)
    status: Mapped[str] = internal(String(10), default="waiting", index=True)
    asked_by_id: Mapped[int] = internal(ForeignKey("user.id"))
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id])
    asked_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    decided_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])
    decided_at: Mapped[datetime | None] = internal(UtcDateTime)
    answer: Mapped[str | None] = internal(Text)
    idem: Mapped[str] = internal(String(80), unique=True)
