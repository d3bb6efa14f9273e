"""Eligibility as it is computed from the records, and overruled by people, on both databases."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from models import clock
from models.audit import AuditEntry
from models.base import db
from models.errors import Invalid, NotAllowed, Refused
from models.funding.actions import decide
from models.funding.eligibility.actions import overrule
from models.funding.eligibility.queries.judging import judgements_for, results_of
from models.funding.eligibility.tables import EligibilityOverrule
from models.funding.tables import Application
from models.people.actions.memberships import MembershipFacts, add_membership
from models.people.actions.political import set_political_fund
from tests.funding_factories import CODING, first_leaf, make_awarded, make_contest, make_submitted
from tests.payment_factories import pay_outright

ALL = {"node", "by", "coding"}


def outcome(application, key):
    return next(one for one in results_of(application) if one.rule.key == key)


def award(application, by):
    return decide.award(
        application, amount_p=300_00, node=first_leaf(application), by=by, coding=CODING
    )


@pytest.fixture
def opted_out(cast, submitted):
    set_political_fund(submitted.person, status="opted-out", starts_on=clock.today(), by=cast.bob)
    db.session.commit()
    return submitted


def test_what_the_records_hold_is_what_the_rules_say(cast, submitted):
    assert outcome(submitted, "member").outcome == "unknown"
    since = clock.today() - timedelta(days=800)
    facts = MembershipFacts(number="1234567", starts_on=since)
    add_membership(submitted.person, facts, by=cast.bob)
    set_political_fund(
        submitted.person, status="contributes", starts_on=since, by=cast.bob, source="Branch"
    )
    assert outcome(submitted, "member").reason == "A member for 2 years."
    assert outcome(submitted, "political-fund").outcome == "met"
    assert {one.outcome for one in results_of(submitted)} == {"met"}


def test_a_soft_rule_stands_in_the_way_until_it_is_overruled(cast, opted_out):
    with pytest.raises(Refused, match="Opted out of the political fund"):
        award(opted_out, cast.alice)
    row = overrule(opted_out, rule="political-fund", reason="She opts in today.", by=cast.olive)
    assert row.shown == "Opted out of the political fund."
    result = outcome(opted_out, "political-fund")
    assert (result.overruled.by, result.overruled.reason) == (
        cast.olive.name,
        "She opts in today.",
    )
    award(opted_out, cast.alice)
    assert opted_out.status == "awarded"
    db.session.commit()
    events = set(db.session.scalars(sa.select(AuditEntry.event)))
    assert "funding.overruled" in events


def test_an_overruling_needs_a_reason_an_officer_and_a_rule_in_the_way(cast, opted_out):
    with pytest.raises(Invalid) as refusal:
        overrule(opted_out, rule="political-fund", reason=" ", by=cast.alice)
    assert refusal.value.field == "reason"
    with pytest.raises(NotAllowed):
        overrule(opted_out, rule="political-fund", reason="So.", by=cast.bob)
    with pytest.raises(Refused, match="not in the way"):
        overrule(opted_out, rule="member", reason="So.", by=cast.alice)
    with pytest.raises(Refused, match="hard rule"):
        overrule(opted_out, rule="maximum", reason="So.", by=cast.alice)
    with pytest.raises(Invalid):
        overrule(opted_out, rule="anything", reason="So.", by=cast.alice)


def test_nobody_overrules_for_their_own_application(cast, fund, nwi):
    own = make_submitted(by=cast.olive, region=nwi)
    set_political_fund(own.person, status="opted-out", starts_on=clock.today(), by=cast.bob)
    with pytest.raises(Refused, match="somebody else"):
        overrule(own, rule="political-fund", reason="So.", by=cast.olive)


def test_an_overruling_is_kept_for_good(cast, opted_out):
    overrule(opted_out, rule="political-fund", reason="She opts in today.", by=cast.olive)
    for change in (
        sa.update(EligibilityOverrule).values(reason="x"),
        sa.delete(EligibilityOverrule),
    ):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), db.session.begin_nested():
            db.session.execute(change)


def test_an_earlier_award_whose_report_is_missing_stands_in_the_way(cast, fund, nwi):
    contest = make_contest(nwi)
    earlier = make_awarded(by=cast.bob, region=nwi, officer=cast.alice, contest=contest)
    pay_outright(cast, earlier, reference="BACS 1")
    earlier.poll_on = clock.today() - timedelta(days=1)
    later = make_contest(nwi)
    later.person = contest.person
    second = make_submitted(by=cast.bob, region=nwi, contest=later)
    assert earlier.reference in outcome(second, "earlier-report").reason
    earlier.status = "closed"
    assert outcome(second, "earlier-report").outcome == "met"


def test_a_region_that_has_ended_is_closed_and_nobody_overrules_that(cast, submitted, nwi):
    nwi.ends_on = clock.today() - timedelta(days=1)
    with pytest.raises(Refused, match="ended on"):
        award(submitted, cast.alice)


def test_many_are_judged_in_as_many_queries_as_one(cast, fund, nwi, queries):
    several = [make_submitted(by=cast.bob, region=nwi) for _ in range(3)]
    found = db.session.scalars(sa.select(Application)).all()
    judgements_for(found)
    queries.statements.clear()
    judgements_for(found)
    assert len(queries.statements) == 1
    assert set(judgements_for(found)) == {one.id for one in several}
