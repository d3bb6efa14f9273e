"""Everything a plan would write, in order: what the preview shows and what applying does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import Base
from models.councillors.groups.tables import UnionGroup
from models.councillors.reorganising import queries
from models.councillors.reorganising.rules import NewCouncil, Plan, check_plan, plan_from
from models.councillors.reorganising.tables import Reorganisation
from models.councillors.tables import OfficeTerm
from models.days import said_day
from models.folding import fold
from models.places.tables import (
    Council,
    CouncilAlias,
    CouncilRegion,
    CouncilSuccession,
    Ward,
    WardSuccession,
)


@dataclass(frozen=True)
class Ref:
    """The id of something that comes into being with the same plan."""

    key: str


@dataclass(frozen=True)
class Write:
    """One change: a new row of `model`, or other values on `thing`; and how it reads.

    `key` is the name under which later writes point at the new row.
    """

    model: type[Base]
    values: Mapping[str, Any]
    what: str
    about: str
    change: str
    thing: Any = None
    key: str = ""


def preview(reorganisation: Reorganisation, *, by: Actor) -> list[Write]:
    """Everything the next step would write, in order: applying a draft, or vesting."""
    for permit in (Permit.PLACES_WRITE, Permit.COUNCILLORS_WRITE):
        require(by, permit)
    plan = plan_from(reorganisation.vesting_on, reorganisation.plan)
    if reorganisation.state == "draft":
        check_plan(plan)
        return writes_of(plan)
    return writes_on_vesting(plan) if reorganisation.state == "applied" else []


def writes_of(plan: Plan) -> list[Write]:
    """What applying a plan does before vesting day: nobody's office ends yet."""
    old = queries.councils(plan.old)
    return [
        *_ending_councils(plan, old),
        *_new_councils(plan, old),
        *_wards(plan),
        *_terms_run_to_vesting(plan),
    ]


def writes_on_vesting(plan: Plan) -> list[Write]:
    """What vesting day does: the offices and our groups on the old councils end."""
    return [*_terms_end(plan), *_groups_end(plan)]


def _ending_councils(plan: Plan, old: dict[int, Council]) -> Iterator[Write]:
    for council in old.values():
        yield Write(
            Council,
            {"ends_on": plan.vesting_on},
            "Council ends",
            council.name,
            f"ends on {said_day(plan.vesting_on)}; its region stays, so that its people stay seen",
            thing=council,
        )


def _new_councils(plan: Plan, old: dict[int, Council]) -> Iterator[Write]:
    regions, spellings = queries.region_names(), queries.known_spellings()
    for new in plan.new:
        follows = ", ".join(old[one].name for one in new.takes)
        yield _council(plan, new, old, follows)
        here = Ref(new.code)
        if fold(new.name) not in spellings:
            yield Write(
                CouncilAlias,
                {"key": fold(new.name), "council_id": here},
                "Spelling",
                new.name,
                "is known by its name",
            )
        if new.region_id is not None:
            yield Write(
                CouncilRegion,
                {
                    "council_id": here,
                    "region_id": new.region_id,
                    "source": "override",
                    "reason": "Reorganisation",
                },
                "Region",
                new.name,
                f"belongs to {regions[new.region_id]}",
            )
        for one in new.takes:
            yield Write(
                CouncilSuccession,
                {"from_id": one, "to_id": here, "on": plan.vesting_on},
                "Successor",
                old[one].name,
                f"is followed by {new.name}",
            )


def _council(plan: Plan, new: NewCouncil, old: dict[int, Council], follows: str) -> Write:
    first = old[new.takes[0]]
    values = {
        "code": new.code,
        "name": new.name,
        "name_key": fold(new.name),
        "official_name": f"{new.name} Council",
        "kind": new.kind,
        "nation": first.nation,
        "ons_region": first.ons_region,
        "starts_on": plan.vesting_on,
    }
    change = f"begins on {said_day(plan.vesting_on)} and follows {follows}"
    return Write(Council, values, "New council", new.name, change, key=new.code)


def _wards(plan: Plan) -> Iterator[Write]:
    names = {one.code: one.name for one in plan.new}
    before = queries.wards_of(plan.old)
    for ward in before.values():
        yield Write(
            Ward,
            {"ends_on": plan.vesting_on},
            "Ward ends",
            f"{ward.name}, {ward.council.name}",
            f"ends on {said_day(plan.vesting_on)}",
            thing=ward,
        )
    for new in plan.wards:
        key = f"{new.council_code}/{new.name}"
        whole = ", ".join(before[one].name for one in new.takes)
        yield Write(
            Ward,
            {
                "council_id": Ref(new.council_code),
                "name": new.name,
                "name_key": fold(new.name),
                "seats": new.seats,
                "starts_on": plan.vesting_on,
            },
            "New ward",
            f"{new.name}, {names[new.council_code]}",
            f"out of {whole}",
            key=key,
        )
        for one in new.takes:
            yield Write(
                WardSuccession,
                {"from_id": one, "to_id": Ref(key), "on": plan.vesting_on},
                "Ward goes to",
                before[one].name,
                f"goes to {new.name}",
            )


def _terms_run_to_vesting(plan: Plan) -> Iterator[Write]:
    for term, name in queries.open_terms(plan.old):
        if term.expected_end == plan.vesting_on:
            continue
        was = said_day(term.expected_end) if term.expected_end else "not known"
        yield Write(
            OfficeTerm,
            {"expected_end": plan.vesting_on},
            "Term runs to vesting day",
            f"{name}, {term.place}",
            f"expected end {was} becomes {said_day(plan.vesting_on)}",
            thing=term,
        )


def _terms_end(plan: Plan) -> Iterator[Write]:
    for term, name in queries.open_terms(plan.old):
        yield Write(
            OfficeTerm,
            {"actual_end": plan.vesting_on, "end_reason": "abolished"},
            "Office ends",
            f"{name}, {term.place}",
            f"ends on {said_day(plan.vesting_on)}: council abolished",
            thing=term,
        )


def _groups_end(plan: Plan) -> Iterator[Write]:
    for group in queries.open_groups(plan.old):
        yield Write(
            UnionGroup,
            {"ends_on": plan.vesting_on},
            "GMB group ends",
            group.council.name,
            f"ends on {said_day(plan.vesting_on)}",
            thing=group,
        )
