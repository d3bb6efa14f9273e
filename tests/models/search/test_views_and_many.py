"""Saved views and acts on many: whose they are, done once, taken back, within one's region."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from models import clock
from models.audit import AuditEntry
from models.base import db
from models.contacts.follow_ups.actions import Promise
from models.contacts.tables import FollowUp, Interaction
from models.councillors.actions import add_role, change_term, move_in_network
from models.councillors.list import COUNCILLORS
from models.councillors.queries.network import network_of
from models.councillors.queries.offices import terms_of
from models.delegates.tables import DelegateTerm
from models.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from models.outbox import OutboxRow
from models.people.actions.marks import tag_person
from models.people.actions.privacy import give_consent, withdraw_consent
from models.people.actions.reach import add_contact_point
from models.people.tables import PersonTag
from models.search.actions.bulk import (
    Sent,
    assign_many,
    contact_many,
    invite_many,
    tag_many,
    undo_act,
)
from models.search.actions.views import change_view, remove_view, restore_view, save_view
from models.search.queries.bulk import acts_of, parts_of
from models.search.queries.views import view_for, views_for
from models.search.rules import MOST_PEOPLE, NETWORK, checked_number
from tests import lists
from tests.factories import make_constituency, make_council, make_person, make_term, saved


@pytest.fixture
def three(cast):
    council = make_council("Preston", region=cast.regions["NWI"])
    found = [
        make_person(f"{name} Kaur", region=cast.regions["NWI"]) for name in ("Ann", "Ben", "Cy")
    ]
    for person in found:
        make_term(person, council)
    return found


# Views


def test_a_view_is_ones_own_until_it_is_shared(cast):
    view = save_view("councillors", by=cast.bob, name="Asked", filters={"status": "invited"})
    assert views_for(cast.bob, "councillors") == [view]
    assert views_for(cast.eve, "councillors") == []
    change_view(view, by=cast.bob, name="Asked", shared=True)
    assert views_for(cast.eve, "councillors") == [view]
    with pytest.raises(NotFound):
        view_for(cast.eve, view.id)
    with pytest.raises(NotFound):
        remove_view(view, by=cast.eve)


def test_a_shared_view_counts_for_each_reader_their_own_people(cast, three):
    for args, count in (({}, 3), ({"text": "kaur"}, 3), ({"status": "joined"}, 0)):
        assert len(lists.lines(COUNCILLORS, cast.bob, **args)) == count
        assert lists.lines(COUNCILLORS, cast.eve, **args) == []


def test_a_view_needs_a_name_of_its_own_and_a_filter(cast):
    save_view("councillors", by=cast.bob, name="Mine", filters={"tag": "x"})
    for name, filters in (("", {"tag": "x"}), ("Mine", {"tag": "y"}), ("Other", {"sort": "name"})):
        with pytest.raises(Invalid):
            save_view("councillors", by=cast.bob, name=name, filters=filters)
    with pytest.raises(NotAllowed):
        save_view("councillors", by=cast.carol, name="Mine", filters={"tag": "x"})


def test_a_view_that_was_removed_can_be_put_back_or_begun_anew(cast):
    view = save_view("councillors", by=cast.bob, name="Mine", filters={"tag": "x"})
    remove_view(view, by=cast.bob)
    assert views_for(cast.bob, "councillors") == []
    restore_view(view, by=cast.bob)
    remove_view(view, by=cast.bob)
    again = save_view("councillors", by=cast.bob, name="Mine", filters={"tag": "y"})
    assert again.filters == {"tag": "y"}
    assert views_for(cast.bob, "councillors") == [again]


# Filters across related records


def test_the_list_is_narrowed_by_what_hangs_on_a_councillor(cast, three):
    ann, ben, _cy = three
    tag_person(ann, by=cast.bob, name="Speaker")
    term = terms_of(ben)[0]
    add_role(term, by=cast.bob, kind="cabinet", detail="Housing")
    change_term(term, by=cast.bob, values={"verified_on": clock.today()})
    ann.last_contacted_at = clock.now() - timedelta(days=10)
    ben.last_contacted_at = clock.now() - timedelta(days=100)
    given = Promise("Ring", cast.nora, clock.today())
    assign_many([ann, ben], given, by=cast.bob, sent=Sent("k"))
    place = {"constituency_id": make_constituency().id}
    saved(DelegateTerm(person_id=ben.id, **place))
    past = {"status": "resigned", "ended_on": clock.today(), "ended_from": "certified"}
    saved(DelegateTerm(person_id=ann.id, **place, **past))
    for args, count in (
        ({"tag": "speaker"}, 1),
        ({"role": "cabinet"}, 1),
        ({"quiet_days": 90}, 2),
        ({"owner": cast.nora.id}, 2),
        ({"verified_before": clock.today()}, 2),
        ({"ticked": f"{ann.id},0"}, 1),
        ({"tag": "speaker", "quiet_days": 90}, 0),
        ({"delegate": "now"}, 1),
        ({"delegate": "none"}, 2),
        ({"delegate": "now", "quiet_days": 90}, 1),
    ):
        assert len(lists.lines(COUNCILLORS, cast.bob, **args)) == count, args


# Many at once


def test_tagging_many_is_one_act_and_taking_it_back_leaves_what_was_there(cast, three):
    tag_person(three[0], by=cast.bob, name="Speaker")
    act = tag_many(three, by=cast.bob, name="speaker", sent=Sent("key"))
    assert tag_many(three, by=cast.bob, name="speaker", sent=Sent("key")).id == act.id
    assert db.session.query(PersonTag).count() == 3
    counts = dict(acts_of(cast.bob)[0])[act]
    assert counts == {"already": 1, "done": 2}
    undo_act(act, by=cast.bob)
    assert db.session.query(PersonTag).count() == 1
    with pytest.raises(Refused):
        undo_act(act, by=cast.bob)


def test_the_key_of_a_form_is_good_for_one_act_only(cast, three):
    tag_many(three, by=cast.bob, name="speaker", sent=Sent("key"))
    with pytest.raises(Conflict):
        tag_many(three, by=cast.bob, name="other", sent=Sent("key"))


def test_an_act_is_audited_with_everybody_it_touched(cast, three):
    act = tag_many(three, by=cast.bob, name="speaker", sent=Sent("key"))
    db.session.commit()
    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.event == "bulk.tag")).one()
    assert entry.subject_id == act.id
    assert entry.after["people"] == [person.id for person in three]


def test_a_follow_up_for_many_goes_to_somebody_who_sees_them_all(cast, three):
    due = clock.today() + timedelta(days=7)
    with pytest.raises(Invalid):
        assign_many(three, Promise("Ring", cast.eve, due), by=cast.alice, sent=Sent("a"))
    given = Promise("Ring", cast.nora, due)
    act = assign_many(three, given, by=cast.bob, sent=Sent("b"))
    assert {one.owner_id for one in db.session.query(FollowUp)} == {cast.nora.id}
    undo_act(act, by=cast.bob)
    assert {one.status for one in db.session.query(FollowUp)} == {"cancelled"}


def test_one_contact_with_many_is_logged_once_and_taken_back_whole(cast, three):
    act = contact_many(
        three, by=cast.bob, at=clock.now(), channel="event", summary="May Day", sent=Sent("c")
    )
    assert db.session.query(Interaction).count() == 1
    assert three[0].last_contacted_at is not None
    undo_act(act, by=cast.bob)
    assert db.session.query(Interaction).one().removed_at is not None


def test_an_invitation_goes_by_mail_only_where_that_is_allowed(cast, three):
    ann, ben, cy = three
    today = clock.today()
    for person, address in ((ann, "ann@example.org"), (ben, "ben@example.org")):
        add_contact_point(person, by=cast.bob, kind="email", value=address)
    consent = {"purpose": NETWORK, "wording": "v1", "channel": "e-mail"}
    give_consent(ann, by=cast.bob, given_on=today, **consent)
    withdrawn = give_consent(ben, by=cast.bob, given_on=today, **consent)
    withdraw_consent(withdrawn, by=cast.bob)
    move_in_network(cy, by=cast.bob, step="record-joined")
    act = invite_many(three, by=cast.bob, sent=Sent("i"))
    outcomes = {part.person_id: part.outcome for part, _person in parts_of(cast.bob, act)}
    assert outcomes == {ann.id: "mailed", ben.id: "done", cy.id: "already"}
    letters = db.session.query(OutboxRow).all()
    assert [letter.payload["to"] for letter in letters] == ["ann@example.org"]
    assert network_of(ben).status == "invited"
    with pytest.raises(Refused):
        undo_act(act, by=cast.bob)


def test_nobody_of_another_region_is_touched(cast, three):
    for do in (
        lambda: tag_many(three, by=cast.eve, name="x", sent=Sent("1")),
        lambda: invite_many(three, by=cast.eve, sent=Sent("2")),
    ):
        with pytest.raises(NotFound):
            do()
    with pytest.raises(NotAllowed):
        tag_many(three, by=cast.terry, name="x", sent=Sent("3"))
    act = tag_many(three, by=cast.bob, name="x", sent=Sent("4"))
    with pytest.raises(NotFound):
        undo_act(act, by=cast.nora)


def test_one_act_takes_so_many_and_not_nobody(cast):
    with pytest.raises(Invalid):
        tag_many([], by=cast.bob, name="x", sent=Sent("1"))
    with pytest.raises(Invalid):
        checked_number(MOST_PEOPLE + 1)
