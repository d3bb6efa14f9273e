"""People: who sees whom, who may change what, and how somebody is found."""

from datetime import date, timedelta

import pytest

from models import clock
from models.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from models.people.actions.marks import remove_note, tag_person, untag_person, write_note
from models.people.actions.memberships import MembershipFacts, add_membership, add_party_membership
from models.people.actions.privacy import add_basis, give_consent, withdraw_consent
from models.people.actions.reach import add_contact_point, verify_contact_point
from models.people.actions.records import (
    NewPerson,
    add_person,
    archive_person,
    change_person,
    restore_person,
)
from models.people.list import PEOPLE
from models.people.queries.facts import (
    bases_of,
    contact_points_of,
    facts_of,
    memberships_of,
    note_for,
    notes_for,
    party_memberships_of,
    point_for,
    tags_of,
)
from models.people.queries.people import (
    find_people,
    person_for,
    regions_of_person,
)
from tests import lists
from tests.factories import make_council, make_party, make_person, make_term

TODAY = clock.today()


@pytest.fixture
def priya(cast):
    return make_person("Priya Kaur", region=cast.regions["NWI"])


def test_a_region_sees_a_person_by_home_region(cast, priya):
    assert person_for(cast.bob, priya.id) == priya
    with pytest.raises(NotFound):
        person_for(cast.eve, priya.id)


def test_a_region_sees_a_person_by_an_office_even_one_that_has_ended(cast, priya):
    council = make_council(region=cast.regions["SO"])
    make_term(priya, council, actual_end=date(2023, 5, 4))
    assert person_for(cast.eve, priya.id) == priya
    both = frozenset({cast.regions["SO"].id, cast.regions["NWI"].id})
    assert regions_of_person(priya) == both


def test_somebody_of_no_region_is_seen_by_the_national_office_alone(cast):
    nobody = make_person("Rosa Winter")
    make_term(nobody, make_council())
    assert person_for(cast.alice, nobody.id) == nobody
    with pytest.raises(NotFound):
        person_for(cast.bob, nobody.id)


def test_a_region_adds_people_of_its_own_only(cast):
    mine, other = cast.regions["NWI"].id, cast.regions["SO"].id
    added = add_person(NewPerson("Ann", "Lee", home_region_id=mine), by=cast.bob)
    assert person_for(cast.bob, added.id) == added
    with pytest.raises(Invalid) as refusal:
        add_person(NewPerson("Ann", "Lee", home_region_id=other), by=cast.bob)
    assert refusal.value.field == "home_region_id"
    with pytest.raises(NotAllowed):
        add_person(NewPerson("Ann", "Lee", home_region_id=mine), by=cast.carol)


def test_a_person_needs_a_family_name(cast):
    with pytest.raises(Invalid) as refusal:
        add_person(NewPerson("Ann", "   "), by=cast.alice)
    assert refusal.value.field == "family_name"


def test_another_region_cannot_change_a_person(cast, priya):
    with pytest.raises(NotFound):
        change_person(priya, by=cast.eve, values={"known_as": "P"})


def test_two_changes_from_the_same_page_are_a_conflict(cast, priya):
    read = priya.version
    change_person(priya, by=cast.bob, values={"known_as": "Pri"}, version=read)
    assert priya.name == "Pri Kaur"
    with pytest.raises(Conflict):
        change_person(priya, by=cast.alice, values={"title": "Ms"}, version=read)


def test_a_change_that_changes_nothing_writes_no_audit(cast, priya, database):
    database.info.pop("audit", None)
    change_person(priya, by=cast.bob, values={"given_name": " Priya "})
    assert not database.info.get("audit")


@pytest.mark.parametrize(
    "typed", ["pri", "kaur pri", "Priya Kaur", "sian", "SIÂN", "obrien", "o'b s", "jane", "mary o"]
)
def test_somebody_is_found_by_the_beginnings_of_any_names(cast, priya, typed):
    make_person("Siân O'Brien", region=cast.regions["NWI"])
    make_person("Mary-Jane Owen", region=cast.regions["NWI"])
    assert len(find_people(cast.bob, typed)) == 1
    assert find_people(cast.eve, typed) == []


def test_a_changed_name_is_found_at_once_and_the_old_one_no_more(cast, priya):
    change_person(priya, by=cast.bob, values={"family_name": "Sandhu"})
    assert find_people(cast.bob, "sandhu") == [priya]
    assert find_people(cast.bob, "kaur") == []


def test_somebody_is_found_by_number_and_by_address(cast, priya):
    add_membership(priya, MembershipFacts(number="ab 1234"), by=cast.bob)
    add_contact_point(priya, by=cast.bob, kind="email", value="Priya@Example.org")
    assert find_people(cast.bob, "AB12") == [priya]
    assert find_people(cast.bob, "priya@ex") == [priya]
    assert find_people(cast.bob, "%") == find_people(cast.bob, "_") == []


def test_the_archived_are_not_found_but_restored_ones_are(cast, priya):
    archive_person(priya, by=cast.bob, reason="Moved abroad")
    assert find_people(cast.bob, "kaur") == []
    assert lists.names(PEOPLE, cast.bob, archived=1) == ["Priya"]
    restore_person(priya, by=cast.bob)
    assert find_people(cast.bob, "kaur") == [priya]


def test_a_membership_number_belongs_to_one_person(cast, priya):
    add_membership(priya, MembershipFacts(number="123 456"), by=cast.bob)
    ann = make_person("Ann Lee", region=cast.regions["NWI"])
    with pytest.raises(Conflict) as refusal:
        add_membership(ann, MembershipFacts(number="123456"), by=cast.bob)
    assert "123456 belongs to Priya Kaur" in refusal.value.message


def test_a_number_does_not_open_another_region(cast, priya):
    add_membership(priya, MembershipFacts(number="123456"), by=cast.bob)
    outsider = make_person("Tom Oak", region=cast.regions["SO"])
    with pytest.raises(Conflict) as refusal:
        add_membership(outsider, MembershipFacts(number="123456"), by=cast.eve)
    assert "Kaur" not in refusal.value.message


def test_a_membership_that_has_ended_cannot_stay_a_membership(cast, priya):
    with pytest.raises(Invalid):
        add_membership(priya, MembershipFacts(ends_on=date(2020, 1, 1)), by=cast.bob)


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("email", " Priya.Kaur@Example.ORG ", ("Priya.Kaur@example.org", "priya.kaur@example.org")),
        ("mobile", "+44 (0)7700 900123", ("07700 900123", "+447700900123")),
        ("mobile", "07700900123", ("07700 900123", "+447700900123")),
        ("phone", "ext 12", ("ext 12", "12")),
        ("address", "1 The Green,\nAmbridge", ("1 The Green,\nAmbridge", "1 the green ambridge")),
    ],
)
def test_a_contact_point_is_kept_readable_and_comparable(cast, priya, kind, typed, stored):
    point = add_contact_point(priya, by=cast.bob, kind=kind, value=typed)
    assert (point.value, point.value_key) == stored
    again = add_contact_point(priya, by=cast.bob, kind=kind, value=typed.upper())
    assert again == point, "the same one is not doubled"


@pytest.mark.parametrize(
    ("kind", "value"), [("email", "no at"), ("phone", "none"), ("fax", "1"), ("email", "")]
)
def test_a_contact_point_that_is_none_is_refused(cast, priya, kind, value):
    with pytest.raises(Invalid):
        add_contact_point(priya, by=cast.bob, kind=kind, value=value)


def test_verifying_says_when_and_by_whom(cast, priya):
    point = add_contact_point(priya, by=cast.bob, kind="email", value="p@example.org")
    verify_contact_point(point, by=cast.bob, on=TODAY, source="Telephone")
    assert (point.verified_on, point.verified_by_id) == (TODAY, cast.bob.id)
    with pytest.raises(Invalid):
        verify_contact_point(point, by=cast.bob, on=TODAY + timedelta(days=1), source="Telephone")
    with pytest.raises(NotFound):
        point_for(cast.eve, point.id)


def test_a_note_is_not_read_by_another_region(cast, priya):
    make_term(priya, make_council(region=cast.regions["SO"]))
    note = write_note(priya, by=cast.bob, body="Wants to stand for mayor.")
    assert [line.note for line in notes_for(cast.bob, priya)] == [note]
    assert [line.author for line in notes_for(cast.alice, priya)] == ["Bob Birch"]
    assert notes_for(cast.eve, priya) == []
    with pytest.raises(NotFound):
        note_for(cast.eve, note.id)


def test_only_its_writer_removes_a_note(cast, priya):
    note = write_note(priya, by=cast.bob, body="Hello")
    with pytest.raises(Refused):
        remove_note(note, by=cast.alice)
    remove_note(note, by=cast.bob)
    assert notes_for(cast.bob, priya) == []


def test_a_party_membership_ends_the_one_before(cast, priya):
    labour, green = make_party("Labour"), make_party("Greens")
    first = add_party_membership(priya, by=cast.bob, party=green)
    second = add_party_membership(priya, by=cast.bob, party=labour)
    assert (first.ends_on, second.ends_on) == (TODAY, None)
    assert add_party_membership(priya, by=cast.bob, party=labour) == second


def test_consent_is_given_by_wording_and_withdrawn_once(cast, priya):
    consent = give_consent(
        priya,
        by=cast.bob,
        purpose="Disclosure to the party",
        wording="2026-1",
        channel="paper form",
        given_on=TODAY,
    )
    withdraw_consent(consent, by=cast.bob)
    assert consent.withdrawn_on == TODAY
    with pytest.raises(Refused):
        withdraw_consent(consent, by=cast.bob)


def test_tags_are_one_however_they_are_written(cast, priya):
    tag_person(priya, by=cast.bob, name="Care Workers")
    tag = tag_person(priya, by=cast.bob, name="care workers")
    assert [one.name for one in tags_of(priya)] == ["Care Workers"]
    assert lists.names(PEOPLE, cast.bob, tag="CARE workers") == ["Priya"]
    untag_person(priya, by=cast.bob, tag=tag)
    assert tags_of(priya) == []


def test_a_new_lawful_basis_ends_the_one_before(cast, priya):
    for condition in ("not-for-profit: regular contact", "not-for-profit: member"):
        add_basis(
            priya,
            by=cast.bob,
            purpose="Councillors' Network",
            basis="legitimate interests",
            condition=condition,
            starts_on=TODAY,
        )
    assert [row.ends_on for row in bases_of(priya)] == [TODAY, None]
    with pytest.raises(Invalid):
        add_basis(priya, by=cast.bob, purpose="x", basis="because", condition="", starts_on=TODAY)


def test_the_record_reads_the_same_facts_in_one_statement(cast, priya, queries):
    for value in ("a@example.org", "b@example.org"):
        add_contact_point(priya, by=cast.bob, kind="email", value=value)
    add_membership(priya, MembershipFacts(number="10001"), by=cast.bob)
    add_party_membership(priya, by=cast.bob, party=make_party())
    tag_person(priya, by=cast.bob, name="Care")
    add_contact_point(make_person(), by=cast.alice, kind="email", value="c@example.org")
    assert priya.id
    queries.statements.clear()
    facts = facts_of(priya)
    assert len(queries) == 1
    assert facts.points == contact_points_of(priya)
    assert facts.memberships == memberships_of(priya)
    assert facts.parties == party_memberships_of(priya)
    assert facts.tags == tags_of(priya)
    assert facts_of(make_person()).points == []
