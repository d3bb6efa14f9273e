"""Rounds are planned, changed and opened by the national office; their forms come in versions."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from models import clock
from models.audit import AuditEntry
from models.base import db
from models.errors import Invalid, NotAllowed, NotFound, Refused
from models.funding.actions.draft import start_draft
from models.rounds.actions.building import edit_form, use_form
from models.rounds.actions.planning import change_round, plan_round, publish_round
from models.rounds.forms import Question, add_question, remove
from models.rounds.queries import (
    counts_of_rounds,
    form_in_use,
    has_rounds,
    newest_form,
    phase_now,
    round_for,
    rounds_for,
    rounds_to_apply,
    terms_of,
)
from tests.budgets import NEXT_YEAR
from tests.funding_factories import make_fund
from tests.round_factories import FORM, make_round, make_round_draft, terms


@pytest.fixture
def fund(cast):
    return make_fund(by=cast.alice)


@pytest.fixture
def open_round(cast, fund):
    return make_round(by=cast.alice, fund=fund)


def events(name):
    return db.session.query(AuditEntry).filter_by(event=name).all()


def test_a_round_is_planned_with_its_first_form(cast, fund):
    round_ = make_round(by=cast.olive, fund=fund, published=False)
    assert newest_form(round_).form == FORM
    assert phase_now(round_).key == "planned"
    assert len(events("round.planned")) == 1


def test_only_the_national_office_plans_and_changes(cast, fund, open_round):
    for stranger in (cast.bob, cast.carol, cast.grace):
        with pytest.raises(NotAllowed):
            plan_round(fund=fund, terms=terms(code="X-1"), form=FORM, by=stranger)
        with pytest.raises(NotAllowed):
            change_round(open_round, terms=terms(), by=stranger)
        with pytest.raises(NotAllowed):
            edit_form(open_round, change=lambda form: form, by=stranger)


def test_a_code_is_given_once(cast, fund, open_round):
    with pytest.raises(Invalid) as refusal:
        make_round(by=cast.alice, fund=fund)
    assert refusal.value.field == "code"
    other = make_round(by=cast.alice, fund=fund, code="OTHER")
    with pytest.raises(Invalid):
        change_round(other, terms=replace(terms_of(other), code="LOCAL-99"), by=cast.alice)


def test_a_change_is_noted_with_what_it_was(cast, open_round):
    new = replace(terms_of(open_round), max_grant_p=250_00)
    change_round(open_round, terms=new, by=cast.alice)
    db.session.commit()
    (entry,) = events("round.changed")
    assert (entry.before, entry.after) == ({"max_grant_p": None}, {"max_grant_p": 25_000})


def test_a_round_that_is_prepared_is_the_national_office_s_alone(cast, fund):
    round_ = make_round(by=cast.alice, fund=fund, published=False)
    assert round_for(cast.olive, round_.id) is round_
    assert rounds_for(cast.bob) == []
    assert not has_rounds(fund)
    with pytest.raises(NotFound):
        round_for(cast.bob, round_.id)
    publish_round(round_, by=cast.alice)
    assert rounds_for(cast.bob) == [round_]
    assert rounds_to_apply() == [round_]


def test_a_round_is_opened_once(cast, open_round):
    moment = open_round.published_at
    assert publish_round(open_round, by=cast.alice).published_at == moment
    assert len(events("round.published")) == 1


def test_the_form_is_changed_in_place_until_somebody_applies(cast, open_round):
    version = edit_form(open_round, change=lambda form: remove(form, "q4"), by=cast.alice)
    assert (version.number, len(version.form.questions)) == (1, 5)
    assert len(open_round.forms) == 1


def test_after_the_first_application_the_form_gets_a_new_version(cast, open_round):
    old = make_round_draft(by=cast.bob, region=cast.regions["NWI"], round_=open_round)
    more = lambda form: add_question(form, "s1", Question("", "Anything else?"))  # noqa: E731
    version = edit_form(open_round, change=more, by=cast.alice)
    assert version.number == 2
    assert edit_form(open_round, change=lambda f: remove(f, "q4"), by=cast.alice) is version
    # It asks nobody anything until it is put to use, and the first application keeps its own.
    assert form_in_use(open_round).number == 1
    use_form(open_round, by=cast.alice)
    new = make_round_draft(by=cast.bob, region=cast.regions["NWI"], round_=open_round)
    assert old.sheet.form == FORM
    assert new.sheet.form.question("q7").label == "Anything else?"
    assert counts_of_rounds() == {open_round.id: 2}


def test_a_change_that_cannot_be_leaves_the_form_as_it_was(cast, open_round):
    with pytest.raises(Invalid):
        edit_form(open_round, change=lambda form: remove(form, "q2"), by=cast.alice)
    assert newest_form(open_round).form == FORM


def test_the_form_of_a_planned_round_goes_into_use_with_it(cast, fund):
    round_ = make_round(by=cast.alice, fund=fund, published=False)
    with pytest.raises(Refused):
        use_form(round_, by=cast.alice)
    with pytest.raises(Refused):
        form_in_use(round_)


def test_a_rounds_highest_grant_is_within_its_funds_largest(cast, fund):
    with pytest.raises(Invalid, match=r"grants one candidate at most £500\.00") as refusal:
        make_round(by=cast.olive, fund=fund, max_grant_p=500_01)
    assert refusal.value.field == "max_grant"
    round_ = make_round(by=cast.olive, fund=fund, max_grant_p=500_00)
    wanted = replace(terms_of(round_), max_grant_p=100_000_00)
    with pytest.raises(Invalid, match=r"at most £500\.00"):
        change_round(round_, terms=wanted, by=cast.olive)


def test_a_round_closes_within_the_days_of_its_fund(cast, fund):
    late = clock.now() + timedelta(days=400)
    with pytest.raises(Invalid, match="within the days of its fund") as refusal:
        make_round(by=cast.olive, fund=fund, closes_at=late)
    assert refusal.value.field == "closes_at"
    with clock.set_to(late), pytest.raises(Refused, match="are over"):
        make_round(by=cast.olive, fund=fund)


def test_a_round_of_the_planned_fund_is_applied_to_and_stays_with_it(cast, fund):
    planned = make_fund(by=cast.alice, **NEXT_YEAR)
    soon = datetime.combine(NEXT_YEAR["starts_on"], time(17), UTC)
    round_ = make_round(by=cast.alice, fund=planned, closes_at=soon, code="NEXT-99")
    running = make_round(by=cast.alice, fund=fund)
    assert rounds_to_apply() == [running, round_]
    for each, whose in ((running, fund), (round_, planned)):
        draft = start_draft(region_id=cast.regions["NWI"].id, by=cast.bob, round_=each)
        assert draft.fund is whose
