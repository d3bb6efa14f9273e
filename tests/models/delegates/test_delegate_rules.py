"""The steps of a term as delegate, and what its days may be."""

from datetime import date, timedelta

import pytest

from models.delegates import rules, workflow
from models.errors import Invalid

TODAY = date(2026, 11, 2)


def allowed(name, status, *, reason=None, on=TODAY, ends_on=None):
    return workflow.verdict(name, status, reason=reason, on=on, ends_on=ends_on)


@pytest.mark.parametrize("step", workflow.STEPS, ids=lambda step: step.name)
def test_each_step_is_possible_from_its_statuses_and_no_other(step):
    for status in workflow.STATUSES:
        verdict = allowed(step.name, status, reason="Because")
        assert verdict.allowed == (status in step.from_statuses), status
        assert verdict.allowed or workflow.STATUSES[status].lower() in verdict.because


def test_a_term_passes_from_nominated_to_certified_to_credentialled_to_ended():
    way = [("certify", "certified"), ("credential", "credentialled"), ("end", "ended")]
    status = "nominated"
    for name, next_status in way:
        status = workflow.step_named(name, status).to_status
        assert status == next_status


def test_every_status_but_the_first_can_be_reached_and_nothing_follows_an_end():
    reached = {step.to_status for step in workflow.STEPS}
    assert reached == set(workflow.STATUSES) - {"nominated"}
    for status in workflow.STATUSES:
        assert bool(workflow.steps_from(status)) == (status in workflow.OPEN)


def test_who_rejects_says_why():
    refused = allowed("reject", "nominated", reason=" ")
    assert (refused.because, refused.field) == ("Say why.", "reason")


def test_a_term_lapses_when_the_annual_meeting_has_passed_and_not_before():
    soon = TODAY + timedelta(days=3)
    assert "only on 5 November 2026" in allowed("lapse", "certified", ends_on=soon).because
    assert allowed("lapse", "certified", ends_on=TODAY).allowed
    assert allowed("lapse", "certified").allowed


def test_a_step_is_taken_back_to_the_status_before():
    assert workflow.status_before("credentialled") == "certified"
    assert workflow.status_before("certified") == "nominated"
    assert workflow.status_before("nominated") is None


@pytest.mark.parametrize(
    ("dates", "status", "field"),
    [
        ({"starts_on": TODAY, "ends_on": TODAY}, "nominated", "ends_on"),
        ({"certified_on": TODAY + timedelta(days=1)}, "certified", "certified_on"),
        ({"certified_on": TODAY}, "nominated", "certified_on"),
    ],
)
def test_days_that_make_no_sense_are_refused_on_their_field(dates, status, field):
    with pytest.raises(Invalid) as refusal:
        rules.checked_dates(rules.TermDates(**dates), status=status, today=TODAY)
    assert refusal.value.field == field


def test_a_step_is_not_dated_ahead_and_an_end_not_before_the_start():
    begun = rules.TermDates(TODAY - timedelta(days=9))
    rules.checked_day(TODAY, begun, ends=True, today=TODAY)
    for on in (TODAY + timedelta(days=1), TODAY - timedelta(days=10)):
        with pytest.raises(Invalid):
            rules.checked_day(on, begun, ends=True, today=TODAY)
    # A branch may certify before the term begins, and a term that never began can be over.
    rules.checked_day(TODAY - timedelta(days=10), begun, ends=False, today=TODAY)
    rules.checked_day(TODAY, rules.TermDates(TODAY + timedelta(days=9)), ends=True, today=TODAY)


@pytest.mark.parametrize(
    ("days", "soon", "over"),
    [(-1, False, True), (0, True, False), (60, True, False), (61, False, False)],
)
def test_a_term_is_warned_of_sixty_days_before_its_end(days, soon, over):
    ends_on = TODAY + timedelta(days=days)
    assert (rules.ends_soon(ends_on, TODAY), rules.is_over(ends_on, TODAY)) == (soon, over)


def test_a_term_without_a_known_end_is_not_warned_of():
    assert not rules.ends_soon(None, TODAY)
    assert not rules.is_over(None, TODAY)
