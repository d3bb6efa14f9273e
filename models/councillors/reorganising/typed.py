"""A plan as people type it: one line for each council and each ward."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from models.councillors.reorganising.rules import NewCouncil, NewWard, Plan, check_plan
from models.errors import Invalid
from models.places.queries.councils import council_by_text
from models.places.queries.regions import region_by_text
from models.places.queries.wards import ward_of
from models.places.tables import Council


@dataclass(frozen=True)
class Typed:
    """The lines of a plan: old councils, new councils, wards."""

    old: str = ""
    new: str = ""
    wards: str = ""


def plan_of(vesting_on: date, typed: Typed) -> Plan:
    """The plan that these lines mean; raises Invalid with the number of the line at fault."""
    old = {}
    for number, text in _lines(typed.old):
        council = _council(text, "old", number)
        old[council.id] = council
    if not old:
        raise Invalid("Say which councils end.", field="old")
    new = tuple(_new(number, text, old) for number, text in _lines(typed.new))
    plan = Plan(vesting_on, tuple(old), new, _wards(typed.wards, old))
    check_plan(plan)
    return plan


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield number, line.strip()


def _parts(text: str, field: str, number: int, wanted: int, example: str) -> list[str]:
    parts = [part.strip() for part in text.split(";")]
    if len(parts) != wanted:
        raise Invalid(f"Line {number}: write it as “{example}”.", field=field)
    return parts


def _council(text: str, field: str, number: int) -> Council:
    council = council_by_text(text)
    if council is None:
        raise Invalid(f"Line {number}: there is no council “{text}”.", field=field)
    return council


def _new(number: int, text: str, old: dict[int, Council]) -> NewCouncil:
    example = "CODE; Name; unitary; Region; Old council, Old council"
    code, name, kind, region_name, takes = _parts(text, "new", number, 5, example)
    if not code or len(code) > 12 or not name or len(name) > 120:
        raise Invalid(
            f"Line {number}: a code of at most 12 and a name of at most 120 characters.",
            field="new",
        )
    region = region_by_text(region_name) if region_name else None
    if region_name and region is None:
        raise Invalid(f"Line {number}: there is no union region “{region_name}”.", field="new")
    if council_by_text(code) is not None:
        raise Invalid(f"Line {number}: the code {code} is taken.", field="new")
    followed = tuple(
        _council(part.strip(), "new", number).id for part in takes.split(",") if part.strip()
    )
    strange = [one for one in followed if one not in old]
    if strange:
        raise Invalid(f"Line {number}: it follows a council that does not end.", field="new")
    return NewCouncil(code.upper(), name, kind.lower(), region.id if region else None, followed)


def _wards(text: str, old: dict[int, Council]) -> tuple[NewWard, ...]:
    found: dict[tuple[str, str], NewWard] = {}
    example = "Old council; Old ward; NEW CODE; New ward; seats"
    for number, line in _lines(text):
        council_name, ward_name, code, name, seats = _parts(line, "wards", number, 5, example)
        council = _council(council_name, "wards", number)
        ward = ward_of(council, ward_name)
        if council.id not in old or ward is None:
            raise Invalid(
                f"Line {number}: {council.name} does not end, or has no ward “{ward_name}”.",
                field="wards",
            )
        if seats and not seats.isdigit():
            raise Invalid(f"Line {number}: “{seats}” is no number of seats.", field="wards")
        key = (code.upper(), name)
        before = found.get(key)
        takes = (*(before.takes if before else ()), ward.id)
        number_of = int(seats) if seats else (before.seats if before else None)
        found[key] = NewWard(code.upper(), name, number_of, takes)
    return tuple(found.values())
