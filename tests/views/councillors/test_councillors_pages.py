"""The councillors counter: list, new councillor, offices, network."""

from datetime import date

import pytest

from models import clock
from models.base import db
from models.councillors.queries.offices import roles_of, terms_of
from models.people.tables import Person
from tests.factories import make_council, make_party, make_person, make_term, make_ward


@pytest.fixture
def preston(cast):
    return make_council("Preston", region=cast.regions["NWI"])


@pytest.fixture
def priya(cast, preston):
    priya = make_person("Priya Kaur", region=cast.regions["NWI"])
    make_term(priya, preston, ward=make_ward(preston, "Ribble"), party_id=make_party().id)
    return priya


def test_the_list_shows_who_is_in_office_and_where(sign_in, cast, priya):
    page = sign_in(cast.bob).get("/councillors").text
    assert "Priya Kaur" in page
    assert "Ribble" in page
    assert "1 office" in page


def test_another_region_does_not_see_them_in_list_or_counts(sign_in, cast, priya):
    page = sign_in(cast.eve).get("/councillors").text
    assert "Priya" not in page
    assert "0 offices" in page


def test_filters_that_make_no_sense_are_no_crash(sign_in, cast, priya):
    for query in ("region=XX", "council=abc", "ending_before=soon", "sort=-nothing", "page=-4"):
        assert sign_in(cast.alice).get(f"/councillors?{query}").status_code == 200


def test_the_list_needs_few_statements(sign_in, cast, preston, queries):
    for number in range(60):
        make_term(make_person(f"Ann Lee{number}"), preston)
    browser = sign_in(cast.bob)
    queries.statements.clear()
    assert browser.get("/councillors?region=NWI&sort=-end").status_code == 200
    assert len(queries) <= 12, queries.statements


@pytest.fixture
def typed(preston):
    return {
        "given_name": "Ann",
        "family_name": "Lee",
        "post": "councillor",
        "council": "preston",
        "ward": "Ashton",
        "elected_on": "2024-05-02",
        "expected_end": "2028-05-04",
        "email": "ann@example.org",
    }


def test_a_councillor_is_added_from_the_form(sign_in, cast, typed):
    answer = sign_in(cast.bob).post("/councillors/new", data=typed)
    assert answer.status_code == 302, answer.text
    page = sign_in(cast.bob).get(answer.headers["Location"]).text
    for words in ("Ann Lee", "Ashton", "ann@example.org", "4 May 2028"):
        assert words in page


def test_a_possible_double_is_shown_and_what_was_typed_stays(sign_in, cast, typed, priya):
    typed |= {"given_name": "Priya", "family_name": "Kaur", "ward": "Ribble"}
    answer = sign_in(cast.bob).post("/councillors/new", data=typed)
    assert answer.status_code == 422
    assert f"/people/{priya.id}" in answer.text
    assert "the same name on Preston" in answer.text
    assert 'value="Kaur"' in answer.text
    typed["somebody_else"] = "y"
    assert sign_in(cast.bob).post("/councillors/new", data=typed).status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("council", "Nowhere", "There is no council"),
        ("family_name", "", "Enter the family name"),
        ("elected_on", "2099-01-01", "has not come yet"),
        ("email", "nonsense", "Enter an e-mail address"),
        ("ward", "Ribbel", "is not a ward of Preston"),
    ],
)
def test_what_is_not_understood_is_said_at_its_field(
    sign_in, cast, typed, priya, field, value, words
):
    typed |= {"ward": "Ribble", field: value}
    answer = sign_in(cast.bob).post("/councillors/new", data=typed)
    assert answer.status_code == 422
    assert words in answer.text
    assert f'href="#{field}"' in answer.text
    assert db.session.query(Person).filter_by(family_key="lee").count() == 0


def test_a_region_cannot_add_to_another_regions_council(sign_in, cast, typed):
    assert sign_in(cast.eve).post("/councillors/new", data=typed).status_code == 422


def test_an_office_is_changed_ended_and_reopened(sign_in, cast, priya):
    browser, term = sign_in(cast.bob), terms_of(priya)[0]
    assert browser.get(f"/councillors/terms/{term.id}/edit").status_code == 200
    values = {"ward": "Ribble", "expected_end": "2029-05-03", "party": str(term.party_id)}
    assert browser.post(f"/councillors/terms/{term.id}/edit", data=values).status_code == 302
    assert term.expected_end == date(2029, 5, 3)
    day = str(clock.today())
    ended = {"actual_end": day, "reason": "resigned"}
    assert browser.post(f"/councillors/terms/{term.id}/end", data=ended).status_code == 302
    assert "Resigned" in browser.get(f"/people/{priya.id}").text
    assert browser.post(f"/councillors/terms/{term.id}/reopen").status_code == 302
    assert term.actual_end is None


def test_a_role_is_added_and_ended(sign_in, cast, priya):
    browser, term = sign_in(cast.bob), terms_of(priya)[0]
    role = {"kind": "cabinet", "detail": "Housing"}
    assert browser.post(f"/councillors/terms/{term.id}/roles/new", data=role).status_code == 302
    assert "Housing" in browser.get(f"/people/{priya.id}").text
    added = roles_of([term])[term.id][0]
    ended = {"ends_on": str(clock.today())}
    assert browser.post(f"/councillors/roles/{added.id}/end", data=ended).status_code == 302


def test_a_person_is_invited_from_the_record(sign_in, cast, priya):
    browser = sign_in(cast.bob)
    assert "Add to the network" in browser.get(f"/councillors/network/{priya.id}").text
    step = {"step": "record-joined"}
    assert browser.post(f"/councillors/network/{priya.id}", data=step).status_code == 302
    assert "Joined" in browser.get("/councillors?status=joined").text
    no_reason = browser.post(f"/councillors/network/{priya.id}", data={"step": "leave"})
    assert no_reason.status_code == 422
    assert "Say why." in no_reason.text


def test_another_region_finds_no_page_about_them(sign_in, cast, priya):
    browser, term = sign_in(cast.eve), terms_of(priya)[0]
    for path in (
        f"/councillors/terms/{term.id}/edit",
        f"/councillors/terms/{term.id}/end",
        f"/councillors/terms/{term.id}/roles/new",
        f"/councillors/terms/new/{priya.id}",
        f"/councillors/network/{priya.id}",
    ):
        assert browser.get(path).status_code == 404, path
        assert browser.post(path, data={}).status_code == 404, path
    assert browser.post(f"/councillors/terms/{term.id}/reopen").status_code == 404
