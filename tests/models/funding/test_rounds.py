"""An application in a round: on time or with a reason, its form answered, its terms kept."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models import clock
from models.audit import AuditEntry
from models.base import db
from models.errors import Conflict, Invalid, NotFound, Refused
from models.funding.actions.answers import remove_file, save_answers, save_file
from models.funding.actions.decide import ask_for_changes, award
from models.funding.actions.draft import save_draft, start_draft, submit
from models.funding.queries.batch import undecided_for
from models.funding.queries.one import answers_of, problems_of, tasks_of
from models.rounds.answering import seen_of
from tests.budgets import NEXT_YEAR, SOON_AFTER
from tests.funding_factories import CODING, first_leaf, make_draft, make_fund, make_submitted
from tests.round_factories import (
    FORM,
    PDF,
    answer,
    close,
    make_round,
    make_round_draft,
)


@pytest.fixture
def open_round(cast, fund):
    return make_round(by=cast.alice, fund=fund)


@pytest.fixture
def draft(cast, nwi, open_round):
    return make_round_draft(by=cast.bob, region=nwi, round_=open_round)


def said(application):
    return [problem.message for problem in problems_of(application)]


def save(draft, cast, given, section=0, **values):
    section = draft.sheet.form.sections[section]
    save_answers(draft, section=section, answers=given, by=cast.bob, **values)
    db.session.commit()


def test_a_fund_without_rounds_works_as_before(cast, fund, nwi):
    application = make_draft(by=cast.bob, region=nwi)
    assert (application.round, application.max_grant_p) == (None, fund.max_grant_p)
    assert problems_of(application) == tasks_of(application) == ()


def test_a_fund_with_rounds_is_applied_to_in_one_of_them(cast, nwi, open_round):
    with pytest.raises(Refused, match="Choose the round"):
        start_draft(region_id=nwi.id, by=cast.bob)
    application = start_draft(region_id=nwi.id, by=cast.bob, round_=open_round)
    assert application.round is open_round


def test_a_second_click_starts_no_second_application(cast, nwi, open_round):
    first = start_draft(region_id=nwi.id, by=cast.bob, round_=open_round, key="k")
    assert start_draft(region_id=nwi.id, by=cast.bob, round_=open_round, key="k") is first


def test_it_is_submitted_once_its_form_is_answered(cast, draft):
    assert "“What will it change?”: write an answer." in said(draft)
    with pytest.raises(Refused, match="4 things are missing"):
        submit(draft, by=cast.bob)
    answer(draft, by=cast.bob)
    assert said(draft) == []
    assert submit(draft, by=cast.bob).status == "endorsed"


def test_where_the_round_says_so_the_region_endorses_in_a_step_of_its_own(cast, fund, nwi):
    round_ = make_round(by=cast.alice, fund=fund, submission_endorses=False)
    application = make_round_draft(by=cast.bob, region=nwi, round_=round_)
    answer(application, by=cast.bob)
    assert submit(application, by=cast.bob).status == "submitted"


def test_the_round_s_own_highest_grant_stands_before_the_fund_s(cast, fund, nwi):
    round_ = make_round(by=cast.alice, fund=fund, max_grant_p=250_00)
    application = make_round_draft(by=cast.bob, region=nwi, round_=round_)
    assert any("£250.00" in message for message in said(application))


def test_the_poll_is_the_round_s(cast, nwi, open_round):
    day = open_round.poll_on.replace(month=6)
    application = make_round_draft(by=cast.bob, region=nwi, round_=open_round, poll_on=day)
    assert any(
        "This round is for the poll on 7 May 2099" in message for message in said(application)
    )


def test_a_by_election_brings_its_own_poll(cast, fund, nwi):
    round_ = make_round(by=cast.alice, fund=fund, fast_track=True, poll_on=None)
    application = make_round_draft(by=cast.bob, region=nwi, round_=round_)
    answer(application, by=cast.bob)
    assert said(application) == []


def test_a_closed_round_takes_none(cast, nwi, open_round):
    close(open_round)
    for reason in (None, "Selected yesterday."):
        with pytest.raises(Refused, match="takes no late applications"):
            start_draft(region_id=nwi.id, by=cast.bob, round_=open_round, late_reason=reason)


def test_the_late_route_asks_for_the_reason_and_keeps_it(cast, fund, nwi):
    round_ = close(make_round(by=cast.alice, fund=fund, late_allowed=True))
    with pytest.raises(Refused, match="Say why you are late") as refusal:
        start_draft(region_id=nwi.id, by=cast.bob, round_=round_)
    assert refusal.value.field == "late_reason"
    late = make_round_draft(by=cast.bob, region=nwi, round_=round_, late_reason="Selected late.")
    assert late.sheet.late_reason == "Selected late."
    answer(late, by=cast.bob)
    assert said(late) == []


def test_a_draft_that_missed_the_closing_says_why_before_it_is_submitted(cast, fund, nwi):
    round_ = make_round(by=cast.alice, fund=fund, late_allowed=True)
    draft = make_round_draft(by=cast.bob, region=nwi, round_=round_)
    answer(draft, by=cast.bob)
    close(round_)
    (problem,) = problems_of(draft)
    assert problem.field == "late_reason"
    answers = replace(answers_of(draft), late_reason="The agent was ill.")
    save_draft(draft, answers=answers, by=cast.bob)
    assert said(draft) == []


def test_what_was_sent_back_is_not_late(cast, draft, open_round):
    answer(draft, by=cast.bob)
    submit(draft, by=cast.bob)
    ask_for_changes(draft, reason="Split the costs.", by=cast.alice)
    close(open_round)
    assert said(draft) == []


def test_what_was_typed_and_is_not_understood_is_kept_and_stops_the_submission(cast, draft):
    save(draft, cast, {"q1": "More doors.", "q2": "Yes"}, typed={"q3": "about 50"})
    assert draft.sheet.typed == {"q3": "about 50"}
    assert any("not understood" in message for message in said(draft))
    save(draft, cast, {"q1": "More doors.", "q2": "Yes", "q3": 50_00})
    assert draft.sheet.typed == {}


def test_one_section_is_saved_and_the_others_stay(cast, draft):
    answer(draft, by=cast.bob)
    save(draft, cast, {"q1": "Else.", "q2": "No"})
    assert draft.sheet.answers == {
        "q1": "Else.",
        "q2": "No",
        "q5": "For better buses.",
        "q6": "2026-01-15",
    }


def test_answers_that_somebody_else_changed_meanwhile_are_not_overwritten(cast, draft):
    seen = seen_of(FORM.sections[0], {}, {})
    save(draft, cast, {"q1": "First."}, seen=seen, key="form-a")
    save(draft, cast, {"q1": "First, more."}, seen=seen, key="form-a")
    with pytest.raises(Conflict):
        save(draft, cast, {"q1": "Second."}, seen=seen, key="form-b")
    # Another section is none of its business.
    save(draft, cast, {"q5": "Buses."}, section=1, seen=seen_of(FORM.sections[1], {}, {}))


def test_a_file_answers_a_question(cast, draft):
    save_file(draft, question="q4", name="quote.pdf", content=PDF, by=cast.bob)
    db.session.commit()
    kept = draft.sheet.files[0].attachment
    assert (kept.region_id, kept.keep_until.year) == (draft.region_id, 2106)
    assert draft.sheet.given["q4"] == kept.id


def test_a_newer_file_takes_the_place_of_the_older_whose_content_goes(cast, draft):
    save_file(draft, question="q4", name="quote.pdf", content=PDF, by=cast.bob)
    first = draft.sheet.files[0].attachment
    save_file(draft, question="q4", name="newer.pdf", content=PDF, by=cast.bob)
    assert [one.attachment.name for one in draft.sheet.files] == ["newer.pdf"]
    assert first.removed_at is not None
    remove_file(draft, question="q4", by=cast.bob)
    db.session.commit()
    assert draft.sheet.files == []


def test_a_file_that_lies_is_not_kept(cast, draft):
    with pytest.raises(Invalid, match="not what its name says"):
        save_file(draft, question="q4", name="quote.png", content=PDF, by=cast.bob)
    assert draft.sheet.files == []


def test_whoever_answers_has_written_and_does_not_decide(cast, draft):
    save_answers(draft, section=FORM.sections[0], answers={"q1": "x"}, by=cast.olive)
    assert cast.olive.id in draft.written_by_ids


def test_answers_are_the_region_s_own_and_stay_once_it_is_submitted(cast, draft):
    section = FORM.sections[0]
    with pytest.raises(NotFound):
        save_answers(draft, section=section, answers={}, by=cast.eve)
    answer(draft, by=cast.bob)
    submit(draft, by=cast.bob)
    with pytest.raises(Refused):
        save_answers(draft, section=section, answers={}, by=cast.bob)


def test_the_audit_says_what_was_answered_before_and_after(cast, draft):
    save(draft, cast, {"q1": "First."})
    save(draft, cast, {"q1": "Second."})
    answered = db.session.query(AuditEntry).filter_by(event="funding.answered")
    entry = answered.order_by(AuditEntry.seq).all()[-1]
    assert (entry.before, entry.after) == ({"q1": "First."}, {"q1": "Second."})


def test_of_a_round_stored_before_the_funds_largest_grant_holds_at_the_decision(cast, fund, nwi):
    round_ = make_round(by=cast.alice, fund=fund)
    application = make_round_draft(by=cast.bob, region=nwi, round_=round_)
    answer(application, by=cast.bob)
    submit(application, by=cast.bob)
    # What came in when nothing forbade it: a round far above its fund, and an amount to match.
    round_.max_grant_p, application.requested_p = 255_000_00, 5_000_00
    db.session.commit()
    assert application.max_grant_p == fund.max_grant_p == 500_00
    with pytest.raises(Refused, match=r"The highest grant is £500\.00"):
        award(
            application, amount_p=500_01, node=first_leaf(application), by=cast.alice, coding=CODING
        )


def test_old_applications_go_on_in_their_own_fund_after_the_next_was_planned(cast, fund, nwi):
    application = make_submitted(by=cast.bob, region=nwi)
    make_fund(by=cast.alice, max_grant_p=100_00, **NEXT_YEAR)
    assert (application.fund, application.max_grant_p) == (fund, 500_00)
    assert undecided_for(cast.alice, fund) == [application]
    assert make_draft(by=cast.bob, region=nwi).fund is fund


def test_where_no_fund_runs_it_is_said_which_one_comes(cast, fund, nwi):
    later = NEXT_YEAR["starts_on"] + timedelta(days=30)
    with clock.set_to(SOON_AFTER), pytest.raises(Refused, match="are over"):
        start_draft(region_id=nwi.id, by=cast.bob)
    make_fund(by=cast.alice, **{**NEXT_YEAR, "starts_on": later})
    with clock.set_to(SOON_AFTER), pytest.raises(Refused, match="Election fund 2027 begins on"):
        start_draft(region_id=nwi.id, by=cast.bob)
