"""The workbook of delegates: who the list shows, their reach, and what each CLP has."""

from datetime import timedelta

import pytest

from models import clock
from models.accounts.permits import OPERATOR
from models.delegates.tables import DelegateTerm
from models.people.actions.reach import add_contact_point
from models.places.tables import UnionBranch
from reports import delegates, disputes
from tests.factories import make_constituency, make_council, make_person, make_term, saved

TODAY = clock.today()


@pytest.fixture
def terms(cast):
    """Two at Preston in one region, one of them over; one at Dover in another."""
    nwi, south = cast.regions["NWI"], cast.regions["SO"]
    branch = saved(UnionBranch(code="W02", name="Lancashire", region_id=nwi.id))
    preston, dover = make_constituency("Preston"), make_constituency("Dover and Deal")
    priya, sam = make_person("Priya Kaur", region=nwi), make_person("Sam West", region=nwi)
    for person, area, values in (
        (priya, preston, {"branch_id": branch.id, "ends_on": TODAY + timedelta(days=9)}),
        (sam, preston, {"status": "certified", "ends_on": TODAY - timedelta(days=9)}),
        (make_person("Owen Davies", region=south), dover, {"status": "credentialled"}),
    ):
        saved(DelegateTerm(person_id=person.id, constituency_id=area.id, **values))
    add_contact_point(priya, by=OPERATOR, kind="email", value="priya@example.org")
    make_term(priya, make_council("Preston", region=nwi))


def rows_of(book, sheet):
    return next(list(one.rows) for one in book.sheets if one.sheet.name == sheet)


def test_a_region_takes_out_its_own_delegates_with_their_reach(cast, terms):
    book = delegates.build(cast.bob, {})
    first, second = rows_of(book, "Delegates")
    assert (first["name"], second["name"], book.rows) == ("Priya Kaur", "Sam West", 2)
    assert (first["clp"], first["branch"], first["region"]) == (
        "Preston CLP",
        "Lancashire",
        "North West & Irish",
    )
    assert (first["status"], first["email"], first["offices"]) == (
        "Nominated",
        "priya@example.org",
        "Preston",
    )


def test_each_clp_says_how_many_there_are_and_how_many_end(cast, terms):
    assert rows_of(delegates.build(cast.alice, {}), "CLPs") == [
        {"clp": "Dover and Deal CLP", "open": 1, "nominated": 0, "soon": 0, "over": 0},
        {"clp": "Preston CLP", "open": 2, "nominated": 1, "soon": 1, "over": 1},
    ]


def test_the_workbook_holds_what_the_filter_shows(cast, terms):
    for filters, names in (
        ({"state": "over"}, ["Sam West"]),
        ({"status": "credentialled"}, ["Owen Davies"]),
        ({"region": "NWI", "sort": "-name"}, ["Sam West", "Priya Kaur"]),
        ({"clp": "no number", "state": "past"}, []),
    ):
        rows = rows_of(delegates.build(cast.alice, filters), "Delegates")
        assert [row["name"] for row in rows] == names


def test_the_dispute_sheet_has_a_sheet_of_them(cast, terms):
    book = disputes.build(cast.bob, {"council": "Preston"})
    names = [row["name"] for row in rows_of(book, "Delegates")]
    assert names == ["Priya Kaur", "Sam West"]
    assert rows_of(disputes.build(cast.eve, {"council": "Preston"}), "Delegates") == []
