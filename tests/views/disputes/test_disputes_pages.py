"""From an employer's name to the sheet, to one ask, to the replies."""

import re

import pytest

from models import clock
from models.base import db
from models.councillors.groups.actions import begin_group, join_group
from models.councillors.tables import OfficeRole
from models.delegates.tables import DelegateTerm
from models.disputes.tables import Ask, AskPerson
from models.people.tables import UnionMembership
from tests.factories import (
    make_constituency,
    make_council,
    make_party,
    make_person,
    make_term,
    make_ward,
    saved,
)


@pytest.fixture
def ambridge(cast):
    council = make_council("Ambridge", region=cast.regions["NWI"])
    ward, labour = make_ward(council, seats=3), make_party()
    for name in ("Lena Frost", "Priya Kaur"):
        person = make_person(name, region=cast.regions["NWI"])
        term = make_term(person, council, ward=ward, party_id=labour.id)
        if name == "Lena Frost":
            saved(OfficeRole(term_id=term.id, kind="leader"))
        else:
            saved(UnionMembership(person_id=person.id, employer="Amey Ambridge"))
            join_group(begin_group(council, by=cast.bob), person, role="convenor", by=cast.bob)
    db.session.commit()
    return council


def test_an_employers_name_leads_to_the_sheet(sign_in, cast, ambridge):
    browser = sign_in(cast.bob)
    answer = browser.get("/disputes/find?employer=amey")
    assert answer.location == f"/disputes/council/{ambridge.id}?employer=amey"
    page = browser.get(answer.location).text
    assert "Lena Frost" in page
    assert "Convenor" in page
    assert (
        "Nobody in office whom you may see"
        in sign_in(cast.eve).get("/disputes/find?employer=amey").text
    )


def test_the_sheet_shows_delegates_of_the_parties_and_they_can_be_asked(sign_in, cast, ambridge):
    dee = make_person("Dee North", region=cast.regions["NWI"])
    area = make_constituency("Ambridge North")
    saved(DelegateTerm(person_id=dee.id, constituency_id=area.id, ends_on=clock.today()))
    browser = sign_in(cast.bob)
    for path in (f"/disputes/council/{ambridge.id}", f"/disputes/area/{area.id}"):
        page = browser.get(path).text
        for words in ("Delegates of the constituency parties", "Dee North", "Ends soon"):
            assert words in page
        assert "Dee North" not in sign_in(cast.eve).get(path).text
    page = browser.get(f"/disputes/council/{ambridge.id}/ask").text
    assert "Dee North, delegate to Ambridge North CLP" in page


def test_an_unknown_council_is_said_at_its_field(sign_in, cast, ambridge):
    answer = sign_in(cast.bob).get("/disputes/find?council=Nowhere")
    assert answer.status_code == 422
    assert "There is no council “Nowhere”" in answer.text


def test_the_sheet_takes_few_queries(sign_in, cast, ambridge, queries):
    browser = sign_in(cast.bob)
    for path in ("/disputes", f"/disputes/council/{ambridge.id}?employer=amey"):
        before = len(queries)
        assert browser.get(path).status_code == 200
        assert len(queries) - before <= 12, (path, queries.statements[before:])


def test_one_ask_to_all_and_the_replies_on_one_page(sign_in, cast, ambridge):
    browser = sign_in(cast.bob)
    page = browser.get(f"/disputes/council/{ambridge.id}/ask?employer=amey").text
    people = re.findall(r'name="people"[^>]*value="(\d+)"', page)
    assert len(people) == 2
    key = re.search(r'name="form_key"[^>]*value="([^"]+)"', page)[1]
    form = {
        "title": "Save the depot", "body": "Write to them.", "channel": "email",
        "people": people, "form_key": key,
    }  # fmt: skip
    answer = browser.post(f"/disputes/council/{ambridge.id}/ask?employer=amey", data=form)
    ask = db.session.query(Ask).one()
    assert answer.location == f"/disputes/asks/{ask.id}"
    assert "0 of 2 have replied" in browser.get(answer.location).text
    asked = db.session.query(AskPerson).first()
    browser.post(f"/disputes/replies/{asked.id}", data={"reply": "yes", "said": "Wrote today."})
    page = browser.get(answer.location).text
    assert "1 of 2 have replied" in page
    assert "Wrote today." in page
    assert "Save the depot" in browser.get("/disputes").text
    assert "Save the depot" not in sign_in(cast.eve).get("/disputes").text
    browser.post(f"/disputes/asks/{ask.id}/close")
    assert "Closed" in browser.get(answer.location).text


def test_an_ask_to_nobody_answers_422_and_keeps_the_words(sign_in, cast, ambridge):
    answer = sign_in(cast.bob).post(
        f"/disputes/council/{ambridge.id}/ask", data={"title": "T", "body": "Write to them."}
    )
    assert answer.status_code == 422
    assert "Choose at least one person" in answer.text
    assert "Write to them." in answer.text
