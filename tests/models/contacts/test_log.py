"""Logging, changing, taking back."""

import random
from datetime import timedelta

import pytest

from models import audit, clock
from models.base import db
from models.contacts.actions import change_contact, log_contact, remove_contact, restore_contact
from models.contacts.follow_ups.actions import Promise
from models.contacts.follow_ups.list import FOLLOW_UPS
from models.contacts.list import CONTACTS
from models.contacts.queries import contact_for, people_in
from models.contacts.tables import Interaction, InteractionPerson
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.people.tables import Person
from tests import lists


def last_contacted(person):
    return db.session.get(Person, person.id, populate_existing=True).last_contacted_at


def test_a_contact_moves_last_contacted_of_everybody_in_it(people, log):
    contact = log(people.nia, people.ivy)
    assert last_contacted(people.nia) == contact.at
    assert last_contacted(people.ivy) == contact.at
    assert last_contacted(people.sam) is None


def test_an_older_contact_does_not_move_last_contacted_back(people, log):
    newest = log(people.nia, hours=1)
    log(people.nia, hours=48)
    assert last_contacted(people.nia) == newest.at


def test_logging_does_not_make_an_open_form_of_the_person_stale(people, log):
    before = people.nia.version
    log(people.nia)
    db.session.refresh(people.nia)
    assert people.nia.version == before


def test_taking_back_moves_last_contacted_back_and_putting_back_forward(people, log, cast):
    older, newer = log(people.nia, hours=48), log(people.nia, hours=1)
    remove_contact(newer, by=cast.bob)
    assert last_contacted(people.nia) == older.at
    remove_contact(newer, by=cast.bob)
    restore_contact(newer, by=cast.bob)
    assert last_contacted(people.nia) == newer.at
    remove_contact(newer, by=cast.bob)
    remove_contact(older, by=cast.bob)
    assert last_contacted(people.nia) is None


@pytest.mark.parametrize("seed", range(4))
def test_last_contacted_is_always_the_newest_contact_that_stands(people, log, cast, seed):
    dice = random.Random(seed)
    everybody = [people.nia, people.sam, people.ivy, people.abroad]
    logged = []
    for _ in range(25):
        act = dice.random()
        if act < 0.5 or not logged:
            chosen = dice.sample(everybody, dice.randint(1, 3))
            logged.append(log(*chosen, by=cast.alice, hours=dice.randint(1, 500)))
        elif act < 0.65:
            remove_contact(dice.choice(logged), by=cast.alice)
        elif act < 0.8:
            restore_contact(dice.choice(logged), by=cast.alice)
        else:
            standing = [contact for contact in logged if contact.removed_at is None]
            if standing:
                chosen = dice.sample(everybody, dice.randint(1, 3))
                at = clock.now() - timedelta(hours=dice.randint(1, 500))
                change_contact(dice.choice(standing), by=cast.alice, people=chosen, at=at)
        for person in everybody:
            moments = [
                contact.at
                for contact in db.session.query(Interaction)
                .join(InteractionPerson, InteractionPerson.interaction_id == Interaction.id)
                .filter(InteractionPerson.person_id == person.id)
                if contact.removed_at is None
            ]
            expected = max(moments, default=None)
            assert last_contacted(person) == expected


def test_the_same_form_twice_is_one_contact_and_one_follow_up(people, log, cast):
    at = clock.now()
    promise = Promise("Send the briefing", cast.bob, clock.today())
    first = log(people.nia, at=at, form_key="key-1", follow_up=promise)
    second = log(people.nia, at=at, form_key="key-1", follow_up=promise)
    assert first.id == second.id
    assert len(lists.lines(CONTACTS, cast.bob)) == 1
    assert len(lists.lines(FOLLOW_UPS, cast.bob)) == 1


def test_a_form_cannot_be_used_for_something_else(people, log, cast):
    at = clock.now()
    contact = log(people.nia, at=at, form_key="key-1")
    with pytest.raises(Conflict):
        log(people.nia, at=at, form_key="key-1", summary="Something else")
    with pytest.raises(Conflict):
        log(people.nia, at=at, form_key="key-1", by=cast.alice)
    remove_contact(contact, by=cast.bob)
    with pytest.raises(Conflict):
        log(people.nia, at=at, form_key="key-1")


def test_who_may_not_write_cannot_log(people, log, cast):
    for user in (cast.carol, cast.terry, cast.grace):
        with pytest.raises(NotAllowed):
            log(people.nia, by=user)


def test_a_region_cannot_log_a_contact_with_a_foreign_person(people, log, cast):
    with pytest.raises(NotFound):
        log(people.sam, by=cast.bob)
    with pytest.raises(NotFound):
        log(people.nia, people.sam, by=cast.bob)
    assert lists.lines(CONTACTS, cast.alice) == []


def test_a_contact_needs_people_words_and_a_moment_that_has_been(people, log):
    for changed, field in (
        ({"summary": " "}, "summary"),
        ({"at": clock.now() + timedelta(hours=1)}, "at"),
        ({"channel": "pigeon"}, "channel"),
    ):
        with pytest.raises(Invalid) as caught:
            log(people.nia, **changed)
        assert caught.value.field == field
    with pytest.raises(Invalid):
        log()


def test_the_contact_belongs_to_the_region_of_who_logged_it(people, log, cast):
    assert log(people.nia, by=cast.bob).region_id == cast.regions["NWI"].id
    assert log(people.nia, by=cast.alice).region_id is None


def test_with_several_regions_the_one_that_knows_the_people_counts(people, log, cast):
    cast.bob.regions = [cast.regions["NWI"], cast.regions["SO"]]
    db.session.flush()
    assert log(people.nia, by=cast.bob).region_id == cast.regions["NWI"].id
    assert log(people.sam, by=cast.bob).region_id == cast.regions["SO"].id


def test_a_colleague_of_the_region_may_correct_a_contact(people, log, cast):
    contact = log(people.nia, by=cast.bob)
    change_contact(contact, by=cast.nora, summary=" Corrected ", version=contact.version)
    assert contact.summary == "Corrected"
    with pytest.raises(Conflict):
        change_contact(contact, by=cast.bob, summary="Late", version=1)


def test_a_region_can_read_but_not_change_what_the_national_office_logged(people, log, cast):
    contact = log(people.nia, by=cast.alice)
    assert contact_for(cast.bob, contact.id) is contact
    for act in (
        lambda: change_contact(contact, by=cast.bob, summary="Mine"),
        lambda: remove_contact(contact, by=cast.bob),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_another_region_cannot_change_or_take_back(people, log, cast):
    contact = log(people.ivy, by=cast.bob)
    for act in (
        lambda: change_contact(contact, by=cast.eve, summary="Mine"),
        lambda: remove_contact(contact, by=cast.eve),
    ):
        with pytest.raises(NotFound):
            act()
    remove_contact(contact, by=cast.bob)
    with pytest.raises(NotFound):
        restore_contact(contact, by=cast.eve)


def test_changing_the_people_keeps_those_whom_the_region_cannot_see(people, log, cast):
    contact = log(people.nia, people.sam, by=cast.alice)
    contact.region_id = cast.regions["NWI"].id
    db.session.flush()
    change_contact(contact, by=cast.bob, people=[people.ivy])
    names = {person.name for person in people_in(cast.alice, contact)}
    assert names == {"Ivy Iqbal", "Sam Sands"}
    assert last_contacted(people.nia) is None
    assert last_contacted(people.ivy) == contact.at


def test_nothing_changed_is_nothing_recorded(people, log, cast):
    contact = log(people.nia)
    db.session.commit()
    change_contact(contact, by=cast.bob, summary=contact.summary)
    db.session.commit()
    events = [entry.event for entry in db.session.query(audit.AuditEntry)]
    assert events.count("contact.changed") == 0
    assert events.count("contact.logged") == 1


def test_each_change_is_audited_with_before_and_after(people, log, cast):
    contact = log(people.nia)
    change_contact(contact, by=cast.bob, outcome="agreed", people=[people.nia, people.ivy])
    remove_contact(contact, by=cast.bob)
    db.session.commit()
    rows = db.session.query(audit.AuditEntry).order_by(audit.AuditEntry.seq).all()
    changed = next(row for row in rows if row.event == "contact.changed")
    assert changed.before == {"outcome": None, "people": [people.nia.id]}
    assert changed.after == {"outcome": "agreed", "people": sorted([people.nia.id, people.ivy.id])}
    assert rows[-1].event == "contact.removed"
    assert rows[-1].actor_id == cast.bob.id


def test_two_sends_at_once_are_one_contact(fresh_database):
    from threading import Barrier, Thread

    from tests.cast import load_cast
    from tests.factories import make_person

    with fresh_database.app_context():
        cast = load_cast()
        person_id = make_person("Nia Nolan", region=cast.regions["NWI"]).id
    at, barrier, ids = clock.now(), Barrier(4), []

    def send():
        with fresh_database.app_context():
            bob, person = load_cast().bob, db.session.get(Person, person_id)
            db.session.rollback()
            barrier.wait(timeout=20)
            contact = log_contact(
                [person], at=at, channel="phone", summary="Once", by=bob, form_key="same"
            )
            ids.append(contact.id)
            db.session.commit()
            db.session.remove()

    threads = [Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(ids) == 4
    assert len(set(ids)) == 1
