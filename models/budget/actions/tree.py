"""Setting up and growing the tree of a fund: its heads, their leaves, and the first allocations."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.exc import IntegrityError

from models import audit
from models.accounts import Actor, Permit, require
from models.base import db, hold_row, one_at_a_time
from models.budget import queries, rules
from models.budget.actions.money import read_figures_afresh, write_row
from models.budget.limits import limit_for_new_fund
from models.budget.rules import Move
from models.budget.tables import BudgetNode, BudgetPath, Fund
from models.errors import Conflict, Invalid
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
) -> Fund:
    """A fund with its tree, made the current one: heads, and in each a leaf for every region.

    `heads` is name -> code; `allocations` is head code -> region code (or "NAT") -> pence. A head
    is allotted the sum of its leaves. The same code with the same cap returns the fund there is.
    """
    require(by, Permit.BUDGET_SET)
    one_at_a_time("a new fund")
    regions = queries.open_regions()
    rules.check_amount(cap_p)
    rules.check_code(code, "the fund", "code")
    rules.check_period(starts_on, ends_on, max_grant_p)
    rules.check_heads(heads)
    rules.check_shares(cap_p, heads, [region.code for region in regions], allocations)
    earlier = queries.fund_by_code(code)
    if earlier is not None:
        first = queries.entry_with_key(f"fund:{code}")
        if earlier.name == name and first is not None and first.amount_p == cap_p:
            return earlier
        raise Conflict(f"There is already a fund with the code {code}.", field="code")
    root = _add_node(None, "fund", code, name)
    fund = Fund(node=root, name=name, starts_on=starts_on, ends_on=ends_on, max_grant_p=max_grant_p)
    for other in queries.funds():
        other.current = False
    db.session.add(fund)
    write_row(Move("allot", root.id, cap_p), by=by, key=f"fund:{code}")
    for head_name, head_code in heads.items():
        _grow_head(root, head_name, head_code, regions, allocations.get(head_code, {}), by=by)
    db.session.flush()
    read_figures_afresh()
    limit_for_new_fund(cap_p=cap_p, starts_on=starts_on, by=by)
    audit.record("fund.set_up", fund, by=by, after={"code": code, "name": name, "cap_p": cap_p})
    return fund


def add_head(*, fund: Fund, name: str, code: str, by: Actor) -> BudgetNode:
    """A further head under the fund, with a leaf for every region and nothing allocated yet."""
    require(by, Permit.BUDGET_SET)
    hold_row(fund)
    rules.check_code(code, "a head", "code")
    if queries.node_by_code(f"{fund.node.code}/{code}") is not None:
        raise Conflict(f"There is already a head with the code {code}.", field="code")
    head = _grow_head(fund.node, name, code, queries.open_regions(), {}, by=by)
    audit.record("fund.head_added", fund, by=by, after={"code": code, "name": name})
    return head


def add_regions(*, fund: Fund, by: Actor) -> list[BudgetNode]:
    """A leaf in every head for each region that has none yet, with nothing allocated."""
    require(by, Permit.BUDGET_SET)
    hold_row(fund)
    added = [_add_leaf(head, region) for head, region in queries.missing_leaves(fund)]
    if added:
        codes = [node.code for node in added]
        audit.record("fund.regions_added", fund, by=by, after={"codes": codes})
    return added


def change_fund(
    *,
    fund: Fund,
    name: str,
    starts_on: date,
    ends_on: date,
    max_grant_p: int,
    by: Actor,
    approve_above_p: int | None = None,
) -> Fund:
    """Change a fund's name, period, largest grant and its rule for a second person.

    Its money stays as it is. `approve_above_p` None is the usual rule of rules.needs_second.
    """
    require(by, Permit.BUDGET_SET)
    rules.check_period(starts_on, ends_on, max_grant_p)
    if approve_above_p is not None and not 0 <= approve_above_p <= rules.MAX_P:
        raise Invalid("Enter an amount of £0.00 or more.", field="approve_above")
    values = {
        "name": name,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "max_grant_p": max_grant_p,
        "approve_above_p": approve_above_p,
    }
    before, after = audit.changes(fund, values)
    if after:
        fund.node.name = name
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
    above = queries.ancestor_ids(parent.id) if parent else []
    db.session.add_all(
        BudgetPath(node_id=node.id, ancestor_id=ancestor) for ancestor in [node.id, *above]
    )
    db.session.flush()
    return node
