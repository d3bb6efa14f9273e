"""Ctrl-K and the suggestions: found in any spelling, and never somebody of another region."""

import re

import pytest

from models.base import db
from tests.factories import make_council, make_person, make_term, make_ward

FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def places(cast):
    north = make_council("Bütikofer Vale", region=cast.regions["NWI"])
    south = make_council("Siân Sands", region=cast.regions["SO"])
    make_ward(north, "Abbey Gate")
    return north, south


@pytest.fixture
def people(cast, places):
    nia = make_person("Siân Bütikofer-Jones", region=cast.regions["NWI"])
    make_term(nia, places[0])
    make_person("Sian CANARY-SO-person", region=cast.regions["SO"])
    return nia


def ask(browser, q, **more):
    return browser.post("/search", data={"q": q, **more}, headers=FRAGMENT).text


@pytest.mark.parametrize(
    "q", ["Siân", "sian", "SIAN", "butikofer", "jones sian", "Bütikofer-Jones, Siân", "si bu"]
)
def test_a_person_is_found_however_the_name_is_written(sign_in, cast, people, q):
    found = ask(sign_in(cast.bob), q)
    assert "Siân Bütikofer-Jones" in found
    assert f'href="/people/{people.id}"' in found
    assert "Bütikofer Vale" in found
    assert "CANARY" not in found


def test_search_never_names_people_of_another_region(sign_in, cast, people):
    for user, sees in ((cast.bob, False), (cast.nora, False), (cast.eve, True), (cast.dan, True)):
        browser = sign_in(user)
        for q in ("Sian", "CANARY", "canary-so"):
            assert ("CANARY-SO-person" in ask(browser, q)) is sees
            page = browser.get("/search", query_string={"q": q}).text
            assert ("Sian CANARY-SO-person" in page) is sees
            lookup = browser.post("/search/lookup?kind=person", data={"q": q}).text
            assert ("CANARY-SO-person" in lookup) is sees


def test_finance_finds_no_people_at_all(sign_in, cast, people):
    browser = sign_in(cast.carol)
    assert "Siân" not in ask(browser, "sian").replace("Siân Sands", "")
    assert browser.post("/search/lookup?kind=person", data={"q": "sian"}).status_code == 403


def test_places_and_their_wards_are_found(sign_in, cast, places):
    found = ask(sign_in(cast.bob), "butikofer")
    assert f"/places/councils/{places[0].id}" in found
    assert "Abbey Gate" in ask(sign_in(cast.bob), "abbey")


def test_actions_and_areas_are_those_of_the_role(sign_in, cast):
    officer, auditor = ask(sign_in(cast.bob), ""), ask(sign_in(cast.grace), "")
    assert "/contacts/new" in officer
    assert "Budget" in officer
    assert "Users" not in officer
    assert "/contacts/new" not in auditor
    assert "Audit" in auditor
    assert "Log a contact" in ask(sign_in(cast.bob), "log")
    assert "Go to" in ask(sign_in(cast.bob), "budg")


def test_every_action_opens_for_who_is_offered_it(sign_in, cast):
    from urllib.parse import urlsplit

    for user in (cast.alice, cast.bob, cast.dan, cast.carol, cast.terry, cast.grace):
        browser = sign_in(user)
        for href in re.findall(r'href="([^"]+)"', ask(browser, "")):
            answer = browser.get(urlsplit(href).path)
            assert answer.status_code in (200, 302), (user.name, href)


def test_the_palette_gets_options_and_the_browser_a_whole_page(sign_in, cast, people):
    browser = sign_in(cast.bob)
    assert 'role="option"' in ask(browser, "sian")
    assert "<html" not in ask(browser, "sian")
    for page in (browser.post("/search", data={"q": "sian"}), browser.get("/search?q=sian")):
        assert "<html" in page.text
        assert "Siân Bütikofer-Jones</a>" in page.text
        assert 'value="sian"' in page.text
    assert "Nothing you can see is called that" in browser.get("/search?q=zzzz").text
    assert browser.get("/search").status_code == 200


@pytest.mark.parametrize(
    "q", ["%", "_", "'", "\\", "@", "a" * 5000, "\x00", "<script>", "🦔", "  "]
)
def test_odd_questions_are_answered(sign_in, cast, people, q):
    browser = sign_in(cast.bob)
    for path in (
        "/search",
        "/search/lookup?kind=person",
        "/search/lookup?kind=council",
        "/search/lookup?kind=ward",
        "/search/lookup?kind=constituency",
    ):
        answer = browser.post(path, data={"q": q}, headers=FRAGMENT)
        assert answer.status_code == 200
        assert "<script>" not in answer.text


def test_a_search_writes_nothing_although_it_is_a_post(app):
    for endpoint in ("search.index", "search.lookup"):
        assert app.view_functions[endpoint].reads_only
    from app.edge import writes

    with app.test_request_context("/search", method="POST"):
        assert not writes()
    with app.test_request_context("/contacts/new", method="POST"):
        assert writes()


def test_suggestions_carry_the_id_and_the_text_to_fill_in(sign_in, cast, people, places):
    browser = sign_in(cast.bob)
    found = browser.get("/search/lookup?kind=person&q=sian").text
    assert f'data-id="{people.id}"' in found
    assert 'data-value="Siân Bütikofer-Jones"' in found
    assert "Bütikofer Vale" in browser.get("/search/lookup?kind=council&q=vale").text
    wards = "/search/lookup?kind=ward&q=abb"
    assert "Abbey Gate" in browser.get(f"{wards}&council=Bütikofer Vale").text
    assert "Abbey Gate" not in browser.get(f"{wards}&council=Siân Sands").text
    assert "Abbey Gate" not in browser.get(f"{wards}&council=Nowhere").text
    assert browser.get("/search/lookup?kind=secret&q=a").status_code == 404


def test_users_are_suggested_only_of_ones_own_office(sign_in, cast):
    found = sign_in(cast.bob).get("/search/lookup?kind=user&q=").text
    assert "Nora Nutt" in found
    assert "Eve Elm" not in found
    assert "Eve Elm" in sign_in(cast.alice).get("/search/lookup?kind=user&q=elm").text


def test_a_search_takes_few_queries(sign_in, cast, people, queries):
    browser = sign_in(cast.bob)
    db.session.expire_all()
    begun = len(queries)
    assert "Bütikofer" in ask(browser, "sian")
    assert len(queries) - begun <= 12, queries.statements[begun:]
