"""The queue of duplicates on its pages: comparing, merging, dismissing, taking back."""

import pytest

from models.accounts.permits import OPERATOR
from models.base import db
from models.delegates.tables import DelegateTerm
from models.merging.actions.finding import find_all
from models.merging.actions.merging import merge
from models.merging.queries.pairs import all_open
from models.people.actions.marks import tag_person
from models.people.actions.reach import add_contact_point
from models.people.actions.records import NewPerson, add_person
from tests.dom import parse
from tests.factories import (
    make_constituency,
    make_council,
    make_person,
    make_term,
    make_ward,
    saved,
)

MOST_QUERIES = 12


def page(answer):
    return parse(answer.text)


@pytest.fixture
def twice(cast):
    council = make_council(region=cast.regions["NWI"])
    ward = make_ward(council)
    both = make_person("Priya Kaur"), make_person("Priya Kaur", known_as="Pip", title="Dr")
    for number, person in enumerate(both):
        make_term(person, council, ward=ward)
        add_contact_point(person, by=OPERATOR, kind="email", value=f"priya{number}@example.org")
        tag_person(person, by=OPERATOR, name="Speaker")
    saved(DelegateTerm(person_id=both[1].id, constituency_id=make_constituency("Preston").id))
    find_all(by=OPERATOR)
    db.session.commit()
    return both


@pytest.fixture
def pair(twice):
    return all_open(OPERATOR)[0].pair


def test_the_queue_says_how_likely_and_why(sign_in, cast, twice, queries):
    browser = sign_in(cast.bob)
    before = len(queries)
    shown = page(browser.get("/duplicates")).text
    assert len(queries) - before <= MOST_QUERIES
    assert "Likely, 65" in shown
    assert "Same name; same council and ward" in shown


def test_another_region_sees_no_pair(sign_in, cast, pair):
    browser = sign_in(cast.eve)
    assert "No two records look like one person" in page(browser.get("/duplicates")).text
    for answer in (
        browser.get(f"/duplicates/{pair.id}"),
        browser.post(f"/duplicates/{pair.id}/merge"),
        browser.post(f"/duplicates/{pair.id}/dismiss"),
    ):
        assert answer.status_code == 404


def test_the_pair_stands_side_by_side(sign_in, cast, pair, queries):
    browser = sign_in(cast.bob)
    before = len(queries)
    shown = page(browser.get(f"/duplicates/{pair.id}"))
    assert len(queries) - before <= MOST_QUERIES
    reach = ("priya0@example.org", "priya1@example.org")
    for words in (*reach, "known as Pip", "Abbey", "Preston CLP"):
        assert words in shown.text
    assert "Everyday name" in shown.text
    assert "Family name" not in shown.text  # the same on both sides: not asked


def test_a_merge_leads_to_the_record_that_stays_and_the_old_page_with_it(
    sign_in, cast, twice, pair
):
    low, high = twice
    browser = sign_in(cast.bob)
    versions = f"{low.version}.{high.version}"
    choices = {"fact_title": "low", "fact_known_as": "low", "versions": versions}
    answer = browser.post(f"/duplicates/{pair.id}/merge", data={"keep": "high", **choices})
    assert (answer.status_code, answer.location) == (302, f"/people/{high.id}")
    assert browser.get(f"/people/{low.id}").location == f"/people/{high.id}"
    shown = page(browser.get(f"/people/{high.id}")).text
    assert "priya0@example.org" in shown
    assert "a tag like it already" in shown
    assert "Pip" not in shown


def test_a_choice_that_is_none_comes_back_with_its_error(sign_in, cast, pair):
    data = {"keep": "both", "fact_title": "high", "fact_known_as": "high"}
    answer = sign_in(cast.bob).post(f"/duplicates/{pair.id}/merge", data=data)
    assert answer.status_code == 422
    assert "Choose one of those offered." in page(answer).text


def test_a_record_changed_meanwhile_is_said(sign_in, cast, twice, pair):
    data = {"keep": "low", "fact_title": "high", "fact_known_as": "high", "versions": "0.0"}
    answer = sign_in(cast.bob).post(f"/duplicates/{pair.id}/merge", data=data)
    assert answer.status_code == 422
    assert "changed since you opened this page" in page(answer).text


def test_a_dismissal_can_be_undone_at_once_and_later(sign_in, cast, pair):
    browser = sign_in(cast.bob)
    browser.post(f"/duplicates/{pair.id}/dismiss", data={"because": "Mother and daughter"})
    assert "Mother and daughter" in page(browser.get("/duplicates?show=dismissed")).text
    assert "They are two people." in page(browser.get(f"/duplicates/{pair.id}")).text
    browser.post(f"/duplicates/{pair.id}/reopen")
    assert "Likely, 65" in page(browser.get("/duplicates")).text


def test_a_merge_is_taken_back_on_its_page(sign_in, cast, twice, pair, queries):
    done = merge(*twice, by=cast.bob)
    db.session.commit()
    browser = sign_in(cast.bob)
    assert "Dr Priya Kaur" in page(browser.get("/duplicates?show=merged")).text
    before = len(queries)
    assert "a tag" in page(browser.get(f"/duplicates/merges/{done.id}")).text
    assert len(queries) - before <= MOST_QUERIES
    assert sign_in(cast.eve).get(f"/duplicates/merges/{done.id}").status_code == 404
    browser.post(f"/duplicates/merges/{done.id}/undo")
    assert browser.get(f"/people/{twice[1].id}").status_code == 200


def test_two_records_are_put_side_by_side_from_the_record(sign_in, cast):
    one, other = (make_person(name, region=cast.regions["NWI"]) for name in ("Ann Ash", "Bo Elm"))
    browser = sign_in(cast.bob)
    address = f"/duplicates/with/{one.id}"
    assert "Ann Ash" in page(browser.get(address)).text
    assert "Nobody fits" in page(browser.post(address, data={"other": "Quill"})).text
    answer = browser.post(address, data={"other": "Bo Elm"})
    shown = page(browser.get(answer.location)).text
    assert "Another name (-45)" in shown
    assert browser.post(address, data={"other": str(one.id)}).status_code == 422
    assert other.merged_into_id is None


def test_looking_again_finds_who_changed(sign_in, cast, database):
    find_all(by=OPERATOR)
    for name in ("Ann Ash", "Ann Ash"):
        person = add_person(
            NewPerson(*name.split(), home_region_id=cast.regions["NWI"].id), by=OPERATOR
        )
        add_contact_point(person, by=OPERATOR, kind="email", value="ann@example.org")
    database.commit()
    browser = sign_in(cast.bob)
    browser.post("/duplicates/look")
    assert "Very likely, 80" in page(browser.get("/duplicates")).text


def test_who_may_not_change_people_has_no_queue(sign_in, cast):
    for user in (cast.grace, cast.terry, cast.carol):
        assert sign_in(user).get("/duplicates").status_code == 403
