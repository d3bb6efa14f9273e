"""What the workflow's rules need to know of applications, of many as cheaply as of one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from models.accounts.permits import Actor
from models.budget.queries.nodes import paid_of
from models.funding import neighbours, workflow
from models.funding.assessing.queries.interests import conflicts_for, only_interests
from models.funding.assessing.queries.scores import scores_given
from models.funding.eligibility.queries.judging import Judgement, judgements_for
from models.funding.eligibility.rules import unmet
from models.funding.guards import Case
from models.funding.queries.one import problems_of
from models.funding.tables import Application

# In these states nobody with an interest takes a step.
TOUCHY = (*workflow.WAITING, "not_endorsed", "awarded")


def case_of(
    application: Application, *, judged: Judgement | None = None, asker: Actor | None = None
) -> Case:
    """The case of one application, with the interests of `asker` in it.

    `judged` is what eligibility says, where it is known already.
    """
    known = None if judged is None else {application.id: judged}
    return cases_of([application], judged=known, asker=asker)[application.id]


def cases_of(
    applications: Sequence[Application],
    *,
    judged: Mapping[int, Judgement] | None = None,
    asker: Actor | None = None,
) -> dict[int, Case]:
    """The cases of applications, by id; a draft, and one that is over, costs no query."""
    undecided = [one for one in applications if one.status in workflow.UNDECIDED]
    if judged is None:
        judged = judgements_for(undecided) if undecided else {}
    touchy = [one for one in applications if one.status in TOUCHY]
    conflicts = conflicts_for(asker, touchy) if asker is not None and touchy else {}
    interests = only_interests(conflicts)
    scores = scores_given(undecided)
    nothing = Judgement()
    return {
        one.id: replace(
            _case(one, judged.get(one.id, nothing), scores.get(one.id, 0)),
            conflicted=conflicts.get(one.id) if one.status in workflow.UNDECIDED else None,
            interest=interests.get(one.id),
        )
        for one in applications
    }


def writers_of(application: Application) -> frozenset[int]:
    """Everybody who wrote or submitted it: none of them decides on it or pays it."""
    writers = {application.drafted_by_id, *application.written_by_ids}
    if application.submitted_by_id is not None:
        writers.add(application.submitted_by_id)
    return frozenset(writers)


def _case(one: Application, judged: Judgement, scores: int) -> Case:
    undecided = one.status in workflow.UNDECIDED
    problems = problems_of(one) if one.status in workflow.EDITABLE else ()
    return Case(
        status=one.status,
        written_by=writers_of(one),
        approved_by=one.decided_by_id if one.award_id is not None else None,
        problems=tuple(problem.message for problem in problems),
        fund_type=one.fund.fund_type,
        handled_by=frozenset(one.handled_by_ids),
        scores_needed=one.round.scores_needed if undecided and one.round is not None else 0,
        scores_given=scores,
        unmet=unmet(judged.results) if undecided else (),
        paid_p=paid_of(one.award) if one.award is not None else 0,
        hindrances=neighbours.hindrances(one) if one.award_id is not None else {},
    )
