"""Awards, and how rows come into the ledger. The database refuses, we explain.

Every act takes a `key`: the same key with the same content returns the earlier result and changes
nothing, with other content it is a Conflict. A refusal undoes the act alone (a savepoint), so the
caller's transaction stays usable. Lock order: award, then nodes from the root down.
"""

from collections.abc import Callable, Sequence
from typing import cast

from sqlalchemy import Table, insert
from sqlalchemy.exc import IntegrityError

from models import audit
from models.accounts.permits import Actor, may, require
from models.accounts.roles import Permit
from models.base import db
from models.budget import refusals, rules
from models.budget.actions import gate
from models.budget.queries.entries import entries_with_keys, entry_with_key, virement_rows
from models.budget.queries.nodes import (
    award_by_id,
    awards_by_reference,
    carried_from,
    earlier_awards,
    lock_nodes,
    node_by_id,
    path_of,
    touched_by,
)
from models.budget.rules import Commitment, Move
from models.budget.tables import Award, AwardCarried, BudgetNode, LedgerEntry
from models.errors import Conflict, DomainError

Explain = Callable[[IntegrityError], DomainError | None]


# ---- awards ---------------------------------------------------------------------------------


def commit(*, node_id: int, reference: str, amount_p: int, by: Actor, key: str) -> Award:
    """Award `amount_p` pence against a leaf of the tree; the award is made under `reference`.

    Raises OverBudget, with the figures in words, where a cap on the way up would be passed,
    Refused before the fund's first day.
    """
    require(by, Permit.FUNDING_DECIDE)
    gate.refuse_early([node_id])
    return _commit(node_id, reference, amount_p, by=by, key=key)


def _commit(node_id: int, reference: str, amount_p: int, *, by: Actor, key: str) -> Award:
    rules.check_amount(amount_p)
    path = path_of(node_id)
    earlier = entry_with_key(key)
    if earlier is None:
        db.session.flush()
        try:
            with db.session.begin_nested():
                award = Award(node_id=node_id, reference=reference)
                db.session.add(award)
                db.session.flush()
                move = Move("commit", node_id, amount_p, award.id)
                write_row(move, by=by, key=key)
                gate.refuse_closed([move])
        except IntegrityError as error:
            if refusals.broken_rule(error) in refusals.REPEATED:
                earlier = entry_with_key(key)
            if earlier is None:
                _forget(path)
                refusal = refusals.of_award(error, award=None, path=path, asked_p=amount_p)
                raise refusal or error from error
        else:
            _forget(path, award)
            audit.record(
                "award.committed", award, by=by, after={"amount_p": amount_p, "node_id": node_id}
            )
            return award
    return _same_award(earlier, node_id, reference, amount_p)


def commit_many(wanted: Sequence[Commitment], *, by: Actor) -> list[Award]:
    """Award many amounts in one go, all or none; the awards in the order they were wanted.

    The nodes are locked from the root down first. Raises OverBudget where a cap on the way up
    would be passed, Conflict where one of the keys was used before, Refused before the fund's
    first day.
    """
    require(by, Permit.FUNDING_DECIDE)
    gate.refuse_early([one.node_id for one in wanted])
    for one in wanted:
        rules.check_amount(one.amount_p)
    db.session.flush()
    try:
        with db.session.begin_nested():
            awards = _write_awards(wanted, by=by)
            gate.refuse_closed([Move("commit", one.node_id, one.amount_p) for one in wanted])
    except IntegrityError as error:
        read_figures_afresh()
        path = path_of(wanted[0].node_id)
        asked_p = sum(one.amount_p for one in wanted)
        refusal = refusals.of_award(error, award=None, path=path[-1:], asked_p=asked_p)
        raise refusal or error from error
    read_figures_afresh()
    awards_by_reference([one.reference for one in wanted])
    for one, award in zip(wanted, awards, strict=True):
        after = {"amount_p": one.amount_p, "node_id": one.node_id}
        audit.record("award.committed", award, by=by, after=after)
    return awards


def _write_awards(wanted: Sequence[Commitment], *, by: Actor) -> list[Award]:
    """The awards and their rows of the ledger, each in one statement; the trigger sees each row."""
    rows = [{"node_id": one.node_id, "reference": one.reference} for one in wanted]
    db.session.execute(insert(cast(Table, Award.__table__)), rows)
    made = awards_by_reference([one.reference for one in wanted])
    awards = [made[one.reference] for one in wanted]
    entries = [
        {
            "kind": "commit",
            "node_id": one.node_id,
            "amount_p": one.amount_p,
            "award_id": award.id,
            "actor_id": by.id,
            "idem": one.key,
        }
        for one, award in zip(wanted, awards, strict=True)
    ]
    db.session.execute(insert(cast(Table, LedgerEntry.__table__)), entries)
    return awards


def release(*, award: Award, amount_p: int, by: Actor, key: str) -> LedgerEntry:
    """Give back what is committed and not paid; raises OverBudget above the commitment."""
    # A region gives its own back; the national office may release any.
    permit = Permit.FUNDING_DECIDE if may(by, Permit.FUNDING_DECIDE) else Permit.FUNDING_APPLY
    region_id = node_by_id(award.node_id).region_id
    require(by, permit, regions=None if region_id is None else [region_id])
    return _on_award("release", award, amount_p, by=by, key=key)


def pay(*, award: Award, amount_p: int, by: Actor, key: str) -> LedgerEntry:
    """Pay out of the award's commitment; raises OverBudget above it."""
    require(by, Permit.FUNDING_PAY)
    return _on_award("pay", award, amount_p, by=by, key=key)


def give_back(*, award: Award, amount_p: int, by: Actor, key: str) -> LedgerEntry:
    """Record money that came back after it was paid; raises OverBudget above what was paid.

    Of an award carried into this year it is booked to the year in which it was paid, where this
    year paid less than that.
    """
    require(by, Permit.FUNDING_PAY)
    return _on_award("return", _that_paid(award, amount_p, key), amount_p, by=by, key=key)


def carry(*, award: Award, node_id: int, reference: str, by: Actor, amount_p: int) -> Award:
    """Go on with a commitment that a closing fund released: an award of the next fund.

    Its history stays with the old award. Raises OverBudget where the next fund has no room.
    """
    require(by, Permit.FUNDING_DECIDE)
    new = _commit(node_id, reference, amount_p, by=by, key=f"carry:{award.id}")
    if new not in carried_from(award):
        db.session.add(AwardCarried(award_id=new.id, from_id=award.id))
        db.session.flush()
    return new


def reverse(*, entry: LedgerEntry, by: Actor, key: str, reason: str) -> list[LedgerEntry]:
    """Take back an entry (of a virement: all its rows) by mirror rows; the old rows stay.

    Raises Conflict if it was taken back before, OverBudget where the money is no longer there,
    Refused where moving that money needs a second person.
    """
    require(by, _permit_to_reverse(entry.kind))
    old = virement_rows(entry) if entry.kind == "vire" else [entry]
    # Backwards, what was credited last is debited first: again no cap is passed midway.
    moves = [Move(e.kind, e.node_id, -e.amount_p, e.award_id, e.id) for e in reversed(old)]
    award = award_by_id(entry.award_id) if entry.award_id is not None else None
    path = path_of(moves[0].node_id)

    def explain(error: IntegrityError) -> DomainError | None:
        asked_p = abs(entry.amount_p)
        if award is None:
            return refusals.of_cap(error, path=path, asked_p=asked_p)
        return refusals.of_award(error, award=award, path=path, asked_p=asked_p)

    return enter(
        moves,
        by=by,
        key=key,
        reason=reason,
        subject=award or path[0],
        explain=explain,
        check=None if award is not None else lambda: gate.check_reversal(old),
    )


# ---- how it is done -------------------------------------------------------------------------


def _that_paid(award: Award, amount_p: int, key: str) -> Award:
    """The award, or the earlier one that it goes on with and that paid so much."""
    earlier = earlier_awards(award)
    done = entry_with_key(key) if earlier else None
    if done is not None:
        return next((one for one in earlier if one.id == done.award_id), award)
    if amount_p <= award.paid_p - award.returned_p:
        return award
    return next((one for one in earlier if amount_p <= one.paid_p - one.returned_p), award)


def _on_award(kind: str, award: Award, amount_p: int, *, by: Actor, key: str) -> LedgerEntry:
    rules.check_amount(amount_p)
    path = path_of(award.node_id)
    rows = enter(
        [Move(kind, award.node_id, amount_p, award.id)],
        by=by,
        key=key,
        subject=award,
        explain=lambda error: refusals.of_award(error, award=award, path=path, asked_p=amount_p),
    )
    return rows[0]


def enter(
    moves: Sequence[Move],
    *,
    by: Actor,
    key: str,
    subject: Award | BudgetNode,
    explain: Explain,
    reason: str | None = None,
    authority: str | None = None,
    check: Callable[[], None] | None = None,
) -> list[LedgerEntry]:
    """Write these rows, all or none, once for each key; figures are read afresh afterwards.

    `check` may still refuse them; a repeated key never comes to it.
    """
    keys = _keys_of(key, moves)
    earlier = entries_with_keys(keys)
    if not earlier:
        if check is not None:
            check()
        if any(move.kind == "vire" for move in moves):
            lock_nodes(touched_by([move.node_id for move in moves]))
        db.session.flush()
        try:
            with db.session.begin_nested():
                rows = [
                    write_row(move, by=by, key=one, reason=reason, authority=authority)
                    for move, one in zip(moves, keys, strict=True)
                ]
                gate.refuse_closed(moves)
        except IntegrityError as error:
            if refusals.broken_rule(error) in refusals.REPEATED:
                earlier = entries_with_keys(keys)
            if not earlier:
                read_figures_afresh()
                raise explain(error) or error from error
        else:
            read_figures_afresh()
            _note(moves, subject, by=by, reason=reason, authority=authority)
            return rows
    return _same_rows(earlier, moves)


def _keys_of(key: str, moves: Sequence[Move]) -> list[str]:
    if len(moves) == 1:
        return [key]
    return [f"{key}:{number}" for number in range(1, len(moves) + 1)]


def write_row(
    move: Move, *, by: Actor, key: str, reason: str | None = None, authority: str | None = None
) -> LedgerEntry:
    """One row of the ledger, flushed, so that the database says at once whether it may be."""
    entry = LedgerEntry(**vars(move), actor_id=by.id, idem=key, reason=reason, authority=authority)
    db.session.add(entry)
    db.session.flush()
    return entry


def _same_rows(earlier: Sequence[LedgerEntry], moves: Sequence[Move]) -> list[LedgerEntry]:
    done = [
        Move(row.kind, row.node_id, row.amount_p, row.award_id, row.reverses_id) for row in earlier
    ]
    if done != list(moves):
        raise Conflict("This was already done with other figures.")
    return list(earlier)


def _same_award(earlier: LedgerEntry, node_id: int, reference: str, amount_p: int) -> Award:
    award = award_by_id(earlier.award_id) if earlier.award_id is not None else None
    same = (earlier.kind, earlier.node_id, earlier.amount_p) == ("commit", node_id, amount_p)
    if award is None or not same or award.reference != reference:
        raise Conflict("This was already done with other figures.")
    return award


def _note(
    moves: Sequence[Move],
    subject: Award | BudgetNode,
    *,
    by: Actor,
    reason: str | None,
    authority: str | None,
) -> None:
    what = "reversed" if moves[0].reverses_id is not None else moves[0].kind
    after = {
        "moves": [{"node_id": move.node_id, "amount_p": move.amount_p} for move in moves],
        "reason": reason,
        "authority": authority,
    }
    audit.record(f"ledger.{what}", subject, by=by, after=after)


def _forget(path: Sequence[BudgetNode], award: Award | None = None) -> None:
    """Read these figures afresh when next asked for: the trigger moved them behind our back."""
    for thing in [*path, *([award] if award is not None else [])]:
        db.session.expire(thing)


def read_figures_afresh() -> None:
    """Forget the figures read so far: the ledger's trigger moved them behind our back."""
    for thing in list(db.session.identity_map.values()):
        if isinstance(thing, BudgetNode | Award):
            db.session.expire(thing)


def _permit_to_reverse(kind: str) -> Permit:
    if kind in ("allot", "vire"):
        return Permit.BUDGET_SET
    return Permit.FUNDING_PAY if kind in ("pay", "return") else Permit.FUNDING_DECIDE
