"""Names on ballots onto the books: contests and candidacies, never people."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, insert, update

from models import clock
from models.accounts.permits import Actor
from models.base import db
from models.councillors.seats.actions import match_candidates
from models.councillors.seats.tables import CandidateMatch
from models.elections.tables import Ballot, Candidacy, Election
from models.folding import fold
from models.intake.queries.snapshots import gazetteer
from models.intake.queries.stored import load
from models.intake.results import queries
from models.intake.results.planning import FACTS, NamePlan, plan_names, wanted
from models.intake.rows import CHANGE, REFUSED, given_row
from models.intake.tables import ImportBatch, ImportRow, ImportWrite

CHANGED_SINCE = "The books changed after the preview, so this row was left. Import it again."
# Written many at a time: a national file has more than 26,000 names.
AT_ONCE = 2000
UNDONE_AT_ONCE = 900


def plans_for(
    stored: list[ImportRow], *, by: Actor, lessons: Mapping[tuple[str, str], str] | None = None
) -> list[NamePlan]:
    """The plans of these rows, in order, against the contests and names on the books."""
    rows = [given_row(row.number, row.sheet, row.raw, row.given) for row in stored]
    places = gazetteer(frozenset({"council", "ward", "party"}), lessons=lessons)
    rolls = queries.rolls(*wanted(rows))
    return plan_names(rows, places, rolls, region_ids=by.region_ids)


def write(batch: ImportBatch, rows: list[ImportRow], *, by: Actor) -> None:
    """Write these rows of a batch; one whose plan changed since the preview is refused."""
    kept: list[tuple[ImportRow, NamePlan]] = []
    for row, plan in zip(rows, plans_for(rows, by=by), strict=True):
        if row.verdict == plan.plan.verdict and (row.changes or {}) == plan.plan.shown():
            kept.append((row, plan))
        else:
            row.verdict, row.changes = REFUSED, None
            row.because = plan.plan.because or CHANGED_SINCE
    ballots = _contests([plan for _, plan in kept])
    new = [(row, plan) for row, plan in kept if plan.candidacy_id is None]
    _add_names(batch, new, ballots)
    _change_names(batch, [one for one in kept if one[1].plan.verdict == CHANGE])
    now = clock.now()
    for row, _plan in kept:
        row.applied_at = now
    db.session.flush()


def _contests(plans: list[NamePlan]) -> dict[str, int]:
    """The ids of the ballots of these plans; elections and ballots that are new are added."""
    contests = {plan.contest.ballot: plan.contest for plan in plans if plan.contest is not None}
    codes = {one.election for one in contests.values()}
    elections, ballots = queries.contests_by_code(codes, set(contests))
    ballots |= {
        plan.contest.ballot: plan.ballot_id
        for plan in plans
        if plan.contest is not None and plan.ballot_id is not None
    }
    missing = {
        one.election: {
            "code": one.election,
            "name": one.election_name[:160],
            "kind": one.kind,
            "poll_on": one.poll_on,
            "council_id": one.council_id,
        }
        for one in contests.values()
        if one.election not in elections and one.ballot not in ballots
    }
    if missing:
        db.session.execute(
            insert(Election).execution_options(render_nulls=True), list(missing.values())
        )
        elections |= queries.contests_by_code(set(missing), set())[0]
    new = [
        {
            "code": one.ballot,
            "election_id": elections[one.election],
            "ward_id": one.ward_id,
            "area": one.area,
            "area_key": fold(one.area),
            "gss": one.gss,
            "seats": one.seats,
            "by_election": one.by_election,
            "cancelled": one.cancelled,
        }
        for one in contests.values()
        if one.ballot not in ballots
    ]
    if new:
        db.session.execute(insert(Ballot).execution_options(render_nulls=True), new)
        ballots |= queries.contests_by_code(set(), {str(one["code"]) for one in new})[1]
    return ballots


def _add_names(
    batch: ImportBatch, new: list[tuple[ImportRow, NamePlan]], ballots: dict[str, int]
) -> None:
    if not new:
        return
    values = [_as_stored(plan, ballots) for _, plan in new]
    db.session.execute(insert(Candidacy).execution_options(render_nulls=True), values)
    ids = queries.candidacies_of(one["ballot_id"] for one in values)
    for (row, _), one in zip(new, values, strict=True):
        row.subject_id = ids[one["ballot_id"], one["key"]]
    _note(
        batch,
        [
            (row, row.subject_id or 0, None, {name: one[name] for name in FACTS})
            for (row, _), one in zip(new, values, strict=True)
        ],
    )


def _as_stored(plan: NamePlan, ballots: dict[str, int]) -> dict[str, Any]:
    if plan.contest is None:
        raise ValueError("a plan that writes has a contest")
    return {
        "ballot_id": ballots[plan.contest.ballot],
        "key": plan.key,
        "name_key": fold(plan.facts["name"]),
        **plan.facts,
    }


def _change_names(batch: ImportBatch, changed: list[tuple[ImportRow, NamePlan]]) -> None:
    there = load(Candidacy, [plan.candidacy_id or 0 for _, plan in changed])
    notes = []
    for row, plan in changed:
        one = there[plan.candidacy_id or 0]
        values = {update_.field: update_.value for update_ in plan.plan.updates}
        before = {name: getattr(one, name) for name in values}
        for name, value in values.items():
            setattr(one, name, value)
        if "name" in values:
            one.name_key = fold(values["name"])
        if "party_name" in values:
            one.party_id = plan.facts["party_id"]
        notes.append((row, one.id, before, values))
    db.session.flush()
    _note(batch, notes)


def _note(
    batch: ImportBatch,
    notes: Iterable[tuple[ImportRow, int, dict[str, Any] | None, dict[str, Any]]],
) -> None:
    """What was written, with what stood before, so that the batch can be taken back."""
    kept = [
        {
            "batch_id": batch.id,
            "row_id": row.id,
            "table": "candidacy",
            "subject_id": subject,
            "before": before,
            "after": after,
        }
        for row, subject, before, after in notes
    ]
    if kept:
        db.session.execute(insert(ImportWrite), kept)


def compare(batch: ImportBatch, *, by: Actor) -> dict[str, int]:
    """Compare the names of the batch's poll days with the office holders; the counts are kept
    beside the import."""
    counts: dict[str, int] = {}
    for day in queries.poll_days(batch):
        for what, number in match_candidates(day, by=by).items():
            counts[what] = counts.get(what, 0) + number
    batch.outline = {**batch.outline, "matches": counts}
    db.session.flush()
    return counts


def forget_matches(rows: list[ImportRow]) -> None:
    """Before names are taken back: what was found about them by rule goes with them. What a human
    settled stays, and so does its name."""
    ids = [row.subject_id for row in rows if row.subject_id is not None]
    for start in range(0, len(ids), UNDONE_AT_ONCE):
        part = ids[start : start + UNDONE_AT_ONCE]
        db.session.execute(
            delete(CandidateMatch).where(
                CandidateMatch.candidacy_id.in_(part), CandidateMatch.decided_at.is_(None)
            )
        )
        db.session.execute(
            update(Candidacy)
            .where(Candidacy.id.in_(part))
            .values(person_id=None)
            .execution_options(synchronize_session=False)
        )


__all__ = ["AT_ONCE", "compare", "forget_matches", "plans_for", "write"]
