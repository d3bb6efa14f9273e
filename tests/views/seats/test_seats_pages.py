"""Seats up and the morning after as pages: every seat is decided by a person, within the region."""

from datetime import date

import pytest

from models.base import db
from models.councillors.seats.actions import match_candidates
from models.councillors.seats.tables import CandidateMatch
from models.councillors.tables import OfficeTerm
from models.elections.tables import Ballot, Candidacy, Election
from tests.factories import make_council, make_party, make_person, make_term, make_ward, saved

POLL = date(2026, 5, 7)
PAGE = "/seats-up/2026-05-07"


@pytest.fixture
def term(cast):
    """Priya Kaur for Abbey; a Priya Kaur stood in Mill: doubtful."""
    ambridge = make_council("Ambridge", region=cast.regions["NWI"])
    person = make_person("Priya Kaur", region=cast.regions["NWI"])
    labour = make_party()
    abbey, mill = make_ward(ambridge), make_ward(ambridge, "Mill")
    term = make_term(
        person, ambridge, ward=abbey, party_id=labour.id, expected_end=date(2026, 5, 11)
    )
    election = saved(
        Election(code="e", name="Ambridge", kind="local", poll_on=POLL, council_id=ambridge.id)
    )
    ballot = saved(
        Ballot(code="b", election_id=election.id, ward_id=mill.id, area="Mill", area_key="mill")
    )
    saved(
        Candidacy(
            ballot_id=ballot.id, key="1", name="Priya KAUR", name_key="priya kaur",
            party_id=labour.id, elected=True, votes=1204,
        )
    )  # fmt: skip
    match_candidates(POLL, by=cast.alice)
    db.session.commit()
    return term


def test_the_poll_and_its_seats_are_listed(sign_in, cast, term):
    browser = sign_in(cast.bob)
    assert "7 May 2026" in browser.get("/seats-up").text
    page = browser.get(PAGE).text
    assert "Priya Kaur" in page
    assert "1 doubtful name" in page
    assert "Priya Kaur" not in sign_in(cast.eve).get(PAGE).text


def test_a_day_can_be_asked_for(sign_in, cast, term):
    answer = sign_in(cast.bob).get("/seats-up?on=2027-05-06")
    assert answer.location == "/seats-up/2027-05-06"
    assert sign_in(cast.bob).get("/seats-up/yesterday").status_code == 404


def test_the_pages_take_few_queries(sign_in, cast, term, queries):
    browser = sign_in(cast.bob)
    for path in ("/seats-up", PAGE, f"{PAGE}/triage", f"{PAGE}/doubtful"):
        before = len(queries)
        assert browser.get(path).status_code == 200
        assert len(queries) - before <= 12, (path, queries.statements[before:])


def test_who_is_who_is_said_side_by_side_and_then_decided_by_a_button(sign_in, cast, term):
    browser = sign_in(cast.bob)
    page = browser.get(f"{PAGE}/triage").text
    assert "The same person" in page
    assert 'data-hotkey="4"' in page
    match_id = db.session.query(CandidateMatch).one().id
    answer = browser.post(f"/seats-up/names/{match_id}", data={"same": "yes", "back": "triage"})
    assert answer.location == f"{PAGE}/seat/{term.id}"
    assert "Proposed: moved ward" in browser.get(answer.location).text
    answer = browser.post(answer.location, data={"outcome": "moved", "expected_end": "2030-05-06"})
    assert answer.location == f"{PAGE}/triage?after={term.id}"
    db.session.expire_all()
    new = db.session.query(OfficeTerm).filter(OfficeTerm.id != term.id).one()
    assert (new.ward.name, new.expected_end) == ("Mill", date(2030, 5, 6))
    assert "Every seat is decided" in browser.get(f"{PAGE}/triage").text
    browser.post(f"{PAGE}/seat/{term.id}/undo")
    db.session.expire_all()
    assert db.session.query(OfficeTerm).one().actual_end is None


def test_a_refused_choice_says_why_and_keeps_what_was_typed(sign_in, cast, term):
    answer = sign_in(cast.bob).post(
        f"{PAGE}/seat/{term.id}", data={"outcome": "moved", "expected_end": "2030-05-06"}
    )
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert 'value="2030-05-06"' in answer.text


def test_readers_see_and_do_not_decide(sign_in, cast, term):
    browser = sign_in(cast.terry)
    assert browser.get(PAGE).status_code == 200
    assert browser.get(f"{PAGE}/triage").status_code == 403
    assert browser.post(f"{PAGE}/seat/{term.id}", data={"outcome": "lost"}).status_code == 403
    assert sign_in(cast.eve).get(f"{PAGE}/seat/{term.id}").status_code == 404
