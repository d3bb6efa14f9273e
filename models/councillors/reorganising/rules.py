"""What a reorganisation of councils is: which end, which begin, who takes over what. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.errors import Invalid

STATES = {
    "draft": "Planned",
    "applied": "Applied, before vesting day",
    "vested": "Vested",
    "undone": "Taken back",
}
TONES = {"draft": "info", "applied": "warning", "vested": "ok", "undone": "neutral"}
KINDS = ("unitary", "district", "county", "metropolitan", "combined authority")


@dataclass(frozen=True)
class NewCouncil:
    """A council that begins: its code and name, its union region, and which old ones it follows."""

    code: str
    name: str
    kind: str
    region_id: int | None
    takes: tuple[int, ...]


@dataclass(frozen=True)
class NewWard:
    """A ward of a new council, its seats, and which old wards go into it."""

    council_code: str
    name: str
    seats: int | None
    takes: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """The whole of it. `old` are the ids of the councils that end on vesting day."""

    vesting_on: date
    old: tuple[int, ...] = ()
    new: tuple[NewCouncil, ...] = ()
    wards: tuple[NewWard, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The plan as it is stored."""
        return {
            "old": list(self.old),
            "new": [{**vars(one), "takes": list(one.takes)} for one in self.new],
            "wards": [{**vars(one), "takes": list(one.takes)} for one in self.wards],
        }


def plan_from(vesting_on: date, kept: Mapping[str, Any]) -> Plan:
    """The plan again, from what `as_json` kept."""
    return Plan(
        vesting_on,
        tuple(kept.get("old", ())),
        tuple(NewCouncil(**{**one, "takes": tuple(one["takes"])}) for one in kept.get("new", ())),
        tuple(NewWard(**{**one, "takes": tuple(one["takes"])}) for one in kept.get("wards", ())),
    )


def check_plan(plan: Plan) -> None:
    """Raise Invalid, on the field at fault, for a plan that leaves something in the air."""
    if not plan.new:
        raise Invalid("Say which councils begin.", field="new")
    twice = [code for code, number in Counter(one.code for one in plan.new).items() if number > 1]
    if twice:
        raise Invalid(f"Two new councils have the code {twice[0]}.", field="new")
    for council in plan.new:
        if council.kind not in KINDS:
            raise Invalid(f"{council.name}: the kind is one of {', '.join(KINDS)}.", field="new")
        if not set(council.takes) & set(plan.old):
            raise Invalid(f"{council.name}: say which old councils it follows.", field="new")
    left = set(plan.old) - {old for council in plan.new for old in council.takes}
    if left:
        raise Invalid("Every council that ends needs one that follows it.", field="old")
    _check_wards(plan)


def _check_wards(plan: Plan) -> None:
    codes = {one.code for one in plan.new}
    for ward in plan.wards:
        if ward.council_code not in codes:
            raise Invalid(f"{ward.name}: {ward.council_code} is no new council.", field="wards")
    names = Counter((one.council_code, one.name.casefold()) for one in plan.wards)
    doubled = [name for (_, name), number in names.items() if number > 1]
    if doubled:
        raise Invalid(f"The ward {doubled[0]} stands twice in one new council.", field="wards")
