"""Records that were entered twice: a short form, a slip of the pen, a married name."""

from models import clock, merging, people
from models.accounts import OPERATOR, User
from models.people import NewPerson, Person

# How the second record came about: which part of the name differs, and what both share.
SHORT = {"Robert": "Bob", "William": "Bill", "Elizabeth": "Liz", "Margaret": "Maggie"}
HOW_MANY = 8


def enter_twice(found: list[Person], users: dict[str, User]) -> None:
    """A second record of some people; one pair is merged already, one is known to be two."""
    by = users["national"]
    for number, person in enumerate(_with_email(found)[:HOW_MANY]):
        double = people.add_person(
            NewPerson(
                _given(person, number),
                _family(person, number),
                home_region_id=person.home_region_id,
            ),
            by=by,
        )
        address = next(one for one in people.contact_points_of(person) if one.kind == "email")
        people.add_contact_point(
            double, by=by, kind="email", value=address.value, source="Conference list"
        )
        people.tag_person(double, by=by, name="Conference")
    merging.find_all(by=OPERATOR)
    pairs = [line for line in merging.all_open(by) if line.pair.score >= merging.THRESHOLD]
    merging.merge(pairs[0].low, pairs[0].high, by=by)
    merging.dismiss(pairs[-1].pair, by=by, because="Mother and daughter share an address.")


def _with_email(found: list[Person]) -> list[Person]:
    today = clock.today()
    return [
        person
        for person in found
        if person.created_at.date() <= today
        and any(one.kind == "email" for one in people.contact_points_of(person))
    ]


def _given(person: Person, number: int) -> str:
    first = person.given_name.split()[0]
    return SHORT.get(first, first) if number % 2 == 0 else first


def _family(person: Person, number: int) -> str:
    family = person.family_name
    if number % 4 == 1 and len(family) > 4:
        return family.replace("ll", "l") if "ll" in family else f"{family}e"
    return family
