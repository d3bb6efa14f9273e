"""The finder: what it queues, what it remembers, and who may see a pair."""

import pytest

from models.accounts.permits import OPERATOR
from models.errors import Invalid, NotFound, Refused
from models.merging.actions.finding import dismiss, find_all, find_new, pair_up, reopen
from models.merging.queries.pairs import all_open, pair_for, pairs_for
from models.people.actions.reach import add_contact_point, end_contact_point
from models.people.actions.records import NewPerson, add_person
from models.people.queries.facts import contact_points_of
from tests.factories import make_council, make_person, make_term, make_ward


@pytest.fixture
def twice(cast):
    council = make_council(region=cast.regions["NWI"])
    ward = make_ward(council)
    both = make_person("Priya Kaur"), make_person("Priya Kaur")
    for person in both:
        make_term(person, council, ward=ward)
    return both


def queue(reader):
    return [(line.low.id, line.high.id) for line in pairs_for(reader)[0]]


def test_a_whole_run_fills_the_queue_with_score_and_reasons(cast, twice):
    run = find_all(by=OPERATOR)
    assert (run.whole, run.people, run.pairs) == (True, 2, 1)
    (line,), total = pairs_for(cast.alice)
    assert total == 1
    assert line.pair.score == 65
    assert line.pair.reasons == [["name", 35], ["ward", 30]]


def test_a_pair_is_there_for_whoever_may_see_both(cast, twice):
    find_all(by=OPERATOR)
    assert queue(cast.bob) == queue(cast.alice) != []
    assert queue(cast.eve) == []
    outside = make_person("Priya Kaur", region=cast.regions["SO"])
    for person in (twice[0], outside):
        add_contact_point(person, by=OPERATOR, kind="email", value="priya@example.org")
    find_all(by=OPERATOR)
    assert (twice[0].id, outside.id) in queue(cast.alice)
    assert (twice[0].id, outside.id) not in queue(cast.bob)
    assert queue(cast.eve) == []
    pair = next(one.pair for one in all_open(cast.alice) if one.high.id == outside.id)
    for reader in (cast.bob, cast.eve):
        with pytest.raises(NotFound):
            pair_for(reader, pair.id)
        with pytest.raises(NotFound):
            dismiss(pair, by=reader)


def test_a_dismissal_is_remembered_and_can_be_taken_back(cast, twice):
    find_all(by=OPERATOR)
    pair = all_open(cast.bob)[0].pair
    dismiss(pair, by=cast.bob, because="Mother and daughter")
    find_all(by=OPERATOR)
    assert queue(cast.bob) == []
    dismissed, _ = pairs_for(cast.bob, state="dismissed")
    assert [(line.pair.because, line.decided_by) for line in dismissed] == [
        ("Mother and daughter", "Bob Birch")
    ]
    with pytest.raises(Refused):
        dismiss(pair, by=cast.bob)
    reopen(pair, by=cast.bob)
    assert len(queue(cast.bob)) == 1


def test_what_changed_since_the_last_run_is_looked_at_alone(database, cast, twice):
    find_all(by=OPERATOR)
    database.commit()
    assert find_new(by=OPERATOR) is None
    third = add_person(
        NewPerson("Pria", "Kaur", home_region_id=cast.regions["NWI"].id), by=cast.bob
    )
    for person in (twice[0], third):
        add_contact_point(person, by=OPERATOR, kind="email", value="priya@example.org")
    database.commit()
    run = find_new(by=OPERATOR)
    assert (run.whole, run.people) == (False, 2)
    assert (twice[0].id, third.id) in queue(cast.bob)
    end_contact_point(contact_points_of(third)[0], by=OPERATOR)
    database.commit()
    find_new(by=OPERATOR)
    assert queue(cast.bob) == [(twice[0].id, twice[1].id)]


def test_a_run_over_what_changed_finds_what_a_whole_run_finds(database, cast):
    find_all(by=OPERATOR)
    council = make_council(region=cast.regions["NWI"])
    ward = make_ward(council)
    for name in ("Robert Cole", "Bob Cole", "Robert Coles", "Anne Jones", "Anne Smith-Jones"):
        person = add_person(NewPerson(*name.split(" ", 1)), by=OPERATOR)
        make_term(person, council, ward=ward)
        add_contact_point(
            person, by=OPERATOR, kind="address", value="1 High Street, Lancaster LA1 1AA"
        )
    database.commit()
    find_new(by=OPERATOR)
    little = {(one.low.id, one.high.id, one.pair.score) for one in all_open(OPERATOR)}
    find_all(by=OPERATOR)
    whole = {(one.low.id, one.high.id, one.pair.score) for one in all_open(OPERATOR)}
    assert little == whole
    assert len(whole) == 4


def test_two_people_can_be_put_side_by_side_by_hand(cast):
    one, other = (make_person(name, region=cast.regions["NWI"]) for name in ("Ann Ash", "Bo Elm"))
    pair = pair_up(one, other, by=cast.bob)
    assert (pair.low_id, pair.high_id, pair.score) == (one.id, other.id, 0)
    assert pair_up(other, one, by=cast.bob) is pair
    with pytest.raises(Invalid):
        pair_up(one, one, by=cast.bob)
    with pytest.raises(NotFound):
        pair_up(one, other, by=cast.eve)
