"""The table of steps: pure, without a database."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.accounts.roles import MATRIX, Permit, Role
from models.errors import NotFound
from models.funding import workflow
from models.funding.guards import Case
from models.funding.workflow import (
    BY_NAME,
    DEAD,
    EDITABLE,
    GRANTED,
    STATUSES,
    STEPS,
    WAITING,
    offers,
    step_named,
    verdict,
)

REGION = SimpleNamespace(id=1, permits=MATRIX[Role.REGIONAL_OFFICER])
OFFICER = SimpleNamespace(id=2, permits=MATRIX[Role.NATIONAL_OFFICER])
FINANCE = SimpleNamespace(id=3, permits=MATRIX[Role.FINANCE])
EVERYTHING = SimpleNamespace(id=4, permits=frozenset(Permit))
MORE = [SimpleNamespace(id=number, permits=frozenset(Permit)) for number in (5, 6, 7)]


def names(case, asker):
    return [step.name for step, _ in offers(case, asker)]


def test_every_status_can_be_reached_and_has_its_words():
    assert {step.to for step in STEPS} == set(STATUSES)
    assert set(DEAD) | set(GRANTED) | set(WAITING) | EDITABLE == set(STATUSES)
    for status in STATUSES.values():
        assert status.label
        assert status.applicant_label


def test_each_role_is_offered_its_own_steps():
    submitted = Case("submitted", written_by=frozenset({1}))
    assert names(submitted, REGION) == ["endorse", "send-back", "not-endorse", "withdraw"]
    endorsed = Case("endorsed", written_by=frozenset({1}))
    assert names(endorsed, REGION) == ["withdraw"]
    assert names(endorsed, OFFICER) == [
        "recommend",
        "award",
        "refer",
        "return",
        "decline",
        "withdraw",
        "lapse",
    ]
    assert names(Case("not_endorsed"), OFFICER) == ["take-on"]
    assert names(Case("awarded"), OFFICER) == ["reduce", "withdraw", "lapse"]
    assert names(endorsed, FINANCE) == []
    assert names(Case("awarded"), FINANCE) == ["pay"]


def test_an_end_is_an_end():
    for status in ("declined", "withdrawn", "lapsed", "paid", "closed"):
        assert names(Case(status), EVERYTHING) == []


def test_nobody_decides_on_or_pays_what_they_wrote():
    for name, status in (("award", "endorsed"), ("decline", "endorsed"), ("pay", "awarded")):
        answer = verdict(BY_NAME[name], Case(status, written_by=frozenset({4})), EVERYTHING)
        assert not answer.allowed
        assert "You wrote or submitted this application" in answer.because


def test_the_approver_is_not_the_payer():
    answer = verdict(BY_NAME["pay"], Case("awarded", approved_by=4), EVERYTHING)
    assert answer.because == "You approved this award, so somebody else must pay it."
    assert verdict(BY_NAME["pay"], Case("awarded", approved_by=2), EVERYTHING).allowed


def test_an_incomplete_draft_cannot_be_submitted_and_says_what_is_missing():
    case = Case("draft", problems=("Say who the candidate is.", "Give the date of the poll."))
    answer = verdict(BY_NAME["submit"], case, REGION)
    assert answer.because == "2 things are missing or wrong. Say who the candidate is."


def test_a_step_in_the_wrong_state_says_so_in_words():
    answer = verdict(BY_NAME["pay"], Case("endorsed"), EVERYTHING)
    assert "“waiting for decision”" in answer.because
    assert "“awarded”" in answer.because


def test_reasons_are_asked_for_where_the_table_says_so():
    needed = {step.name for step in STEPS if workflow.reason_needed(step)}
    assert needed == {
        "carry",
        "send-back",
        "not-endorse",
        "take-on",
        "recommend",
        "return",
        "decline",
        "reduce",
        "lapse",
        "reopen",
    }
    assert workflow.reason_needed(BY_NAME["award"], in_part=True)
    assert not workflow.reason_needed(BY_NAME["award"])


def test_an_unknown_step_is_not_found():
    with pytest.raises(NotFound):
        step_named("approve-everything")


def test_nobody_takes_two_steps_of_one_decision():
    for status in ("recommended", "referred"):
        case = Case(status, handled_by=frozenset({4}))
        for name in ("award", "refer"):
            answer = verdict(BY_NAME[name], case, EVERYTHING)
            assert "somebody else must take the next step" in answer.because
            assert verdict(BY_NAME[name], case, OFFICER).allowed


def test_a_round_that_asks_for_scores_waits_for_them_and_for_a_recommendation():
    waiting = Case("endorsed", scores_needed=2, scores_given=1)
    answer = verdict(BY_NAME["recommend"], waiting, OFFICER)
    assert answer.because == "This round asks for 2 scores; 1 score to come."
    assert (
        "a recommendation before the decision"
        in verdict(BY_NAME["award"], waiting, OFFICER).because
    )
    scored = Case("endorsed", scores_needed=2, scores_given=2)
    assert verdict(BY_NAME["recommend"], scored, OFFICER).allowed
    assert not verdict(BY_NAME["award"], scored, OFFICER).allowed
    assert verdict(BY_NAME["award"], Case("recommended", scores_needed=2), OFFICER).allowed


def test_what_is_paid_in_part_is_reduced_and_not_taken_back():
    for name in ("withdraw", "lapse"):
        answer = verdict(BY_NAME[name], Case("awarded", paid_p=50_00), EVERYTHING)
        assert answer.because.startswith("£50.00 of this award is paid already.")
    assert verdict(BY_NAME["reduce"], Case("awarded", paid_p=50_00), EVERYTHING).allowed


def test_closing_has_no_button():
    assert names(Case("paid"), EVERYTHING) == []
    assert verdict(BY_NAME["close"], Case("paid"), EVERYTHING).allowed


people = st.sampled_from([REGION, OFFICER, FINANCE, EVERYTHING, *MORE])
tries = st.lists(st.tuples(st.sampled_from([s.name for s in STEPS]), people), max_size=60)


@given(tries, st.integers(0, 2))
def test_no_order_of_clicks_skips_a_step(clicks, scores):
    status, road = "draft", ["draft"]
    writers, handled, approver = {1}, set(), None
    for name, asker in clicks:
        step = BY_NAME[name]
        case = Case(
            status,
            written_by=frozenset(writers),
            approved_by=approver,
            handled_by=frozenset(handled),
            scores_needed=scores,
            scores_given=scores,
        )
        if not verdict(step, case, asker).allowed:
            continue
        assert status in step.from_
        assert step.permit in asker.permits
        if name == "submit":
            writers.add(asker.id)
            handled = set()
        if name in ("recommend", "refer"):
            handled.add(asker.id)
        if name == "award":
            assert asker.id not in writers | handled
            assert not scores or "recommend" in road
            approver = asker.id
        if name == "pay":
            assert asker.id not in {*writers, approver}
        status = step.to
        road.append(name)
    if "award" in road:
        endorsed = min(road.index(name) for name in ("endorse", "take-on") if name in road)
        assert road.index("submit") < endorsed < road.index("award")
    if "pay" in road:
        assert road.index("award") < road.index("pay")
    if "close" in road:
        assert road[-2:] == ["pay", "close"]
