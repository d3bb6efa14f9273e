"""Deciding on several at once, and the board."""

import pytest

from models import clock
from models.base import db
from models.budget.queries.periods import funds
from models.budget.queries.tree import tree_for
from models.funding.queries.one import application_for
from tests.budgets import NEXT_YEAR, SOON_AFTER
from tests.dom import parse
from tests.funding_factories import make_contest, make_fund, make_submitted


@pytest.fixture
def two(cast):
    make_fund(by=cast.alice)
    nwi = cast.regions["NWI"]
    return [make_submitted(by=cast.bob, region=nwi, contest=make_contest(nwi)) for _ in range(2)]


def data(cast, two, **more):
    head = tree_for(cast.alice).heads[0].node_id
    return {
        "pick": [str(one.id) for one in two],
        **{f"amount-{one.id}": "300.00" for one in two},
        "head": str(head),
        "legal_class": "candidate",
        "s72_category": "c",
        **more,
    }


def states(two):
    db.session.expire_all()
    return {one.status for one in two}


def test_it_is_worked_out_without_changing_anything(sign_in, cast, two):
    answer = sign_in(cast.alice).post("/funding/batch", data=data(cast, two, do="plan"))
    assert answer.status_code == 200
    assert "If all of these: £600.00 for 2 applications" in answer.text
    assert "Print, North West" in answer.text
    assert states(two) == {"endorsed"}


def test_all_that_are_ticked_are_awarded(sign_in, cast, two):
    answer = sign_in(cast.alice).post(
        "/funding/batch", data=data(cast, two, do="award", key="click"), follow_redirects=True
    )
    assert "2 applications awarded, £600.00 together." in answer.text
    assert states(two) == {"awarded"}


def test_a_wrong_amount_is_said_and_kept(sign_in, cast, two):
    values = data(cast, two, do="award", **{f"amount-{two[0].id}": "£1,2O0"})
    answer = sign_in(cast.alice).post("/funding/batch", data=values)
    assert answer.status_code == 422
    assert "£1,2O0" in answer.text
    assert two[0].reference in parse(answer.text).one("div", "h-errors").text
    assert states(two) == {"endorsed"}


def test_the_batch_takes_few_queries(sign_in, cast, two, queries):
    alice = sign_in(cast.alice)
    queries.statements.clear()
    assert alice.get("/funding/batch").status_code == 200
    assert len(queries) <= 12, queries.statements


def test_the_board_shows_applications_by_step_with_their_moves(sign_in, cast, two, queries):
    bob = sign_in(cast.bob)
    queries.statements.clear()
    page = bob.get("/funding/board").text
    assert len(queries) <= 12, queries.statements
    assert two[0].reference in page
    assert "Withdraw" in page
    assert two[0].reference not in sign_in(cast.eve).get("/funding/board").text


def test_a_move_opens_the_form_of_its_step(sign_in, cast, two):
    alice = sign_in(cast.alice)
    for to, step in (("declined", "decline"), ("decline", "decline"), ("awarded", "award")):
        answer = alice.post(f"/funding/{two[0].id}/move", data={"to": to})
        assert answer.headers["Location"].endswith(f"/funding/{two[0].id}#step-{step}")
    assert states(two) == {"endorsed"}


def test_a_move_that_skips_a_step_is_refused_in_words(sign_in, cast, two):
    answer = sign_in(cast.alice).post(
        f"/funding/{two[0].id}/move", data={"to": "paid"}, follow_redirects=True
    )
    assert "cannot be moved there" in answer.text
    assert application_for(cast.alice, two[0].id).status == "endorsed"


def test_the_running_total_is_a_part_of_the_page_and_says_what_is_missing(sign_in, cast, two):
    alice = sign_in(cast.alice)
    asked = {"headers": {"HX-Request": "true"}}
    part = alice.post("/funding/batch", data=data(cast, two), **asked)
    assert part.status_code == 200
    assert "If all of these: £600.00 for 2 applications" in part.text
    assert "<html" not in part.text
    assert parse(part.text).by_id("plan")["hx-post"] == "/funding/batch?fund=EF26"
    for values in (data(cast, []), data(cast, two, **{f"amount-{two[0].id}": "1,2O0"})):
        part = alice.post("/funding/batch", data=values, **asked)
        assert part.status_code == 200
        assert "Not worked out yet" in part.text
    assert states(two) == {"endorsed"}


def test_only_the_boards_page_loads_what_drags(sign_in, cast, two):
    alice = sign_in(cast.alice)
    assert "Sortable.min.js" in alice.get("/funding/board").text
    assert "Sortable.min.js" not in alice.get("/funding").text


def test_several_are_decided_on_after_next_years_fund_was_planned(sign_in, cast, two):
    make_fund(by=cast.alice, **NEXT_YEAR)
    alice = sign_in(cast.alice)
    assert two[0].candidate_name in alice.get("/funding/batch").text
    alice.post("/funding/batch", data=data(cast, two, do="award", key="click"))
    assert states(two) == {"awarded"}


def test_what_waits_in_a_fund_that_is_over_has_a_tab_until_it_is_closed(sign_in, cast, two):
    make_fund(by=cast.alice, **NEXT_YEAR)
    with clock.set_to(SOON_AFTER):
        alice = sign_in(cast.alice)
        assert "Nothing waits for a decision." in alice.get("/funding/batch").text
        assert "Election fund 2026: over" in alice.get("/funding/batch").text
        [fund] = [each for each in funds() if each.node.code == "EF26"]
        head = tree_for(cast.alice, fund).heads[0].node_id
        values = data(cast, two, do="award", key="click", head=str(head))
        assert alice.post("/funding/batch?fund=EF26", data=values).status_code == 302
    assert states(two) == {"awarded"}
