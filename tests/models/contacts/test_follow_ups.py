"""Promises: who sees them, who may move them."""

from datetime import timedelta

import pytest

from models import clock
from models.contacts.actions import remove_contact, restore_contact
from models.contacts.follow_ups.actions import (
    Promise,
    add_follow_up,
    cancel_follow_up,
    change_follow_up,
    finish_follow_up,
    reopen_follow_up,
)
from models.contacts.follow_ups.list import FOLLOW_UPS, queue_for
from models.contacts.follow_ups.queries import follow_up_for
from models.errors import Invalid, NotAllowed, NotFound
from models.workshop.asking import question
from models.workshop.reading import page
from tests import lists


@pytest.fixture
def promised(people, log, cast):
    """`promised(days, owner=…)` logs a contact of Bob's with a follow-up due in so many days."""

    def promised(days=3, *, owner=None, by=None, person=None, what="Send the briefing", **values):
        # A due date in the past cannot be typed: it is made by time going by.
        promise = Promise(what, owner or cast.bob, clock.today() + timedelta(days=max(days, 0)))
        contact = log(person or people.nia, by=by or cast.bob, follow_up=promise, **values)
        (line,) = lines(cast.alice, contact=contact.id)
        follow_up = follow_up_for(cast.alice, line.id)
        if days < 0:
            follow_up.due_on = clock.today() + timedelta(days=days)
        return follow_up

    return promised


def lines(user, **narrowed):
    return lists.lines(FOLLOW_UPS, user, **{"owner": "all", **narrowed})


def ids(user, **narrowed):
    return [line.id for line in lines(user, **narrowed)]


def test_states_and_counts(promised, cast):
    late, now, later, done = promised(-2), promised(0), promised(30), promised(5)
    finish_follow_up(done, by=cast.bob)
    assert ids(cast.bob, state="overdue") == [late.id]
    assert ids(cast.bob, state="due") == [now.id, later.id]
    assert ids(cast.bob, state="soon") == [late.id, now.id]
    assert ids(cast.bob, state="done") == [done.id]
    assert set(ids(cast.bob, state="all")) == {late.id, now.id, later.id, done.id}
    counts = {"Open": 3, "Overdue": 1, "Due": 2, "Done": 1, "All": 4, "Everybody’s": 3}
    assert lists.tabs(FOLLOW_UPS, cast.bob) == counts
    assert lists.tabs(FOLLOW_UPS, cast.nora) == {**dict.fromkeys(counts, 0), "Everybody’s": 3}
    assert ids(cast.bob, owner=cast.nora.id, state="all") == []
    assert ids(cast.nora, owner=cast.bob.id, state="due") == [now.id, later.id]


def test_what_was_done_last_comes_first(promised, cast):
    first, second = promised(2), promised(1)
    finish_follow_up(first, by=cast.bob)
    finish_follow_up(second, by=cast.bob)
    first.closed_at -= timedelta(hours=1)
    assert ids(cast.bob, state="done", sort="-closed") == [second.id, first.id]


def test_follow_ups_are_found_by_what_was_promised_and_to_whom(promised, people, cast):
    ring, brief = promised(what="Ring 100% sure"), promised(person=people.ivy)
    assert ids(cast.bob, text="100%") == [ring.id]
    assert ids(cast.bob, text="iqbal") == [brief.id]
    assert ids(cast.eve, text="iqbal") == []


def test_the_list_without_a_word_is_the_readers_own(promised, cast):
    mine = promised()
    promised(owner=cast.nora)
    assert [line.id for line in lists.lines(FOLLOW_UPS, cast.bob)] == [mine.id]
    assert mine.id not in {line.id for line in lists.lines(FOLLOW_UPS, cast.nora)}


def test_the_queue_is_the_readers_own_and_the_most_urgent_first(promised, cast):
    soon, late = promised(5), promised(-1)
    promised(2, owner=cast.nora)
    promised(20)
    rows = queue_for(cast.bob)
    assert [row.id for row in rows] == [late.id, soon.id]
    assert [row.id for row in queue_for(cast.bob, limit=1)] == [late.id]
    assert rows[0].stands == ("Overdue 1 day", "bad")
    assert rows[0].name == "Nia Nolan"
    assert queue_for(cast.carol) == ()


def test_done_twice_is_done_once_and_can_be_reopened(promised, cast):
    follow_up = promised()
    finish_follow_up(follow_up, by=cast.bob)
    closed = follow_up.closed_at
    finish_follow_up(follow_up, by=cast.bob)
    assert (follow_up.status, follow_up.closed_at) == ("done", closed)
    reopen_follow_up(follow_up, by=cast.nora)
    assert (follow_up.status, follow_up.closed_at) == ("open", None)
    cancel_follow_up(follow_up, by=cast.bob)
    assert follow_up.status == "cancelled"


def test_another_region_neither_sees_nor_moves_it(promised, people, cast):
    follow_up = promised(person=people.ivy)
    assert ids(cast.eve, state="all") == []
    for act in (finish_follow_up, cancel_follow_up, reopen_follow_up, change_follow_up):
        with pytest.raises(NotFound):
            act(follow_up, by=cast.eve)


def test_a_region_does_not_see_what_the_national_office_promised_itself(promised, cast):
    follow_up = promised(owner=cast.alice, by=cast.alice)
    assert ids(cast.bob, state="all") == []
    change_follow_up(follow_up, owner=cast.bob, by=cast.alice)
    assert ids(cast.bob, state="all") == [follow_up.id]


def test_who_may_not_write_cannot_move_it(promised, cast):
    follow_up = promised()
    for user in (cast.grace, cast.terry, cast.carol):
        for act in (finish_follow_up, cancel_follow_up, reopen_follow_up, change_follow_up):
            with pytest.raises(NotAllowed):
                act(follow_up, by=user)


def test_an_owner_must_be_able_to_see_the_person(promised, people, cast):
    follow_up = promised(by=cast.alice, owner=cast.alice)
    with pytest.raises(Invalid) as caught:
        change_follow_up(follow_up, owner=cast.eve, by=cast.alice)
    assert caught.value.field == "owner"
    with pytest.raises(Invalid):
        promised(owner=cast.eve, by=cast.bob, person=people.ivy)
    with pytest.raises(Invalid):
        promised(owner=cast.carol, by=cast.alice)
    assert promised(owner=cast.eve, by=cast.alice, person=people.ivy).owner_id == cast.eve.id


def test_the_owner_of_a_follow_up_to_a_confidential_contact_sees_only_the_promise(promised, cast):
    follow_up = promised(owner=cast.nora, confidential=True)
    (line,) = lines(cast.nora)
    assert (line.id, line.contact_id) == (follow_up.id, None)
    assert ids(cast.dan) == []
    assert lines(cast.bob)[0].contact_id == follow_up.interaction_id


def test_a_contact_taken_back_takes_its_follow_ups_along(promised, cast):
    follow_up = promised()
    from models.contacts.queries import contact_for

    contact = contact_for(cast.bob, follow_up.interaction_id)
    remove_contact(contact, by=cast.bob)
    assert ids(cast.bob, state="all") == []
    assert queue_for(cast.bob) == ()
    with pytest.raises(NotFound):
        finish_follow_up(follow_up, by=cast.bob)
    restore_contact(contact, by=cast.bob)
    assert ids(cast.bob, state="all") == [follow_up.id]


def test_putting_off_handing_over_and_wording_anew(promised, cast):
    follow_up = promised(-3)
    change_follow_up(follow_up, what="Ring again", owner=cast.nora, by=cast.bob)
    assert follow_up.due_on < clock.today()
    change_follow_up(follow_up, due_on=clock.today(), by=cast.nora)
    assert (follow_up.what, follow_up.owner_id) == ("Ring again", cast.nora.id)
    with pytest.raises(Invalid):
        change_follow_up(follow_up, due_on=clock.today() - timedelta(days=1), by=cast.bob)
    with pytest.raises(Invalid):
        change_follow_up(follow_up, what=" ", by=cast.bob)


def test_a_follow_up_can_be_added_later_to_somebody_of_the_contact(people, log, cast):
    contact = log(people.nia)
    values = {"what": "Ring", "owner": cast.bob, "due_on": clock.today(), "by": cast.bob}
    follow_up = add_follow_up(contact, people.nia, **values)
    assert ids(cast.bob, contact_id=contact.id) == [follow_up.id]
    assert ids(cast.bob, text=people.nia.name) == [follow_up.id]
    with pytest.raises(NotFound):
        add_follow_up(contact, people.ivy, **values)
    with pytest.raises(NotFound):
        add_follow_up(contact, people.nia, **{**values, "by": cast.eve})
    with pytest.raises(NotAllowed):
        add_follow_up(log(people.nia, by=cast.alice), people.nia, **values)


def test_the_number_of_queries_does_not_grow_with_the_list(promised, cast, queries):
    for days in range(5):
        promised(days)
    assert cast.bob.name, "the user is loaded, as in a request"
    begun = len(queries)
    page(question(FOLLOW_UPS, cast.bob))
    assert len(queries) - begun <= 1
