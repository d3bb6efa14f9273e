"""A councillor in the North West with an address and a number."""

from datetime import date
from types import SimpleNamespace

import pytest

from models.people.actions.reach import add_contact_point
from tests.factories import make_council, make_person, make_term, make_ward


@pytest.fixture
def priya(cast) -> SimpleNamespace:
    """Priya sits for Abbey; her address was found true long ago, her number never."""
    region = cast.regions["NWI"]
    council = make_council("Ambridge", region=region)
    person = make_person("Priya Kaur", region=region)
    term = make_term(person, council, ward=make_ward(council))
    mail = add_contact_point(
        person,
        by=cast.bob,
        kind="email",
        value="priya@example.org",
        source="Form",
        verified_on=date(2024, 1, 5),
    )
    mobile = add_contact_point(person, by=cast.bob, kind="mobile", value="07700 900123")
    return SimpleNamespace(person=person, council=council, term=term, mail=mail, mobile=mobile)
