"""What is open at a year's end, and what was proposed about it."""

from dataclasses import dataclass

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from models.accounts.permits import Actor, may
from models.accounts.roles import Permit
from models.base import db
from models.budget.approvals.tables import BudgetRequest
from models.budget.queries.nodes import nodes_under, open_commitments
from models.budget.queries.tree import places_of
from models.budget.tables import BudgetNode, Fund
from models.errors import NotFound
from models.folding import fold
from models.funding.tables import Application
from models.funding.workflow import EDITABLE, WAITING
from models.year_end.rules import CARRY, Open
from models.year_end.tables import YearEnd, YearEndLine


@dataclass(frozen=True)
class OpenLine:
    """One open commitment as the office reads it; `target_id` is its place in the next fund."""

    award_id: int
    reference: str
    candidate: str
    place: str
    committed_p: int
    paid_p: int
    target_id: int | None


@dataclass(frozen=True)
class ToDecide:
    """How much of one fund waits for a second person: requests, and the closing of its year."""

    fund: str
    code: str
    requests: int
    ends: int


def decisions_for(reader: Actor) -> list[ToDecide]:
    """What of each fund this reader may decide, in one query; nothing that they asked for."""
    if reader.region_ids is not None or not may(reader, Permit.BUDGET_APPROVE):
        return []
    requests = select(BudgetRequest.fund_id, literal(1).label("request"), literal(0).label("end"))
    ends = select(YearEnd.fund_id, literal(0), literal(1))
    waiting = union_all(
        requests.where(BudgetRequest.status == "waiting", BudgetRequest.asked_by_id != reader.id),
        ends.where(YearEnd.status == "waiting", YearEnd.proposed_by_id != reader.id),
    ).subquery()
    query = (
        select(Fund.name, BudgetNode.code, func.sum(waiting.c.request), func.sum(waiting.c.end))
        .join(waiting, waiting.c.fund_id == Fund.id)
        .join(BudgetNode, BudgetNode.id == Fund.node_id)
        .group_by(Fund.id, Fund.name, BudgetNode.code)
        .order_by(Fund.id)
    )
    rows = db.session.execute(query)
    return [ToDecide(name, code, int(asked), int(ended)) for name, code, asked, ended in rows]


def ends_for(reader: Actor, fund: Fund) -> list[YearEnd]:
    """Every closing that was proposed of a fund, the newest first; none for a held reader."""
    if reader.region_ids is not None:
        return []
    return list(
        db.session.scalars(
            select(YearEnd)
            .where(YearEnd.fund_id == fund.id)
            .options(*_with_names())
            .order_by(YearEnd.id.desc())
        )
    )


def end_for(reader: Actor, year_end_id: int) -> YearEnd:
    """One closing with its lines; NotFound for a reader who is held to regions."""
    found = None
    if reader.region_ids is None:
        found = db.session.scalars(
            select(YearEnd)
            .where(YearEnd.id == year_end_id)
            .options(*_with_names(), selectinload(YearEnd.lines).joinedload(YearEndLine.award))
        ).one_or_none()
    if found is None:
        raise NotFound("There is no such year end.")
    return found


@dataclass(frozen=True)
class CapChange:
    """What a closing does to the cap of one fund, in pence."""

    fund: str
    before_p: int
    after_p: int


def cap_changes(end: YearEnd) -> list[CapChange]:
    """What both caps are now and would be once the fund is closed as it was proposed."""
    carried_p = sum(line.amount_p for line in end.lines if line.choice == CARRY) + end.balance_p
    old, new = end.fund, end.next_fund
    return [
        CapChange(old.name, old.node.cap_p, old.node.cap_p - carried_p),
        CapChange(new.name, new.node.cap_p, new.node.cap_p + carried_p),
    ]


def lock_end(year_end_id: int) -> YearEnd:
    """The closing read afresh and held until the transaction ends; raises NotFound."""
    found = db.session.scalars(
        select(YearEnd)
        .where(YearEnd.id == year_end_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such year end.")
    return found


def end_with_key(key: str) -> YearEnd | None:
    """The closing that was proposed under this key."""
    return db.session.scalars(select(YearEnd).where(YearEnd.idem == key)).one_or_none()


def open_of(fund: Fund) -> list[Open]:
    """Every commitment of the fund that is not paid whole."""
    return [Open(one.id, one.reference, one.committed_p) for one in open_commitments(fund)]


def open_lines(fund: Fund, next_fund: Fund | None) -> list[OpenLine]:
    """The same as the office reads it, with the place that each would have in the next fund."""
    names = {place.node_id: place.name for place in places_of(fund)}
    targets = {} if next_fund is None else twins(fund, next_fund)
    by_award = {one.award_id: one for one in _applications(fund)}
    return [
        OpenLine(
            award_id=one.id,
            reference=one.reference,
            candidate=by_award[one.id].candidate_name if one.id in by_award else "–",
            place=names[one.node_id],
            committed_p=one.committed_p,
            paid_p=one.paid_p,
            target_id=targets.get(one.node_id),
        )
        for one in open_commitments(fund)
    ]


def _applications(fund: Fund) -> list[Application]:
    awards = [one.id for one in open_commitments(fund)]
    return list(
        db.session.scalars(
            select(Application)
            .where(Application.award_id.in_(awards))
            .options(joinedload(Application.person))
            .order_by(Application.id)
        )
    )


def applications_of(award_ids: list[int]) -> dict[int, Application]:
    """The applications of these awards by the award's id, locked, the lowest id first."""
    found = db.session.scalars(
        select(Application)
        .where(Application.award_id.in_(award_ids))
        .order_by(Application.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return {one.award_id: one for one in found if one.award_id is not None}


def undecided_of(fund: Fund) -> list[Application]:
    """What is asked for of a fund and not decided, drafts too, locked, the lowest id first."""
    return list(
        db.session.scalars(
            select(Application)
            .where(
                Application.fund_id == fund.id,
                Application.status.in_([*sorted(EDITABLE), *WAITING]),
            )
            .order_by(Application.id)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        )
    )


def undecided_count(fund: Fund) -> int:
    """How many applications would go on in the next fund without a decision."""
    return db.session.scalars(
        select(func.count())
        .select_from(Application)
        .where(
            Application.fund_id == fund.id,
            Application.status.in_([*sorted(EDITABLE), *WAITING]),
        )
    ).one()


def twins(fund: Fund, other: Fund) -> dict[int, int]:
    """Each node of a fund and the node of the other that has its place: same head, same region.

    A head is the same by its code, else by its name.
    """
    here, there = nodes_under(fund), nodes_under(other)
    heads = _same_heads(fund, here, other, there)
    found = {fund.node_id: other.node_id, **heads}
    leaves = {(node.parent_id, node.region_id): node.id for node in there}
    for node in here:
        if node.level == "region":
            twin_id = leaves.get((heads.get(node.parent_id or 0), node.region_id))
            found.update({} if twin_id is None else {node.id: twin_id})
    return found


def _same_heads(
    fund: Fund, here: list[BudgetNode], other: Fund, there: list[BudgetNode]
) -> dict[int, int]:
    def codes(root: Fund, nodes: list[BudgetNode]) -> dict[str, BudgetNode]:
        cut = len(root.node.code)
        return {node.code[cut:]: node for node in nodes if node.level == "head"}

    ours, theirs = codes(fund, here), codes(other, there)
    by_name = {fold(node.name): node.id for code, node in theirs.items() if code not in ours}
    pairs = {
        node.id: theirs[code].id if code in theirs else by_name.get(fold(node.name))
        for code, node in ours.items()
    }
    return {node_id: twin_id for node_id, twin_id in pairs.items() if twin_id is not None}


def _with_names() -> tuple[ExecutableOption, ...]:
    return (
        joinedload(YearEnd.fund),
        joinedload(YearEnd.next_fund),
        joinedload(YearEnd.proposed_by),
        joinedload(YearEnd.decided_by),
    )
