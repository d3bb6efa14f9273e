"""The budget counter in a browser: who sees which figures, and how a refusal is shown."""

import re
from datetime import timedelta

import pytest

from models import clock
from models.base import db
from models.budget.actions import money
from models.budget.approvals.queries import requests_for, waiting_count
from models.budget.faults import ledger_faults
from models.budget.queries.nodes import path_of
from models.budget.queries.periods import current_fund, funds
from models.budget.queries.tree import leaf_for, tree_for
from tests.budgets import ENDS_ON, NEXT_YEAR, SOON_AFTER, STARTS_ON, make_fund


@pytest.fixture
def fund(cast):
    return make_fund(cast.alice)


@pytest.fixture
def award(fund, cast):
    leaf = leaf_for(fund, "PRINT", "SO")
    made = money.commit(
        node_id=leaf.id, reference="F-SOUTH", amount_p=1_234_56, by=cast.alice, key="k"
    )
    db.session.commit()
    return made


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def key_of(page) -> str:
    return re.search(r'name="key"[^>]*value="([0-9a-f]{32})"', page.get_data(as_text=True)).group(1)


def send(browser, path, **fields):
    values = {"key": key_of(browser.get(path)), "reason": "Because", **fields}
    return browser.post(path, data=values)


# ---- reading


def test_the_national_office_sees_every_figure(sign_in, cast, award):
    text = words(sign_in(cast.alice).get("/budget"))
    for expected in ("Election fund 2026", "£250,000.00", "£1,234.56", "Scotland", "National"):
        assert expected in text
    assert "Not yet handed down to heads: £205,000.00" in text


def test_finance_and_auditor_see_all_and_no_forms(sign_in, cast, award):
    for user in (cast.carol, cast.grace):
        text = words(sign_in(user).get("/budget"))
        assert "£1,234.56" in text
        assert "Change the cap" not in text


def test_a_region_sees_its_own_figures_and_nothing_of_the_others(sign_in, cast, award):
    bob, eve = (words(sign_in(user).get("/budget")) for user in (cast.bob, cast.eve))
    assert "£14,000.00" in bob
    for foreign in ("1,234.56", "Southern", "Scotland", "National", "250,000", "20,000.00"):
        assert foreign not in bob
    assert "£1,234.56" in eve
    assert "North West" not in eve


def test_a_region_reads_its_own_entries_of_the_ledger_only(sign_in, cast, award):
    bob, eve = (words(sign_in(user).get("/budget/ledger")) for user in (cast.bob, cast.eve))
    assert "F-SOUTH" in eve
    assert "2 entries" in eve
    assert "F-SOUTH" not in bob
    assert "2 entries" in bob
    # Not even by asking for the other region in the address.
    asked = words(sign_in(cast.bob).get("/budget/ledger?region=SO"))
    assert "F-SOUTH" not in asked
    assert "The address asks for region “SO”. That makes no sense here and was left out." in asked


def test_the_ledger_can_be_narrowed_and_paged(sign_in, cast, award):
    browser = sign_in(cast.alice)
    assert "1 entry" in words(browser.get("/budget/ledger?kind=commit"))
    assert "1 entry" in words(browser.get("/budget/ledger?region=NAT"))
    assert "9 entries" in words(browser.get("/budget/ledger?page=99"))


def test_roles_without_the_permit_do_not_come_in(sign_in, cast, fund):
    for user in (cast.dan, cast.terry):
        assert sign_in(user).get("/budget").status_code == 403
    for path in ("allocate", "virement", "cap", "fund", "funds/new", "heads/new"):
        for user in (cast.bob, cast.carol, cast.grace):
            assert sign_in(user).get(f"/budget/{path}").status_code == 403
    for path in ("allocate", "heads/new"):
        assert sign_in(cast.olive).get(f"/budget/{path}").status_code == 403


@pytest.mark.parametrize("path", ["/budget", "/budget/ledger", "/budget/allocate", "/budget/cap"])
def test_a_page_asks_the_database_at_most_twelve_things(sign_in, cast, award, queries, path):
    browser = sign_in(cast.alice)
    before = len(queries)
    assert browser.get(path).status_code == 200
    assert len(queries) - before <= 12


def test_an_unknown_fund_is_not_found(sign_in, cast, fund):
    assert sign_in(cast.alice).get("/budget?fund=NO").status_code == 404
    assert sign_in(cast.alice).get("/budget/ledger?fund=NO").status_code == 404


# ---- a new installation


def test_without_a_fund_the_page_leads_to_setting_one_up(sign_in, cast):
    assert "Set up a fund" in words(sign_in(cast.alice).get("/budget"))
    assert "Set up a fund" not in words(sign_in(cast.bob).get("/budget"))
    assert sign_in(cast.alice).get("/budget/cap").status_code == 404


def test_the_form_as_it_comes_sets_up_a_fund_of_250_000_pounds(sign_in, cast):
    browser = sign_in(cast.alice)
    page = browser.get("/budget/funds/new").get_data(as_text=True)
    assert 'value="250,000.00"' in page
    assert 'value="500.00"' in page
    filled = new_fund(key=key_of(browser.get("/budget/funds/new")))
    for _ in range(2):
        assert browser.post("/budget/funds/new", data=filled).status_code == 302
    assert len(funds()) == 1
    tree = tree_for(cast.alice)
    assert tree.figures.cap_p == tree.figures.handed_p == 250_000_00
    assert [head.figures.code for head in tree.heads] == ["PRINT", "TRAVEL-AND-ROOMS"]
    assert sum(region.figures.cap_p for region in tree.regions) == 250_000_00
    assert list(ledger_faults()) == []


def new_fund(**changed):
    return {
        "name": "Election fund",
        "code": "ef26",
        "amount": "250,000.00",
        "max_grant": "£500",
        "starts_on": STARTS_ON,
        "ends_on": ENDS_ON,
        "heads": "Print\n\n Travel & rooms \n",
        "split": "equal",
        "key": "0" * 32,
        **changed,
    }


def test_a_fund_that_makes_no_sense_is_explained_at_its_field(sign_in, cast):
    browser = sign_in(cast.alice)
    answer = browser.post("/budget/funds/new", data=new_fund(ends_on="2026-03-31"))
    assert answer.status_code == 422
    assert "The period must end after it starts." in words(answer)
    assert current_fund() is None
    assert browser.post("/budget/funds/new", data=new_fund(amount="lots")).status_code == 422
    twice = browser.post("/budget/funds/new", data=new_fund(heads="Print\nTravel\nPrint"))
    assert "Two heads have the same name." in words(twice)
    assert browser.post("/budget/funds/new", data={}).status_code == 422


# ---- moving money


def test_the_cap_is_changed_once_however_often_the_button_is_pressed(sign_in, cast, fund):
    browser = sign_in(cast.alice)
    fields = {
        "key": key_of(browser.get("/budget/cap")),
        "amount": "260,000",
        "authority": "Executive, 12 November",
        "reason": "Congress decided",
    }
    for _ in range(2):
        assert browser.post("/budget/cap", data=fields).status_code == 302
    [asked] = requests_for(cast.alice, fund)
    assert tree_for(cast.alice).figures.cap_p == 250_000_00
    alone = browser.post(f"/budget/requests/{asked.id}/approve", data={})
    assert "You asked for this yourself" in words(alone)
    assert tree_for(cast.alice).figures.cap_p == 250_000_00


def test_before_and_after_are_shown_and_nothing_is_changed(sign_in, cast, fund):
    leaf = leaf_for(fund, "PRINT", "SO")
    target = leaf_for(fund, "DIGI", "SC")
    answer = send(
        sign_in(cast.alice),
        "/budget/virement",
        source=leaf.id,
        target=target.id,
        amount="1,000",
        show="1",
    )
    text = words(answer)
    assert answer.status_code == 200
    assert "Nothing has changed yet." in text
    assert "Print, Southern £20,000.00 £19,000.00" in text
    assert "Digital, Scotland £6,000.00 £7,000.00" in text
    assert leaf_for(fund, "PRINT", "SO").cap_p == 20_000_00


def test_a_virement_moves_the_money(sign_in, cast, fund):
    leaf, target = leaf_for(fund, "PRINT", "SO"), leaf_for(fund, "DIGI", "SC")
    answer = send(
        sign_in(cast.alice), "/budget/virement", source=leaf.id, target=target.id, amount="1,000"
    )
    assert answer.status_code == 302
    db.session.expire_all()
    assert (leaf.cap_p, target.cap_p) == (19_000_00, 7_000_00)


def test_a_refusal_shows_the_figures_at_the_amount(sign_in, cast, fund):
    leaf = leaf_for(fund, "PRINT", "NWI")
    answer = send(sign_in(cast.alice), "/budget/allocate", node=leaf.id, amount="3,000")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "£0.00 of Print is neither handed down nor used; you asked for £3,000.00." in page
    assert 'href="#amount"' in page
    assert 'value="3,000"' in page


def test_money_is_handed_down_and_taken_back(sign_in, cast, fund):
    browser = sign_in(cast.alice)
    head = path_of(leaf_for(fund, "PRINT", "NWI").id)[1]
    for direction, cap_p in (("down", 36_000_00), ("back", 35_000_00)):
        answer = send(browser, "/budget/allocate", node=head.id, amount="1000", direction=direction)
        assert answer.status_code == 302
        assert tree_for(cast.alice).heads[0].figures.cap_p == cap_p


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": ""},
        {"amount": "ten"},
        {"amount": "0"},
        {"reason": ""},
        {"authority": ""},
        {"key": "x"},
    ],
)
def test_what_cannot_be_understood_is_refused_and_kept_on_the_page(sign_in, cast, fund, wrong):
    answer = send(
        sign_in(cast.alice), "/budget/cap", **{"amount": "260,000", "authority": "A", **wrong}
    )
    assert answer.status_code == 422
    assert tree_for(cast.alice).figures.cap_p == 250_000_00


def test_a_place_of_no_fund_cannot_be_chosen(sign_in, cast, fund):
    for node in ("", "999999", "x", fund.node_id):
        answer = send(sign_in(cast.alice), "/budget/allocate", node=node, amount="1")
        assert answer.status_code == 422


def test_the_name_and_the_heads_are_changed_at_once_and_the_rest_is_asked_for(sign_in, cast, fund):
    browser = sign_in(cast.alice)
    data = {
        "key": key_of(browser.get("/budget/fund")),
        "name": "Local elections",
        "starts_on": STARTS_ON,
        "ends_on": ENDS_ON,
        "max_grant": "500",
    }
    assert browser.post("/budget/fund", data=data).status_code == 302
    head = {"name": "Hustings"}
    assert browser.post("/budget/heads/new", data=head).status_code == 302
    text = words(browser.get("/budget"))
    for expected in ("Local elections", "£500.00", "Hustings"):
        assert expected in text
    again = browser.post("/budget/heads/new", data=head)
    assert again.status_code == 422
    assert "already a head called Hustings" in words(again)
    refused = browser.post("/budget/fund", data={**data, "max_grant": "750"})
    assert "Enter a reason." in words(refused)
    asked = browser.post("/budget/fund", data={**data, "max_grant": "750", "reason": "Print"})
    assert "Largest grant £500.00 £750.00" in words(browser.get(asked.headers["Location"]))
    assert "largest grant £500.00" in words(browser.get("/budget"))


def test_who_may_not_rename_a_fund_asks_for_the_name(sign_in, cast, fund):
    browser = sign_in(cast.olive)
    data = {
        "key": key_of(browser.get("/budget/fund")),
        "name": fund.name,
        "starts_on": STARTS_ON,
        "ends_on": ENDS_ON,
        "max_grant": "500",
    }
    assert browser.post("/budget/fund", data=data).status_code == 302
    assert waiting_count(cast.alice, fund) == 0
    renamed = {**data, "name": "Local elections", "reason": "Clearer"}
    asked = browser.post("/budget/fund", data=renamed)
    assert "Local elections" in words(browser.get(asked.headers["Location"]))
    assert "Local elections" not in words(browser.get("/budget"))


def test_a_new_region_is_given_its_places(sign_in, cast, fund, database):
    from models.places.tables import UnionRegion

    database.add(UnionRegion(code="NEW", name="Newland"))
    database.commit()
    browser = sign_in(cast.alice)
    assert "Newland cannot be allocated money" in words(browser.get("/budget"))
    assert browser.post("/budget/regions").status_code == 302
    assert "cannot be allocated" not in words(browser.get("/budget"))
    assert leaf_for(fund, "PRINT", "NEW") is not None


def test_a_further_fund_is_asked_for_with_the_next_days_and_agreed_by_another(sign_in, cast, fund):
    olive, alice = sign_in(cast.olive), sign_in(cast.alice)
    page = olive.get("/budget/funds/new")
    assert f'value="{ENDS_ON + timedelta(days=1)}"' in page.get_data(as_text=True)
    data = {
        **new_fund(code="ef27", starts_on=NEXT_YEAR["starts_on"], ends_on=NEXT_YEAR["ends_on"]),
        "key": key_of(page), "authority": "Executive, minute 4", "reason": "The next year",
    }  # fmt: skip
    same = olive.post("/budget/funds/new", data={**data, "starts_on": STARTS_ON})
    assert "Two funds never share a day" in words(same)
    code = olive.post("/budget/funds/new", data={**data, "code": "EF26"})
    assert "There is already a fund with the code EF26" in words(code)
    where = olive.post("/budget/funds/new", data=data).headers["Location"]
    assert olive.post("/budget/funds/new", data=data).headers["Location"] == where
    assert funds() == [fund]
    assert "Decide on 1 budget request" in words(alice.get("/"))
    text = words(alice.get(where))
    assert "Can be awarded in those days £0.00 before, £250,000.00 after" in text
    assert alice.post(f"{where}/approve", data={"answer": ""}).status_code == 302
    assert "A further fund: Election fund, cap £250,000.00" in words(alice.get(where))
    text = words(alice.get("/budget"))
    assert "Election fund: planned" in text
    assert "Election fund 2026" in text


def test_planning_next_years_fund_leaves_the_running_one_as_it_is(sign_in, cast, fund):
    make_fund(cast.alice, **NEXT_YEAR)
    browser = sign_in(cast.alice)
    for path in ("", "/allocate", "/virement", "/cap", "/fund", "/forecast", "/requests"):
        assert "Election fund 2026" in words(browser.get(f"/budget{path}")), path
    running = words(browser.get("/budget"))
    assert "Running" in running
    assert "Ask for another cap" in running
    assert "Election fund 2026" in words(browser.get("/"))
    planned = browser.get("/budget?fund=EF27")
    assert "It is being prepared" in words(planned)
    assert "/budget/allocate?fund=EF27" in planned.get_data(as_text=True)
    assert "Election fund 2027: cap £250,000.00" in words(browser.get("/budget/cap?fund=EF27"))
    answer = browser.post("/budget/heads/new?fund=EF27", data={"name": "Minibuses"})
    assert answer.headers["Location"].endswith("?fund=EF27")
    assert "Minibuses" in words(browser.get("/budget?fund=EF27"))
    assert "Minibuses" not in words(browser.get("/budget"))


def test_what_no_fund_running_means_is_said_in_words(sign_in, cast, fund):
    later = NEXT_YEAR["starts_on"] + timedelta(days=30)
    make_fund(cast.alice, **{**NEXT_YEAR, "starts_on": later})
    with clock.set_to(SOON_AFTER):
        browser = sign_in(cast.alice)
        text = words(browser.get("/budget"))
        assert "No fund runs today." in text
        assert "Election fund 2027" in text
        over = words(browser.get("/budget?fund=EF26"))
        assert "The days of this fund ended on" in over
        assert "until its year is closed" in over
        assert browser.get("/").status_code == 200


def test_two_funds_that_share_days_from_before_are_shown_with_their_sum(sign_in, cast, fund):
    other = make_fund(cast.alice, **NEXT_YEAR)
    other.starts_on = ENDS_ON
    db.session.commit()
    text = words(sign_in(cast.alice).get("/budget"))
    assert "Another fund has the same days" in text
    assert "Together £500,000.00 can be awarded." in text


def test_a_closed_fund_is_read_and_not_changed(sign_in, cast, fund):
    make_fund(cast.alice, **NEXT_YEAR)
    fund.closed_on = ENDS_ON
    db.session.commit()
    with clock.set_to(SOON_AFTER):
        browser = sign_in(cast.alice)
        older = words(browser.get("/budget?fund=EF26"))
        assert "Print" in older
        assert "Ask for another cap" not in older
        for path in ("allocate", "virement", "cap", "fund", "heads/new"):
            assert browser.get(f"/budget/{path}?fund=EF26").status_code == 409, path
