"""The ledger's entries: one by one for the actions, as a list for its readers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from models.accounts.permits import Actor
from models.accounts.tables import User
from models.base import db
from models.budget.tables import Award, BudgetNode, BudgetPath, Fund, LedgerEntry


def entry_with_key(key: str) -> LedgerEntry | None:
    """The ledger entry that was made under this key."""
    return db.session.scalars(select(LedgerEntry).where(LedgerEntry.idem == key)).one_or_none()


def entries_with_keys(keys: Iterable[str]) -> list[LedgerEntry]:
    """The ledger entries made under these keys, in the order they were made."""
    return list(
        db.session.scalars(
            select(LedgerEntry).where(LedgerEntry.idem.in_(list(keys))).order_by(LedgerEntry.id)
        )
    )


def virement_rows(entry: LedgerEntry) -> list[LedgerEntry]:
    """All rows of the virement this row belongs to, in the order they were made."""
    key = entry.idem.rpartition(":")[0]
    return entries_with_keys(f"{key}:{number}" for number in range(1, 5))


def cap_after(entry: LedgerEntry) -> int:
    """What the node's cap was once this entry was made; rows of one node are never concurrent."""
    total: int = db.session.scalars(
        select(func.coalesce(func.sum(LedgerEntry.d_cap), 0)).where(
            LedgerEntry.node_id == entry.node_id, LedgerEntry.id <= entry.id
        )
    ).one()
    return int(total)


@dataclass(frozen=True)
class LedgerLine:
    """One entry as it is read: where, what, how much (pence), by whom and why."""

    id: int
    at: datetime
    kind: str
    amount_p: int
    fund: str
    head: str | None
    region: str | None
    award: str | None
    actor: str | None
    reason: str | None
    authority: str | None
    reverses_id: int | None
    node_id: int


def ledger_for(
    reader: Actor,
    *,
    fund: Fund,
    kind: str | None = None,
    node: BudgetNode | None = None,
    region: str | None = None,
    limit: int | None = 50,
    offset: int = 0,
) -> tuple[list[LedgerLine], int]:
    """Entries of a fund this reader may see, the newest first, and how many there are in all.

    `node` narrows to a place and what is under it, `region` to a region's code ("NAT" for the
    National leaves); limit None gives all.
    """
    under = node.id if node is not None else fund.node_id
    wanted = [BudgetPath.ancestor_id == under]
    if reader.region_ids is not None:
        wanted.append(BudgetNode.region_id.in_(reader.region_ids))
    if kind is not None:
        wanted.append(LedgerEntry.kind == kind)
    if region is not None:
        wanted.append(BudgetNode.code.endswith(f"/{region}", autoescape=True))
    total = db.session.scalars(
        _placed(select(func.count()).select_from(LedgerEntry)).where(*wanted)
    ).one()
    rows = db.session.execute(_lines().where(*wanted).limit(limit).offset(offset)).mappings()
    return [_line(fund, dict(row)) for row in rows], total


def _placed(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return statement.join(BudgetNode, BudgetNode.id == LedgerEntry.node_id).join(
        BudgetPath, BudgetPath.node_id == LedgerEntry.node_id
    )


def _lines() -> Select[*tuple[Any, ...]]:
    above = aliased(BudgetNode)
    columns = (
        LedgerEntry.id,
        LedgerEntry.at,
        LedgerEntry.kind,
        LedgerEntry.amount_p,
        LedgerEntry.reason,
        LedgerEntry.authority,
        LedgerEntry.reverses_id,
        LedgerEntry.node_id,
        BudgetNode.name.label("node"),
        BudgetNode.level,
        above.name.label("above"),
        Award.reference.label("award"),
        User.name.label("actor"),
    )
    lines: Select[*tuple[Any, ...]] = select(*columns).select_from(LedgerEntry)
    return (
        _placed(lines)
        .outerjoin(above, above.id == BudgetNode.parent_id)
        .outerjoin(Award, Award.id == LedgerEntry.award_id)
        .outerjoin(User, User.id == LedgerEntry.actor_id)
        .order_by(LedgerEntry.id.desc())
    )


def _line(fund: Fund, row: dict[str, Any]) -> LedgerLine:
    node, level, above = row.pop("node"), row.pop("level"), row.pop("above")
    head, region = {"region": (above, node), "head": (node, None)}.get(level, (None, None))
    return LedgerLine(fund=fund.name, head=head, region=region, **row)
