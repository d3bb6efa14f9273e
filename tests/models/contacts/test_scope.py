"""Who may read what: Bob and Nora (North West), Eve (Southern), Dan (support), Terry, Grace."""

from datetime import timedelta

import pytest

from models import clock
from models.contacts.actions import remove_contact
from models.contacts.follow_ups.queries import owners_for
from models.contacts.list import CONTACTS
from models.contacts.queries import company_of, contact_for, contacts_by_month
from models.contacts.timeline import timeline_for
from models.errors import NotFound
from models.people.tables import Person
from models.query_args import Given
from models.workshop import reading
from models.workshop.asking import ask, question
from tests import lists


def read_by(user, **narrowed):
    return {line.id for line in lists.lines(CONTACTS, user, **narrowed)}


def test_a_region_reads_its_own_and_the_national_offices_contacts(people, log, cast):
    own, national = log(people.ivy, by=cast.bob), log(people.ivy, by=cast.alice)
    foreign = log(people.ivy, by=cast.eve)
    assert read_by(cast.bob) == {own.id, national.id}
    assert read_by(cast.nora) == {own.id, national.id}
    assert read_by(cast.eve) == {foreign.id, national.id}
    for user in (cast.alice, cast.olive, cast.dan, cast.grace):
        assert read_by(user) == {own.id, national.id, foreign.id}


def test_a_region_does_not_read_national_contacts_with_foreign_people(people, log, cast):
    contact = log(people.sam, by=cast.alice)
    assert read_by(cast.bob) == set()
    with pytest.raises(NotFound):
        contact_for(cast.bob, contact.id)
    assert contact_for(cast.eve, contact.id) is contact


def test_foreign_people_of_a_contact_are_counted_and_not_named(people, log, cast):
    contact = log(people.nia, people.sam, people.abroad, by=cast.alice)
    everybody = "Nia Nolan, Sam Sands, Una Unmapped"
    for user, words in ((cast.bob, "Nia Nolan and 2 others"), (cast.alice, everybody)):
        assert company_of([contact.id], user)[contact.id].words == words
        found = lists.lines(CONTACTS, user)
        assert reading.loaded(CONTACTS.columns, found, user)["who"][contact.id].words == words


def test_a_confidential_contact_is_for_its_author_and_who_holds_the_permit(people, log, cast):
    contact = log(people.nia, by=cast.bob, confidential=True)
    for user in (cast.bob, cast.alice, cast.olive, cast.grace):
        assert read_by(user) == {contact.id}
    for user in (cast.nora, cast.dan, cast.eve):
        assert read_by(user) == set()
        assert timeline_for(user, people.nia) == []
        with pytest.raises(NotFound):
            contact_for(user, contact.id)


def test_what_was_taken_back_is_in_no_list(people, log, cast):
    contact = log(people.nia)
    remove_contact(contact, by=cast.bob)
    assert read_by(cast.alice) == set()
    assert contact_for(cast.bob, contact.id, removed=True) is contact
    with pytest.raises(NotFound):
        contact_for(cast.eve, contact.id, removed=True)


def test_filters_narrow_the_list(people, log, cast):
    call = log(people.nia, hours=1)
    mail = log(people.ivy, hours=24 * 40, channel="email", summary="100% agreed_with us")
    other = log(people.nia, by=cast.nora, hours=2)
    assert read_by(cast.bob, channel="email") == {mail.id}
    assert read_by(cast.bob, person=people.nia.id) == {call.id, other.id}
    assert read_by(cast.bob, view="mine") == {call.id, mail.id}
    month_ago = clock.today() - timedelta(days=30)
    assert read_by(cast.bob, until=month_ago) == {mail.id}
    assert read_by(cast.bob, since=month_ago) == {call.id, other.id}
    assert read_by(cast.bob, q="100% AGREED") == {mail.id}
    assert read_by(cast.bob, q="nolan ni") == {call.id, other.id}
    assert read_by(cast.bob, q="%") == {mail.id}
    assert read_by(cast.bob, q="nobody") == set()


def test_a_filter_by_name_does_not_betray_a_foreign_person(people, log, cast):
    log(people.nia, people.sam, by=cast.alice, summary="Spoke of the budget")
    assert read_by(cast.bob, q="Sands") == set()
    given = Given({"person": people.sam.id})
    assert not ask(CONTACTS, cast.bob, given).is_narrowed
    assert given.left_out
    assert reading.page(question(CONTACTS, cast.bob, person=people.sam.id)) == ()
    assert len(read_by(cast.alice, q="Sands")) == 1


def test_pages_are_in_order_and_do_not_overlap(people, log, cast):
    ids = [log(people.nia, hours=hours).id for hours in range(1, 8)]
    asked = question(CONTACTS, cast.bob)
    assert [line.id for line in reading.page(asked, number=1, size=3)] == ids[:3]
    assert [line.id for line in reading.page(asked, number=3, size=3)] == ids[6:]
    assert reading.count(asked) == 7


def test_the_timeline_says_with_whom_and_by_whom(people, log, cast):
    log(people.nia, people.sam, by=cast.alice, outcome="spoke", channel="meeting")
    (event,) = timeline_for(cast.bob, people.nia)
    assert event["title"] == "Meeting"
    assert event["meta"] == "with 1 other · Spoke · logged by Alice Ash"
    (event,) = timeline_for(cast.alice, people.nia)
    assert event["meta"].startswith("with Sam Sands")
    assert timeline_for(cast.terry, people.nia) == []
    assert timeline_for(cast.bob, people.sam) == []


def test_the_number_of_queries_does_not_grow_with_the_list(people, log, cast, queries):
    for hours in range(1, 6):
        log(people.nia, people.ivy, hours=hours)
    for user in (cast.bob, cast.alice):
        assert user.region_ids != frozenset(), "the user is loaded with regions, as in a request"
        begun = len(queries)
        found = reading.page(question(CONTACTS, user))
        reading.loaded(CONTACTS.columns, found, user)
        assert len(queries) - begun <= 2


def test_contacts_by_month_counts_what_the_reader_may_see(people, log, cast):
    log(people.ivy, by=cast.bob, hours=0)
    log(people.ivy, by=cast.eve, hours=0)
    months = contacts_by_month(cast.bob)
    assert len(months) == 12
    assert months[-1] == (clock.today().replace(day=1), 1)
    assert contacts_by_month(cast.alice)[-1][1] == 2
    assert sum(count for _, count in months[:-1]) == 0


def test_owners_are_never_of_another_region_and_can_always_write(cast):
    names = {owner.email.split("@")[0] for owner in owners_for(cast.bob)}
    assert names == {"alice", "olive", "bob", "dan", "nora"}
    names = {owner.email.split("@")[0] for owner in owners_for(cast.alice)}
    assert names == {"alice", "olive", "bob", "eve", "dan", "nora"}


def test_a_person_keeps_the_row_of_a_contact_that_nobody_else_may_see(people, log, cast):
    log(people.nia, confidential=True)
    assert isinstance(people.nia, Person)
    assert people.nia.last_contacted_at is not None
