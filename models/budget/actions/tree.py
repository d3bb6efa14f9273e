"""Setting up and growing the tree of a fund: its heads, their leaves, and the first allocations."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db, hold_row
from models.budget import plans, rules
from models.budget.actions.money import read_figures_afresh, write_row
from models.budget.limits.actions import limit_for_new_fund
from models.budget.plans import FundPlan, Terms
from models.budget.queries.nodes import ancestor_ids, lock_nodes, node_by_code, nodes_under
from models.budget.queries.periods import hold_funds, used_between
from models.budget.queries.tree import fund_by_code, fund_set_up_with, missing_leaves, open_regions
from models.budget.rules import Move
from models.budget.tables import BudgetNode, BudgetPath, Fund
from models.errors import Conflict, Refused
from models.folding import fold
from models.places.tables import UnionRegion


def set_up_fund(
    *,
    name: str,
    code: str,
    cap_p: int,
    starts_on: date,
    ends_on: date,
    max_grant_p: int,
    heads: Mapping[str, str],
    allocations: Mapping[str, Mapping[str, int]],
    by: Actor,
    key: str | None = None,
) -> Fund:
    """The first fund of an installation with its tree: heads, and in each a leaf for every region.

    `heads` is name -> code; `allocations` is head code -> region code (or "NAT") -> pence. A head
    is allotted the sum of its leaves. The same key returns the fund there is. Raises Refused once
    there is any fund: a further one is asked for (`approvals.ask_fund`) and agreed by a second
    person.
    """
    require(by, Permit.BUDGET_SET)
    earlier = None if key is None else fund_set_up_with(key)
    if earlier is not None:
        return earlier
    if there := hold_funds():
        raise Refused(
            f"There is a fund already: {there[0].name}. A further one is asked for by one person "
            "and agreed by a second."
        )
    plan = FundPlan(name, code, cap_p, starts_on, ends_on, max_grant_p, heads, allocations)
    return set_up_now(plan, by=by, key=key)


def set_up_now(
    plan: FundPlan, *, by: Actor, key: str | None = None, authority: str | None = None
) -> Fund:
    """Set up a fund that is the first, or that two people agreed on; else as set_up_fund.

    Raises Invalid or Conflict where it cannot be beside the funds there are.
    """
    check_new(plan, others=hold_funds())
    regions = open_regions()
    root = _add_node(None, "fund", plan.code, plan.name)
    fund = Fund(
        node=root,
        name=plan.name,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        max_grant_p=plan.max_grant_p,
    )
    db.session.add(fund)
    move = Move("allot", root.id, plan.cap_p)
    write_row(move, by=by, key=key or f"fund:{plan.code}", authority=authority)
    for head_name, head_code in plan.heads.items():
        shares = plan.allocations.get(head_code, {})
        _grow_head(root, head_name, head_code, regions, shares, by=by)
    db.session.flush()
    read_figures_afresh()
    limit_for_new_fund(cap_p=plan.cap_p, starts_on=plan.starts_on, by=by)
    after = {"code": plan.code, "name": plan.name, "cap_p": plan.cap_p}
    audit.record("fund.set_up", fund, by=by, after={**after, "authority": authority})
    return fund


def check_new(plan: FundPlan, *, others: Sequence[Fund]) -> None:
    """Raise Invalid or Conflict, at its field, where this fund cannot be beside the others."""
    if (taken := fund_by_code(plan.code)) is not None:
        raise Conflict(
            f"There is already a fund with the code {plan.code}: {taken.name}.", field="code"
        )
    regions = [region.code for region in open_regions()]
    plans.check_plan(plan, regions=regions, others=others)


def add_head(*, fund: Fund, name: str, code: str, by: Actor) -> BudgetNode:
    """A further head under the fund, with a leaf for every region and nothing allocated yet."""
    require(by, Permit.BUDGET_SET)
    hold_row(fund)
    rules.check_code(code, "a head", "name")
    plans.check_open(fund)
    there = [node for node in nodes_under(fund) if node.level == "head"]
    if any(fold(node.name) == fold(name) for node in there):
        raise Conflict(f"There is already a head called {name}.", field="name")
    if node_by_code(f"{fund.node.code}/{code}") is not None:
        raise Conflict(f"There is already a head with the code {code}.", field="name")
    head = _grow_head(fund.node, name, code, open_regions(), {}, by=by)
    audit.record("fund.head_added", fund, by=by, after={"code": code, "name": name})
    return head


def add_regions(*, fund: Fund, by: Actor) -> list[BudgetNode]:
    """A leaf in every head for each region that has none yet, with nothing allocated."""
    require(by, Permit.BUDGET_SET)
    hold_row(fund)
    added = [_add_leaf(head, region) for head, region in missing_leaves(fund)]
    if added:
        codes = [node.code for node in added]
        audit.record("fund.regions_added", fund, by=by, after={"codes": codes})
    return added


def rename_fund(*, fund: Fund, name: str, by: Actor) -> Fund:
    """Call a fund otherwise: the one thing of its terms that one person changes alone.

    Its days, its largest grant and its rule for a second person are asked for
    (`approvals.ask_terms`).
    """
    require(by, Permit.BUDGET_SET)
    plans.check_name(name, others=[each for each in hold_funds() if each.id != fund.id])
    return _changed(fund, {"name": name}, by=by)


def terms_of(fund: Fund) -> Terms:
    """The terms of a fund as they stand."""
    return Terms(**{name: getattr(fund, name) for name in Terms.__dataclass_fields__})


def change_terms_now(*, fund: Fund, terms: Terms, by: Actor) -> Fund:
    """Change a fund's terms as two people agreed; its money stays as it is.

    Raises Invalid or Conflict where they cannot be, Refused for a closed fund.
    """
    lock_nodes([fund.node_id])
    others = [each for each in hold_funds() if each.id != fund.id]
    plans.check_open(fund)
    plans.check_terms(terms, others=others)
    plans.check_days_kept(terms_of(fund), terms, today=clock.today(), used=used_between(fund))
    return _changed(fund, asdict(terms), by=by)


def _changed(fund: Fund, values: Mapping[str, Any], *, by: Actor) -> Fund:
    before, after = audit.changes(fund, values)
    if after:
        fund.node.name = fund.name
        db.session.flush()
        audit.record("fund.changed", fund, by=by, before=before, after=after)
    return fund


def _grow_head(
    root: BudgetNode,
    name: str,
    code: str,
    regions: Sequence[UnionRegion],
    shares: Mapping[str, int],
    *,
    by: Actor,
) -> BudgetNode:
    head = _add_node(root, "head", f"{root.code}/{code}", name)
    if sum(shares.values()):
        write_row(Move("allot", head.id, sum(shares.values())), by=by, key=f"fund:{head.code}")
    for region in [*regions, None]:
        leaf = _add_leaf(head, region)
        share_p = shares.get(region.code if region else rules.NATIONAL, 0)
        if share_p:
            write_row(Move("allot", leaf.id, share_p), by=by, key=f"fund:{leaf.code}")
    return head


def _add_leaf(head: BudgetNode, region: UnionRegion | None) -> BudgetNode:
    code = f"{head.code}/{region.code if region else rules.NATIONAL}"
    return _add_node(head, "region", code, region.name if region else "National", region)


def _add_node(
    parent: BudgetNode | None,
    level: str,
    code: str,
    name: str,
    region: UnionRegion | None = None,
) -> BudgetNode:
    node = BudgetNode(
        parent_id=parent.id if parent else None, level=level, code=code, name=name, region=region
    )
    db.session.flush()
    try:
        with db.session.begin_nested():
            db.session.add(node)
    except IntegrityError as error:
        raise Conflict(f"There is already a place with the code {code}.", field="code") from error
    above = ancestor_ids(parent.id) if parent else []
    db.session.add_all(
        BudgetPath(node_id=node.id, ancestor_id=ancestor) for ancestor in [node.id, *above]
    )
    db.session.flush()
    return node
