"""Records that were entered twice: a short form, a slip of the pen, a married name."""

from models import clock
from models.accounts.permits import OPERATOR
from models.accounts.tables import User
from models.merging.actions.finding import dismiss, find_all
from models.merging.actions.merging import merge
from models.merging.matching import THRESHOLD
from models.merging.queries.pairs import all_open
from models.people.actions.marks import tag_person
from models.people.actions.reach import add_contact_point
from models.people.actions.records import NewPerson, add_person
from models.people.queries.facts import contact_points_of
from models.people.tables import Person

# How the second record came about: which part of the name differs, and what both share.
SHORT = {"Robert": "Bob", "William": "Bill", "Elizabeth": "Liz", "Margaret": "Maggie"}
HOW_MANY = 8


def enter_twice(found: list[Person], users: dict[str, User]) -> None:
    """A second record of some people; one pair is merged already, one is known to be two."""
    by = users["national"]
    for number, person in enumerate(_with_email(found)[:HOW_MANY]):
        double = add_person(
            NewPerson(
                _given(person, number),
                _family(person, number),
                home_region_id=person.home_region_id,
            ),
            by=by,
        )
        address = next(one for one in contact_points_of(person) if one.kind == "email")
        add_contact_point(
            double, by=by, kind="email", value=address.value, source="Conference list"
        )
        tag_person(double, by=by, name="Conference")
    find_all(by=OPERATOR)
    pairs = [line for line in all_open(by) if line.pair.score >= THRESHOLD]
    merge(pairs[0].low, pairs[0].high, by=by)
    dismiss(pairs[-1].pair, by=by, because="Mother and daughter share an address.")


def _with_email(found: list[Person]) -> list[Person]:
    today = clock.today()
    return [
        person
        for person in found
        if person.created_at.date() <= today
        and any(one.kind == "email" for one in contact_points_of(person))
    ]


def _given(person: Person, number: int) -> str:
    first = person.given_name.split()[0]
    return SHORT.get(first, first) if number % 2 == 0 else first


def _family(person: Person, number: int) -> str:
    family = person.family_name
    if number % 4 == 1 and len(family) > 4:
        return family.replace("ll", "l") if "ll" in family else f"{family}e"
    return family
