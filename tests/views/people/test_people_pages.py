"""The people counter: the list, the record, and each fact on it."""

import pytest

from models import clock
from models.people.actions.marks import tag_person, write_note
from models.people.actions.memberships import MembershipFacts, add_membership
from models.people.actions.privacy import give_consent
from models.people.actions.reach import add_contact_point
from models.people.actions.records import archive_person
from models.people.queries.facts import memberships_of, notes_for, tags_of
from models.people.queries.people import person_for
from tests.factories import make_council, make_party, make_person, make_term

DAY = str(clock.today())


@pytest.fixture
def priya(cast):
    return make_person("Priya Kaur", region=cast.regions["NWI"])


def test_the_record_shows_facts_and_timeline(sign_in, cast, priya):
    council = make_council("Preston", region=cast.regions["NWI"])
    make_term(priya, council)
    add_contact_point(
        priya,
        by=cast.bob,
        kind="email",
        value="priya@example.org",
        source="Telephone",
        verified_on=clock.today(),
    )
    write_note(priya, by=cast.bob, body="Interested in housing.")
    page = sign_in(cast.bob).get(f"/people/{priya.id}").text
    for words in (
        "Priya Kaur",
        "priya@example.org",
        "verified",
        "Interested in housing",
        "Elected",
    ):
        assert words in page
    assert f"/contacts/new?person={priya.id}" in page
    only = sign_in(cast.bob).get(f"/people/{priya.id}?show=notes").text
    assert "Interested in housing" in only


def test_a_national_officer_sees_a_record_with_funding_and_everything_empty(sign_in, cast):
    nobody = make_person("Rosa Winter")
    page = sign_in(cast.alice).get(f"/people/{nobody.id}")
    assert page.status_code == 200
    assert "Nothing has been recorded yet" in page.text


def test_a_region_that_nobody_knows_is_said_in_words(sign_in, cast):
    nobody = make_person("Rosa Winter")
    page = sign_in(cast.alice).get(f"/people/{nobody.id}").text
    row = page[page.index("<dt>Home region</dt>") :]
    assert "Not known" in row[: row.index("</dd>")]


def test_a_reader_without_the_permit_is_offered_no_change(sign_in, cast, priya):
    page = sign_in(cast.terry).get(f"/people/{priya.id}").text
    assert "Change" not in page.split("<main")[1]
    assert "/contacts/new" not in page.split("<main")[1]
    assert sign_in(cast.terry).get(f"/people/{priya.id}/edit").status_code == 403


def test_the_list_is_searched_and_scoped(sign_in, cast, priya):
    assert "Priya Kaur" in sign_in(cast.bob).get("/people?text=kau").text
    assert "Priya Kaur" not in sign_in(cast.eve).get("/people?text=kau").text
    assert "Priya Kaur" not in sign_in(cast.bob).get("/people?archived=1").text


def test_a_person_is_added_by_their_region(sign_in, cast):
    values = {"given_name": "Ann", "family_name": "Lee"}
    refused = sign_in(cast.bob).post("/people/new", data=values)
    assert refused.status_code == 422
    assert "Choose a home region of yours" in refused.text
    values["home_region_id"] = str(cast.regions["NWI"].id)
    assert sign_in(cast.bob).post("/people/new", data=values).status_code == 302


def test_a_stale_form_does_not_overwrite(sign_in, cast, priya):
    values = {"family_name": "Sandhu", "given_name": "Priya", "version": str(priya.version)}
    values["home_region_id"] = str(cast.regions["NWI"].id)
    assert sign_in(cast.bob).post(f"/people/{priya.id}/edit", data=values).status_code == 302
    values["family_name"] = "Gill"
    stale = sign_in(cast.alice).post(f"/people/{priya.id}/edit", data=values)
    assert stale.status_code == 422
    assert "changed by somebody else" in stale.text
    assert person_for(cast.bob, priya.id).family_name == "Sandhu"


def test_whoever_gives_a_person_away_lands_on_the_list(sign_in, cast, priya):
    values = {"family_name": "Kaur", "version": str(priya.version)}
    values["home_region_id"] = str(cast.regions["SO"].id)
    answer = sign_in(cast.bob).post(f"/people/{priya.id}/edit", data=values)
    assert answer.headers["Location"] == "/people"


FACTS = {
    "contact-points/new": {"kind": "mobile", "value": "07700 900123", "source": "Herself"},
    "memberships/new": {"number": "A1234", "status": "member", "section": "Manufacturing"},
    "bases/new": {
        "purpose": "Councillors' Network",
        "basis": "legitimate interests",
        "condition": "not-for-profit: member",
        "starts_on": DAY,
    },
    "consents/new": {
        "purpose": "Newsletter",
        "wording": "2026-1",
        "channel": "e-mail",
        "given_on": DAY,
    },
    "tags/new": {"name": "Care"},
    "notes/new": {"body": "Hello"},
    "archive": {"reason": "Moved abroad"},
}


@pytest.mark.parametrize("path", FACTS)
def test_each_fact_is_added_by_its_form_and_an_empty_one_is_refused(sign_in, cast, priya, path):
    browser, address = sign_in(cast.bob), f"/people/{priya.id}/{path}"
    assert browser.get(address).status_code == 200
    empty = browser.post(address, data={"status": ""})
    assert empty.status_code == 422
    assert "There is a problem" in empty.text
    assert browser.post(address, data=FACTS[path]).status_code == 302
    assert browser.get(f"/people/{priya.id}").status_code == 200


@pytest.mark.parametrize("path", [*FACTS, "parties/new", "edit"])
def test_another_region_finds_no_form_about_them(sign_in, cast, priya, path):
    browser = sign_in(cast.eve)
    assert browser.get(f"/people/{priya.id}/{path}").status_code == 404
    assert browser.post(f"/people/{priya.id}/{path}", data={}).status_code == 404


def test_party_membership_is_recorded(sign_in, cast, priya):
    party = make_party("Labour Party")
    values = {"party_id": str(party.id)}
    address = f"/people/{priya.id}/parties/new"
    assert sign_in(cast.bob).post(address, data=values).status_code == 302
    assert "Labour Party" in sign_in(cast.bob).get(f"/people/{priya.id}").text


@pytest.mark.parametrize("word", ["Pending", "No", "000000", "01/03/2026"])
def test_a_word_or_a_day_is_no_number_and_makes_no_member(sign_in, cast, priya, word):
    address = f"/people/{priya.id}/memberships/new"
    answer = sign_in(cast.bob).post(address, data={"number": word, "status": "member"})
    assert answer.status_code == 422
    assert "not a membership number" in answer.text
    assert f'value="{word}"' in answer.text, "what was typed is kept"
    assert memberships_of(priya) == []


def test_beside_an_open_membership_another_is_neither_presumed_nor_taken(sign_in, cast, priya):
    browser, address = sign_in(cast.bob), f"/people/{priya.id}/memberships/new"
    assert 'selected value="member"' in browser.get(address).text
    assert browser.post(address, data={"status": "member"}).status_code == 302
    assert 'selected value="member"' not in browser.get(address).text
    answer = browser.post(address, data={"status": "member"})
    assert answer.status_code == 422
    assert "There is an open membership already, without a number." in answer.text
    assert len(memberships_of(priya)) == 1


def test_a_taken_number_is_an_error_at_its_field(sign_in, cast, priya):
    ann = make_person("Ann Lee", region=cast.regions["NWI"])
    add_membership(ann, MembershipFacts(number="A1234"), by=cast.bob)
    mine = add_membership(priya, MembershipFacts(number="B1234"), by=cast.bob)
    address = f"/people/memberships/{mine.id}/edit"
    assert 'value="B1234"' in sign_in(cast.bob).get(address).text
    answer = sign_in(cast.bob).post(address, data={"number": "a1234", "status": "member"})
    assert answer.status_code == 422
    assert "A1234 belongs to Ann Lee" in answer.text
    assert sign_in(cast.eve).get(address).status_code == 404


def test_a_contact_point_is_verified_and_ended(sign_in, cast, priya):
    point = add_contact_point(priya, by=cast.bob, kind="email", value="p@example.org")
    browser = sign_in(cast.bob)
    values = {"verified_on": DAY, "source": "Telephone"}
    address = f"/people/contact-points/{point.id}"
    assert browser.post(f"{address}/verify", data=values).status_code == 302
    assert sign_in(cast.eve).post(f"{address}/end").status_code == 404
    assert browser.post(f"{address}/end").status_code == 302
    assert "p@example.org" not in browser.get(f"/people/{priya.id}").text


def test_consent_tag_note_and_archive_can_be_taken_back(sign_in, cast, priya):
    browser = sign_in(cast.bob)
    consent = give_consent(
        priya,
        by=cast.bob,
        purpose="Newsletter",
        wording="1",
        channel="e-mail",
        given_on=clock.today(),
    )
    tag = tag_person(priya, by=cast.bob, name="Care")
    note = write_note(priya, by=cast.bob, body="Hello")
    archive_person(priya, by=cast.bob, reason="By mistake")
    for path in (
        f"/people/consents/{consent.id}/withdraw",
        f"/people/{priya.id}/tags/{tag.id}/remove",
        f"/people/notes/{note.id}/remove",
        f"/people/{priya.id}/restore",
    ):
        assert sign_in(cast.eve).post(path).status_code == 404, path
        assert browser.post(path).status_code == 302, path
    assert tags_of(priya) == notes_for(cast.bob, priya) == []
    assert priya.archived_at is None


def test_the_record_needs_few_statements(sign_in, cast, priya, queries):
    browser = sign_in(cast.bob)
    queries.statements.clear()
    browser.get(f"/people/{priya.id}")
    assert len(queries) <= 12, queries.statements
