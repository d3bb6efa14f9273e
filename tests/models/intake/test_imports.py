"""Files against the books: who is recognised, what changes, what is refused, what is taken back."""

from datetime import date

import pytest

from models.accounts.permits import OPERATOR
from models.base import db
from models.councillors.seats.actions import match_candidates
from models.councillors.seats.tables import CandidateMatch
from models.councillors.tables import NetworkMembership, OfficeRole, OfficeTerm
from models.elections.tables import Candidacy
from models.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from models.intake.actions import applying, batches, undoing
from models.intake.actions.batches import unknown_in
from models.intake.queries.batches import batch_for, edited_rows_for, rows_for
from models.merging.actions.finding import dismiss, find_all
from models.merging.tables import DuplicatePair
from models.people.actions.memberships import MembershipFacts, add_membership
from models.people.actions.reach import add_contact_point
from models.people.tables import ContactPoint, LawfulBasis, Person, PersonNote, UnionMembership
from models.places.tables import Party, UnionBranch, Ward
from tests.factories import make_council, make_party, make_person, make_term, make_ward, saved
from tests.intake import adds_up, changes, counts, dump, imported, preview, refused, taken_back

HEAD = "Name,Council,Ward,Party,Email,Membership number\n"


@pytest.fixture
def ambridge(cast):
    return make_council("Ambridge", region=cast.regions["NWI"])


@pytest.fixture
def borchester(cast):
    return make_council("Borchester", region=cast.regions["SO"])


@pytest.fixture
def labour(cast):
    return make_party()


def on_the_books(cast, council, name="Asha Patel", ward="Abbey", email=None, number=None):
    person = make_person(name)
    make_term(person, council, ward=make_ward(council, ward) if ward else None)
    if email:
        add_contact_point(person, by=cast.alice, kind="email", value=email)
    if number:
        add_membership(person, MembershipFacts(number=number), by=cast.alice)
    db.session.commit()
    return person


# Who is recognised


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ("Asha Sharma,Ambridge,Mill,,,A100", "membership number"),
        ("Asha Patel,Ambridge,Mill,,asha@example.org,", "e-mail address"),
        ("Asha Patel,Ambridge,Abbey Ward,,,", "name, council and ward"),
    ],
)
def test_the_first_key_that_finds_somebody_decides_and_is_shown(cast, ambridge, row, key):
    person = on_the_books(cast, ambridge, email="asha@example.org", number="A100")
    batch = preview(HEAD + row + "\n")
    line = rows_for(cast.alice, batch)[0][0]
    assert (line.verdict, line.matched_by, line.subject_id) == ("unchanged", key, person.id)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Jo Hill,Ambridge,Abbey,,,A100", "is that of Asha Patel; this row says Jo Hill"),
        ("Jo Hill,Ambridge,Abbey,,asha@example.org,", "is that of Asha Patel; this row says Jo"),
        ("Asha Patel,Ambridge,Mill,,,", "The name alone does not say"),
        ("Asha Patel,Ambridge,Abbey,,,B200", "has the membership number A100"),
    ],
)
def test_what_is_doubtful_is_refused_with_the_reason(cast, ambridge, row, why):
    on_the_books(cast, ambridge, email="asha@example.org", number="A100")
    batch = preview(HEAD + row + "\n")
    assert counts(batch) == (1, 0, 0, 0, 1)
    assert why in refused(batch)[2]


def test_several_of_one_name_in_one_ward_are_not_guessed_between(cast, ambridge):
    ward = make_ward(ambridge, "Abbey")
    for _ in range(2):
        make_term(make_person("Asha Patel"), ambridge, ward=ward)
    assert (
        "2 people called Asha Patel" in refused(preview(HEAD + "Asha Patel,Ambridge,Abbey,,,\n"))[2]
    )


def test_the_same_name_on_another_council_is_another_person(cast, ambridge, borchester):
    on_the_books(cast, ambridge)
    imported(HEAD + "Asha Patel,Borchester,Abbey,,,\n")
    assert db.session.query(Person).count() == 2


def test_one_person_on_two_councils_is_one_by_number(cast, ambridge, borchester):
    batch = imported(HEAD + "Asha Patel,Ambridge,Abbey,,,A100\nAsha Patel,Borchester,Mill,,,A100\n")
    assert counts(batch) == (2, 2, 0, 0, 0)
    assert db.session.query(Person).count() == 1
    assert db.session.query(OfficeTerm).count() == 2
    taken_back(batch)
    assert db.session.query(Person).count() == 0


def test_somebody_twice_in_one_file_is_refused_the_second_time(cast, ambridge):
    batch = preview(HEAD + "Asha Patel,Ambridge,Abbey,,,\nAsha Patel,Ambridge,Abbey Ward,,,\n")
    assert counts(batch) == (2, 1, 0, 0, 1)
    assert refused(batch)[3] == "Row 2 is about the same person already."


def test_namesakes_in_two_wards_of_one_file_are_two_people(cast, ambridge):
    text = HEAD + "Asha Patel,Ambridge,Abbey,,,\nAsha Patel,Ambridge,Mill,,,\n"
    assert counts(imported(text)) == (2, 2, 0, 0, 0)
    assert counts(imported(text)) == (2, 0, 0, 2, 0)


def test_an_office_that_has_ended_is_not_begun_again_by_a_stale_file(cast, ambridge):
    person = on_the_books(cast, ambridge)
    term = db.session.query(OfficeTerm).one()
    term.actual_end, term.end_reason = date(2025, 5, 1), "lost"
    db.session.commit()
    head = "Name,Council,Ward,Elected\n"
    stale = preview(head + "Asha Patel,Ambridge,Abbey,\n")
    assert "ended on 1 May 2025" in refused(stale)[2]
    fresh = imported(head + "Asha Patel,Ambridge,Abbey,07/05/2026\n")
    assert fresh.created == 1
    assert db.session.query(OfficeTerm).filter_by(person_id=person.id).count() == 2


def test_somebody_archived_is_not_woken_by_a_file(cast, ambridge):
    person = on_the_books(cast, ambridge)
    from models import clock

    person.archived_at = clock.now()
    db.session.commit()
    assert "archived" in refused(preview(HEAD + "Asha Patel,Ambridge,Abbey,,,\n"))[2]


# What changes


def test_blanks_are_filled_and_what_differs_is_kept_and_said(cast, ambridge, labour):
    on_the_books(cast, ambridge, email="old@example.org")
    text = HEAD + "Asha Patel,Ambridge,Abbey,Labour Party,new@example.org,\n"
    batch = preview(text)
    assert changes(batch) == {2: {"party": [None, "Labour Party"]}}
    line = rows_for(cast.alice, batch)[0][0]
    assert "stays ‘old@example.org’; the file says ‘new@example.org’" in line.note


def test_overwriting_ends_the_old_address_and_undo_brings_it_back(cast, ambridge):
    on_the_books(cast, ambridge, email="old@example.org")
    before = dump()
    batch = imported(HEAD + "Asha Patel,Ambridge,Abbey,,new@example.org,\n", policy="overwrite")
    points = {point.value: point.ends_on for point in db.session.query(ContactPoint)}
    assert points["new@example.org"] is None
    assert points["old@example.org"] is not None
    taken_back(batch)
    assert dump() == before


def test_a_blank_clears_only_where_that_was_chosen(cast, ambridge, labour):
    on_the_books(cast, ambridge)
    term = db.session.query(OfficeTerm).one()
    term.party_id = labour.id
    db.session.commit()
    text = HEAD + "Asha Patel,Ambridge,Abbey,,,\n"
    assert preview(text, policy="overwrite").unchanged == 1
    batch = preview(text, policies={"party": "clear"})
    assert changes(batch) == {2: {"party": ["Labour Party", None]}}


def test_a_column_may_have_a_policy_of_its_own(cast, ambridge, labour):
    green = make_party("Green Party")
    on_the_books(cast, ambridge, email="old@example.org")
    db.session.query(OfficeTerm).one().party_id = green.id
    db.session.commit()
    text = HEAD + "Asha Patel,Ambridge,Abbey,Labour Party,new@example.org,\n"
    batch = preview(text, policies={"party": "overwrite"})
    assert changes(batch) == {2: {"party": ["Green Party", "Labour Party"]}}


def test_the_network_moves_only_by_its_own_steps(cast, ambridge):
    person = on_the_books(cast, ambridge)
    head = "Name,Council,Ward,Network status\n"
    imported(head + "Asha Patel,Ambridge,Abbey,Joined\n")
    assert db.session.query(NetworkMembership).one().status == "joined"
    back = preview(head + "Asha Patel,Ambridge,Abbey,Invited\n", policy="overwrite")
    assert "is not possible from ‘Joined’" in refused(back)[2]
    left = imported(head + "Asha Patel,Ambridge,Abbey,Left\n", policy="overwrite")
    rows = db.session.query(NetworkMembership).filter_by(person_id=person.id)
    assert sorted((row.status, row.ended_at is None) for row in rows) == [
        ("joined", False),
        ("left", True),
    ]
    taken_back(left)
    assert db.session.query(NetworkMembership).one().ended_at is None


def test_a_new_record_says_why_it_may_be_kept_and_makes_nobody_a_member(cast, ambridge):
    imported(HEAD + "Asha Patel,Ambridge,Abbey,,,\nJo Hill,Ambridge,Mill,,,A100\n")
    bases = {row.person_id: row.condition for row in db.session.query(LawfulBasis)}
    member = db.session.query(UnionMembership).one()
    assert member.number == "A100"
    assert bases.pop(member.person_id) == "not-for-profit: member"
    assert list(bases.values()) == ["made public"]


def test_a_number_fills_the_open_membership_that_has_none(cast, ambridge):
    person = on_the_books(cast, ambridge, email="asha@example.org")
    member = add_membership(person, MembershipFacts(), by=cast.alice)
    db.session.commit()
    assert imported(HEAD + "Asha Patel,Ambridge,Abbey,,asha@example.org,B200\n").changed == 1
    assert db.session.query(UnionMembership).one() == member
    assert (member.number, member.ends_on) == ("B200", None)


def test_roles_are_added_once(cast, ambridge):
    row = "Asha Patel,Ambridge,Abbey,Leader of the Council; Planning Committee\n"
    text = f"Name,Council,Ward,Roles\n{row}"
    assert imported(text).created == 1
    assert imported(text).unchanged == 1
    assert db.session.query(OfficeRole).count() == 2


def test_the_branch_gives_the_home_region(cast, ambridge):
    saved(UnionBranch(code="A12", name="Ambridge General", region_id=cast.regions["NWI"].id))
    head = "Name,Council,Ward,Membership number,Branch\n"
    imported(head + "Asha Patel,Ambridge,Abbey,A100,Ambridge General\n")
    person = db.session.query(Person).one()
    assert person.home_region_id == cast.regions["NWI"].id


# Who may


def test_a_region_imports_for_its_own_councils_only(cast, ambridge, borchester):
    text = HEAD + "Asha Patel,Ambridge,Abbey,,,\nJo Hill,Borchester,Mill,,,\n"
    batch = imported(text, by=cast.bob)
    assert counts(batch) == (2, 1, 0, 0, 1)
    assert "Borchester is not in your region" in refused(batch)[3]


def test_a_region_is_not_told_who_somebody_elsewhere_is(cast, ambridge, borchester):
    on_the_books(cast, borchester, "Zelda Canary", email="zelda@example.org", number="Z900")
    rows = "Zelda Canary,Ambridge,Abbey,,zelda@example.org,\nJo Hill,Ambridge,Mill,,,Z900\n"
    batch = preview(HEAD + rows, by=cast.bob)
    why = refused(batch)
    assert len(why) == 2
    assert all("somebody in another region" in words for words in why.values())
    assert "Canary" not in why[3]


def test_who_may_not_import_is_refused(cast, ambridge):
    for user in (cast.carol, cast.terry, cast.grace):
        with pytest.raises(NotAllowed):
            preview(HEAD + "Asha Patel,Ambridge,Abbey,,,\n", by=user)


def test_another_regions_import_is_not_there(cast, ambridge):
    batch = preview(HEAD + "Asha Patel,Ambridge,Abbey,,,\n", by=cast.bob)
    assert batch_for(cast.alice, batch.id) is batch
    with pytest.raises(NotFound):
        batch_for(cast.eve, batch.id)


# Texts that were taught


def test_a_text_is_taught_once_and_known_to_the_next_import(cast, ambridge):
    text = HEAD + "Asha Patel,amb_cc,Abbey,4 Amb,,\n"
    asked = unknown_in(preview(text), by=cast.alice)
    assert [(one.field, one.text, one.rows) for one in asked] == [
        ("council", "amb_cc", 1),
        ("party", "4 Amb", 1),
    ]
    batches.teach("council", "amb_cc", "Ambridge", by=cast.alice)
    batches.teach("party", "4 Amb", "new:Four Ambridge", by=cast.alice)
    batch = imported(text)
    assert batch.created == 1
    assert db.session.query(Party).one().name == "Four Ambridge"
    taken_back(batch)
    assert db.session.query(Party).count() == 0
    assert imported(text).created == 1


def test_what_is_taught_must_make_sense_and_may_not_twist_what_is_known(cast, ambridge, labour):
    with pytest.raises(Invalid, match="no council called"):
        batches.teach("council", "amb_cc", "Nowhere", by=cast.alice)
    with pytest.raises(Invalid, match="Only parties"):
        batches.teach("council", "amb_cc", "new:Amb", by=cast.alice)
    make_party("Green Party")
    with pytest.raises(Conflict, match="known spelling"):
        batches.teach("party", "Labour Party", "Green Party", by=cast.alice)


# Applying and taking back


def test_a_row_whose_record_changed_after_the_preview_is_left(cast, ambridge, labour):
    on_the_books(cast, ambridge)
    batch = preview(HEAD + "Asha Patel,Ambridge,Abbey,Labour Party,,\nJo Hill,Ambridge,Mill,,,\n")
    assert counts(batch) == (2, 1, 1, 0, 0)
    db.session.query(OfficeTerm).one().party_id = make_party("Green Party").id
    db.session.commit()
    applying.apply(batch, by=cast.alice)
    assert counts(batch) == (2, 1, 0, 0, 1)
    assert "changed after the preview" in refused(batch)[2]
    assert adds_up(batch)


def test_an_import_is_applied_once_and_undone_once(cast, ambridge):
    batch = imported(HEAD + "Asha Patel,Ambridge,Abbey,,,\n")
    with pytest.raises(Refused):
        applying.apply(batch, by=cast.alice)
    taken_back(batch)
    with pytest.raises(Refused):
        undoing.undo(batch, by=cast.alice)


def test_undo_leaves_rows_that_were_edited_or_used_since_and_names_them(cast, ambridge):
    rows = "Asha Patel,Ambridge,Abbey,,,\nJo Hill,Ambridge,Mill,,,\nAmy Day,Ambridge,Mill,,,\n"
    batch = imported(HEAD + rows)
    people = {person.given_name: person for person in db.session.query(Person)}
    people["Asha"].known_as = "Ash"
    saved(PersonNote(person_id=people["Jo"].id, body="Met at the gate."))
    taken_back(batch)
    assert [person.given_name for person in db.session.query(Person).order_by(Person.id)] == [
        "Asha",
        "Jo",
    ]
    left = {row.number: row.because for row in edited_rows_for(cast.alice, batch)}
    assert left == {2: "Edited since: known as.", 3: "Used since by a note."}
    assert {ward.name for ward in db.session.query(Ward)} == {"Abbey", "Mill"}
    db.session.query(PersonNote).delete()
    db.session.commit()
    taken_back(batch)
    assert [row.number for row in edited_rows_for(cast.alice, batch)] == [2]
    assert {ward.name for ward in db.session.query(Ward)} == {"Abbey"}


def test_a_pair_that_the_product_found_is_no_use_of_a_record(cast, ambridge):
    imported(HEAD + "Tamsin Okehurst,Ambridge,Abbey,,,\n")
    again = imported(HEAD + "Tamsin Okehurste,Ambridge,Abbey,,,\n")
    find_all(by=OPERATOR)
    assert db.session.query(DuplicatePair).count() == 1
    taken_back(again)
    assert edited_rows_for(cast.alice, again) == []
    assert [person.family_name for person in db.session.query(Person)] == ["Okehurst"]
    assert db.session.query(DuplicatePair).count() == 0


def test_a_pair_that_somebody_decided_holds_its_records(cast, ambridge):
    imported(HEAD + "Tamsin Okehurst,Ambridge,Abbey,,,\n")
    again = imported(HEAD + "Tamsin Okehurste,Ambridge,Abbey,,,\n")
    find_all(by=OPERATOR)
    dismiss(db.session.query(DuplicatePair).one(), by=cast.alice)
    taken_back(again)
    left = {row.number: row.because for row in edited_rows_for(cast.alice, again)}
    assert left == {2: "Used since by a decision about possible duplicates."}


def test_a_name_on_a_ballot_that_was_matched_by_rule_is_no_use_of_an_office(cast, ambridge):
    ballots = "ballot_paper_id,council,post_label,person_name\n"
    row = "local.ambridge.abbey.2026-05-07,Ambridge,Abbey,Tamsin Okehurst\n"
    imported((ballots + row).encode(), kind="results")
    term = "Name,Council,Ward,Term ends\nTamsin Okehurst,Ambridge,Abbey,11/05/2026\n"
    batch = imported(term)
    match_candidates(date(2026, 5, 7), by=OPERATOR)
    assert db.session.query(CandidateMatch).count() == 1
    taken_back(batch)
    assert edited_rows_for(cast.alice, batch) == []
    assert db.session.query(CandidateMatch).count() == 0
    assert db.session.query(Candidacy).one().person_id is None


def test_a_preview_writes_nothing_to_people(cast, ambridge):
    before = dump()
    preview(HEAD + "Asha Patel,Ambridge,Abbey,Labour,asha@example.org,A100\n")
    assert dump() == before


# People without an office


def test_people_need_a_key_by_which_they_are_known_again(cast):
    text = "Name,Email,Membership number\nAsha Patel,asha@example.org,\nJo Hill,,\nAmy Day,,A9000\n"
    batch = imported(text, kind="people")
    assert counts(batch) == (3, 2, 0, 0, 1)
    assert "could not be recognised again" in refused(batch)[3]
    assert counts(imported(text, kind="people")) == (3, 0, 0, 2, 1)


def test_a_region_adds_people_to_itself_only(cast):
    head = "Name,Email,Home region\n"
    rows = (
        "Asha Patel,a@example.org,North West & Irish\n"
        "Jo Hill,j@example.org,Southern\n"
        "Amy Day,d@example.org,\n"
    )
    batch = imported(head + rows, kind="people", by=cast.bob)
    assert counts(batch) == (3, 1, 0, 0, 2)
    assert db.session.query(Person).one().home_region_id == cast.regions["NWI"].id
