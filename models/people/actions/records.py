"""A person's record: begun, changed, put away, put back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm.exc import StaleDataError

from models import audit, clock
from models.accounts.permits import Actor, require, within
from models.accounts.roles import Permit
from models.base import db, hold_row
from models.errors import Conflict, Invalid, Refused
from models.folding import fold
from models.people import rules
from models.people.queries.people import regions_of_person
from models.people.tables import (
    Person,
)

NOBODYS: frozenset[int] = frozenset()


@dataclass(frozen=True)
class NewPerson:
    """What is known of a person when the record begins; only the two names are needed."""

    given_name: str
    family_name: str
    title: str | None = None
    known_as: str | None = None
    suffix: str | None = None
    name_as_printed: str | None = None
    home_region_id: int | None = None


def add_person(
    details: NewPerson, *, by: Actor, office_regions: frozenset[int] = NOBODYS
) -> Person:
    """Begin a person's record. A region may do so for its own: by home region, or by an office
    that is added in the same breath (`office_regions`)."""
    require(by, Permit.PEOPLE_WRITE)
    values = rules.checked_names(asdict(details))
    if not within(by, {details.home_region_id, *office_regions}):
        raise Invalid("Choose a home region of yours.", field="home_region_id")
    person = Person(**values, **_name_keys(values))
    db.session.add(person)
    db.session.flush()
    audit.record("person.added", person, by=by, after=values)
    return person


def change_person(
    person: Person, *, by: Actor, values: Mapping[str, Any], version: int | None = None
) -> Person:
    """Change the named facts. `version` is the one that was read; raises Conflict if it passed."""
    require(by, Permit.PEOPLE_WRITE, regions=regions_of_person(person))
    hold_row(person)
    if version is not None and person.version != version:
        raise _changed_meanwhile(person)
    unknown = set(values) - rules.CHANGEABLE
    if unknown:
        raise Invalid(f"{sorted(unknown)[0]} cannot be changed here.")
    whole = {name: getattr(person, name) for name in rules.CHANGEABLE} | dict(values)
    checked = rules.checked_names(whole)
    before, after = audit.changes(person, {**checked, **_name_keys(checked)})
    if not after:
        return person
    try:
        db.session.flush()
    except StaleDataError as error:
        raise _changed_meanwhile(person) from error
    for key in ("given_key", "family_key"):
        before.pop(key, None)
        after.pop(key, None)
    audit.record("person.changed", person, by=by, before=before, after=after)
    return person


def _name_keys(values: Mapping[str, Any]) -> dict[str, str]:
    return {
        "given_key": fold(values["given_name"]),
        "family_key": fold(values["family_name"]),
    }


def _changed_meanwhile(person: Person) -> Conflict:
    return Conflict(
        f"{person.name} was changed by somebody else since you opened the page. "
        "Reload it, look at the change, and enter yours again."
    )


def archive_person(person: Person, *, by: Actor, reason: str) -> Person:
    """Take a person off the books; nothing is deleted, and it can be taken back."""
    require(by, Permit.PEOPLE_WRITE, regions=regions_of_person(person))
    hold_row(person)
    if person.archived_at is not None:
        raise Refused(f"{person.name} is archived already.")
    if not reason.strip():
        raise Invalid("Say why the record is archived.", field="reason")
    person.archived_at = clock.now()
    db.session.flush()
    audit.record("person.archived", person, by=by, after={"reason": reason.strip()})
    return person


def restore_person(person: Person, *, by: Actor) -> Person:
    """Put an archived person back on the books."""
    require(by, Permit.PEOPLE_WRITE, regions=regions_of_person(person))
    hold_row(person)
    if person.archived_at is None:
        raise Refused(f"{person.name} is not archived.")
    person.archived_at = None
    db.session.flush()
    audit.record("person.restored", person, by=by)
    return person
