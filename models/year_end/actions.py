"""Closing a fund's year: proposed by one, approved by another, in one transaction.

What is open is carried into the next fund together with the cap it stands on, or released. Lock
order: the closing, the applications, the awards, then both trees from their roots down.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db
from models.budget import refusals
from models.budget import rules as budget_rules
from models.budget.actions import caps, money
from models.budget.queries.nodes import (
    lock_awards,
    lock_nodes,
    node_by_id,
    nodes_under,
    open_commitments,
    paid_of,
    path_of,
)
from models.budget.queries.tree import figures_of
from models.budget.tables import Fund
from models.days import said_day
from models.errors import Conflict, Invalid, Refused
from models.funding.actions.carry import carry
from models.funding.actions.undo import lapse, reduce
from models.funding.tables import Application
from models.year_end import queries, rules
from models.year_end.tables import YearEnd, YearEndLine

CLOSED = "The year of this fund was closed already."


def propose(
    *,
    fund: Fund,
    next_fund: Fund,
    choices: Mapping[int, str],
    balance_p: int,
    authority: str,
    reason: str,
    by: Actor,
    key: str,
) -> YearEnd:
    """Propose to close a fund; `choices` says "carry" or "release" for each open commitment.

    Nothing moves yet. Raises Invalid where a commitment has no answer or no place in the next
    fund, or where more would go with it than is unspent; Refused before the fund's last day has
    passed.
    """
    require(by, Permit.BUDGET_ASK)
    earlier = queries.end_with_key(key)
    if earlier is not None:
        return _same(earlier, fund, next_fund, balance_p)
    _check_funds(fund, next_fund)
    _check_words(authority, reason)
    open_now = queries.open_of(fund)
    rules.check_choices(open_now, choices)
    _check_targets(fund, next_fund, choices)
    released_p = sum(o.amount_p for o in open_now if choices[o.award_id] == rules.RELEASE)
    rules.check_balance(balance_p, fund.node.available_p, released_p)
    end = YearEnd(
        fund=fund, next_fund=next_fund, balance_p=balance_p, authority=authority, reason=reason,
        proposed_by_id=by.id, idem=key,
        lines=[
            YearEndLine(award_id=one.award_id, amount_p=one.amount_p, choice=choices[one.award_id])
            for one in open_now
        ],
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(end)
    except IntegrityError as error:
        raise Conflict("The end of this fund's year is proposed already.") from error
    after = {"fund": fund.node.code, "next": next_fund.node.code, "open": len(open_now)}
    audit.record("year_end.proposed", end, by=by, after={**after, "balance_p": balance_p})
    return end


def approve(end: YearEnd, *, by: User, answer: str | None = None) -> YearEnd:
    """Close the fund as it was proposed. Whoever proposed cannot; a second press changes nothing.

    Raises Conflict where something was awarded, paid or released since, OverBudget where the next
    fund cannot take what is carried.
    """
    require(by, Permit.BUDGET_APPROVE)
    end = queries.lock_end(end.id)
    if _is_done(end, "approved", by):
        return end
    _check_other(end, by)
    _check_over(end.fund)
    applications = queries.applications_of([line.award_id for line in end.lines])
    _lock(end)
    _check_unchanged(end)
    _release(end, applications, by)
    _carry_caps(end, by)
    _carry_awards(end, applications, by)
    _carry_balance(end, by)
    _move_undecided(end)
    end.fund.closed_on = clock.today()
    return _decide(end, "approved", by, answer)


def refuse(end: YearEnd, *, by: Actor, answer: str) -> YearEnd:
    """Turn the closing down with a reason."""
    require(by, Permit.BUDGET_APPROVE)
    if not answer.strip():
        raise Invalid("Say why, so that whoever proposed it knows what to do.", field="answer")
    end = queries.lock_end(end.id)
    if _is_done(end, "refused", by):
        return end
    _check_other(end, by)
    return _decide(end, "refused", by, answer)


def withdraw(end: YearEnd, *, by: Actor) -> YearEnd:
    """Take one's own proposal back while it waits."""
    require(by, Permit.BUDGET_ASK)
    end = queries.lock_end(end.id)
    if end.proposed_by_id != by.id:
        raise Refused("Only whoever proposed it can withdraw it.")
    if end.status == "withdrawn":
        return end
    _check_waiting(end)
    return _decide(end, "withdrawn", by, None)


# ---- what a proposal must be ------------------------------------------------------------------


def _same(earlier: YearEnd, fund: Fund, next_fund: Fund, balance_p: int) -> YearEnd:
    there = (earlier.fund_id, earlier.next_fund_id, earlier.balance_p)
    if there != (fund.id, next_fund.id, balance_p):
        raise Conflict("This was already proposed with other figures.")
    return earlier


def _check_funds(fund: Fund, next_fund: Fund) -> None:
    if fund.closed_on is not None:
        raise Refused(CLOSED)
    _check_over(fund)
    if next_fund.id == fund.id or next_fund.closed_on is not None:
        raise Invalid("Choose the fund of the next year.", field="next_fund")
    if next_fund.starts_on <= fund.starts_on:
        raise Invalid("The next fund must begin after this one.", field="next_fund")


def _check_over(fund: Fund) -> None:
    """A year ends when its last day has passed, in London."""
    if clock.today() <= fund.ends_on:
        last = said_day(fund.ends_on)
        raise Refused(
            f"{fund.name} runs until {last}. Its year can be closed from the day after on."
        )


def _check_words(authority: str, reason: str) -> None:
    budget_rules.check_authority(authority)
    if not reason.strip():
        raise Invalid("Enter a reason.", field="reason")


def _check_targets(fund: Fund, next_fund: Fund, choices: Mapping[int, str]) -> None:
    twins = queries.twins(fund, next_fund)
    for award in open_commitments(fund):
        if choices[award.id] == rules.CARRY and award.node_id not in twins:
            place = refusals.place(path_of(award.node_id))
            raise Invalid(
                f"{next_fund.name} has no place for {place}. Add the head to it first, with the "
                "same name.",
                field="next_fund",
            )


# ---- closing ----------------------------------------------------------------------------------


def _lock(end: YearEnd) -> None:
    lock_awards(line.award_id for line in end.lines)
    nodes = [*nodes_under(end.fund), *nodes_under(end.next_fund)]
    lock_nodes(node.id for node in nodes)


def _check_unchanged(end: YearEnd) -> None:
    proposed = {line.award_id: line.amount_p for line in end.lines}
    now = {one.award_id: one.amount_p for one in queries.open_of(end.fund)}
    changed = rules.drift(proposed, now)
    if changed:
        references = [award.reference for award in lock_awards(changed)]
        raise Conflict(
            f"What is open has changed since this was proposed: {', '.join(references)}. "
            "Refuse it and let it be proposed again."
        )


def _release(end: YearEnd, applications: Mapping[int, Application], by: User) -> None:
    """Free what is open: what is not carried lapses, or ends at what was paid of it."""
    for line in end.lines:
        application, key = applications.get(line.award_id), f"{_key(end)}:release:{line.id}"
        if line.choice == rules.CARRY or application is None:
            money.release(award=line.award, amount_p=line.amount_p, by=by, key=key)
        else:
            _end_award(application, paid_of(line.award), end, by=by, key=key)


def _end_award(application: Application, paid_p: int, end: YearEnd, *, by: User, key: str) -> None:
    try:
        if paid_p:
            reduce(application, amount_p=paid_p, reason=_why(end), by=by, key=key)
        else:
            lapse(application, reason=_why(end), by=by, key=key)
    except Refused as refusal:
        raise Refused(f"{application.reference}: {refusal.message}") from refusal


def _carry_caps(end: YearEnd, by: User) -> None:
    """The cap goes with what is carried: out of the old leaves upwards, into the new downwards."""
    parts: dict[int, int] = {}
    for line in end.lines:
        if line.choice == rules.CARRY:
            parts[line.award.node_id] = parts.get(line.award.node_id, 0) + line.amount_p
    if not parts:
        return
    said = _said(end, by)
    twins, heads = queries.twins(end.fund, end.next_fund), _by_head(parts)
    for places in (parts, heads):
        for node_id, amount_p in sorted(places.items()):
            key = f"{_key(end)}:back:{node_id}"
            caps.allot_now(node=node_by_id(node_id), amount_p=-amount_p, **said, key=key)
    total_p = sum(parts.values())
    _shift(end, total_p, by, "carried")
    for places in (heads, parts):
        for node_id, amount_p in sorted(places.items()):
            node, key = node_by_id(twins[node_id]), f"{_key(end)}:down:{node_id}"
            caps.allot_now(node=node, amount_p=amount_p, **said, key=key)


def _by_head(parts: Mapping[int, int]) -> dict[int, int]:
    heads: dict[int, int] = {}
    for node_id, amount_p in parts.items():
        head_id = node_by_id(node_id).parent_id or 0
        heads[head_id] = heads.get(head_id, 0) + amount_p
    return heads


def _carry_awards(end: YearEnd, applications: Mapping[int, Application], by: User) -> None:
    twins = queries.twins(end.fund, end.next_fund)
    for line in end.lines:
        if line.choice != rules.CARRY:
            continue
        node = node_by_id(twins[line.award.node_id])
        application = applications.get(line.award_id)
        if application is None:
            reference = f"{line.award.reference}/{end.next_fund.node.code}"
            money.carry(
                award=line.award, node_id=node.id, reference=reference, by=by,
                amount_p=line.amount_p,
            )  # fmt: skip
            continue
        carry(
            application, amount_p=line.amount_p, fund=end.next_fund, node=node,
            reason=_why(end), by=by, key=f"{_key(end)}:carry:{line.id}",
        )  # fmt: skip


def _carry_balance(end: YearEnd, by: User) -> None:
    """Gather what is unspent at the old root, as far as it is needed, and give it to the new."""
    if not end.balance_p:
        return
    needed_p = end.balance_p - (end.fund.node.cap_p - end.fund.node.handed_p)
    if needed_p > 0:
        places = [(node.id, node.level, figures_of(node)) for node in nodes_under(end.fund)]
        for node_id, amount_p in rules.to_sweep(places):
            key = f"{_key(end)}:sweep:{node_id}"
            node = node_by_id(node_id)
            caps.allot_now(node=node, amount_p=-amount_p, **_said(end, by), key=key)
    _shift(end, end.balance_p, by, "balance")


def _move_undecided(end: YearEnd) -> None:
    """What is asked for and not decided goes on in the next fund, with the limit it had."""
    twins = queries.twins(end.fund, end.next_fund)
    for application in queries.undecided_of(end.fund):
        application.kept_max_grant_p = application.max_grant_p
        application.fund = end.next_fund
        if application.node_id is not None:
            application.node_id = twins.get(application.node_id)
    db.session.flush()


def _shift(end: YearEnd, amount_p: int, by: User, what: str) -> None:
    said = _said(end, by)
    for fund, change_p in ((end.fund, -amount_p), (end.next_fund, amount_p)):
        key = f"{_key(end)}:{what}:{fund.id}"
        caps.shift_cap(fund=fund, change_p=change_p, **said, key=key)


def _said(end: YearEnd, by: User) -> dict[str, Any]:
    return {"reason": _why(end), "authority": end.authority, "by": by}


def _why(end: YearEnd) -> str:
    return f"Year end of {end.fund.name}: {end.reason}"


def _key(end: YearEnd) -> str:
    return f"year-end:{end.id}"


# ---- who and when -----------------------------------------------------------------------------


def _is_done(end: YearEnd, status: str, by: Actor) -> bool:
    return end.status == status and end.decided_by_id == by.id


def _check_other(end: YearEnd, by: Actor) -> None:
    _check_waiting(end)
    if end.proposed_by_id == by.id:
        raise Refused("You proposed this yourself. Another person decides it.")


def _check_waiting(end: YearEnd) -> None:
    if end.status != "waiting":
        raise Conflict(f"This year end was {end.status} already. Nothing was changed.")


def _decide(end: YearEnd, status: str, by: Actor, answer: str | None) -> YearEnd:
    end.status = status
    end.decided_by_id = by.id
    end.decided_at = clock.now()
    end.answer = answer
    db.session.flush()
    audit.record(f"year_end.{status}", end, by=by, after={"answer": answer})
    return end
