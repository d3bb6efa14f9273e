"""The Councillors' Network: its steps, its list, and who sees whom in it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models import clock
from models.councillors import workflow
from models.councillors.actions import move_in_network
from models.councillors.list import COUNCILLORS
from models.councillors.queries.network import network_history, network_of
from models.councillors.queries.offices import councils_with_offices, offices_in_words
from models.errors import Invalid, NotFound, Refused
from tests import lists
from tests.factories import make_council, make_party, make_person, make_term, make_ward

TODAY = clock.today()


@pytest.fixture
def priya(cast):
    return make_person("Priya Kaur", region=cast.regions["NWI"])


@pytest.mark.parametrize("step", workflow.STEPS, ids=lambda step: f"{step.from_status}-{step.name}")
def test_each_step_is_possible_from_its_status_and_no_other(step):
    reason = "Because" if step.needs_reason else None
    assert workflow.verdict(step.name, step.from_status, reason).allowed
    for other in {None, *workflow.STATUSES} - {
        s.from_status for s in workflow.STEPS if s.name == step.name
    }:
        assert not workflow.verdict(step.name, other, "Because").allowed
    if step.needs_reason:
        assert workflow.verdict(step.name, step.from_status, " ").because == "Say why."


def test_every_status_but_the_first_can_be_reached_and_left():
    assert {step.to_status for step in workflow.STEPS} == set(workflow.STATUSES)
    assert all(workflow.steps_from(status) for status in workflow.STATUSES)


def test_a_way_through_the_network_is_kept_as_rows(cast, priya):
    for step, reason in (
        ("prospect", None),
        ("invite", None),
        ("join", None),
        ("leave", "No time"),
        ("invite-again", "Re-elected"),
    ):
        move_in_network(priya, by=cast.bob, step=step, reason=reason)
    assert network_of(priya).status == "invited"
    history = network_history(priya)
    assert [line.membership.status for line in reversed(history)] == [
        "prospect",
        "invited",
        "joined",
        "left",
        "invited",
    ]
    assert history[0].author == "Bob Birch"


def test_a_refused_step_says_why(cast, priya):
    with pytest.raises(Refused) as refusal:
        move_in_network(priya, by=cast.bob, step="join")
    assert "not in the network" in refusal.value.message
    move_in_network(priya, by=cast.bob, step="record-joined")
    with pytest.raises(Refused) as refusal:
        move_in_network(priya, by=cast.bob, step="leave")
    assert refusal.value.field == "reason"


def test_a_step_cannot_be_dated_before_the_last_one(cast, priya):
    move_in_network(priya, by=cast.bob, step="prospect", at=datetime(2026, 1, 5, tzinfo=UTC))
    with pytest.raises(Invalid):
        move_in_network(priya, by=cast.bob, step="invite", at=datetime(2026, 1, 4, tzinfo=UTC))


def test_another_region_cannot_move_somebody(cast, priya):
    with pytest.raises(NotFound):
        move_in_network(priya, by=cast.eve, step="prospect")


@pytest.fixture
def network(cast):
    """Three in office in two regions, one who has left office, one archived."""
    preston = make_council("Preston", region=cast.regions["NWI"])
    kent = make_council("Kent", region=cast.regions["SO"])
    labour, green = make_party("Labour"), make_party("Green")
    ann = make_person("Ann Lee", last_contacted_at=datetime(2026, 1, 5, tzinfo=UTC))
    ben, cat, dee = (make_person(name) for name in ("Ben Árpád", "Cat Moss", "Dee Old"))
    make_term(ann, preston, ward=make_ward(preston, "Ribble"), party_id=labour.id)
    make_term(ben, preston, party_id=green.id, expected_end=TODAY + timedelta(days=30))
    make_term(cat, kent, party_id=labour.id, expected_end=TODAY - timedelta(days=3))
    make_term(dee, preston, actual_end=date(2023, 5, 4))
    gone = make_person("Flo Gone", archived_at=clock.now())
    make_term(gone, preston)
    move_in_network(ann, by=cast.alice, step="record-joined")
    move_in_network(ben, by=cast.alice, step="record-invited")
    return {"preston": preston, "labour": labour, "kent": kent}


def names(reader, **args):
    return lists.names(COUNCILLORS, reader, **args)


def test_the_list_shows_each_reader_their_own(cast, network):
    assert names(cast.alice) == ["Ben", "Ann", "Cat"]
    assert names(cast.bob) == ["Ben", "Ann"]
    assert names(cast.eve) == ["Cat"]


def test_the_list_can_be_narrowed(cast, network):
    alice = cast.alice
    assert names(alice, region="SO") == ["Cat"]
    assert names(alice, council=network["preston"].id) == ["Ben", "Ann"]
    assert names(alice, party=network["labour"].id) == ["Ann", "Cat"]
    assert names(alice, status="joined") == ["Ann"]
    assert names(alice, status="none") == ["Cat"]
    assert names(alice, ending_before=TODAY + timedelta(days=60)) == ["Ben", "Cat"]
    assert names(alice, no_contact_since=date(2026, 1, 5)) == ["Ben", "Cat"]
    assert names(alice, no_contact_since=date(2026, 1, 6)) == ["Ben", "Ann", "Cat"]
    assert names(alice, text="arpad") == ["Ben"]
    assert names(alice, text="ribb") == ["Ann"]
    assert names(alice, text="kent") == ["Cat"]
    assert names(alice, office="overdue") == ["Cat"]
    assert names(alice, office="former") == ["Dee"]
    assert names(alice, office="any") == ["Ben", "Ann", "Cat", "Dee"]


def test_the_list_can_be_sorted_and_nobody_is_lost_between_the_known_and_the_unknown(cast, network):
    alice = cast.alice
    assert names(alice, sort="end") == ["Cat", "Ben", "Ann"]
    assert names(alice, sort="-end") == ["Ann", "Ben", "Cat"]
    assert names(alice, sort="contact") == ["Ben", "Cat", "Ann"]
    assert names(alice, sort="-contact") == ["Ann", "Cat", "Ben"]
    assert names(alice, sort="party") == ["Ben", "Ann", "Cat"]
    assert names(alice, sort="council") == ["Cat", "Ann", "Ben"]


def test_the_tabs_count_what_they_list(cast, network):
    assert lists.tabs(COUNCILLORS, cast.alice) == {
        "In office": 3,
        "Network": 1,
        "Invited": 1,
        "Not asked": 1,
        "Ends soon": 2,
        "Over?": 1,
        "Not contacted": 3,
        "Former": 1,
    }
    assert lists.tabs(COUNCILLORS, cast.eve)["In office"] == 1
    assert [c.name for c in councils_with_offices(cast.eve)] == ["Kent"]


def test_offices_are_said_in_words(cast, network):
    (ann,) = lists.lines(COUNCILLORS, cast.alice, text="ann")
    assert offices_in_words([ann.person_id]) == {ann.person_id: "Ribble, Preston (Labour)"}
