"""Declaring an interest, scoring, moderating; and the criteria of a round."""

from collections.abc import Mapping, Sequence

from models import audit
from models.accounts.permits import require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db
from models.errors import Conflict, Invalid, Refused
from models.funding.assessing import rules
from models.funding.assessing.queries.interests import (
    DECLARE_FIRST,
    conflicts_for,
    declared_by,
    interests_for,
    lifted_of,
)
from models.funding.assessing.queries.scores import criteria_of, has_scores, has_submitted
from models.funding.assessing.rules import INTERESTS, MOST_WORDS, Wanted
from models.funding.assessing.tables import (
    Criterion,
    InterestDeclaration,
    InterestLifted,
    ModerationNote,
    Score,
)
from models.funding.tables import Application
from models.rounds.actions.planning import change_round, publish_round
from models.rounds.queries import hold_round
from models.rounds.rules import Terms
from models.rounds.tables import Round


def declare_interest(
    application: Application, *, answer: str, by: User, detail: str | None = None
) -> InterestDeclaration:
    """Say whether one has an interest in it; any interest forbids taking part from then on.

    Whoever declared one does not take it back: somebody else lifts it.
    """
    require(by, Permit.FUNDING_SCORE, regions=[application.region_id])
    if answer == "none" and declared_by(by, [application]).get(application.id) not in (
        None,
        "none",
    ):
        raise Refused(
            "You declared an interest in it. Somebody else lifts it, with a reason, on the "
            "application’s page."
        )
    if answer not in INTERESTS:
        raise Invalid("Say whether you have an interest in it.", field="answer")
    words = (detail or "").strip() or None
    if answer == "other" and words is None:
        raise Invalid("Say what it is.", field="detail")
    row = InterestDeclaration(
        application_id=application.id, by_id=by.id, answer=answer, detail=words
    )
    db.session.add(row)
    db.session.flush()
    audit.record("funding.interest_declared", application, by=by, after={"answer": answer})
    return row


def lift_interest(
    application: Application, declaration: InterestDeclaration, *, reason: str, by: User
) -> InterestLifted:
    """Say that a declared interest stands in the way no more, and why; a second press is the first.

    Not by whoever declared it, wrote the application or has an interest in it themselves.
    """
    require(by, Permit.FUNDING_DECIDE, regions=[application.region_id])
    db.session.refresh(declaration, with_for_update={"key_share": True})
    earlier = lifted_of(declaration)
    if earlier is not None:
        if earlier.by_id == by.id:
            return earlier
        raise Conflict("Somebody else lifted this interest already.")
    if declaration.by_id == by.id:
        raise Refused("You declared this interest yourself. Somebody else lifts it.")
    if by.id in _writers(application):
        raise Refused("You wrote or submitted this application, so somebody else must lift it.")
    because = interests_for(by, [application]).get(application.id)
    if because:
        raise Refused(because)
    said = reason.strip()
    if not said:
        raise Invalid("Say why it stands in the way no more.", field="reason")
    if len(said) > MOST_WORDS:
        raise Invalid(f"Say it in at most {MOST_WORDS:,} characters.", field="reason")
    row = InterestLifted(
        declaration_id=declaration.id, declared_by_id=declaration.by_id, by_id=by.id, reason=said
    )
    db.session.add(row)
    db.session.flush()
    after = {"whose_id": declaration.by_id, "answer": declaration.answer, "reason": said}
    audit.record("funding.interest_lifted", application, by=by, after=after)
    return row


def score(
    application: Application,
    *,
    points: Mapping[int, int | None],
    reasons: Mapping[int, str],
    by: User,
) -> list[Score]:
    """Give points for every criterion of its round, each with its reason.

    Refused before an interest is declared or where one is, for whoever wrote the application, and
    once it is past scoring. A second scoring stands beside the first, and counts instead.
    """
    require(by, Permit.FUNDING_SCORE, regions=[application.region_id])
    _may_take_part(application, by=by)
    if application.status != "endorsed" or application.round is None:
        raise Refused("An application is scored while it waits for its decision, in a round.")
    wanted = [one.id for one in criteria_of(application.round.id)]
    rules.check_scores(wanted, points, reasons)
    rows = [
        Score(
            application_id=application.id,
            criterion_id=number,
            points=points[number],
            justification=reasons[number].strip(),
            by_id=by.id,
        )
        for number in wanted
    ]
    db.session.add_all(rows)
    db.session.flush()
    after = {"points": {str(one.criterion_id): one.points for one in rows}}
    audit.record("funding.scored", application, by=by, after=after)
    return rows


def moderate(application: Application, *, note: str, by: User) -> ModerationNote:
    """Note what the assessors agreed; nobody with an interest may."""
    require(by, Permit.FUNDING_SCORE, regions=[application.region_id])
    _may_take_part(application, by=by)
    words = note.strip()
    if not words:
        raise Invalid("Write what was agreed.", field="note")
    if len(words) > MOST_WORDS:
        raise Invalid(f"Say it in at most {MOST_WORDS:,} characters.", field="note")
    row = ModerationNote(application_id=application.id, note=words, by_id=by.id)
    db.session.add(row)
    db.session.flush()
    audit.record("funding.moderated", application, by=by, after={"note": words})
    return row


def save_criteria(round_: Round, *, wanted: Sequence[Wanted], by: User) -> list[Criterion]:
    """Set what a round is scored by; refused once one of its applications is scored."""
    require(by, Permit.ROUNDS_WRITE)
    hold_round(round_)
    rules.check_criteria(wanted)
    if has_scores(round_.id):
        raise Refused("Applications of this round are scored already: its criteria stay.")
    before = criteria_of(round_.id)
    old = [[one.label, one.weight] for one in before]
    for one in before:
        db.session.delete(one)
    db.session.flush()
    rows = [
        Criterion(
            round_id=round_.id,
            position=number,
            label=one.label.strip(),
            weight=one.weight,
            guidance=(one.guidance or "").strip() or None,
        )
        for number, one in enumerate(wanted, start=1)
    ]
    db.session.add_all(rows)
    db.session.flush()
    after = {"criteria": [[one.label, one.weight] for one in rows]}
    audit.record("round.criteria", round_, by=by, before={"criteria": old}, after=after)
    return rows


def open_round(round_: Round, *, by: User) -> Round:
    """Put a round up for applications; refused where it needs scores and has no criteria.

    Whatever else forbids it is what `rounds.publish_round` refuses.
    """
    require(by, Permit.ROUNDS_WRITE)
    hold_round(round_)
    if round_.scores_needed and not criteria_of(round_.id):
        raise Refused(
            f"This round needs {_scores(round_.scores_needed)} but has no criteria. "
            "Set what it is scored by first."
        )
    return publish_round(round_, by=by)


def change_terms(round_: Round, *, terms: Terms, by: User) -> Round:
    """Change the terms of a round; Invalid, at its field, for scores that would come too late.

    More scores than its applicants were told are not asked of an open round once one of them has
    submitted, nor any where it has no criteria. What else forbids it is `rounds.change_round`'s.
    """
    require(by, Permit.ROUNDS_WRITE)
    hold_round(round_)
    if round_.published_at is not None and terms.scores_needed > round_.scores_needed:
        if not criteria_of(round_.id):
            raise Invalid("Set what this round is scored by first.", field="scores_needed")
        if has_submitted(round_.id):
            raise Invalid(
                f"An application was submitted in this round already, when it needed "
                f"{_scores(round_.scores_needed)}. No more can be asked for.",
                field="scores_needed",
            )
    return change_round(round_, terms=terms, by=by)


def _scores(count: int) -> str:
    return {0: "no scores", 1: "1 score"}.get(count, f"{count} scores")


def _writers(application: Application) -> set[int | None]:
    return {application.drafted_by_id, application.submitted_by_id, *application.written_by_ids}


def _may_take_part(application: Application, *, by: User) -> None:
    if by.id in _writers(application):
        raise Refused("You wrote or submitted this application, so somebody else must assess it.")
    if application.id not in declared_by(by, [application]):
        raise Refused(DECLARE_FIRST)
    because = conflicts_for(by, [application]).get(application.id)
    if because:
        raise Refused(because)
