"""The budget tree, the awards that draw on it, and the append-only ledger.

Balance columns are moved only by the ledger's trigger (see the migration that makes it); CHECK
constraints refuse what would pass a cap. All amounts are pence.
"""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, relationship

from models import clock
from models.base import Base
from models.kinds import Id, Pence, UtcDateTime, internal
from models.places.tables import UnionRegion


class BudgetNode(Base):
    """One place of the tree fund > head > region, with its five figures.

    allocated `cap_p`, `committed_p`, `paid_p`, `returned_p`, and available, which is computed.
    `handed_p` is the part of the cap that was handed down to children.
    """

    __tablename__ = "budget_node"
    __table_args__ = (
        CheckConstraint("level in ('fund','head','region')", name="level"),
        CheckConstraint("parent_id < id", name="parent"),
        CheckConstraint("committed_p >= 0", name="committed"),
        CheckConstraint("returned_p between 0 and paid_p", name="returned"),
        CheckConstraint("handed_p between 0 and cap_p", name="handed"),
        CheckConstraint("committed_p + paid_p - returned_p <= cap_p", name="cap"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    parent_id: Mapped[int | None] = internal(ForeignKey("budget_node.id"), index=True)
    level: Mapped[str] = internal(String(10))
    code: Mapped[str] = internal(String(60), unique=True)
    name: Mapped[str] = internal(String(120))
    region_id: Mapped[int | None] = internal(ForeignKey("union_region.id"), index=True)
    region: Mapped[UnionRegion | None] = relationship()
    cap_p: Mapped[int] = internal(Pence, default=0)
    handed_p: Mapped[int] = internal(Pence, default=0)
    committed_p: Mapped[int] = internal(Pence, default=0)
    paid_p: Mapped[int] = internal(Pence, default=0)
    returned_p: Mapped[int] = internal(Pence, default=0)

    @property
    def available_p(self) -> int:
        """What can still be awarded here: cap - committed - paid + returned, in pence."""
        return self.cap_p - self.committed_p - self.paid_p + self.returned_p


class BudgetPath(Base):
    """A node with itself and each of its ancestors."""

    __tablename__ = "budget_path"

    node_id: Mapped[int] = internal(ForeignKey("budget_node.id"), primary_key=True)
    ancestor_id: Mapped[int] = internal(ForeignKey("budget_node.id"), primary_key=True, index=True)


class Fund(Base):
    """A fund: its period, currency and rules. Its money lives in `node`, the root of its tree.

    `approve_above_p` says from which amount on a second person approves what moves between heads
    (None: see rules.needs_second). Which fund runs is what its days say; nothing is awarded from
    one before its first day or once it is closed.
    """

    __tablename__ = "fund"
    __table_args__ = (CheckConstraint("fund_type in ('political','general')", name="type"),)

    id: Mapped[int] = internal(Id, primary_key=True)
    node_id: Mapped[int] = internal(ForeignKey("budget_node.id"), unique=True)
    node: Mapped[BudgetNode] = relationship()
    name: Mapped[str] = internal(String(120))
    fund_type: Mapped[str] = internal(String(10), default="political")
    currency: Mapped[str] = internal(String(3), default="GBP")
    starts_on: Mapped[date] = internal()
    ends_on: Mapped[date] = internal()
    max_grant_p: Mapped[int] = internal(Pence)
    # What earlier versions went by; nothing reads it. It stays so that one can go back to them.
    was_current: Mapped[bool] = internal("current", default=True)
    approve_above_p: Mapped[int | None] = internal(Pence)
    closed_on: Mapped[date | None] = internal()


class Award(Base):
    """A commitment against one leaf of the tree, and what became of it, in pence."""

    __tablename__ = "award"
    __table_args__ = (
        UniqueConstraint("id", "node_id"),
        CheckConstraint("committed_p >= 0", name="committed"),
        CheckConstraint("returned_p between 0 and paid_p", name="returned"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    node_id: Mapped[int] = internal(ForeignKey("budget_node.id"), index=True)
    reference: Mapped[str] = internal(String(40), unique=True)
    committed_p: Mapped[int] = internal(Pence, default=0)
    paid_p: Mapped[int] = internal(Pence, default=0)
    returned_p: Mapped[int] = internal(Pence, default=0)
    created_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)


class AwardCarried(Base):
    """Which award of the next fund goes on with an award of a closed one."""

    __tablename__ = "award_carried"
    __table_args__ = (CheckConstraint("from_id < award_id", name="order"),)

    award_id: Mapped[int] = internal(ForeignKey("award.id"), primary_key=True)
    from_id: Mapped[int] = internal(ForeignKey("award.id"), unique=True)


class LedgerEntry(Base):
    """One movement of money. Append-only; a correction is a new row that names the old one.

    `idem` makes a repeated click harmless: the same key with the same content is the same entry.
    `authority` names who resolved a change of the cap.
    """

    __tablename__ = "ledger"
    __table_args__ = (
        CheckConstraint("kind in ('allot','vire','commit','release','pay','return')", name="kind"),
        CheckConstraint("amount_p <> 0", name="amount"),
        CheckConstraint("(kind in ('allot','vire')) = (award_id is null)", name="award"),
        CheckConstraint(
            "amount_p > 0 or kind in ('allot','vire') or reverses_id is not null", name="sign"
        ),
        ForeignKeyConstraint(["award_id", "node_id"], ["award.id", "award.node_id"]),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    node_id: Mapped[int] = internal(ForeignKey("budget_node.id"), index=True)
    award_id: Mapped[int | None] = internal(Id, index=True)
    kind: Mapped[str] = internal(String(10))
    amount_p: Mapped[int] = internal(Pence)
    d_cap: Mapped[int] = internal(
        Pence,
        Computed("case when kind in ('allot','vire') then amount_p else 0 end", persisted=True),
    )
    d_committed: Mapped[int] = internal(
        Pence,
        Computed(
            "case kind when 'commit' then amount_p when 'release' then -amount_p"
            " when 'pay' then -amount_p else 0 end",
            persisted=True,
        ),
    )
    d_paid: Mapped[int] = internal(
        Pence, Computed("case kind when 'pay' then amount_p else 0 end", persisted=True)
    )
    d_returned: Mapped[int] = internal(
        Pence, Computed("case kind when 'return' then amount_p else 0 end", persisted=True)
    )
    reverses_id: Mapped[int | None] = internal(ForeignKey("ledger.id"), unique=True)
    actor_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    reason: Mapped[str | None] = internal(Text)
    authority: Mapped[str | None] = internal(Text)
    idem: Mapped[str] = internal(String(80), unique=True)
    at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
