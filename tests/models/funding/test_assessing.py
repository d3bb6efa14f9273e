"""Declaring interests, scoring and moderating, on both databases."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from models.base import db
from models.errors import Invalid, NotAllowed, Refused
from models.funding.actions import decide
from models.funding.actions.decide import ask_for_changes, decline
from models.funding.actions.draft import submit
from models.funding.actions.refer import recommend
from models.funding.actions.undo import lapse, withdraw
from models.funding.assessing.actions import (
    change_terms,
    declare_interest,
    lift_interest,
    moderate,
    save_criteria,
    score,
)
from models.funding.assessing.queries.interests import declared_by, interests_in
from models.funding.assessing.queries.scores import assessment_of, criteria_of, notes_of
from models.funding.assessing.rules import STANDARD, Wanted
from models.funding.assessing.tables import (
    InterestDeclaration,
    InterestLifted,
    ModerationNote,
    Score,
)
from models.funding.queries.board import steps_from
from models.funding.queries.cases import case_of, cases_of
from models.funding.queries.work import queue_for
from models.funding.tables import Application
from models.funding.workflow import offers
from models.people.actions.reach import add_contact_point
from models.rounds.queries import terms_of
from tests.funding_factories import CODING, first_leaf, make_submitted
from tests.round_factories import answer, make_round, make_round_draft


def give(application, by, *points):
    wanted = [one.id for one in criteria_of(application.round.id)]
    return score(
        application,
        points=dict(zip(wanted, points, strict=True)),
        reasons=dict.fromkeys(wanted, "As the form says."),
        by=by,
    )


def award(application, by, **values):
    return decide.award(
        application,
        amount_p=application.requested_p,
        node=first_leaf(application),
        by=by,
        coding=CODING,
        **values,
    )


def test_interests_are_declared_before_anything_is_scored_or_decided(cast, to_score):
    with pytest.raises(Refused, match="Say first"):
        give(to_score, cast.olive, 3, 3)
    with pytest.raises(Refused, match="Say first"):
        decline(to_score, reason="No.", by=cast.olive)


@pytest.mark.parametrize("kind", ["self", "household", "branch", "staff", "other"])
def test_whoever_has_an_interest_takes_no_part(cast, declared, kind):
    declare_interest(declared, answer=kind, detail="My sister.", by=cast.olive)
    acts = (
        lambda: give(declared, cast.olive, 3, 3),
        lambda: moderate(declared, note="Good.", by=cast.olive),
        lambda: recommend(declared, amount_p=1, reason="x", by=cast.olive),
        lambda: decline(declared, reason="No.", by=cast.olive),
        lambda: ask_for_changes(declared, reason="More.", by=cast.olive),
        lambda: lapse(declared, reason="Over.", by=cast.olive),
        lambda: withdraw(declared, by=cast.olive),
        lambda: award(declared, cast.olive),
    )
    for act in acts:
        with pytest.raises(Refused, match="You declared an interest"):
            act()
    offered = [
        step.name
        for step, verdict in offers(case_of(declared, asker=cast.olive), cast.olive)
        if verdict.allowed
    ]
    assert offered == []
    assert steps_from(declared, cast.olive) == ()
    assert declared.id not in [one.application_id for one in queue_for(cast.olive)]
    # Whoever applied may still take it back.
    withdraw(declared, by=cast.bob)


def test_an_interest_holds_whatever_its_owner_says_afterwards(cast, declared):
    declare_interest(declared, answer="branch", by=cast.olive)
    with pytest.raises(Refused, match="Somebody else lifts it"):
        declare_interest(declared, answer="none", by=cast.olive)
    # Nor does a row that came in before this was refused.
    db.session.add(
        InterestDeclaration(application_id=declared.id, by_id=cast.olive.id, answer="none")
    )
    db.session.flush()
    with pytest.raises(Refused, match="You declared an interest"):
        give(declared, cast.olive, 3, 3)
    assert declared_by(cast.olive, [declared]) == {declared.id: "branch"}


def test_somebody_else_lifts_an_interest_with_a_reason(cast, declared):
    own = declare_interest(declared, answer="branch", by=cast.olive)
    with pytest.raises(Refused, match="declared this interest yourself"):
        lift_interest(declared, own, reason="A mistake.", by=cast.olive)
    with pytest.raises(NotAllowed):
        lift_interest(declared, own, reason="A mistake.", by=cast.bob)
    with pytest.raises(Invalid, match="Say why"):
        lift_interest(declared, own, reason=" ", by=cast.alice)
    lifted = lift_interest(declared, own, reason="Another branch.", by=cast.alice)
    assert lift_interest(declared, own, reason="Another branch.", by=cast.alice) is lifted
    give(declared, cast.olive, 3, 3)
    [(row, by)] = interests_in(declared)
    assert (row, by.by_id, by.reason) == (own, cast.alice.id, "Another branch.")


def test_a_further_interest_holds_though_an_earlier_one_was_lifted(cast, declared):
    first = declare_interest(declared, answer="branch", by=cast.olive)
    lift_interest(declared, first, reason="Another branch.", by=cast.alice)
    declare_interest(declared, answer="staff", by=cast.olive)
    with pytest.raises(Refused, match="on the staff"):
        give(declared, cast.olive, 3, 3)


def test_whoever_has_an_interest_lifts_no_other(cast, declared):
    own = declare_interest(declared, answer="branch", by=cast.olive)
    declare_interest(declared, answer="staff", by=cast.alice)
    with pytest.raises(Refused, match="You declared an interest"):
        lift_interest(declared, own, reason="Fine.", by=cast.alice)


def test_the_database_refuses_an_interest_lifted_by_its_owner(cast, declared):
    own = declare_interest(declared, answer="branch", by=cast.olive)
    db.session.add(
        InterestLifted(
            declaration_id=own.id, declared_by_id=cast.olive.id, by_id=cast.olive.id, reason="x"
        )
    )
    with pytest.raises(sa.exc.IntegrityError):
        db.session.flush()


def test_the_records_know_some_interests_themselves(cast, submitted, nwi):
    own = submitted.person
    add_contact_point(
        own, by=cast.bob, kind="email", value=cast.olive.email, source="Form", preferred=True
    )
    db.session.commit()
    with pytest.raises(Refused, match="You are the candidate yourself"):
        award(submitted, cast.olive)
    award(submitted, cast.alice)
    assert submitted.status == "awarded"


def test_whoever_lives_at_the_candidates_address_does_not_decide(cast, submitted):
    from tests.factories import make_person

    olive = make_person("Olive Oak", region=cast.regions["SO"])
    for person, kind, value in (
        (olive, "email", cast.olive.email),
        (olive, "address", "1 High Street, Ambridge"),
        (submitted.person, "address", "1 high street,  Ambridge"),
    ):
        add_contact_point(person, by=cast.alice, kind=kind, value=value, source="Form")
    with pytest.raises(Refused, match="candidate's address"):
        award(submitted, cast.olive)


def test_the_answer_is_one_of_the_list_and_other_says_what(cast, to_score):
    for kind, detail, field in (("maybe", None, "answer"), ("other", " ", "detail")):
        with pytest.raises(Invalid) as refusal:
            declare_interest(to_score, answer=kind, detail=detail, by=cast.olive)
        assert refusal.value.field == field


@pytest.mark.parametrize("who", ["bob", "carol", "dan", "grace"])
def test_only_assessors_assess(cast, to_score, who):
    by = getattr(cast, who)
    for act in (
        lambda: declare_interest(to_score, answer="none", by=by),
        lambda: give(to_score, by, 3, 3),
        lambda: moderate(to_score, note="Good.", by=by),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_two_scores_a_recommendation_and_a_decision_by_another(cast, declared):
    give(declared, cast.olive, 5, 5)
    with pytest.raises(Refused, match="1 score to come"):
        recommend(declared, amount_p=100_00, reason="Good.", by=cast.olive)
    give(declared, cast.alice, 3, 4)
    found = assessment_of(declared)
    assert (found.totals, found.mean, found.is_flagged) == ((100, 68), 84, True)
    moderate(declared, note="We read the margin differently; 80 is fair.", by=cast.olive)
    assert notes_of(declared)[0].by_id == cast.olive.id
    with pytest.raises(Refused, match="a recommendation before the decision"):
        award(declared, cast.alice)
    recommend(declared, amount_p=200_00, reason="Without the van.", by=cast.olive)
    award(declared, cast.alice)
    assert declared.status == "awarded"


def test_half_a_score_counts_for_nothing(cast, declared):
    wanted = [one.id for one in criteria_of(declared.round.id)]
    with pytest.raises(Invalid):
        score(declared, points={wanted[0]: 3}, reasons={wanted[0]: "So."}, by=cast.olive)
    assert assessment_of(declared).sheets == ()


def test_a_second_scoring_stands_beside_the_first_and_counts(cast, declared):
    give(declared, cast.olive, 0, 0)
    give(declared, cast.olive, 5, 5)
    assert assessment_of(declared).totals == (100,)
    assert db.session.scalar(sa.select(sa.func.count(Score.id))) == 4


def test_what_came_back_changed_is_scored_anew(cast, declared):
    give(declared, cast.olive, 5, 5)
    give(declared, cast.alice, 5, 5)
    ask_for_changes(declared, reason="Which ward?", by=cast.olive)
    submit(declared, by=cast.bob)
    assert assessment_of(declared).sheets == ()
    assert case_of(declared).scores_given == 0


def test_nobody_scores_what_they_wrote(cast, scored_round, nwi):
    own = make_round_draft(by=cast.olive, region=nwi, round_=scored_round)
    answer(own, by=cast.olive)
    submit(own, by=cast.olive)
    declare_interest(own, answer="none", by=cast.olive)
    with pytest.raises(Refused, match="You wrote or submitted"):
        give(own, cast.olive, 5, 5)


def test_outside_rounds_nothing_is_scored(cast, submitted):
    declare_interest(submitted, answer="none", by=cast.olive)
    with pytest.raises(Refused, match="in a round"):
        score(submitted, points={}, reasons={}, by=cast.olive)


def test_criteria_stay_once_something_is_scored(cast, declared):
    round_ = declared.round
    save_criteria(round_, wanted=STANDARD, by=cast.olive)
    give(declared, cast.olive, 1, 2, 3, 4)
    with pytest.raises(Refused, match="criteria stay"):
        save_criteria(round_, wanted=[Wanted("Need", 1)], by=cast.alice)
    with pytest.raises(NotAllowed):
        save_criteria(round_, wanted=STANDARD, by=cast.bob)


def test_what_was_said_is_kept_for_good(cast, declared):
    give(declared, cast.olive, 5, 5)
    moderate(declared, note="Good.", by=cast.olive)
    own = declare_interest(declared, answer="branch", by=cast.olive)
    lift_interest(declared, own, reason="Another branch.", by=cast.alice)
    for table in (Score, ModerationNote, InterestDeclaration, InterestLifted):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), db.session.begin_nested():
            db.session.execute(sa.delete(table))


def test_many_cases_cost_as_much_as_one(cast, fund, nwi, queries):
    for _ in range(3):
        make_submitted(by=cast.bob, region=nwi)
    found = db.session.scalars(sa.select(Application)).all()
    cases_of(found, asker=cast.alice)
    queries.statements.clear()
    cases_of(found, asker=cast.alice)
    assert len(queries.statements) <= 6


def needing(round_, count):
    return replace(terms_of(round_), scores_needed=count)


def test_more_scores_are_not_asked_for_once_somebody_has_submitted(cast, to_score, scored_round):
    with pytest.raises(Invalid, match="when it needed 2 scores") as refusal:
        change_terms(scored_round, terms=needing(scored_round, 3), by=cast.alice)
    assert refusal.value.field == "scores_needed"
    assert scored_round.scores_needed == 2
    change_terms(scored_round, terms=needing(scored_round, 1), by=cast.alice)
    with pytest.raises(Invalid, match="when it needed 1 score\\."):
        change_terms(scored_round, terms=needing(scored_round, 2), by=cast.alice)
    withdraw(to_score, by=cast.bob)
    with pytest.raises(Invalid):
        change_terms(scored_round, terms=needing(scored_round, 2), by=cast.alice)


def test_more_scores_are_asked_for_while_there_are_only_drafts(cast, scored_round, nwi):
    make_round_draft(by=cast.bob, region=nwi, round_=scored_round)
    change_terms(scored_round, terms=needing(scored_round, 3), by=cast.alice)
    assert scored_round.scores_needed == 3


def test_an_open_round_without_criteria_asks_for_no_scores(cast, fund):
    round_ = make_round(by=cast.alice, fund=fund)
    with pytest.raises(Invalid, match="what this round is scored by") as refusal:
        change_terms(round_, terms=needing(round_, 1), by=cast.alice)
    assert refusal.value.field == "scores_needed"
    planned = make_round(by=cast.alice, fund=fund, published=False, code="LATER")
    assert change_terms(planned, terms=needing(planned, 1), by=cast.alice).scores_needed == 1
    with pytest.raises(NotAllowed):
        change_terms(planned, terms=needing(planned, 0), by=cast.bob)
