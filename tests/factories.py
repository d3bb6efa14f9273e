"""Small makers of stored things; each commits, so that a request sees what was made."""

from datetime import date
from itertools import count
from typing import Any

from models.base import db
from models.councillors.tables import OfficeTerm
from models.folding import fold
from models.people.tables import Person
from models.places.tables import Constituency, Council, CouncilRegion, Party, Ward

_numbers = count(1)


def saved(thing: Any) -> Any:
    """Add and commit one thing."""
    db.session.add(thing)
    db.session.commit()
    return thing


def make_council(name: str | None = None, *, region: Any = None, **values: Any) -> Council:
    """A council, in `region` if one is given."""
    number = next(_numbers)
    name = name or f"Ambridge {number}"
    council = saved(
        Council(
            code=values.pop("code", f"T{number:03}"),
            name=name,
            name_key=fold(name),
            official_name=values.pop("official_name", f"{name} Council"),
            kind=values.pop("kind", "unitary"),
            nation=values.pop("nation", "England"),
            **values,
        )
    )
    if region is not None:
        saved(CouncilRegion(council_id=council.id, region_id=region.id, source="override"))
    return council


def make_ward(council: Council, name: str = "Abbey", **values: Any) -> Ward:
    """A ward of a council."""
    return saved(Ward(council_id=council.id, name=name, name_key=fold(name), **values))


def make_constituency(name: str = "Preston", **values: Any) -> Constituency:
    """A constituency; its CLP is known by it."""
    values.setdefault("gss", f"E1490{next(_numbers):04}")
    return saved(Constituency(name=name, name_key=fold(name), **values))


def make_party(name: str = "Labour Party", **values: Any) -> Party:
    """A party."""
    return saved(Party(name=name, **values))


def make_person(name: str = "Priya Kaur", *, region: Any = None, **values: Any) -> Person:
    """A person, whose branch is in `region` if one is given."""
    given, _, family = name.rpartition(" ")
    return saved(
        Person(
            given_name=given,
            family_name=family,
            given_key=fold(given),
            family_key=fold(family),
            home_region_id=region.id if region is not None else None,
            **values,
        )
    )


def make_term(
    person: Person, council: Council, *, ward: Ward | None = None, **values: Any
) -> OfficeTerm:
    """A current term of a councillor."""
    values.setdefault("elected_on", date(2024, 5, 2))
    values.setdefault("expected_end", date(2028, 5, 4))
    return saved(
        OfficeTerm(
            person_id=person.id,
            council_id=council.id,
            ward_id=ward.id if ward else None,
            **values,
        )
    )
