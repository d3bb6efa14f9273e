"""One record of two, and two of one again."""

from datetime import UTC, datetime

import pytest

from models import audit, clock
from models.accounts.permits import OPERATOR
from models.base import db
from models.contacts.actions import move_last_contacted
from models.contacts.tables import Interaction, InteractionPerson
from models.councillors.queries.offices import terms_and_roles_of
from models.councillors.tables import NetworkMembership
from models.errors import Conflict, Invalid, NotFound, Refused
from models.merging.actions.finding import dismiss, pair_up
from models.merging.actions.merging import merge
from models.merging.actions.undoing import unmerge
from models.merging.queries.pairs import merge_for, now_at, pairs_for, rows_of
from models.people.actions.marks import tag_person
from models.people.actions.memberships import MembershipFacts, add_membership
from models.people.actions.privacy import give_consent
from models.people.actions.reach import add_contact_point, end_contact_point
from models.people.actions.records import archive_person, change_person
from models.people.queries.facts import contact_points_of, memberships_of
from models.people.queries.people import find_people, person_for
from models.people.tables import Consent, ContactPoint
from tests.factories import make_council, make_person, make_term, saved


@pytest.fixture
def kept(cast):
    return make_person("Priya Kaur", region=cast.regions["NWI"], title="Cllr")


@pytest.fixture
def gone(cast):
    person = make_person("Pria Kaur", region=cast.regions["NWI"], known_as="Pip")
    add_contact_point(person, by=OPERATOR, kind="email", value="pip@example.org")
    return person


def test_facts_are_chosen_side_by_side(cast, kept, gone):
    merge(kept, gone, by=cast.bob, choices={"given_name": "gone", "title": "kept"})
    assert (kept.title, kept.given_name, kept.known_as) == ("Cllr", "Pria", "Pip")
    assert kept.given_key == "pria"
    assert find_people(cast.bob, "pip kaur") == [kept]
    assert gone.merged_into_id == kept.id
    assert now_at(gone.id) == kept.id


def test_what_one_side_alone_knows_is_taken_without_asking(cast, kept, gone):
    merge(kept, gone, by=cast.bob)
    assert (kept.given_name, kept.known_as) == ("Priya", "Pip")


def test_a_choice_that_is_none_is_refused(cast, kept, gone):
    with pytest.raises(Invalid) as refusal:
        merge(kept, gone, by=cast.bob, choices={"title": "both"})
    assert refusal.value.field == "title"


def test_both_records_must_be_the_mergers_to_see(cast, kept):
    outside = make_person("Priya Kaur", region=cast.regions["SO"])
    for by in (cast.bob, cast.eve):
        with pytest.raises(NotFound):
            merge(kept, outside, by=by)
        with pytest.raises(NotFound):
            merge(outside, kept, by=by)
    done = merge(kept, outside, by=cast.alice)
    with pytest.raises(NotFound):
        unmerge(done, by=cast.bob)


def test_whoever_saw_a_record_by_its_office_can_take_the_merge_back(cast):
    council = make_council(region=cast.regions["NWI"])
    kept, gone = make_person("Priya Kaur"), make_person("Priya Kaur")
    for person in (kept, gone):
        make_term(person, council)
    done = merge(kept, gone, by=cast.bob)
    assert merge_for(cast.bob, done.id).may_undo
    with pytest.raises(NotFound):
        merge_for(cast.eve, done.id)
    unmerge(done, by=cast.bob)
    assert person_for(cast.bob, gone.id) == gone


def test_dated_facts_of_both_are_kept(cast, kept, gone):
    council = make_council(region=cast.regions["NWI"])
    make_term(gone, council)
    add_contact_point(kept, by=OPERATOR, kind="email", value="priya@example.org")
    add_membership(gone, MembershipFacts(number="123456"), by=OPERATOR)
    merge(kept, gone, by=cast.bob)
    emails = {one.value for one in contact_points_of(kept)}
    assert emails == {"pip@example.org", "priya@example.org"}
    assert [one.number for one in memberships_of(kept)] == ["123456"]
    assert terms_and_roles_of(kept)[0][0].council_id == council.id
    assert contact_points_of(gone) == []


def test_what_both_have_is_kept_with_the_record_that_went(cast, kept, gone):
    for person, status in ((kept, "joined"), (gone, "prospect")):
        saved(NetworkMembership(person_id=person.id, status=status))
        tag_person(person, by=OPERATOR, name="Speaker")
    done = merge(kept, gone, by=cast.bob)
    current = db.session.query(NetworkMembership).filter_by(person_id=kept.id).one()
    assert current.status == "joined"
    assert {row.table: row.state for row in rows_of(done)} == {
        "contact_point": "moved",
        "network_membership": "parked",
        "person_tag": "parked",
    }
    unmerge(done, by=cast.bob)
    assert db.session.query(NetworkMembership).filter_by(person_id=gone.id).count() == 1


def test_the_last_contact_is_the_newest_of_both(cast, kept, gone):
    at = datetime(2026, 10, 1, 12, tzinfo=UTC)
    contact = saved(Interaction(at=at, channel="phone", summary="Spoke", logged_by_id=cast.bob.id))
    saved(InteractionPerson(interaction_id=contact.id, person_id=gone.id))
    move_last_contacted([gone.id])
    done = merge(kept, gone, by=cast.bob)
    assert (kept.last_contacted_at, gone.last_contacted_at) == (at, None)
    unmerge(done, by=cast.bob)
    assert (kept.last_contacted_at, gone.last_contacted_at) == (None, at)


def test_what_was_edited_since_stays_and_is_named(cast, kept, gone):
    add_contact_point(gone, by=OPERATOR, kind="mobile", value="07700 900123")
    done = merge(kept, gone, by=cast.bob)
    email = db.session.query(ContactPoint).filter_by(kind="email").one()
    end_contact_point(email, by=cast.bob)
    change_person(kept, by=cast.bob, values={"known_as": "Pri"})
    unmerge(done, by=cast.bob)
    assert done.left == [
        "Everyday name was changed since, and stays as it is.",
        "An address or number was edited since, and stays with the record it was merged into.",
    ]
    assert kept.known_as == "Pri"
    assert [one.kind for one in contact_points_of(gone)] == ["mobile"]
    assert email.person_id == kept.id


def test_a_record_merged_on_is_taken_back_in_order(cast, kept, gone):
    third = make_person("Prya Kaur", region=cast.regions["NWI"])
    first = merge(kept, gone, by=cast.bob)
    second = merge(third, kept, by=cast.bob)
    assert now_at(gone.id) == third.id
    with pytest.raises(Refused):
        unmerge(first, by=cast.bob)
    unmerge(second, by=cast.bob)
    unmerge(first, by=cast.bob)
    with pytest.raises(Refused):
        unmerge(first, by=cast.bob)
    assert [one.value for one in contact_points_of(gone)] == ["pip@example.org"]


def test_nobody_is_merged_twice_or_into_a_record_put_away(cast, kept, gone):
    third = make_person("Prya Kaur", region=cast.regions["NWI"])
    with pytest.raises(Invalid):
        merge(kept, kept, by=cast.bob)
    merge(kept, gone, by=cast.bob)
    with pytest.raises(Refused):
        merge(third, gone, by=cast.bob)
    archive_person(third, by=cast.bob, reason="Moved away")
    with pytest.raises(Refused):
        merge(third, kept, by=cast.bob)


def test_a_change_since_the_page_was_opened_is_a_conflict(cast, kept, gone):
    read = (kept.version, gone.version)
    change_person(gone, by=cast.alice, values={"title": "Ms"})
    with pytest.raises(Conflict):
        merge(kept, gone, by=cast.bob, versions=read)


def test_a_dismissal_holds_for_the_record_that_is_left(cast, kept, gone):
    third = make_person("Prya Kaur", region=cast.regions["NWI"])
    dismiss(pair_up(gone, third, by=cast.bob), by=cast.bob)
    merge(kept, gone, by=cast.bob)
    dismissed, _ = pairs_for(cast.bob, state="dismissed")
    assert [(line.low, line.high) for line in dismissed] == [(kept, third)]


def test_the_audit_says_who_merged_whom(database, cast, kept, gone):
    done = merge(kept, gone, by=cast.bob, choices={"given_name": "gone"})
    unmerge(done, by=cast.bob)
    database.commit()
    entries = database.query(audit.AuditEntry).order_by(audit.AuditEntry.seq).all()[-4:]
    assert [one.event for one in entries] == [
        "person.merged",
        "person.merged_away",
        "person.unmerged",
        "person.unmerged_away",
    ]
    assert entries[0].before["given_name"] == "Priya"
    assert entries[0].after["given_name"] == "Pria"
    assert {one.actor_id for one in entries} == {cast.bob.id}


def test_a_consent_follows_the_person(cast, kept, gone):
    give_consent(
        gone,
        by=cast.bob,
        purpose="Newsletter",
        wording="v1",
        channel="e-mail",
        given_on=clock.today(),
    )
    merge(kept, gone, by=cast.bob)
    assert db.session.query(Consent).one().person_id == kept.id
