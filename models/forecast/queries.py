"""What the forecast stands on, as one reader may know it.

A reader who is held to regions gets the money, the applications and the history of those alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from models import clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db
from models.budget.planning.queries import plan_of
from models.budget.planning.rules import first_of, months
from models.budget.queries.nodes import paid_and_back
from models.budget.queries.tree import Tree, tree_for
from models.budget.tables import Award, BudgetNode, BudgetPath, Fund, LedgerEntry
from models.evidence.tables import Outcome
from models.forecast import rules
from models.forecast.rules import STAGES, Asked, Contest, Cost, History, Line, Odds, Point, Spent
from models.funding.coding import CATEGORIES, CLASSES
from models.funding.queries.lists import of_own_regions
from models.funding.tables import Application, ApplicationLaw, ApplicationStep
from models.funding.workflow import GRANTED
from models.places.tables import UnionRegion

NO_HEAD, NO_CODING = "No head yet", "Not coded yet"
GROUPS = ("region", "head", "unit", "category")
ENDED = (*GRANTED, "not_endorsed", "declined", "withdrawn", "lapsed")


@dataclass(frozen=True)
class Forecast:
    """One fund as it is expected to end. `whole` is the line of everything together."""

    fund: Fund
    tree: Tree
    odds: dict[str, Odds]
    stages: list[Line]
    whole: Line
    asked: list[Asked]
    spent: list[Spent]

    def by(self, group: str) -> list[Line]:
        """The forecast by region, head, party unit or category of section 72."""
        caps: dict[str, int] | None = None
        if group == "region":
            caps = {each.figures.name: each.figures.cap_p for each in self.tree.regions}
        elif group == "head":
            caps = {each.figures.name: each.figures.cap_p for each in self.tree.heads}
        return rules.lines_by(group, self.spent, self.asked, self.odds, caps)


def forecast_for(reader: Actor, fund: Fund) -> Forecast | None:
    """The forecast of a fund for this reader; None for a fund without a tree."""
    require(reader, Permit.BUDGET_READ)
    tree = tree_for(reader, fund)
    if tree is None:
        return None
    odds = rules.all_odds(histories(reader))
    asked, spent = waiting(reader, fund), awarded(reader, fund)
    return Forecast(
        fund=fund,
        tree=tree,
        odds=odds,
        stages=[_stage_line(key, asked, odds) for key in STAGES],
        whole=rules.lines_by("all", spent, asked, odds, {"The whole fund": tree.figures.cap_p})[0],
        asked=asked,
        spent=spent,
    )


def _stage_line(key: str, asked: list[Asked], odds: Mapping[str, Odds]) -> Line:
    here = [one for one in asked if one.stage == key]
    return Line(
        name=key,
        asked_p=sum(one.requested_p for one in here),
        expected_p=rules.expected_p(here, odds),
    )


def histories(reader: Actor) -> dict[str, History]:
    """What became of the applications that were at each stage, in every fund."""
    reached = (
        select(ApplicationStep.application_id, ApplicationStep.to_status.label("stage"))
        .where(ApplicationStep.to_status.in_(list(STAGES)))
        .distinct()
        .subquery()
    )
    won = Application.status.in_(GRANTED)
    rows = db.session.execute(
        select(
            reached.c.stage,
            func.count().label("ended"),
            func.sum(case((won, 1), else_=0)).label("awarded"),
            func.sum(case((won, Application.requested_p), else_=0)).label("asked_p"),
            func.sum(case((won, Application.awarded_p), else_=0)).label("given_p"),
        )
        .join(Application, Application.id == reached.c.application_id)
        .where(of_own_regions(reader), Application.status.in_(ENDED))
        .group_by(reached.c.stage)
        .order_by(reached.c.stage)
    ).mappings()
    return {
        row["stage"]: History(**{key: int(row[key] or 0) for key in History.__annotations__})
        for row in rows
    }


def waiting(reader: Actor, fund: Fund) -> list[Asked]:
    """What is asked for of this fund and not decided, in the order of the applications."""
    head = aliased(BudgetNode)
    rows = db.session.execute(
        select(
            Application.status,
            Application.requested_p,
            UnionRegion.name.label("region"),
            *_coded(head),
        )
        .select_from(Application)
        .join(UnionRegion, UnionRegion.id == Application.region_id)
        .outerjoin(ApplicationLaw, ApplicationLaw.application_id == Application.id)
        .outerjoin(BudgetNode, BudgetNode.id == Application.node_id)
        .outerjoin(head, head.id == BudgetNode.parent_id)
        .where(
            Application.fund_id == fund.id,
            of_own_regions(reader),
            Application.status.in_(list(STAGES)),
            Application.requested_p.is_not(None),
        )
        .order_by(Application.id)
    )
    return [Asked(row.status, row.requested_p, _groups(row)) for row in rows]


def awarded(reader: Actor, fund: Fund) -> list[Spent]:
    """Every award of this fund with what became of it, in the order of the awards.

    Its region is the one whose part of the budget it came from.
    """
    head = aliased(BudgetNode)
    query = (
        select(
            Award.committed_p,
            Award.paid_p,
            Award.returned_p,
            BudgetNode.name.label("region"),
            *_coded(head),
        )
        .select_from(Award)
        .join(BudgetNode, BudgetNode.id == Award.node_id)
        .join(head, head.id == BudgetNode.parent_id)
        .join(BudgetPath, BudgetPath.node_id == Award.node_id)
        .outerjoin(Application, Application.award_id == Award.id)
        .outerjoin(ApplicationLaw, ApplicationLaw.application_id == Application.id)
        .where(BudgetPath.ancestor_id == fund.node_id)
        .order_by(Award.id)
    )
    if reader.region_ids is not None:
        query = query.where(BudgetNode.region_id.in_(sorted(reader.region_ids)))
    return [
        Spent(row.committed_p, row.paid_p, row.returned_p, _groups(row))
        for row in db.session.execute(query)
    ]


def _coded(head: Any) -> tuple[Any, ...]:
    law = ApplicationLaw
    return (head.name.label("head"), law.legal_class, law.s72_category, law.recipient)


def _groups(row: Any) -> dict[str, str]:
    known = CLASSES.get(row.legal_class or "")
    unit = NO_CODING if known is None else known.label
    if known is not None and known.recipient == "unit" and row.recipient:
        unit = row.recipient
    category = row.s72_category
    return {
        "all": "The whole fund",
        "region": row.region,
        "head": row.head or NO_HEAD,
        "unit": unit,
        "category": f"({category}) {CATEGORIES[category]}" if category else NO_CODING,
    }


def polls_of(reader: Actor, fund: Fund) -> list[date]:
    """The polling days that this fund's applications are for, the most money first."""
    rows = db.session.execute(
        select(Application.poll_on, func.sum(Application.requested_p).label("asked_p"))
        .where(
            Application.fund_id == fund.id,
            Application.poll_on.is_not(None),
            of_own_regions(reader),
        )
        .group_by(Application.poll_on)
        .order_by(func.sum(Application.requested_p).desc(), Application.poll_on)
    )
    return [row.poll_on for row in rows]


def burn_down_for(
    reader: Actor, forecast: Forecast, *, head_id: int | None = None, poll_on: date | None = None
) -> list[Point]:
    """What is left of a fund, or of one head, month by month until polling day.

    The plan is the office's own: a reader who is held to regions sees no line of it.
    """
    fund, figures, name = forecast.fund, forecast.tree.figures, None
    node_id = fund.node_id
    for head in forecast.tree.heads:
        if head.node_id == head_id:
            figures, name, node_id = head.figures, head.figures.name, head.node_id
    asked = [one for one in forecast.asked if name is None or one.groups["head"] == name]
    last = max(poll_on or fund.ends_on, first_of(clock.today()))
    return rules.burn_down(
        months(fund.starts_on, last),
        cap_p=figures.cap_p,
        plan=_plan(node_id) if forecast.tree.whole else {},
        used=used_by_month(reader, node_id),
        today=clock.today(),
        expected_p=rules.expected_p(asked, forecast.odds),
    )


def _plan(node_id: int) -> dict[date, int]:
    node = db.session.get(BudgetNode, node_id)
    return {} if node is None else plan_of(node)


def used_by_month(reader: Actor, node_id: int) -> dict[date, int]:
    """What each month's entries took under a node, by London's calendar: first day -> pence."""
    query = (
        select(
            LedgerEntry.at,
            (LedgerEntry.d_committed + LedgerEntry.d_paid - LedgerEntry.d_returned).label("used"),
        )
        .join(BudgetPath, BudgetPath.node_id == LedgerEntry.node_id)
        .where(BudgetPath.ancestor_id == node_id, LedgerEntry.award_id.is_not(None))
        .order_by(LedgerEntry.id)
    )
    if reader.region_ids is not None:
        query = query.join(BudgetNode, BudgetNode.id == LedgerEntry.node_id).where(
            BudgetNode.region_id.in_(sorted(reader.region_ids))
        )
    found: dict[date, int] = {}
    for row in db.session.execute(query):
        month = first_of(clock.london_day(row.at))
        found[month] = found.get(month, 0) + row.used
    return found


def costs_for(reader: Actor, fund: Fund) -> list[Cost]:
    """What each region's contests cost, and what a win cost where results are in."""
    rows = db.session.execute(
        select(
            UnionRegion.name,
            Application.contest_key,
            Application.id,
            Award,
            Outcome.elected,
        )
        .select_from(Application)
        .join(Award, Award.id == Application.award_id)
        .join(UnionRegion, UnionRegion.id == Application.region_id)
        .outerjoin(Outcome, Outcome.application_id == Application.id)
        .where(
            Application.fund_id == fund.id,
            Application.status.in_(GRANTED),
            of_own_regions(reader),
        )
        .order_by(Application.id)
    )
    return rules.costs_of(list(_contests(rows.all())))


def _contests(rows: Sequence[Any]) -> Iterable[Contest]:
    """Each award with what it cost: what was paid in a year that is closed counts as well."""
    paid = paid_and_back([row.Award for row in rows])
    for row in rows:
        paid_p, returned_p = paid[row.Award.id]
        used_p = row.Award.committed_p + paid_p - returned_p
        yield Contest(row.name, row.contest_key or f"application {row.id}", used_p, row.elected)
