"""Delegated limits on their page: set, refused, ended, and by whom."""

import pytest

from models import clock
from models.base import db
from models.budget.limits.queries import limits
from tests.dom import parse
from tests.funding_factories import make_fund


@pytest.fixture
def fund(cast):
    return make_fund(by=cast.alice)


def data(**changed):
    return {
        "whose": "role:political-officer",
        "region": "",
        "amount": "1,000",
        "starts_on": clock.today().isoformat(),
        "ends_on": "",
        **changed,
    }


def test_a_limit_is_set_for_a_role_and_for_a_person_in_a_region(sign_in, cast, fund):
    alice = sign_in(cast.alice)
    alice.post("/budget/limits", data=data())
    southern = cast.regions["SO"]
    done = alice.post(
        "/budget/limits",
        data=data(whose=f"user:{cast.olive.id}", region=str(southern.id), amount="250.50"),
        follow_redirects=True,
    )
    assert "The limit is set." in done.text
    words = parse(done.text).one("table").text
    assert "Olive Oak" in words
    assert "£250.50" in words
    assert "Southern" in words
    newest = limits()[0]
    assert (newest.user_id, newest.region_id, newest.amount_p) == (
        cast.olive.id,
        southern.id,
        250_50,
    )


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"whose": ""}, "whose"),
        ({"whose": "role:support"}, "whose"),
        ({"whose": "user:999999"}, "whose"),
        ({"amount": "a lot"}, "amount"),
        ({"amount": ""}, "amount"),
        ({"amount": "-5"}, "amount"),
        ({"region": "999999"}, "region"),
        ({"starts_on": "soon"}, "starts_on"),
        ({"ends_on": "2001-01-01"}, "ends_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_kept(sign_in, cast, fund, changed, field):
    before = len(limits())
    answer = sign_in(cast.alice).post("/budget/limits", data=data(**changed))
    assert answer.status_code == 422
    page = parse(answer.text)
    assert f"#{field}" in [link["href"] for link in page.one("div", "h-errors").all("a")]
    if "amount" in changed:
        assert page.by_id("amount").get("value", "") == changed["amount"]
    else:
        assert page.by_id("amount")["value"] in ("1,000", "1,000.00")
    assert len(limits()) == before


def test_nobody_sets_their_own(sign_in, cast, fund):
    answer = sign_in(cast.alice).post("/budget/limits", data=data(whose=f"user:{cast.alice.id}"))
    assert answer.status_code == 422
    assert "Somebody else must set your own limit." in answer.text


def test_a_limit_is_ended_at_once_and_stays_on_the_page(sign_in, cast, fund):
    limit = limits()[0]
    done = sign_in(cast.alice).post(f"/budget/limits/{limit.id}/end", follow_redirects=True)
    assert "The limit is ended." in done.text
    assert "Ended" in parse(done.text).one("table").text
    db.session.expire_all()
    assert limit.ends_on < clock.today()
    assert sign_in(cast.alice).post("/budget/limits/999999/end").status_code == 404


@pytest.mark.parametrize("who", ["olive", "bob", "dan", "carol", "terry", "grace"])
def test_only_the_national_officer_sets_limits(sign_in, cast, fund, who):
    browser = sign_in(getattr(cast, who))
    limit = limits()[0]
    assert browser.get("/budget/limits").status_code == 403
    assert browser.post("/budget/limits", data=data()).status_code == 403
    assert browser.post(f"/budget/limits/{limit.id}/end").status_code == 403


def test_the_page_takes_few_queries(sign_in, cast, fund, queries):
    alice = sign_in(cast.alice)
    for amount in ("10", "20", "30"):
        alice.post("/budget/limits", data=data(amount=amount))
    queries.statements.clear()
    assert alice.get("/budget/limits").status_code == 200
    assert len(queries) <= 12, queries.statements
