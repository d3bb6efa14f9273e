"""Two records of one councillor: one office for one seat, one preferred address, one consent."""

from datetime import date

import pytest

from models.accounts.permits import OPERATOR
from models.base import db
from models.councillors.actions import change_term
from models.councillors.queries.offices import terms_and_roles_of
from models.councillors.tables import OfficeRole, OfficeTerm
from models.merging.actions.merging import merge
from models.merging.actions.undoing import unmerge
from models.people.actions.memberships import MembershipFacts, add_membership
from models.people.actions.reach import add_contact_point
from models.people.queries.facts import contact_points_of, memberships_of
from models.people.tables import Consent, ContactPoint, LawfulBasis, UnionMembership
from tests.factories import make_council, make_party, make_person, make_term, make_ward, saved


@pytest.fixture
def trafford(cast):
    return make_council("Trafford", region=cast.regions["NWI"])


@pytest.fixture
def longford(trafford):
    return make_ward(trafford, "Longford")


@pytest.fixture
def kept(cast):
    return make_person("Idris Thornbeck", region=cast.regions["NWI"])


@pytest.fixture
def gone(cast):
    return make_person("Idris Thornbecke", region=cast.regions["NWI"])


def terms_of(person):
    return terms_and_roles_of(person)[0]


def test_one_office_stays_for_one_seat(cast, kept, gone, trafford, longford):
    labour = make_party()
    make_term(kept, trafford, ward=longford, elected_on=date(2022, 5, 5), expected_end=None)
    make_term(
        gone,
        trafford,
        party_id=labour.id,
        elected_on=date(2021, 5, 6),
        expected_end=date(2026, 5, 7),
    )
    done = merge(kept, gone, by=cast.bob)
    (term,) = terms_of(kept)
    assert (term.ward, term.party, term.elected_on, term.expected_end) == (
        longford,
        labour,
        date(2021, 5, 6),
        date(2026, 5, 7),
    )
    unmerge(done, by=cast.bob)
    (ours,), (theirs,) = terms_of(kept), terms_of(gone)
    assert (ours.elected_on, ours.expected_end, ours.party) == (date(2022, 5, 5), None, None)
    assert (theirs.elected_on, theirs.ward) == (date(2021, 5, 6), None)


def test_a_past_term_and_one_on_another_council_come_along(cast, kept, gone, trafford):
    make_term(kept, trafford)
    make_term(gone, trafford, elected_on=date(2018, 5, 3), actual_end=date(2022, 5, 5))
    make_term(gone, make_council("Salford", region=cast.regions["NWI"]))
    merge(kept, gone, by=cast.bob)
    assert len(terms_of(kept)) == 3


def test_roles_of_the_office_that_went_are_held_in_the_one_that_stays(cast, kept, gone, trafford):
    ours, theirs = make_term(kept, trafford), make_term(gone, trafford)
    saved(OfficeRole(term_id=ours.id, kind="committee", detail="Licensing"))
    for detail in ("Licensing", "Planning"):
        saved(OfficeRole(term_id=theirs.id, kind="committee", detail=detail))
    done = merge(kept, gone, by=cast.bob)
    held = terms_and_roles_of(kept)[1][ours.id]
    assert sorted(role.detail for role in held) == ["Licensing", "Planning"]
    unmerge(done, by=cast.bob)
    assert db.session.query(OfficeRole).filter_by(term_id=theirs.id).count() == 2


def test_an_office_that_was_changed_since_stays_changed_and_that_is_said(
    cast, kept, gone, trafford
):
    term = make_term(kept, trafford, elected_on=date(2022, 5, 5))
    make_term(gone, trafford, elected_on=date(2021, 5, 6))
    done = merge(kept, gone, by=cast.bob)
    change_term(term, by=cast.bob, values={"elected_on": date(2020, 5, 7)})
    unmerge(done, by=cast.bob)
    assert done.left == ["An office was changed since."]
    assert db.session.get(OfficeTerm, term.id).elected_on == date(2020, 5, 7)


def test_one_address_of_a_kind_is_preferred(cast, kept, gone):
    for person, value in ((kept, "idris@example.org"), (gone, "thornbeck@example.org")):
        add_contact_point(person, by=OPERATOR, kind="email", value=value)
    done = merge(kept, gone, by=cast.bob)
    preferred = [one.value for one in contact_points_of(kept) if one.preferred]
    assert preferred == ["idris@example.org"]
    unmerge(done, by=cast.bob)
    assert [one.preferred for one in contact_points_of(gone)] == [True]


def test_an_address_that_both_have_stands_once(cast, kept, gone):
    for person, day in ((kept, None), (gone, date(2026, 10, 1))):
        add_contact_point(person, by=OPERATOR, kind="email", value="Idris@Example.org")
        db.session.query(ContactPoint).filter_by(person_id=person.id).one().verified_on = day
    db.session.commit()
    merge(kept, gone, by=cast.bob)
    (point,) = contact_points_of(kept)
    assert point.preferred
    assert point.verified_on == date(2026, 10, 1)


def test_one_lawful_basis_and_one_membership_line_stay(cast, kept, gone):
    for person in (kept, gone):
        saved(
            LawfulBasis(
                person_id=person.id,
                purpose="Network",
                basis="legitimate interests",
                condition="Article 9(2)(d)",
                starts_on=date(2026, 1, 1),
            )
        )
    add_membership(kept, MembershipFacts(number="123456"), by=OPERATOR)
    saved(UnionMembership(person_id=gone.id, section="Public services"))
    merge(kept, gone, by=cast.bob)
    assert db.session.query(LawfulBasis).filter_by(person_id=kept.id).count() == 1
    (membership,) = memberships_of(kept)
    assert (membership.number, membership.section) == ("123456", "Public services")


def test_a_number_that_only_the_other_record_has_comes_along(cast, kept, gone):
    saved(UnionMembership(person_id=kept.id))
    add_membership(gone, MembershipFacts(number="123456"), by=OPERATOR)
    merge(kept, gone, by=cast.bob)
    assert "123456" in {one.number for one in memberships_of(kept)}


@pytest.mark.parametrize("withdrew", ["kept", "gone"])
def test_who_withdrew_a_consent_on_either_record_has_withdrawn_it(cast, kept, gone, withdrew):
    for name, person in (("kept", kept), ("gone", gone)):
        saved(
            Consent(
                person_id=person.id,
                purpose="Newsletter",
                wording="2026-1",
                channel="phone",
                given_on=date(2026, 1, 1),
                withdrawn_on=date(2026, 6, 1) if name == withdrew else None,
            )
        )
    done = merge(kept, gone, by=cast.bob)
    consents = db.session.query(Consent).filter_by(person_id=kept.id).all()
    assert {one.withdrawn_on for one in consents} == {date(2026, 6, 1)}
    unmerge(done, by=cast.bob)
    still = gone if withdrew == "kept" else kept
    assert db.session.query(Consent).filter_by(person_id=still.id).one().withdrawn_on is None


def test_a_consent_given_after_a_withdrawal_holds(cast, kept, gone):
    facts = {"purpose": "Newsletter", "wording": "2026-1", "channel": "phone"}
    given, withdrawn = date(2026, 1, 1), date(2026, 6, 1)
    saved(Consent(person_id=kept.id, given_on=given, withdrawn_on=withdrawn, **facts))
    saved(Consent(person_id=gone.id, given_on=date(2026, 7, 1), **facts))
    merge(kept, gone, by=cast.bob)
    assert db.session.query(Consent).filter_by(person_id=kept.id, withdrawn_on=None).count() == 1
