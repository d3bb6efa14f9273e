"""A reorganisation on pages: plan, see every change, apply, take back."""

from datetime import date

import pytest

from models.places.queries.councils import council_by_text
from tests.factories import make_council, make_person, make_term, make_ward

FORM = {
    "title": "Borsetshire",
    "vesting_on": "2026-04-01",
    "old": "Ambridge",
    "new": "BOR; Borset; unitary; NWI; Ambridge",
    "wards": "Ambridge; Village; BOR; Village; 2",
}


@pytest.fixture
def ambridge(cast):
    council = make_council("Ambridge", region=cast.regions["NWI"])
    person = make_person("Priya Kaur", region=cast.regions["NWI"])
    make_term(person, council, ward=make_ward(council, "Village"), elected_on=date(2023, 5, 4))
    return council


def test_plan_preview_apply_vest_and_back(sign_in, cast, ambridge, queries):
    browser = sign_in(cast.alice)
    answer = browser.post("/reorganisations/new", data=FORM)
    before = len(queries)
    page = browser.get(answer.location).text
    assert len(queries) - before <= 12
    assert "Nothing has been written yet" in page
    assert "Priya Kaur, Village, Ambridge" in page
    assert council_by_text("BOR") is None
    browser.post(f"{answer.location}/apply")
    assert council_by_text("BOR").name == "Borset"
    assert "End the old offices" in browser.get(answer.location).text
    browser.post(f"{answer.location}/vest")
    assert "Vested" in browser.get("/reorganisations").text
    browser.post(f"{answer.location}/undo")
    assert council_by_text("BOR") is None


def test_a_line_that_is_not_understood_is_named_and_kept(sign_in, cast, ambridge):
    answer = sign_in(cast.alice).post(
        "/reorganisations/new", data={**FORM, "wards": "Ambridge; Harbour; BOR; Harbour; 2"}
    )
    assert answer.status_code == 422
    assert "no ward “Harbour”" in answer.text
    assert "Ambridge; Harbour; BOR; Harbour; 2" in answer.text


def test_a_plan_can_be_changed_until_it_is_applied(sign_in, cast, ambridge):
    browser = sign_in(cast.alice)
    shown = browser.post("/reorganisations/new", data=FORM).location
    assert FORM["wards"] in browser.get(f"{shown}/edit").text
    browser.post(f"{shown}/edit", data={**FORM, "title": "Borset first"})
    assert "Borset first" in browser.get("/reorganisations").text
    assert sign_in(cast.bob).get(shown).status_code == 403
