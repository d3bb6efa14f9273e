"""Drafting and submitting, on both databases."""

import pytest
import sqlalchemy as sa

from models import clock
from models.base import db
from models.errors import Conflict, NotAllowed, NotFound, Refused
from models.funding.actions.draft import save_draft, start_draft, submit
from models.funding.actions.undo import withdraw
from models.funding.queries.one import answers_of, problems_of, steps_of
from models.funding.rules import Answers, Line
from models.funding.tables import Application
from tests.funding_factories import (
    answers_for,
    make_contest,
    make_draft,
    make_submitted,
)


def test_a_region_starts_a_draft_with_the_next_reference_of_the_year(cast, fund, nwi):
    year = clock.today().year
    first = start_draft(region_id=nwi.id, by=cast.bob)
    second = start_draft(region_id=nwi.id, by=cast.bob)
    assert (first.reference, second.reference) == (f"FA-{year}-0001", f"FA-{year}-0002")
    assert first.status == "draft"


def test_a_region_cannot_draft_for_another_region(cast, fund):
    with pytest.raises(NotFound):
        start_draft(region_id=cast.regions["SO"].id, by=cast.bob)


@pytest.mark.parametrize("who", ["carol", "dan", "terry", "grace"])
def test_only_those_who_may_apply_start_a_draft(cast, fund, nwi, who):
    with pytest.raises(NotAllowed):
        start_draft(region_id=nwi.id, by=getattr(cast, who))


def test_without_a_fund_there_is_nothing_to_apply_to(cast, nwi):
    with pytest.raises(Refused, match="no fund"):
        start_draft(region_id=nwi.id, by=cast.bob)


def test_the_same_click_starts_one_draft(cast, fund, nwi):
    first = start_draft(region_id=nwi.id, by=cast.bob, key="k1")
    again = start_draft(region_id=nwi.id, by=cast.bob, key="k1")
    assert again is first
    assert db.session.scalar(sa.select(sa.func.count(Application.id))) == 1


def test_a_draft_keeps_half_an_answer_and_what_was_not_understood(cast, fund, nwi):
    draft = start_draft(region_id=nwi.id, by=cast.bob)
    save_draft(
        draft, answers=Answers(purpose="Leaflets"), typed={"amount": "about 300"}, by=cast.bob
    )
    db.session.commit()
    db.session.refresh(draft)
    assert draft.purpose == "Leaflets"
    assert draft.typed == {"amount": "about 300"}


def test_cost_lines_are_replaced_in_order(cast, draft):
    lines = (Line("Posters", 100_00), Line("Leaflets", 50_00), Line("Adverts", 25_00))
    old = answers_of(draft)
    save_draft(draft, answers=Answers(**{**vars(old), "lines": lines}), by=cast.bob)
    db.session.commit()
    fewer = Answers(**{**vars(old), "lines": lines[1:]})
    save_draft(draft, answers=fewer, by=cast.bob)
    db.session.commit()
    db.session.expire_all()
    assert answers_of(draft).lines == lines[1:]


def test_a_stale_edit_is_a_conflict_and_changes_nothing(cast, draft):
    seen = draft.version
    old = answers_of(draft)
    lines = (Line("Posters", 300_00),)
    save_draft(
        draft, answers=Answers(**{**vars(old), "lines": lines}), by=cast.bob, version=seen, key="a"
    )
    assert draft.version > seen, "a change of the cost lines alone counts"
    mine = Answers(**{**vars(old), "purpose": "Mine"})
    with pytest.raises(Conflict, match="Somebody changed this application since you opened it"):
        save_draft(draft, answers=mine, by=cast.alice, version=seen, key="b")
    assert draft.purpose != "Mine"


def test_an_open_form_does_not_conflict_with_its_own_autosaves(cast, draft):
    seen = draft.version
    old = answers_of(draft)
    for purpose in ("First", "Second", "Third"):
        answers = Answers(**{**vars(old), "purpose": purpose})
        save_draft(draft, answers=answers, by=cast.bob, version=seen, key="form-a")
    assert draft.purpose == "Third"


def test_saving_what_is_there_already_writes_nothing(cast, draft):
    seen = draft.version
    save_draft(draft, answers=answers_of(draft), by=cast.bob, key="x")
    assert draft.version == seen


def test_a_candidate_outside_the_region_cannot_be_named(cast, draft):
    contest = make_contest(cast.regions["SO"], name="Tom Canary")
    with pytest.raises(NotFound):
        save_draft(draft, answers=answers_for(contest), by=cast.bob)


def test_a_submitted_application_cannot_be_edited(cast, submitted):
    with pytest.raises(Refused, match="waiting for decision"):
        save_draft(submitted, answers=Answers(), by=cast.bob)


def test_submitting_keeps_who_when_and_the_contest(cast, submitted):
    assert submitted.status == "endorsed"
    assert submitted.submitted_by_id == cast.bob.id
    assert submitted.contest_key.startswith("councillor|ward ")
    assert [step.step for step in steps_of(submitted)] == [
        "endorse",
        "submit",
        "draft",
    ]


def test_an_incomplete_draft_is_refused_with_all_that_is_missing(cast, fund, nwi):
    draft = start_draft(region_id=nwi.id, by=cast.bob)
    with pytest.raises(Refused, match="7 things are missing or wrong"):
        submit(draft, by=cast.bob)
    fields = [problem.field for problem in problems_of(draft)]
    assert fields == ["person", "council", "ward", "poll_on", "lines", "amount", "purpose"]


def test_a_draft_with_something_not_understood_is_not_complete(cast, draft):
    answers = answers_of(draft)
    save_draft(draft, answers=answers, typed={"poll_on": "first Thursday"}, by=cast.bob)
    with pytest.raises(Refused, match="not understood"):
        submit(draft, by=cast.bob)


def test_a_council_of_another_region_is_refused(cast, fund, nwi):
    contest = make_contest(nwi)
    contest.council = make_contest(cast.regions["SO"]).council
    draft = make_draft(by=cast.bob, region=nwi, contest=contest)
    with pytest.raises(Refused, match="another region"):
        submit(draft, by=cast.bob)


def test_an_empty_amount_becomes_the_sum_of_the_lines(cast, fund, nwi):
    lines = (Line("Leaflets", 120_00), Line("Adverts", 30_50))
    draft = make_draft(by=cast.bob, region=nwi, requested_p=None, lines=lines)
    submit(draft, by=cast.bob)
    assert draft.requested_p == 150_50


def test_a_second_live_application_for_a_contest_names_the_first(cast, fund, nwi):
    contest = make_contest(nwi)
    first = make_submitted(by=cast.bob, region=nwi, contest=contest)
    second = make_draft(by=cast.bob, region=nwi, contest=contest)
    with pytest.raises(Conflict, match=first.reference):
        submit(second, by=cast.bob)
    db.session.rollback()
    withdraw(first, by=cast.bob)
    submit(second, by=cast.bob)
    assert second.status == "endorsed"


def test_a_region_does_not_learn_another_regions_reference(cast, fund, nwi):
    contest = make_contest(nwi)
    first = make_submitted(by=cast.alice, region=cast.regions["SO"], contest=unmapped(contest))
    second = make_draft(by=cast.bob, region=nwi, contest=contest)
    with pytest.raises(Conflict) as refusal:
        submit(second, by=cast.bob)
    assert first.reference not in refusal.value.message


def unmapped(contest):
    from models.places.tables import CouncilRegion

    db.session.execute(sa.delete(CouncilRegion))
    db.session.commit()
    return contest


def test_the_database_itself_holds_one_live_application_for_a_contest(cast, fund, nwi):
    contest = make_contest(nwi)
    first = make_submitted(by=cast.bob, region=nwi, contest=contest)
    second = make_draft(by=cast.bob, region=nwi, contest=contest)
    second.contest_key = first.contest_key
    with pytest.raises(sa.exc.IntegrityError):
        db.session.flush()
    db.session.rollback()
