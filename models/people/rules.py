"""What the facts about a person must look like. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from models.errors import Invalid

NAME_LENGTHS = {
    "title": 40,
    "given_name": 80,
    "family_name": 80,
    "known_as": 80,
    "suffix": 40,
    "name_as_printed": 160,
}
CHANGEABLE = frozenset({*NAME_LENGTHS, "home_region_id"})
LABELS = {
    "title": "title",
    "given_name": "given name",
    "family_name": "family name",
    "known_as": "everyday name",
    "suffix": "letters after the name",
    "name_as_printed": "name as printed",
}
MEMBERSHIP_STATUSES = {
    "member": "Member",
    "lapsed": "Lapsed",
    "left": "Left",
    "retired": "Retired member",
}
# Who has lapsed or left is no member, even where nobody knows since when.
NO_LONGER = frozenset({"lapsed", "left"})
POLITICAL_FUND = {
    "contributes": "Contributes to the political fund",
    "opted-out": "Opted out of the political fund",
    "never-opted-in": "Never opted in to the political fund",
}
SECTIONS = ("Public Services", "Manufacturing", "Commercial Services")
BASES = {
    "legitimate interests": "Legitimate interests",
    "contract": "Contract (membership)",
    "consent": "Consent",
    "legal obligation": "Legal obligation",
}
CONDITIONS = {
    "not-for-profit: member": "Not-for-profit body: member or former member",
    "not-for-profit: regular contact": "Not-for-profit body: regular contact",
    "explicit consent": "Explicit consent",
    "made public": "Manifestly made public by the person",
}
# Without this consent nobody leaves the union in a workbook; see reports/councillors.py.
DISCLOSURE = "Disclosure to the party"
PURPOSES = ("Councillors' Network", "Election funding", DISCLOSURE, "Newsletter")
CONSENT_CHANNELS = ("paper form", "online form", "e-mail", "telephone", "in person")


def checked_names(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with names trimmed and empty ones None; raises Invalid on the field at fault."""
    checked = dict(values)
    for name, length in NAME_LENGTHS.items():
        text = " ".join((checked.get(name) or "").split())
        if len(text) > length:
            raise Invalid(f"The {LABELS[name]} has at most {length} characters.", field=name)
        checked[name] = text or None
    if checked["family_name"] is None:
        raise Invalid("Enter the family name.", field="family_name")
    checked["given_name"] = checked["given_name"] or ""
    return checked


def not_in_future(day: date | None, *, field: str, today: date) -> None:
    """Raise Invalid for a day that has not come."""
    if day is not None and day > today:
        raise Invalid("That day has not come yet.", field=field)


def checked_membership(values: Mapping[str, Any]) -> None:
    """Raise Invalid where a membership makes no sense."""
    if values["status"] not in MEMBERSHIP_STATUSES:
        raise Invalid("Choose the status of the membership.", field="status")
    starts_on, ends_on = values["starts_on"], values["ends_on"]
    if starts_on and ends_on and ends_on < starts_on:
        raise Invalid("The membership ends before it begins.", field="ends_on")
    if values["status"] == "member" and ends_on is not None:
        raise Invalid("A membership that has ended is no longer “Member”.", field="status")


def is_open(status: str, ends_on: date | None) -> bool:
    """True of a membership that holds: of a person there is one at a time."""
    return ends_on is None and status not in NO_LONGER


def checked_political(status: str, starts_on: date | None, *, open_since: date | None) -> date:
    """The day from which it holds; Invalid for an unknown status, no day, or one too early."""
    if status not in POLITICAL_FUND:
        raise Invalid("Choose the status in the political fund.", field="status")
    if starts_on is None:
        raise Invalid("Say since when.", field="starts_on")
    if open_since is not None and starts_on < open_since:
        raise Invalid("The status before this one began later. Check the day.", field="starts_on")
    return starts_on


def checked_basis(basis: str, condition: str) -> None:
    """Raise Invalid for an unknown Article 6 basis or Article 9 condition."""
    if basis not in BASES:
        raise Invalid("Choose the lawful basis.", field="basis")
    if condition not in CONDITIONS:
        raise Invalid("Choose the condition for special category data.", field="condition")


def region_of_writer(own: frozenset[int] | None, of_person: Iterable[int]) -> int | None:
    """To which region a writer's note belongs: None for the national office; for somebody with
    several regions the one that is also the person's, the lowest id if there are more."""
    if own is None:
        return None
    shared = sorted(own & frozenset(of_person))
    return shared[0] if shared else min(own)
