"""People in NationBuilder's columns: out and in again, and the gate of consent."""

from models import clock
from models.accounts.permits import OPERATOR
from models.people.actions.marks import tag_person
from models.people.actions.privacy import give_consent
from models.people.actions.reach import add_contact_point
from reports import nationbuilder
from tests.factories import make_person


def rows(reader, **filters):
    return nationbuilder.build(reader, filters).sheets[0].rows


def priya_of(cast):
    priya = make_person("Priya Kaur", region=cast.regions["NWI"])
    add_contact_point(priya, by=OPERATOR, kind="email", value="priya@example.org")
    tag_person(priya, by=OPERATOR, name="Speaker")
    return priya


def test_a_reader_gets_their_own_people_in_nationbuilders_columns(cast):
    priya_of(cast)
    make_person("Rosa Winter", region=cast.regions["SO"])
    (row,) = rows(cast.bob)
    assert (row["first_name"], row["last_name"]) == ("Priya", "Kaur")
    assert (row["email"], row["tag_list"]) == ("priya@example.org", "Speaker")
    assert len(rows(cast.alice)) == 2


def test_outside_the_union_go_only_people_who_agreed(cast):
    priya = priya_of(cast)
    made = nationbuilder.build(cast.bob, {"outside": "yes"})
    assert (list(made.sheets[0].rows), made.held_back) == ([], 1)
    give_consent(
        priya,
        by=cast.bob,
        purpose="Disclosure to the party",
        wording="v1",
        channel="e-mail",
        given_on=clock.today(),
    )
    assert len(rows(cast.bob, outside="yes")) == 1
