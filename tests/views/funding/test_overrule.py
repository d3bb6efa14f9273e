"""Overruling a soft rule of eligibility on the application's page."""

import pytest

from models import clock
from models.base import db
from models.funding.actions.decide import award
from models.funding.eligibility.queries.judging import results_of
from models.people.actions.political import set_political_fund
from tests.dom import parse
from tests.funding_factories import CODING, first_leaf, make_submitted


@pytest.fixture
def opted_out(cast, submitted):
    set_political_fund(submitted.person, status="opted-out", starts_on=clock.today(), by=cast.bob)
    db.session.commit()
    return submitted


def overruled(application):
    db.session.expire_all()
    return [one.rule.key for one in results_of(application) if one.outcome == "not-met" and not
            one.blocks]  # fmt: skip


def post(browser, application, **data):
    return browser.post(f"/funding/{application.id}/overrule", data=data)


def test_a_soft_rule_is_overruled_with_a_reason(sign_in, cast, opted_out):
    alice = sign_in(cast.alice)
    missing = post(alice, opted_out, rule="political-fund", reason=" ")
    assert missing.status_code == 422
    assert "#reason" in [
        link["href"] for link in parse(missing.text).one("div", "h-errors").all("a")
    ]
    assert overruled(opted_out) == []
    done = post(alice, opted_out, rule="political-fund", reason="She opts in today.")
    assert done.status_code == 302
    assert overruled(opted_out) == ["political-fund"]
    assert "She opts in today." in alice.get(f"/funding/{opted_out.id}").text


@pytest.mark.parametrize("rule", ["", "maximum", "member", "nonsense"])
def test_a_rule_that_is_hard_or_not_in_the_way_is_refused_and_the_reason_kept(
    sign_in, cast, opted_out, rule
):
    answer = post(sign_in(cast.alice), opted_out, rule=rule, reason="All the same.")
    assert answer.status_code == 422
    assert "All the same." in answer.text
    assert overruled(opted_out) == []


def test_nobody_overrules_for_what_they_wrote(sign_in, cast, fund, nwi):
    own = make_submitted(by=cast.olive, region=nwi)
    set_political_fund(own.person, status="opted-out", starts_on=clock.today(), by=cast.bob)
    db.session.commit()
    answer = post(sign_in(cast.olive), own, rule="political-fund", reason="So.")
    assert answer.status_code == 422
    assert "somebody else must overrule" in answer.text


@pytest.mark.parametrize("who", ["bob", "dan", "carol", "terry", "grace"])
def test_only_who_decides_overrules(sign_in, cast, opted_out, who):
    browser = sign_in(getattr(cast, who))
    assert post(browser, opted_out, rule="political-fund", reason="So.").status_code == 403


def test_an_application_that_is_not_there_is_not_found(sign_in, cast, opted_out):
    answer = sign_in(cast.alice).post("/funding/999999/overrule", data={"reason": "So."})
    assert answer.status_code == 404


def test_the_page_says_what_was_so_when_it_was_awarded(sign_in, cast, opted_out):
    alice = sign_in(cast.alice)
    assert "Eligibility when it was awarded" not in alice.get(f"/funding/{opted_out.id}").text
    post(alice, opted_out, rule="political-fund", reason="She opts in today.")
    award(opted_out, amount_p=300_00, node=first_leaf(opted_out), by=cast.olive, coding=CODING)
    set_political_fund(opted_out.person, status="contributes", starts_on=clock.today(), by=cast.bob)
    db.session.commit()
    page = parse(alice.get(f"/funding/{opted_out.id}").text)
    then = page.by_id("eligibility-then").text
    assert "Eligibility when it was awarded" in then
    assert "Opted out of the political fund." in then
    assert "She opts in today." in then
    assert "Opted out" not in page.by_id("eligibility").text
    assert "Eligibility" not in sign_in(cast.carol).get(f"/funding/{opted_out.id}").text
