"""What a batch of awards comes to: read for all of them at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload, selectinload

from models.accounts.permits import Actor
from models.base import db
from models.budget.limits.queries import limit_of
from models.budget.limits.rules import Found
from models.budget.queries.nodes import lock_nodes
from models.budget.queries.tree import Head, Tree, fund_with_head, tree_for
from models.budget.tables import Fund
from models.errors import Invalid, NotFound
from models.funding import rules, workflow
from models.funding.batch import Chosen, Left, Line, Plan, Terms
from models.funding.eligibility.queries.judging import Judgement, judgements_for
from models.funding.guards import Case
from models.funding.law import Card
from models.funding.queries.cases import cases_of
from models.funding.queries.law import law_cards
from models.funding.queries.lists import visible_to, with_names
from models.funding.tables import Application, ApplicationStep
from models.money import in_pounds
from models.rounds.tables import AnswerSheet

ONE_BY_ONE = "The union's own campaigning under section 75 is decided one by one."


@dataclass(frozen=True)
class Known:
    """What is known of one application of a batch before it is judged."""

    case: Case
    judged: Judgement
    card: Card
    limit: Found


def funds_undecided(user: Actor) -> list[Fund]:
    """The funds in which something waits for a decision, the earliest first."""
    waiting = select(Application.fund_id).where(
        visible_to(user), Application.status.in_(workflow.UNDECIDED)
    )
    wanted = select(Fund).where(Fund.id.in_(waiting), Fund.closed_on.is_(None))
    return list(db.session.scalars(wanted.order_by(Fund.starts_on, Fund.id)))


def undecided_for(user: Actor, fund: Fund | None, *, limit: int = 500) -> list[Application]:
    """What waits for a decision in a fund, the longest waiting first."""
    wanted = _loaded(visible_to(user)).where(
        Application.status.in_(workflow.UNDECIDED),
        Application.fund_id == (fund.id if fund else None),
    )
    ordered = wanted.order_by(Application.submitted_at, Application.id).limit(limit)
    return list(db.session.scalars(ordered))


def chosen_applications(
    user: Actor, ids: Sequence[int], *, lock: bool = False
) -> list[Application]:
    """These applications, in the order of their ids, locked if so wanted; NotFound if one is not
    there for this person."""
    if lock:
        held = select(Application.id).where(Application.id.in_(ids)).order_by(Application.id)
        db.session.execute(held.with_for_update(key_share=True))
    wanted = _loaded(visible_to(user)).where(Application.id.in_(ids)).order_by(Application.id)
    found = list(db.session.scalars(wanted.execution_options(populate_existing=True)))
    if len(found) < len(set(ids)):
        raise NotFound("There is no such application, or it is not in your region.")
    return found


def _loaded(condition: ColumnElement[bool]) -> Select[Application]:
    return (
        select(Application)
        .where(condition)
        .options(
            *with_names(),
            joinedload(Application.fund),
            joinedload(Application.award),
            joinedload(Application.submitted_by),
            joinedload(Application.sheet).joinedload(AnswerSheet.round),
            selectinload(Application.lines),
        )
    )


def steps_with_keys(keys: Sequence[str | None]) -> list[ApplicationStep]:
    """The steps that were taken with these keys."""
    wanted = [key for key in keys if key is not None]
    return list(
        db.session.scalars(
            select(ApplicationStep)
            .where(ApplicationStep.idem.in_(wanted))
            .order_by(ApplicationStep.id)
        )
    )


def newest_steps(ids: Sequence[int], step: str) -> dict[int, ApplicationStep]:
    """The newest step of this name each of these applications took, by the application's id."""
    wanted = select(ApplicationStep).where(
        ApplicationStep.application_id.in_(ids), ApplicationStep.step == step
    )
    found = db.session.scalars(wanted.order_by(ApplicationStep.id))
    return {one.application_id: one for one in found}


def plan_batch(user: Actor, chosen: Sequence[Chosen], terms: Terms, *, lock: bool = False) -> Plan:
    """What awarding all of these would come to, and what stands in the way of which.

    With `lock` it is about to be done: everything it stands on is held until the commit, and a
    warning of the law without an answer stands in the way as well.
    """
    amounts = {one.application_id: one.amount_p or 0 for one in chosen}
    applications = chosen_applications(user, list(amounts), lock=lock)
    tree, head = _head(user, terms, lock=lock)
    known = _known(user, applications, amounts, terms)
    leaves = {leaf.region_id: leaf for leaf in head.leaves}
    left = {leaf.node_id: leaf.figures.available_p for leaf in head.leaves}
    lines = []
    for one in applications:
        amount_p, leaf = amounts[one.id], leaves.get(one.region_id)
        refusal = _refusal(one, amount_p, known[one.id], terms, user, final=lock)
        if refusal is None and (leaf is None or one.fund_id != tree.fund.id):
            refusal = "Its region has no part in this head."
        if refusal is None and leaf is not None and left[leaf.node_id] < amount_p:
            refusal = f"{in_pounds(left[leaf.node_id])} left in {head.figures.name}, "
            refusal += f"{one.region.name}; {in_pounds(amount_p)} asked."
        if leaf is not None:
            left[leaf.node_id] -= amount_p
        warnings = known[one.id].card.warnings
        lines.append(
            Line(
                one,
                amount_p,
                one.status,
                leaf.node_id if leaf else None,
                warnings,
                refusal,
                known[one.id].judged.results,
            )
        )
    return Plan(tuple(lines), _left(tree, head, left, sum(amounts.values())))


def _head(user: Actor, terms: Terms, *, lock: bool) -> tuple[Tree, Head]:
    fund = None if terms.head_id is None else fund_with_head(terms.head_id)
    tree = None if fund is None else tree_for(user, fund)
    head = next((one for one in tree.heads if one.node_id == terms.head_id), None) if tree else None
    if tree is None or head is None:
        raise Invalid("Choose the budget head.", field="head")
    if lock:
        nodes = [tree.fund.node_id, head.node_id, *(leaf.node_id for leaf in head.leaves)]
        lock_nodes(nodes)
        return _head(user, terms, lock=False)
    return tree, head


def _known(
    user: Actor, applications: Sequence[Application], amounts: Mapping[int, int], terms: Terms
) -> dict[int, Known]:
    judged = judgements_for(applications)
    cases = cases_of(applications, judged=judged, asker=user)
    limits = limit_of(user, sorted({one.region_id for one in applications}))
    cards = law_cards(applications, coding=terms.coding, amounts=amounts)
    return {
        one.id: Known(cases[one.id], judged[one.id], cards[one.id], limits[one.region_id])
        for one in applications
    }


def _refusal(
    one: Application, amount_p: int, known: Known, terms: Terms, user: Actor, *, final: bool
) -> str | None:
    """The first thing that stands in the way of this award, in words."""
    step = workflow.step_named("award")
    answer = workflow.verdict(step, known.case, user)
    asked_p = one.requested_p or 0
    problem = rules.award_problem(amount_p, requested_p=asked_p, max_grant_p=one.max_grant_p)
    if not answer.allowed or problem:
        return answer.because or problem
    if terms.coding.legal_class == "s75":
        return ONE_BY_ONE
    if final and amount_p < asked_p and not (terms.reason or "").strip():
        return "Say why less is awarded than was asked."
    above = known.limit.refusal(amount_p, earlier_p=known.judged.earlier_p)
    if above:
        return above
    for refusal in known.card.refusals:
        return refusal.message
    silent = [each for each in known.card.warnings if not terms.answers.get(each.key, "").strip()]
    return f"{silent[0].words} Say what you answer to this." if final and silent else None


def _left(tree: Tree, head: Head, left: Mapping[int, int], total_p: int) -> tuple[Left, ...]:
    """What the regions' parts, the head and the fund would have left."""
    changed = [
        Left(
            f"{head.figures.name}, {leaf.figures.name}",
            leaf.figures.available_p,
            left[leaf.node_id],
        )
        for leaf in head.leaves
        if left[leaf.node_id] != leaf.figures.available_p
    ]
    above = ((head.figures.name, head.figures), (tree.fund.name, tree.figures))
    whole = [Left(name, each.available_p, each.available_p - total_p) for name, each in above]
    return (*changed, *whole)
