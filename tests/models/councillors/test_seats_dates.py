"""Each end belongs to one poll, the same for index, list and queue; the next end is proposed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base import db
from models.councillors.seats.actions import NextTerm, decide_seat
from models.councillors.seats.dates import ends_of, next_end, poll_of
from models.councillors.seats.queries.polls import polls_for
from models.councillors.seats.queries.seats import figures_for, seat_after, seats_for
from models.errors import Invalid, Refused
from models.places.tables import Council
from tests.factories import make_council, make_person, make_term, make_ward

POLL = date(2026, 5, 7)
DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("end", "polls", "poll"),
    [
        (date(2026, 5, 11), {POLL}, POLL),
        (date(2026, 5, 18), {POLL}, POLL),
        (date(2026, 5, 4), {POLL}, POLL),
        (date(2026, 5, 11), set(), POLL),
        (date(2026, 5, 22), {POLL}, date(2026, 5, 21)),
    ],
)
def test_an_end_belongs_to_its_poll_or_to_its_thursday(end, polls, poll):
    assert poll_of(end, polls) == poll


@given(DAYS, st.sets(DAYS, max_size=6))
def test_the_ends_of_a_poll_are_those_that_belong_to_it(end, polls):
    assert end in ends_of(poll_of(end, polls), polls)


@pytest.mark.parametrize(
    ("facts", "end"),
    [
        ({"post": "councillor", "was": date(2026, 5, 11)}, date(2030, 5, 6)),
        ({"post": "councillor", "was": POLL}, date(2030, 5, 2)),
        ({"post": "councillor", "nation": "Wales", "was": POLL}, date(2031, 5, 1)),
        ({"post": "councillor", "council_ends": date(2028, 4, 1)}, date(2028, 4, 1)),
        ({"post": "mayor"}, date(2030, 5, 6)),
        ({"post": "msp", "was": POLL}, date(2031, 5, 1)),
    ],
)
def test_the_next_end_is_proposed_from_the_usual_term(facts, end):
    assert next_end(POLL, **facts) == end


@pytest.fixture
def abbey(cast):
    return make_ward(make_council("Ambridge", region=cast.regions["NWI"]))


@pytest.fixture
def term(cast, abbey):
    """`term(end=…)` is the term of another councillor for Abbey."""

    def make(**values):
        person = make_person("Priya Kaur", region=cast.regions["NWI"])
        values = {"elected_on": date(2022, 5, 5), "expected_end": POLL, **values}
        return make_term(person, _council(abbey), ward=abbey, **values)

    return make


def _council(ward):
    return db.session.get_one(Council, ward.council_id)


def test_the_index_counts_what_the_days_own_pages_count(cast, term):
    for end in (POLL, POLL + timedelta(4), POLL - timedelta(3), date(2027, 5, 6), date(2024, 5, 2)):
        term(expected_end=end)
    term(actual_end=POLL, end_reason="lost")
    decide_seat(term(), POLL, "stood-down", by=cast.bob)
    lines = polls_for(cast.bob)
    assert lines
    for line in lines:
        figures = figures_for(cast.bob, line.poll_on)
        assert (line.seats, line.seats - line.to_decide) == (figures.up, figures.decided), line
    assert sum(line.seats for line in lines) == 7


def test_what_is_to_decide_can_be_decided_and_what_ended_is_settled(cast, term):
    ended, still = term(actual_end=POLL, end_reason="lost"), term()
    waiting, total = seats_for(cast.bob, POLL, tab="to-decide")
    assert ([line.term.id for line in waiting], total) == ([still.id], 1)
    settled, _ = seats_for(cast.bob, POLL, tab="decided")
    assert [(line.term.id, line.settled) for line in settled] == [(ended.id, True)]
    with pytest.raises(Refused, match="ended on 7 May 2026 already"):
        decide_seat(ended, POLL, "lost", by=cast.bob)
    decide_seat(still, POLL, "lost", by=cast.bob)
    assert seat_after(cast.bob, POLL) == (None, 0)


def test_what_is_left_for_later_comes_again_after_the_last(cast, term):
    first, second = term(), term()
    assert seat_after(cast.bob, POLL)[0].term.id == first.id
    assert seat_after(cast.bob, POLL, first.id)[0].term.id == second.id
    assert seat_after(cast.bob, POLL, second.id)[0].term.id == first.id


def test_no_end_is_left_open_without_a_word(cast, term):
    one = term()
    with pytest.raises(Invalid) as refusal:
        decide_seat(one, POLL, "re-elected", by=cast.bob)
    assert refusal.value.field == "expected_end"
    open_end = NextTerm(end_known=False)
    assert decide_seat(one, POLL, "re-elected", by=cast.bob, following=open_end).new_term_id


def test_somebody_moves_to_another_ward_of_the_same_council(cast, abbey, term):
    council = _council(abbey)
    mill = make_ward(council, "Mill")
    other = make_ward(make_council("Borchester", region=cast.regions["NWI"]))
    one, end = term(), date(2030, 5, 2)
    for ward in (None, abbey, other):
        following = NextTerm(end, ward=ward)
        with pytest.raises(Invalid) as refusal:
            decide_seat(one, POLL, "moved", by=cast.bob, following=following)
        assert refusal.value.field == "ward"
    decide_seat(one, POLL, "moved", by=cast.bob, following=NextTerm(end, ward=mill))
    assert seats_for(cast.bob, POLL, tab="decided")[1] == 1
