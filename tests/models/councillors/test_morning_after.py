"""The morning after a poll: each seat is decided by a person, once, and can be taken back."""

from datetime import date

import pytest

from models.base import db
from models.councillors.actions import add_role
from models.councillors.seats.actions import (
    NextTerm,
    decide_seat,
    match_candidates,
    settle_name,
    undo_seat,
)
from models.councillors.seats.queries.polls import match_for, polls_for
from models.councillors.seats.queries.seats import Figures, figures_for, seat_for, seats_for
from models.councillors.tables import OfficeTerm
from models.elections.tables import Ballot, Candidacy, Election
from models.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from models.folding import fold
from tests.factories import make_council, make_party, make_person, make_term, make_ward, saved

POLL = date(2026, 5, 7)
TO_2030 = NextTerm(expected_end=date(2030, 5, 6))


@pytest.fixture
def ambridge(cast):
    return make_council("Ambridge", region=cast.regions["NWI"])


@pytest.fixture
def abbey(ambridge):
    return make_ward(ambridge)


@pytest.fixture
def labour(cast):
    return make_party()


@pytest.fixture
def election(ambridge):
    return saved(
        Election(
            code="local.a", name="Ambridge", kind="local", poll_on=POLL, council_id=ambridge.id
        )
    )


def ballot(election, ward, **values):
    return saved(
        Ballot(
            code=f"b.{ward.name}",
            election_id=election.id,
            ward_id=ward.id,
            area=ward.name,
            area_key=fold(ward.name),
            **values,
        )
    )


def stood(ballot, name, party=None, elected=None):
    return saved(
        Candidacy(
            ballot_id=ballot.id,
            key=name,
            name=name,
            name_key=fold(name),
            party_id=party.id if party else None,
            elected=elected,
        )
    )


@pytest.fixture
def priya(cast, ambridge, abbey, labour):
    person = make_person("Priya Kaur", region=cast.regions["NWI"])
    return make_term(
        person, ambridge, ward=abbey, party_id=labour.id, expected_end=date(2026, 5, 11)
    )


def line_of(cast, term, by=None):
    return seat_for(by or cast.bob, POLL, term.id)


def test_seats_up_are_those_whose_time_ends_with_the_poll(cast, ambridge, abbey, labour, priya):
    later = make_person("Ann Lee", region=cast.regions["NWI"])
    make_term(later, ambridge, ward=abbey, expected_end=date(2028, 5, 8))
    lines, total = seats_for(cast.bob, POLL)
    assert ([one.term.id for one in lines], total) == ([priya.id], 1)
    assert seats_for(cast.eve, POLL) == ([], 0)


def test_an_end_that_nobody_knows_counts_where_the_ward_is_on_a_ballot(
    cast, ambridge, abbey, election
):
    person = make_person("Ann Lee", region=cast.regions["NWI"])
    make_term(person, ambridge, ward=abbey, expected_end=None)
    assert seats_for(cast.bob, POLL)[1] == 0
    ballot(election, abbey)
    assert seats_for(cast.bob, POLL)[1] == 1


def test_re_elected_ends_one_term_and_begins_the_next(cast, abbey, election, labour, priya):
    stood(ballot(election, abbey), "Priya KAUR", labour, elected=True)
    match_candidates(POLL, by=cast.alice)
    assert line_of(cast, priya).proposed == "re-elected"
    decided = decide_seat(priya, POLL, "re-elected", by=cast.bob, following=TO_2030)
    new = db.session.get(OfficeTerm, decided.new_term_id)
    assert (priya.actual_end, priya.end_reason) == (POLL, "re-elected")
    assert (new.elected_on, new.expected_end, new.ward_id) == (POLL, date(2030, 5, 6), abbey.id)
    undo_seat(priya, POLL, by=cast.bob)
    assert (priya.actual_end, db.session.query(OfficeTerm).count()) == (None, 1)


def test_moved_takes_the_ward_of_the_ballot_once_a_human_said_who_it_is(
    cast, ambridge, election, labour, priya
):
    mill = make_ward(ambridge, "Mill")
    stood(ballot(election, mill), "Priya KAUR", labour, elected=True)
    match_candidates(POLL, by=cast.alice)
    line = line_of(cast, priya)
    assert (line.proposed, len(line.doubtful)) == (None, 1)
    with pytest.raises(Invalid) as refusal:
        decide_seat(priya, POLL, "moved", by=cast.bob, following=TO_2030)
    assert refusal.value.field == "ward"
    match, term, _ = match_for(cast.bob, line.doubtful[0].match.id)
    settle_name(match, term, same=True, by=cast.bob)
    assert line_of(cast, priya).proposed == "moved"
    decided = decide_seat(priya, POLL, "moved", by=cast.bob, following=TO_2030)
    assert db.session.get(OfficeTerm, decided.new_term_id).ward_id == mill.id


def test_a_human_who_says_somebody_else_is_never_asked_again(
    cast, ambridge, election, labour, priya
):
    stood(ballot(election, make_ward(ambridge, "Mill")), "Priya KAUR", labour)
    match_candidates(POLL, by=cast.alice)
    match, term, _ = match_for(cast.bob, line_of(cast, priya).doubtful[0].match.id)
    settle_name(match, term, same=False, by=cast.bob)
    match_candidates(POLL, by=cast.alice)
    assert (line_of(cast, priya).doubtful, match.verdict) == ([], "other")
    assert db.session.query(Candidacy).one().person_id is None


def test_lost_and_stood_down_end_the_roles_and_undo_brings_them_back(cast, priya):
    role = add_role(priya, by=cast.bob, kind="cabinet", detail="Housing")
    for outcome in ("lost", "stood-down"):
        decide_seat(priya, POLL, outcome, by=cast.bob)
        db.session.refresh(role)
        assert (priya.end_reason, role.ends_on) == (outcome, POLL)
        undo_seat(priya, POLL, by=cast.bob)
        db.session.refresh(role)
        assert (priya.actual_end, role.ends_on) == (None, None)


def test_not_on_the_ballot_is_proposed_as_stood_down_and_not_done(
    cast, abbey, election, labour, priya
):
    stood(ballot(election, abbey), "Sam WEST", labour, elected=True)
    match_candidates(POLL, by=cast.alice)
    assert line_of(cast, priya).proposed == "stood-down"
    assert priya.actual_end is None


def test_a_seat_is_decided_once(cast, priya):
    decide_seat(priya, POLL, "lost", by=cast.bob)
    with pytest.raises(Conflict) as refusal:
        decide_seat(priya, POLL, "re-elected", by=cast.alice)
    assert f"{cast.bob.name} has decided this seat meanwhile: lost." in refusal.value.message
    assert figures_for(cast.bob, POLL) == Figures(up=1, decided=1, doubtful=0)


def test_no_seat_is_decided_before_the_poll_nor_by_another_region(cast, priya):
    with pytest.raises(Refused):
        decide_seat(priya, date(2099, 5, 7), "lost", by=cast.bob)
    with pytest.raises((NotAllowed, NotFound)):
        decide_seat(priya, POLL, "lost", by=cast.eve)
    with pytest.raises(NotFound):
        seat_for(cast.eve, POLL, priya.id)
    with pytest.raises(NotAllowed):
        decide_seat(priya, POLL, "lost", by=cast.terry)


def test_polls_are_known_from_ends_and_from_ballots(cast, election, priya):
    found = {one.poll_on: (one.seats, one.to_decide, one.ballots) for one in polls_for(cast.bob)}
    assert found == {POLL: (1, 1, 0)}
