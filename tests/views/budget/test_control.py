"""Requests, forecast, plan and year end in a browser: what is shown, and to whom."""

import re
from datetime import date

import pytest

from models import clock
from models.accounts.roles import Role
from models.accounts.tables import User
from models.base import db
from models.budget.approvals.actions.asking import ask_virement
from models.budget.approvals.tables import BudgetRequest
from models.budget.planning.queries import plan_of
from models.budget.queries.tree import leaf_for
from models.year_end.actions import propose
from tests.budgets import NEXT_YEAR, SOON_AFTER
from tests.funding_factories import make_awarded, make_fund, make_submitted

MOST_QUERIES = 12


@pytest.fixture
def fund(cast):
    return make_fund(by=cast.alice)


@pytest.fixture
def awarded(cast, fund):
    return make_awarded(by=cast.bob, region=cast.regions["NWI"], officer=cast.alice)


@pytest.fixture
def asked(cast, fund, awarded):
    made = ask_virement(
        source=leaf_for(fund, "PRINT", "SO"),
        target=leaf_for(fund, "DIGI", "SO"),
        amount_p=700_00,
        reason="Print is dearer",
        by=cast.olive,
        key="ask:1",
    )
    db.session.commit()
    return made


@pytest.fixture
def next_fund(cast, awarded):
    """Next year's fund; from then on it runs."""
    made = make_fund(by=cast.alice, **NEXT_YEAR)
    with clock.set_to(SOON_AFTER):
        yield made


def make_ada():
    """A second national political officer."""
    user = User(email="ada@example.org", name="Ada Acorn", role=Role.NATIONAL_OFFICER)
    db.session.add(user)
    db.session.commit()
    return user


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def key_of(page) -> str:
    return re.search(r'name="key"[^>]*value="([0-9a-f]{32})"', page.get_data(as_text=True)).group(1)


# ---- requests


def test_a_virement_after_the_first_award_becomes_a_request(sign_in, cast, fund, awarded):
    source, target = (leaf_for(fund, head, "SO") for head in ("PRINT", "DIGI"))
    browser = sign_in(cast.alice)
    data = {
        "key": key_of(browser.get("/budget/virement")), "source": source.id, "target": target.id,
        "amount": "700", "reason": "Print is dearer",
    }  # fmt: skip
    answer = browser.post("/budget/virement", data=data)
    assert answer.status_code == 302
    text = words(browser.get(answer.headers["Location"]))
    for expected in (
        "£700.00 from Print, Southern to Digital, Southern",
        "another national political officer decides it",
        "Nothing has changed yet.",
        "Withdraw the request",
    ):
        assert expected in text
    assert "Your answer" not in text
    db.session.expire_all()
    assert source.cap_p == 5_000_00


def test_the_second_person_approves_once(sign_in, cast, asked, fund):
    browser = sign_in(cast.alice)
    page = words(browser.get(f"/budget/requests/{asked.id}"))
    assert "Print, Southern £5,000.00 £4,300.00" in page
    for _ in range(2):
        answer = browser.post(f"/budget/requests/{asked.id}/approve", data={"answer": ""})
        assert answer.status_code == 302
    db.session.expire_all()
    assert leaf_for(fund, "DIGI", "SO").cap_p == 5_700_00
    assert "Approved" in words(browser.get("/budget/requests"))
    assert "Print is dearer" in words(browser.get("/budget/ledger?kind=vire"))


def test_a_refusal_without_a_reason_is_explained_at_its_field(sign_in, cast, asked):
    browser = sign_in(cast.alice)
    answer = browser.post(f"/budget/requests/{asked.id}/refuse", data={"answer": ""})
    assert answer.status_code == 422
    assert "Say why" in words(answer)
    assert 'href="#answer"' in answer.get_data(as_text=True)
    browser.post(f"/budget/requests/{asked.id}/refuse", data={"answer": "Later"})
    db.session.expire_all()
    assert db.session.get(BudgetRequest, asked.id).status == "refused"


def test_whoever_asked_withdraws_and_another_role_sees_no_button(sign_in, cast, asked):
    text = words(sign_in(cast.carol).get(f"/budget/requests/{asked.id}"))
    assert "Approve" not in text
    assert "Withdraw the request" not in text
    answer = sign_in(cast.carol).post(f"/budget/requests/{asked.id}/approve")
    assert answer.status_code == 403
    assert sign_in(cast.olive).post(f"/budget/requests/{asked.id}/withdraw").status_code == 302
    db.session.expire_all()
    assert db.session.get(BudgetRequest, asked.id).status == "withdrawn"


def test_another_regions_request_is_not_found(sign_in, cast, asked):
    assert sign_in(cast.bob).get(f"/budget/requests/{asked.id}").status_code == 404
    eve = words(sign_in(cast.eve).get(f"/budget/requests/{asked.id}"))
    assert "£700.00 from Print, Southern" in eve
    # What it would do to the heads is the office's own.
    assert "Before and after" not in eve
    assert "Nothing was asked for" in words(sign_in(cast.bob).get("/budget/requests"))


def test_the_rule_for_a_second_person_can_be_changed(sign_in, cast, fund, awarded):
    browser = sign_in(cast.alice)
    data = {
        "name": fund.name, "starts_on": fund.starts_on, "ends_on": fund.ends_on,
        "max_grant": "500", "approve_above": "1,000", "reason": "Small moves are many",
        "key": key_of(browser.get("/budget/fund")),
    }  # fmt: skip
    where = browser.post("/budget/fund", data=data).headers["Location"]
    assert "Second person above – £1,000.00" in words(browser.get(where))
    assert "moves more" not in words(browser.get("/budget/virement"))
    ada = sign_in(make_ada())
    assert ada.post(f"{where}/approve", data={"answer": ""}).status_code == 302
    assert "moves more than £1,000.00" in words(browser.get("/budget/virement"))
    assert browser.post("/budget/fund", data={**data, "approve_above": "-1"}).status_code == 422


# ---- forecast and plan


def test_the_forecast_shows_the_five_figures_and_what_is_expected(sign_in, cast, awarded, queries):
    make_submitted(by=cast.bob, region=cast.regions["NWI"], amount_p=200_00)
    browser = sign_in(cast.alice)
    before = len(queries)
    answer = browser.get("/budget/forecast")
    assert len(queries) - before <= MOST_QUERIES
    text = words(answer)
    for expected in (
        "Available now £249,700.00",
        "Waiting £200.00",
        "Allocated Committed Paid Returned Available",
        "1 of 1",
        "Cost of a contest and of a win",
        "There is no plan for this yet",
    ):
        assert expected in text, expected
    assert "<svg" in answer.get_data(as_text=True)


@pytest.mark.parametrize("query", ["by=unit", "by=category", "by=head", "by=x", "head=x&poll=x"])
def test_the_forecast_is_cut_in_several_ways(sign_in, cast, awarded, query):
    assert sign_in(cast.alice).get(f"/budget/forecast?{query}").status_code == 200


def test_a_regions_forecast_is_its_own(sign_in, cast, awarded):
    text = words(sign_in(cast.eve).get("/budget/forecast"))
    assert "Available now £10,000.00" in text
    assert "North West" not in text
    assert "no plan" not in text


def test_the_plan_is_typed_month_by_month(sign_in, cast, fund):
    browser = sign_in(cast.alice)
    answer = browser.post("/budget/plan", data={"month_2026_05": "1,000", "month_2026_06": ""})
    assert answer.status_code == 302
    assert plan_of(fund.node) == {date(2026, 5, 1): 1_000_00}
    assert "By the plan" in words(browser.get("/budget/forecast"))


def test_a_plan_that_cannot_be_is_kept_on_the_page(sign_in, cast, fund):
    browser = sign_in(cast.alice)
    for typed, said in (("250,000.01", "is allocated"), ("lots", "pounds"), ("-1", "-1")):
        answer = browser.post("/budget/plan", data={"month_2026_05": typed})
        assert answer.status_code == 422
        assert f'value="{typed}"' in answer.get_data(as_text=True)
        assert said in answer.get_data(as_text=True)
    assert plan_of(fund.node) == {}


def test_equal_months_are_filled_in_and_not_saved(sign_in, cast, fund):
    answer = sign_in(cast.alice).post("/budget/plan", data={"spread": "1"})
    assert 'value="20,833.41"' not in answer.get_data(as_text=True)
    assert 'value="20,833.33"' in answer.get_data(as_text=True)
    assert plan_of(fund.node) == {}


def test_a_plan_of_no_head_is_not_found(sign_in, cast, fund):
    leaf = leaf_for(fund, "PRINT", "SO")
    assert sign_in(cast.alice).get(f"/budget/plan?node={leaf.id}").status_code == 404


# ---- year end


def test_a_year_is_proposed_by_one_and_closed_by_another(sign_in, cast, awarded, fund, next_fund):
    olive = sign_in(cast.olive)
    page = olive.get("/budget/year-end/propose?fund=EF26")
    data = {
        "key": key_of(page), "next_fund": next_fund.id, "balance": "", "reason": "The year is over",
        "authority": "Executive", f"choice_{awarded.award_id}": "carry",
    }  # fmt: skip
    bad = olive.post("/budget/year-end/propose?fund=EF26", data={**data, "authority": ""})
    assert bad.status_code == 422
    answer = olive.post("/budget/year-end/propose?fund=EF26", data=data)
    assert answer.status_code == 302
    where = answer.headers["Location"]
    assert "Withdraw the proposal" in words(olive.get(where))
    alice = sign_in(cast.alice)
    text = words(alice.get(where))
    assert "Carry forward" in text
    # What the next cap would be, before and after, is there to be read before it is agreed.
    assert "Cap of Election fund 2026 £250,000.00 £249,700.00" in text
    assert "Cap of Election fund 2027 £250,000.00 £250,300.00" in text
    assert alice.post(f"{where}/approve", data={"answer": ""}).status_code == 302
    db.session.expire_all()
    assert awarded.award.reference.endswith("/EF27")
    assert "This year is closed" in words(alice.get("/budget/year-end?fund=EF26"))
    assert "£249,700.00" in words(alice.get("/budget?fund=EF26"))


def test_the_year_end_lists_what_is_open_and_a_region_sees_none_of_it(
    sign_in, cast, awarded, fund, queries
):
    browser = sign_in(cast.alice)
    before = len(queries)
    text = words(browser.get("/budget/year-end"))
    assert len(queries) - before <= MOST_QUERIES
    assert awarded.reference in text
    assert "Ask for the next fund" in text
    assert "can be closed from the day after on" in text
    assert awarded.reference not in words(sign_in(cast.bob).get("/budget/year-end"))


def test_a_refused_year_end_says_why(sign_in, cast, awarded, fund, next_fund):
    end = propose(
        fund=fund, next_fund=next_fund, choices={awarded.award_id: "carry"}, balance_p=0,
        authority="A", reason="r", by=cast.olive, key="k",
    )  # fmt: skip
    db.session.commit()
    alice = sign_in(cast.alice)
    assert alice.post(f"/budget/year-end/{end.id}/refuse", data={}).status_code == 422
    assert alice.post(f"/budget/year-end/{end.id}/refuse", data={"answer": "No"}).status_code == 302
    assert sign_in(cast.bob).get(f"/budget/year-end/{end.id}").status_code == 404
    assert sign_in(cast.olive).post(f"/budget/year-end/{end.id}/withdraw").status_code == 409
