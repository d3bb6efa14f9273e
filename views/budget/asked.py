"""What a request for a further fund or for other terms says, before and after."""

from dataclasses import dataclass

from models.budget import plans
from models.budget.approvals.tables import BudgetRequest
from models.budget.plans import Terms
from models.budget.queries.periods import awardable_in
from models.days import said_day
from models.money import in_pounds


@dataclass(frozen=True)
class TermRow:
    """One thing that would be another: before and after, in words."""

    label: str
    before: str
    after: str


def plan_facts(asked: BudgetRequest) -> list[tuple[str, str]]:
    """The fund that is asked for, as facts; what can be awarded in its days is the last one."""
    if asked.kind != "fund":
        return []
    plan = plans.plan_from(asked.terms or {})
    handed_p = sum(sum(parts.values()) for parts in plan.allocations.values())
    return [
        ("Code", plan.code),
        ("Days", f"{said_day(plan.starts_on)} to {said_day(plan.ends_on)}"),
        ("Cap", in_pounds(plan.cap_p)),
        ("Largest grant for a candidate", in_pounds(plan.max_grant_p)),
        ("Budget heads", ", ".join(plan.heads)),
        ("Handed down to regions", in_pounds(handed_p)),
        *_in_those_days(asked, plan),
    ]


def _in_those_days(asked: BudgetRequest, plan: plans.FundPlan) -> list[tuple[str, str]]:
    """While it waits: what can be awarded in those days by the funds there are, and with it."""
    if asked.status != "waiting":
        return []
    before_p = awardable_in(plan)
    before, after = in_pounds(before_p), in_pounds(before_p + plan.cap_p)
    return [("Can be awarded in those days", f"{before} before, {after} after")]


def terms_rows(asked: BudgetRequest) -> list[TermRow]:
    """What of a fund's terms would be another, or became it."""
    if asked.kind != "terms" or asked.terms is None:
        return []
    before, after = (_said(plans.terms_from(asked.terms[when])) for when in ("before", "after"))
    return [
        TermRow(label, before[label], after[label])
        for label in before
        if before[label] != after[label]
    ]


def _said(terms: Terms) -> dict[str, str]:
    above_p = terms.approve_above_p
    return {
        "Name": terms.name,
        "First day": said_day(terms.starts_on),
        "Last day": said_day(terms.ends_on),
        "Largest grant": in_pounds(terms.max_grant_p),
        "Second person above": "–" if above_p is None else in_pounds(above_p),
    }
