"""Recording who runs a council."""

from collections.abc import Mapping
from datetime import date

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db, hold_row
from models.councillors.control import queries
from models.councillors.control.rules import KINDS
from models.councillors.control.tables import ControlPeriod
from models.days import said_day
from models.errors import Invalid
from models.places.queries.regions import regions_of_council
from models.places.queries.wards import wards_of
from models.places.tables import Council, Party


def record_control(
    council: Council,
    *,
    kind: str,
    starts_on: date,
    source: str,
    by: Actor,
    party: Party | None = None,
    partners: str | None = None,
) -> ControlPeriod:
    """Who runs a council from a day on; the period before ends on that day."""
    require(by, Permit.COUNCILLORS_WRITE, regions=regions_of_council(council.id))
    hold_row(council)
    _check(kind, starts_on, source, party)
    begins = (one.starts_on for one in queries.control_history(council))
    later = [day for day in begins if day is not None and day >= starts_on]
    if later:
        raise Invalid(
            f"The record says already who runs it from {said_day(later[0])} on.",
            field="starts_on",
        )
    before = queries.period_before(council, starts_on)
    if before is not None:
        before.ends_on = starts_on
    period = ControlPeriod(
        council_id=council.id,
        kind=kind,
        party_id=party.id if party is not None else None,
        partners=(partners or "").strip() or None,
        starts_on=starts_on,
        source=source.strip(),
        set_by_id=by.id,
    )
    db.session.add(period)
    db.session.flush()
    after = {"kind": kind, "party_id": period.party_id, "starts_on": starts_on, "source": source}
    audit.record("control.recorded", period, by=by, after=after)
    return period


def set_ward_seats(council: Council, seats: Mapping[int, int | None], *, by: Actor) -> int:
    """Say how many seats the wards of a council have, by ward id; returns how many changed."""
    require(by, Permit.COUNCILLORS_WRITE, regions=regions_of_council(council.id))
    changed = 0
    for ward in wards_of(council):
        number = seats.get(ward.id, ward.seats)
        if number is not None and not 1 <= number <= 20:
            raise Invalid(f"{ward.name}: enter a number of seats from 1 to 20.")
        before, after = audit.changes(ward, {"seats": number})
        if after:
            changed += 1
            audit.record("ward.seats_set", ward, by=by, before=before, after=after)
    db.session.flush()
    return changed


def _check(kind: str, starts_on: date, source: str, party: Party | None) -> None:
    if kind not in KINDS:
        raise Invalid("Choose how the council is run.", field="kind")
    if kind in ("majority", "minority") and party is None:
        raise Invalid("Choose the party.", field="party")
    if starts_on > clock.today():
        raise Invalid("That day has not come yet.", field="starts_on")
    if not source.strip() or len(source.strip()) > 160:
        raise Invalid("Say where this comes from, in at most 160 characters.", field="source")
