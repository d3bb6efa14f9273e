"""Lists of people on their way in: a plain address list, and NationBuilder's columns."""

import pytest

from models.accounts.permits import OPERATOR
from models.base import db
from models.intake.rows import KINDS
from models.people.actions.reach import add_contact_point
from models.people.queries.facts import contact_points_of, tags_of
from models.people.tables import ContactPoint, Person
from reports.intake.reading import look
from tests.factories import make_person
from tests.intake import counts, imported, preview, refused, taken_back

PLAIN = (
    "Name,Address,Town,Postcode,Phone,Membership number,Region,Tags\n"
    'Ms Priya Kaur,1 High Street,Lancaster,LA1 1AA,01524 600123,,NWI,"Speaker, Retired"\n'
    "Bo Birch,2 High Street,Lancaster,LA1 1AB,,123456,NWI,\n"
    "Cy Cole,,,,,,NWI,\n"
)
NATION = (
    "nationbuilder_id,first_name,last_name,email,phone_number,mobile_number,primary_address1,"
    "primary_address2,primary_city,primary_zip,tag_list,support_level,external_id\n"
    "17,Priya,Kaur,priya@example.org,01524 600123,07700 900123,Flat 1,1 High Street,Lancaster,"
    'LA1 1AA,"Speaker, Retired",2,X9000\n'
)


def address_of(person):
    return [one.value for one in contact_points_of(person) if one.kind == "address"]


def test_a_plain_list_makes_people_with_their_address(cast):
    batch = imported(PLAIN, kind="people")
    assert counts(batch)[1:] == (2, 0, 0, 1)
    assert "could not be recognised again" in refused(batch)[4]
    priya = db.session.query(Person).filter_by(family_key="kaur").one()
    assert address_of(priya) == ["1 High Street\nLancaster\nLA1 1AA"]
    assert {tag.name for tag in tags_of(priya)} == {"Speaker", "Retired"}
    assert priya.home_region_id == cast.regions["NWI"].id


def test_a_second_import_changes_nothing_and_an_undo_takes_all_back(cast):
    first = imported(PLAIN, kind="people")
    assert counts(preview(PLAIN, kind="people"))[1:] == (0, 0, 2, 1)
    taken_back(first)
    assert db.session.query(Person).count() == db.session.query(ContactPoint).count() == 0


def test_a_name_with_the_same_telephone_is_the_same_person(cast):
    known = make_person("Priya Kaur")
    add_contact_point(known, by=OPERATOR, kind="phone", value="01524 600123")
    batch = imported(PLAIN, kind="people")
    assert counts(batch)[1:] == (1, 1, 0, 1)
    assert len(address_of(known)) == 1


def test_a_household_with_one_telephone_stays_two_people(cast):
    known = make_person("Anil Kaur")
    add_contact_point(known, by=OPERATOR, kind="phone", value="01524 600123")
    assert counts(imported(PLAIN, kind="people"))[1] == 2


def test_two_of_one_name_and_address_are_doubtful(cast):
    for _ in range(2):
        person = make_person("Priya Kaur")
        add_contact_point(person, by=OPERATOR, kind="phone", value="01524 600123")
    assert "2 people called Priya Kaur" in refused(preview(PLAIN, kind="people"))[2]


def test_a_name_alone_matches_nobody(cast):
    make_person("Priya Kaur")
    assert counts(imported(PLAIN, kind="people"))[1] == 2


def test_nationbuilders_columns_are_known_and_what_is_left_out_is_said(cast):
    seen = look("people.csv", NATION.encode(), "people")
    assert seen.mapping["tag_list"] == "tags"
    assert not {"nationbuilder_id", "support_level", "external_id"} & seen.mapping.keys()
    notes = " ".join(seen.outline["notes"])
    for heading in ("nationbuilder_id", "support_level", "external_id"):
        assert f"‘{heading}’ is not taken" in notes
    batch = imported(NATION, kind="people")
    assert counts(batch)[1:] == (1, 0, 0, 0)
    priya = db.session.query(Person).one()
    assert address_of(priya) == ["Flat 1\n1 High Street\nLancaster\nLA1 1AA"]
    assert {one.kind for one in contact_points_of(priya)} == {
        "email", "mobile", "phone", "address",
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["councillors", "people"])
def test_region_is_the_persons_in_a_list_of_people_only(sqlite_app, kind):
    seen = look("list.csv", b"Name,Email,Region\nAnn Ash,a@example.org,NWI\n", kind)
    assert ("Region" in seen.mapping) == (kind == "people")
    assert KINDS[kind]
