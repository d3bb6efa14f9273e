"""Nodes and awards, as the actions need them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from models.base import db
from models.budget.tables import Award, AwardCarried, BudgetNode, BudgetPath, Fund
from models.errors import NotFound

CARRIED = "/"


def node_by_id(node_id: int) -> BudgetNode:
    """The node; raises NotFound."""
    node = db.session.get(BudgetNode, node_id)
    if node is None:
        raise NotFound("There is no such place in the budget.")
    return node


def node_by_code(code: str) -> BudgetNode | None:
    """The node with this whole code ("EF26/PRINT/NWI")."""
    return db.session.scalars(select(BudgetNode).where(BudgetNode.code == code)).one_or_none()


def path_of(node_id: int) -> list[BudgetNode]:
    """The node and its ancestors, the node first, the fund last; raises NotFound."""
    path = list(
        db.session.scalars(
            select(BudgetNode)
            .join(BudgetPath, BudgetPath.ancestor_id == BudgetNode.id)
            .where(BudgetPath.node_id == node_id)
            .order_by(BudgetNode.id.desc())
        )
    )
    if not path:
        raise NotFound("There is no such place in the budget.")
    return path


def ancestor_ids(node_id: int) -> list[int]:
    """The ids of the node and its ancestors, the node first."""
    return list(
        db.session.scalars(
            select(BudgetPath.ancestor_id)
            .where(BudgetPath.node_id == node_id)
            .order_by(BudgetPath.ancestor_id.desc())
        )
    )


def nodes_with_parents(node_ids: Iterable[int]) -> list[BudgetNode]:
    """These nodes and all their ancestors, the root first."""
    wanted = list(node_ids)
    return list(
        db.session.scalars(
            select(BudgetNode)
            .where(
                BudgetNode.id.in_(
                    select(BudgetPath.ancestor_id).where(BudgetPath.node_id.in_(wanted))
                )
            )
            .order_by(BudgetNode.id)
        )
    )


def touched_by(node_ids: Iterable[int]) -> list[int]:
    """These nodes and their parents: every row that moving their caps will change."""
    wanted = set(node_ids)
    parents = db.session.scalars(select(BudgetNode.parent_id).where(BudgetNode.id.in_(wanted)))
    return sorted(wanted | {parent for parent in parents if parent is not None})


def lock_nodes(node_ids: Iterable[int]) -> list[BudgetNode]:
    """Lock these nodes, the lowest id first, and read them afresh.

    FOR NO KEY UPDATE: the ledger's foreign keys hold KEY SHARE locks, with which FOR UPDATE would
    deadlock. On SQLite the transaction holds the only write lock already.
    """
    return list(
        db.session.scalars(
            select(BudgetNode)
            .where(BudgetNode.id.in_(sorted(node_ids)))
            .order_by(BudgetNode.id)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        )
    )


def award_by_id(award_id: int) -> Award | None:
    """The award."""
    return db.session.get(Award, award_id)


def awards_by_reference(references: Sequence[str]) -> dict[str, Award]:
    """These awards by their references."""
    wanted = select(Award).where(Award.reference.in_(references)).order_by(Award.id)
    return {award.reference: award for award in db.session.scalars(wanted)}


def fund_of(node_id: int) -> Fund:
    """The fund whose tree this node stands in; raises NotFound."""
    fund = db.session.scalars(
        select(Fund)
        .join(BudgetPath, BudgetPath.ancestor_id == Fund.node_id)
        .where(BudgetPath.node_id == node_id)
    ).one_or_none()
    if fund is None:
        raise NotFound("There is no such place in the budget.")
    return fund


def funds_of(node_ids: Iterable[int]) -> list[Fund]:
    """The funds in whose trees these nodes stand."""
    return list(
        db.session.scalars(
            select(Fund)
            .join(BudgetPath, BudgetPath.ancestor_id == Fund.node_id)
            .where(BudgetPath.node_id.in_(set(node_ids)))
            .distinct()
            .order_by(Fund.id)
        )
    )


def is_closed(node_id: int) -> bool:
    """True where the year of this node's fund was closed, as the database has it now."""
    closed_on = db.session.execute(
        select(Fund.closed_on)
        .join(BudgetPath, BudgetPath.ancestor_id == Fund.node_id)
        .where(BudgetPath.node_id == node_id)
    ).scalar_one_or_none()
    return closed_on is not None


def has_awards(fund: Fund) -> bool:
    """True once anything was awarded from the fund, taken back since or not."""
    found = db.session.execute(
        select(Award.id)
        .join(BudgetPath, BudgetPath.node_id == Award.node_id)
        .where(BudgetPath.ancestor_id == fund.node_id)
        .limit(1)
    ).first()
    return found is not None


def earlier_awards(award: Award) -> list[Award]:
    """The awards of closed funds that this one goes on with, the newest first."""
    found: list[Award] = []
    award_id: int | None = award.id
    while award_id is not None:
        before = db.session.scalars(
            select(Award)
            .join(AwardCarried, AwardCarried.from_id == Award.id)
            .where(AwardCarried.award_id == award_id)
        ).one_or_none()
        found += [] if before is None else [before]
        award_id = None if before is None else before.id
    return found


def paid_of(award: Award) -> int:
    """What was paid of an award, in closed funds too, in pence."""
    return paid_and_back([award])[award.id][0]


def paid_and_back(awards: Iterable[Award]) -> dict[int, tuple[int, int]]:
    """By the id of each award: what was paid of it and what came back, in closed funds too.

    One question for each year that was closed since, however many the awards are.
    """
    found, whose = {}, {}
    for award in awards:
        found[award.id] = (award.paid_p, award.returned_p)
        # Only what was carried has a fund's code in its reference: nothing is asked of the others.
        if CARRIED in award.reference:
            whose[award.id] = award.id
    while whose:
        rows = db.session.execute(
            select(AwardCarried.award_id, Award.id, Award.paid_p, Award.returned_p)
            .join(Award, Award.id == AwardCarried.from_id)
            .where(AwardCarried.award_id.in_(sorted(whose)))
        ).all()
        for after_id, _, paid_p, returned_p in rows:
            paid, back = found[whose[after_id]]
            found[whose[after_id]] = (paid + paid_p, back + returned_p)
        whose = {before_id: whose[after_id] for after_id, before_id, _, _ in rows}
    return found


def carried_from(award: Award) -> list[Award]:
    """The award that goes on with this one in the next fund, if there is one."""
    return list(
        db.session.scalars(
            select(Award)
            .join(AwardCarried, AwardCarried.award_id == Award.id)
            .where(AwardCarried.from_id == award.id)
        )
    )


def lock_awards(award_ids: Iterable[int]) -> list[Award]:
    """Lock these awards, the lowest id first, and read them afresh."""
    return list(
        db.session.scalars(
            select(Award)
            .where(Award.id.in_(sorted(award_ids)))
            .order_by(Award.id)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        )
    )


def nodes_under(fund: Fund) -> list[BudgetNode]:
    """Every node of a fund's tree, the root first."""
    return list(
        db.session.scalars(
            select(BudgetNode)
            .join(BudgetPath, BudgetPath.node_id == BudgetNode.id)
            .where(BudgetPath.ancestor_id == fund.node_id)
            .order_by(BudgetNode.id)
        )
    )


def open_commitments(fund: Fund) -> list[Award]:
    """The awards of a fund that are not paid whole, in the order they were made."""
    return list(
        db.session.scalars(
            select(Award)
            .join(BudgetPath, BudgetPath.node_id == Award.node_id)
            .where(BudgetPath.ancestor_id == fund.node_id, Award.committed_p > 0)
            .order_by(Award.id)
        )
    )
