"""Setting the plan."""

from collections.abc import Mapping
from datetime import date

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db, hold_row
from models.budget.planning import queries, rules
from models.budget.planning.tables import BudgetPlan
from models.budget.queries.nodes import fund_of
from models.budget.tables import BudgetNode
from models.errors import Invalid


def set_plan(*, node: BudgetNode, plan: Mapping[date, int], by: Actor) -> None:
    """Make this the plan of the fund's root or of a head; months left out are planned as nothing.

    Raises Invalid for a month outside the fund's period, or a plan above what is allocated.
    """
    require(by, Permit.BUDGET_SET)
    hold_row(node)
    if node.level == "region":
        raise Invalid("A plan is made for the whole fund or for a head.")
    fund = fund_of(node.id)
    rules.check_plan(plan, rules.months(fund.starts_on, fund.ends_on), node.cap_p)
    before = queries.plan_of(node)
    after = {month: amount_p for month, amount_p in sorted(plan.items()) if amount_p}
    if before == after:
        return
    there = {row.month: row for row in queries.rows_of(node)}
    for month, row in there.items():
        if month not in after:
            db.session.delete(row)
    for month, amount_p in after.items():
        if before.get(month) != amount_p:
            row = there.get(month) or BudgetPlan(node_id=node.id, month=month)
            row.amount_p = amount_p
            row.set_by_id, row.set_at = by.id, clock.now()
            db.session.add(row)
    db.session.flush()
    audit.record("budget.planned", node, by=by, before=_words(before), after=_words(after))


def _words(plan: Mapping[date, int]) -> dict[str, int]:
    return {f"{month:%Y-%m}": amount_p for month, amount_p in plan.items()}
