"""The places counter: regions, councils, the map, parties."""

from datetime import timedelta

import pytest

from models import clock
from models.accounts.permits import OPERATOR
from models.places.actions import load_reference, map_council
from models.places.queries.parties import party_by_text
from models.places.queries.regions import branch_by_text, region_of_council
from tests.factories import make_council, make_person, make_term, make_ward


@pytest.fixture
def preston(cast):
    return make_council("Preston", region=cast.regions["NWI"])


def test_the_regions_are_shown_with_their_councils(sign_in, cast, preston):
    make_council("Nowhere")
    page = sign_in(cast.carol).get("/places").text
    assert "North West &amp; Irish" in page
    assert "1 council without a region" in page


def test_the_councils_are_listed_and_narrowed(sign_in, cast, preston):
    make_council("Kent")
    browser = sign_in(cast.bob)
    assert "Kent" in browser.get("/places/councils").text
    assert "Kent" not in browser.get("/places/councils?region=NWI").text
    assert "Preston" not in browser.get("/places/councils?region=unmapped").text
    assert "Preston" in browser.get("/places/councils?text=prest").text


def test_a_council_shows_only_the_office_holders_one_may_see(sign_in, cast, preston):
    make_term(make_person("Priya Kaur"), preston, ward=make_ward(preston, "Ribble"))
    address = f"/places/councils/{preston.id}"
    assert "Priya Kaur" in sign_in(cast.bob).get(address).text
    for outsider in (cast.eve, cast.carol):
        page = sign_in(outsider).get(address)
        assert page.status_code == 200
        assert "Priya" not in page.text
    assert sign_in(cast.bob).get("/places/councils/999999").status_code == 404


def test_a_council_is_moved_with_a_day_and_a_reason(sign_in, cast, preston):
    address = f"/places/councils/{preston.id}/region"
    browser = sign_in(cast.alice)
    assert browser.get(address).status_code == 200
    assert browser.post(address, data={"region": "SO", "from_on": ""}).status_code == 422
    day = clock.today() - timedelta(days=1)
    values = {"region": "SO", "from_on": str(day), "reason": "New boundaries"}
    assert browser.post(address, data=values).status_code == 302
    assert region_of_council(preston.id) == cast.regions["SO"]
    page = browser.get(f"/places/councils/{preston.id}").text
    assert "New boundaries" in page
    assert "North West" in page, "the history stays"
    assert browser.post(address, data=values).status_code == 422, "it is there already"


def test_a_move_that_begins_later_changes_nothing_today(cast, preston):
    later = clock.today() + timedelta(days=30)
    map_council(
        preston, by=cast.alice, region=cast.regions["SO"], from_on=later, reason="From April"
    )
    assert region_of_council(preston.id) == cast.regions["NWI"]
    assert region_of_council(preston.id, later) == cast.regions["SO"]


def test_a_region_may_not_move_councils(sign_in, cast, preston):
    assert sign_in(cast.bob).get(f"/places/councils/{preston.id}/region").status_code == 403


def test_parties_show_their_spellings(sign_in, cast):
    load_reference(by=OPERATOR)
    page = sign_in(cast.bob).get("/places/parties").text
    assert "joint-party:53-119" in page
    assert "lib dem" in page
    assert party_by_text("LABOUR & Co-operative ").ec_id == "joint-party:53-119"
    assert party_by_text("Labour ").ec_id == "PP53"
    assert load_reference(by=OPERATOR) == 0, "a repeat adds nothing"


def test_a_branch_is_added_once(sign_in, cast):
    browser = sign_in(cast.alice)
    values = {"code": "n1", "name": "Preston General"}
    assert browser.post("/places/regions/NWI/branches/new", data=values).status_code == 302
    assert "Preston General" in browser.get("/places").text
    assert browser.post("/places/regions/NWI/branches/new", data=values).status_code == 422
    assert branch_by_text("N1").name == "Preston General"
    assert browser.get("/places/regions/XX/branches/new").status_code == 404
