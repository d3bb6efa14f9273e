"""Why a person's data may be held, and what they agreed to."""

from datetime import date

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db, hold_row
from models.errors import Invalid, Refused
from models.people import rules
from models.people.actions.whose import person_of
from models.people.queries.facts import bases_of
from models.people.queries.people import regions_of_person
from models.people.tables import (
    Consent,
    LawfulBasis,
    Person,
)


def add_basis(
    person: Person,
    *,
    by: Actor,
    purpose: str,
    basis: str,
    condition: str,
    starts_on: date,
    source: str | None = None,
) -> LawfulBasis:
    """Record why the person's data may be held for a purpose; ends the earlier one for it."""
    require(by, Permit.PEOPLE_WRITE, regions=regions_of_person(person))
    hold_row(person)
    rules.checked_basis(basis, condition)
    for old in bases_of(person):
        if old.purpose == purpose and old.ends_on is None:
            old.ends_on = starts_on
    row = LawfulBasis(
        person_id=person.id,
        purpose=purpose,
        basis=basis,
        condition=condition,
        starts_on=starts_on,
        source=source,
    )
    db.session.add(row)
    db.session.flush()
    after = {"purpose": purpose, "basis": basis, "condition": condition}
    audit.record("basis.added", row, by=by, after=after)
    return row


def give_consent(
    person: Person, *, by: Actor, purpose: str, wording: str, channel: str, given_on: date
) -> Consent:
    """Record a consent as it was given: for what, by which wording, how, when."""
    require(by, Permit.PEOPLE_WRITE, regions=regions_of_person(person))
    rules.not_in_future(given_on, field="given_on", today=clock.today())
    if not wording.strip():
        raise Invalid("Say which wording the person agreed to.", field="wording")
    values = {"purpose": purpose, "wording": wording, "channel": channel, "given_on": given_on}
    consent = Consent(person_id=person.id, **values)
    db.session.add(consent)
    db.session.flush()
    audit.record("consent.given", consent, by=by, after=values)
    return consent


def withdraw_consent(consent: Consent, *, by: Actor, on: date | None = None) -> Consent:
    """Record that a consent was withdrawn (default: today)."""
    require(by, Permit.PEOPLE_WRITE, regions=regions_of_person(person_of(consent)))
    hold_row(consent)
    if consent.withdrawn_on is not None:
        raise Refused("This consent was withdrawn already.")
    consent.withdrawn_on = on or clock.today()
    db.session.flush()
    audit.record("consent.withdrawn", consent, by=by, after={"on": consent.withdrawn_on})
    return consent
