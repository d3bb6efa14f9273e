"""The tree as a reader sees it. A region sees its own leaves' figures and nothing of the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import or_, select

from models import clock
from models.accounts.permits import Actor
from models.base import db
from models.budget.queries.nodes import (
    ancestor_ids,
    node_by_code,
    nodes_under,
    nodes_with_parents,
)
from models.budget.queries.periods import shown_fund
from models.budget.refusals import place, spare_p
from models.budget.rules import Effect, Figures, Move, added_up, check_amount, virement_moves
from models.budget.tables import BudgetNode, Fund, LedgerEntry
from models.places.tables import UnionRegion


@dataclass(frozen=True)
class Leaf:
    """One region's part of one head; `region_id` is None for the National part."""

    node_id: int
    region_id: int | None
    figures: Figures


@dataclass(frozen=True)
class Head:
    """One head with the leaves this reader may see; the figures are of what is seen."""

    node_id: int
    figures: Figures
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True)
class Region:
    """One region's figures over all heads; `region_id` is None for National."""

    region_id: int | None
    figures: Figures


@dataclass(frozen=True)
class Tree:
    """A fund as one reader sees it. `whole` says that the reader sees all of it."""

    fund: Fund
    figures: Figures
    heads: tuple[Head, ...]
    regions: tuple[Region, ...]
    whole: bool

    @property
    def handed(self) -> Figures:
        """The figures of all regions that are seen, together."""
        return added_up(self.fund.name, "", [region.figures for region in self.regions])


def fund_by_code(code: str) -> Fund | None:
    """The fund whose tree's root has this code."""
    return db.session.scalars(
        select(Fund).join(BudgetNode, BudgetNode.id == Fund.node_id).where(BudgetNode.code == code)
    ).one_or_none()


def fund_set_up_with(key: str) -> Fund | None:
    """The fund that was set up under this key."""
    return db.session.scalars(
        select(Fund)
        .join(LedgerEntry, LedgerEntry.node_id == Fund.node_id)
        .where(LedgerEntry.idem == key)
    ).one_or_none()


def fund_with_head(node_id: int) -> Fund | None:
    """The fund of which this place is a head; None for any other place."""
    return db.session.scalars(
        select(Fund)
        .join(BudgetNode, BudgetNode.parent_id == Fund.node_id)
        .where(BudgetNode.id == node_id)
    ).one_or_none()


def tree_for(reader: Actor, fund: Fund | None = None) -> Tree | None:
    """The fund (default: shown_fund) with the figures this reader may see; None if no fund.

    Heads stand in the order they were made, regions by name, National last. A reader held to
    regions gets sums of those regions' leaves only, in every figure.
    """
    fund = fund or shown_fund()
    if fund is None:
        return None
    nodes = nodes_under(fund)
    whole = reader.region_ids is None
    root = next(node for node in nodes if node.parent_id is None)
    heads = tuple(_head(node, nodes, reader) for node in nodes if node.level == "head")
    own = [head.figures for head in heads]
    figures = _figures(root) if whole else added_up(root.name, root.code, own)
    return Tree(fund, figures, heads, _by_region(heads), whole)


def _head(head: BudgetNode, nodes: Sequence[BudgetNode], reader: Actor) -> Head:
    leaves = tuple(
        Leaf(node.id, node.region_id, _figures(node))
        for node in sorted(nodes, key=lambda node: (node.region_id is None, node.name))
        if node.parent_id == head.id and _may_see(reader, node)
    )
    if reader.region_ids is None:
        return Head(head.id, _figures(head), leaves)
    own = [leaf.figures for leaf in leaves]
    return Head(head.id, added_up(head.name, _last(head.code), own), leaves)


def _by_region(heads: Sequence[Head]) -> tuple[Region, ...]:
    parts: dict[int | None, list[Figures]] = {}
    for head in heads:
        for leaf in head.leaves:
            parts.setdefault(leaf.region_id, []).append(leaf.figures)
    regions = [
        Region(region_id, added_up(each[0].name, each[0].code, each))
        for region_id, each in parts.items()
    ]
    return tuple(sorted(regions, key=lambda each: (each.region_id is None, each.figures.name)))


def _may_see(reader: Actor, node: BudgetNode) -> bool:
    return reader.region_ids is None or node.region_id in reader.region_ids


def _figures(node: BudgetNode) -> Figures:
    return Figures(
        name=node.name,
        code=_last(node.code),
        cap_p=node.cap_p,
        handed_p=node.handed_p,
        committed_p=node.committed_p,
        paid_p=node.paid_p,
        returned_p=node.returned_p,
    )


def _last(code: str) -> str:
    return code.rpartition("/")[2]


def leaf_for(fund: Fund, head: str, region: str) -> BudgetNode | None:
    """The leaf of a head's code and a region's code ("NAT" for National); None if there is none."""
    return node_by_code(f"{fund.node.code}/{head}/{region}")


def leaves_for_region(fund: Fund, region_id: int, *, national: bool = False) -> list[BudgetNode]:
    """The leaves an application of this region can be awarded from, in the order of the heads.

    With `national`, the heads' National leaves follow.
    """
    nodes = [node for node in nodes_under(fund) if node.level == "region"]
    own = [node for node in nodes if node.region_id == region_id]
    return own + [node for node in nodes if national and node.region_id is None]


def figures_of(node: BudgetNode) -> Figures:
    """The five figures of one node as they are now."""
    return _figures(node)


@dataclass(frozen=True)
class Place:
    """One place of the tree to choose from; `spare_p` is neither handed down nor used."""

    node_id: int
    level: str
    name: str
    spare_p: int


def places_of(fund: Fund) -> list[Place]:
    """Every place of the fund's tree, each head followed by its leaves, regions by name."""
    nodes = nodes_under(fund)
    ordered = [node for node in nodes if node.level == "fund"]
    for head in (node for node in nodes if node.level == "head"):
        leaves = [node for node in nodes if node.parent_id == head.id]
        ordered += [head, *sorted(leaves, key=lambda node: (node.region_id is None, node.name))]
    above = {node.id: node for node in nodes}
    return [
        Place(
            node.id, node.level, place([node, above.get(node.parent_id or 0, node)]), spare_p(node)
        )
        for node in ordered
    ]


def cap_moves(fund: Fund, amount_p: int) -> list[Move]:
    """What setting the fund's cap to this amount would write."""
    check_amount(amount_p)
    return [Move("allot", fund.node_id, amount_p - fund.node.cap_p)]


def allot_moves(node_id: int, change_p: int) -> list[Move]:
    """What handing this much down to a node (below nothing: taking it back) would write."""
    check_amount(abs(change_p))
    return [Move("allot", node_id, change_p)]


def vire_moves(source_id: int, target_id: int, amount_p: int) -> list[Move]:
    """What moving this much from one node to another would write; raises Invalid as it would."""
    check_amount(amount_p)
    return virement_moves(ancestor_ids(source_id), ancestor_ids(target_id), amount_p)


def effects_of(moves: Sequence[Move]) -> list[Effect]:
    """What these moves of cap would do to each place they touch; nothing is changed."""
    nodes = {node.id: node for node in nodes_with_parents(move.node_id for move in moves)}
    gained: dict[int | None, int] = {}
    handed: dict[int | None, int] = {}
    for move in moves:
        above = nodes[move.node_id].parent_id
        gained[move.node_id] = gained.get(move.node_id, 0) + move.amount_p
        handed[above] = handed.get(above, 0) + move.amount_p
    return [
        _effect(node, nodes, gained.get(node.id, 0), handed.get(node.id, 0))
        for node in nodes.values()
        if node.id in gained or node.id in handed
    ]


def _effect(
    node: BudgetNode, nodes: Mapping[int, BudgetNode], gained_p: int, handed_p: int
) -> Effect:
    now = _figures(node)
    after = replace(now, cap_p=now.cap_p + gained_p, handed_p=now.handed_p + handed_p)
    left_p = after.available_p if node.level == "region" else after.spare_p
    where = place([node, nodes.get(node.parent_id or 0, node)])
    return Effect(where, now.cap_p, after.cap_p, spare_p(node), left_p)


def open_regions() -> list[UnionRegion]:
    """The union's regions of today, by name."""
    today = clock.today()
    return list(
        db.session.scalars(
            select(UnionRegion)
            .where(or_(UnionRegion.ends_on.is_(None), UnionRegion.ends_on > today))
            .order_by(UnionRegion.name)
        )
    )


def missing_leaves(fund: Fund) -> list[tuple[BudgetNode, UnionRegion]]:
    """Each head and region of today that have no leaf together yet."""
    nodes = nodes_under(fund)
    there = {(node.parent_id, node.region_id) for node in nodes}
    return [
        (head, region)
        for head in nodes
        if head.level == "head"
        for region in open_regions()
        if (head.id, region.id) not in there
    ]
