"""What is read of scores: those since its last submission count, as answers may have changed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload, lazyload

from models.base import db
from models.funding.assessing.rules import Assessment, Given, assess
from models.funding.assessing.tables import Criterion, ModerationNote, Score
from models.funding.tables import Application
from models.rounds.tables import AnswerSheet


def criteria_of(round_id: int | None) -> list[Criterion]:
    """What a round is scored by, in order."""
    return list(
        db.session.scalars(
            select(Criterion).where(Criterion.round_id == round_id).order_by(Criterion.position)
        )
    )


def has_scores(round_id: int) -> bool:
    """True once an application of the round is scored: its criteria are fixed from then on."""
    wanted = (
        select(Score.id)
        .join(Criterion, Criterion.id == Score.criterion_id)
        .where(Criterion.round_id == round_id)
        .limit(1)
    )
    return db.session.scalar(wanted) is not None


def has_submitted(round_id: int) -> bool:
    """True once an application was submitted in the round, whatever became of it since."""
    wanted = (
        select(AnswerSheet.application_id)
        .join(Application, Application.id == AnswerSheet.application_id)
        .where(AnswerSheet.round_id == round_id, Application.submitted_at.is_not(None))
        .limit(1)
    )
    return db.session.scalar(wanted) is not None


def assessment_of(
    application: Application, *, criteria: Sequence[Criterion] | None = None
) -> Assessment:
    """Everybody's scores since its last submission; empty outside rounds.

    `criteria` are those of its round, where they are known already.
    """
    if application.round is None:
        return Assessment()
    known = criteria_of(application.round.id) if criteria is None else criteria
    weights = {one.id: one.weight for one in known}
    given = _given([application])[application.id]
    return assess(weights, given, flag_from=application.round.spread_flag)


def scores_given(applications: Sequence[Application]) -> dict[int, int]:
    """By application: how many assessors have scored it whole since its last submission."""
    asked = [one for one in applications if one.round is not None and one.round.scores_needed]
    if not asked:
        return {}
    rounds = {one.round.id for one in asked if one.round is not None}
    ids = [one.id for one in asked]
    rows = db.session.execute(
        select(Criterion.round_id, Criterion.id, Criterion.weight, Score)
        .outerjoin(Score, and_(Score.criterion_id == Criterion.id, Score.application_id.in_(ids)))
        .where(Criterion.round_id.in_(rounds))
        .options(lazyload(Score.by))
        .order_by(Score.id)
    )
    weights: dict[int, dict[int, int]] = defaultdict(dict)
    scores: list[Score] = []
    for round_id, criterion_id, weight, row in rows:
        weights[round_id][criterion_id] = weight
        scores += [row] if row is not None else []
    given = _since_submission(asked, scores, named=False)
    return {
        one.id: len(assess(weights[one.round.id], given[one.id]).totals)
        for one in asked
        if one.round is not None
    }


def notes_of(application: Application) -> list[ModerationNote]:
    """What was noted in moderation, the newest first."""
    return list(
        db.session.scalars(
            select(ModerationNote)
            .where(ModerationNote.application_id == application.id)
            .options(joinedload(ModerationNote.by))
            .order_by(ModerationNote.id.desc())
        )
    )


def _given(applications: Sequence[Application]) -> dict[int, list[Given]]:
    rows = db.session.scalars(
        select(Score)
        .where(Score.application_id.in_([one.id for one in applications]))
        .options(joinedload(Score.by))
        .order_by(Score.id)
    )
    return _since_submission(applications, rows)


def _since_submission(
    applications: Sequence[Application], rows: Iterable[Score], *, named: bool = True
) -> dict[int, list[Given]]:
    since = {one.id: one.submitted_at for one in applications}
    found: dict[int, list[Given]] = defaultdict(list)
    for row in rows:
        submitted_at = since[row.application_id]
        if submitted_at is None or row.at >= submitted_at:
            name = row.by.name if named else ""
            one = Given(row.criterion_id, row.points, row.justification, row.by_id, name, row.at)
            found[row.application_id].append(one)
    return found
