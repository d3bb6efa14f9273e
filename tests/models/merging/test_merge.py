"""One record of two, and two of one again."""

from datetime import UTC, datetime

import pytest

from models import audit, clock, contacts, councillors, merging, people
from models.accounts import OPERATOR
from models.base import db
from models.contacts.tables import Interaction, InteractionPerson
from models.councillors.tables import NetworkMembership
from models.errors import Conflict, Invalid, NotFound, Refused
from models.people import Consent, ContactPoint, MembershipFacts
from tests.factories import make_council, make_person, make_term, saved


@pytest.fixture
def kept(cast):
    return make_person("Priya Kaur", region=cast.regions["NWI"], title="Cllr")


@pytest.fixture
def gone(cast):
    person = make_person("Pria Kaur", region=cast.regions["NWI"], known_as="Pip")
    people.add_contact_point(person, by=OPERATOR, kind="email", value="pip@example.org")
    return person


def test_facts_are_chosen_side_by_side(cast, kept, gone):
    merging.merge(kept, gone, by=cast.bob, choices={"given_name": "gone", "title": "kept"})
    assert (kept.title, kept.given_name, kept.known_as) == ("Cllr", "Pria", "Pip")
    assert kept.given_key == "pria"
    assert people.find_people(cast.bob, "pip kaur") == [kept]
    assert gone.merged_into_id == kept.id
    assert merging.now_at(gone.id) == kept.id


def test_what_one_side_alone_knows_is_taken_without_asking(cast, kept, gone):
    merging.merge(kept, gone, by=cast.bob)
    assert (kept.given_name, kept.known_as) == ("Priya", "Pip")


def test_a_choice_that_is_none_is_refused(cast, kept, gone):
    with pytest.raises(Invalid) as refusal:
        merging.merge(kept, gone, by=cast.bob, choices={"title": "both"})
    assert refusal.value.field == "title"


def test_both_records_must_be_the_mergers_to_see(cast, kept):
    outside = make_person("Priya Kaur", region=cast.regions["SO"])
    for by in (cast.bob, cast.eve):
        with pytest.raises(NotFound):
            merging.merge(kept, outside, by=by)
        with pytest.raises(NotFound):
            merging.merge(outside, kept, by=by)
    done = merging.merge(kept, outside, by=cast.alice)
    with pytest.raises(NotFound):
        merging.unmerge(done, by=cast.bob)


def test_whoever_saw_a_record_by_its_office_can_take_the_merge_back(cast):
    council = make_council(region=cast.regions["NWI"])
    kept, gone = make_person("Priya Kaur"), make_person("Priya Kaur")
    for person in (kept, gone):
        make_term(person, council)
    done = merging.merge(kept, gone, by=cast.bob)
    assert merging.merge_for(cast.bob, done.id).may_undo
    with pytest.raises(NotFound):
        merging.merge_for(cast.eve, done.id)
    merging.unmerge(done, by=cast.bob)
    assert people.person_for(cast.bob, gone.id) == gone


def test_dated_facts_of_both_are_kept(cast, kept, gone):
    council = make_council(region=cast.regions["NWI"])
    make_term(gone, council)
    people.add_contact_point(kept, by=OPERATOR, kind="email", value="priya@example.org")
    people.add_membership(gone, MembershipFacts(number="123456"), by=OPERATOR)
    merging.merge(kept, gone, by=cast.bob)
    emails = {one.value for one in people.contact_points_of(kept)}
    assert emails == {"pip@example.org", "priya@example.org"}
    assert [one.number for one in people.memberships_of(kept)] == ["123456"]
    assert councillors.terms_and_roles_of(kept)[0][0].council_id == council.id
    assert people.contact_points_of(gone) == []


def test_what_both_have_is_kept_with_the_record_that_went(cast, kept, gone):
    for person, status in ((kept, "joined"), (gone, "prospect")):
        saved(NetworkMembership(person_id=person.id, status=status))
        people.tag_person(person, by=OPERATOR, name="Speaker")
    done = merging.merge(kept, gone, by=cast.bob)
    assert merging.parked_counts(kept) == {"network_membership": 1, "person_tag": 1}
    current = db.session.query(NetworkMembership).filter_by(person_id=kept.id).one()
    assert current.status == "joined"
    assert {row.table: row.state for row in merging.rows_of(done)} == {
        "contact_point": "moved",
        "network_membership": "parked",
        "person_tag": "parked",
    }
    merging.unmerge(done, by=cast.bob)
    assert db.session.query(NetworkMembership).filter_by(person_id=gone.id).count() == 1


def test_the_last_contact_is_the_newest_of_both(cast, kept, gone):
    at = datetime(2026, 10, 1, 12, tzinfo=UTC)
    contact = saved(Interaction(at=at, channel="phone", summary="Spoke", logged_by_id=cast.bob.id))
    saved(InteractionPerson(interaction_id=contact.id, person_id=gone.id))
    contacts.move_last_contacted([gone.id])
    done = merging.merge(kept, gone, by=cast.bob)
    assert (kept.last_contacted_at, gone.last_contacted_at) == (at, None)
    merging.unmerge(done, by=cast.bob)
    assert (kept.last_contacted_at, gone.last_contacted_at) == (None, at)


def test_what_was_edited_since_stays_and_is_named(cast, kept, gone):
    people.add_contact_point(gone, by=OPERATOR, kind="mobile", value="07700 900123")
    done = merging.merge(kept, gone, by=cast.bob)
    email = db.session.query(ContactPoint).filter_by(kind="email").one()
    people.end_contact_point(email, by=cast.bob)
    people.change_person(kept, by=cast.bob, values={"known_as": "Pri"})
    merging.unmerge(done, by=cast.bob)
    assert done.left == [
        "Everyday name was changed since, and stays as it is.",
        "An address or number was edited since, and stays with the record it was merged into.",
    ]
    assert kept.known_as == "Pri"
    assert [one.kind for one in people.contact_points_of(gone)] == ["mobile"]
    assert email.person_id == kept.id


def test_a_record_merged_on_is_taken_back_in_order(cast, kept, gone):
    third = make_person("Prya Kaur", region=cast.regions["NWI"])
    first = merging.merge(kept, gone, by=cast.bob)
    second = merging.merge(third, kept, by=cast.bob)
    assert merging.now_at(gone.id) == third.id
    with pytest.raises(Refused):
        merging.unmerge(first, by=cast.bob)
    merging.unmerge(second, by=cast.bob)
    merging.unmerge(first, by=cast.bob)
    with pytest.raises(Refused):
        merging.unmerge(first, by=cast.bob)
    assert [one.value for one in people.contact_points_of(gone)] == ["pip@example.org"]


def test_nobody_is_merged_twice_or_into_a_record_put_away(cast, kept, gone):
    third = make_person("Prya Kaur", region=cast.regions["NWI"])
    with pytest.raises(Invalid):
        merging.merge(kept, kept, by=cast.bob)
    merging.merge(kept, gone, by=cast.bob)
    with pytest.raises(Refused):
        merging.merge(third, gone, by=cast.bob)
    people.archive_person(third, by=cast.bob, reason="Moved away")
    with pytest.raises(Refused):
        merging.merge(third, kept, by=cast.bob)


def test_a_change_since_the_page_was_opened_is_a_conflict(cast, kept, gone):
    read = (kept.version, gone.version)
    people.change_person(gone, by=cast.alice, values={"title": "Ms"})
    with pytest.raises(Conflict):
        merging.merge(kept, gone, by=cast.bob, versions=read)


def test_a_dismissal_holds_for_the_record_that_is_left(cast, kept, gone):
    third = make_person("Prya Kaur", region=cast.regions["NWI"])
    merging.dismiss(merging.pair_up(gone, third, by=cast.bob), by=cast.bob)
    merging.merge(kept, gone, by=cast.bob)
    dismissed, _ = merging.pairs_for(cast.bob, state="dismissed")
    assert [(line.low, line.high) for line in dismissed] == [(kept, third)]


def test_the_audit_says_who_merged_whom(database, cast, kept, gone):
    done = merging.merge(kept, gone, by=cast.bob, choices={"given_name": "gone"})
    merging.unmerge(done, by=cast.bob)
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
    people.give_consent(
        gone,
        by=cast.bob,
        purpose="Newsletter",
        wording="v1",
        channel="e-mail",
        given_on=clock.today(),
    )
    merging.merge(kept, gone, by=cast.bob)
    assert db.session.query(Consent).one().person_id == kept.id
