"""What a list of office holders may be narrowed to. Pure."""

from dataclasses import dataclass
from datetime import date

NO_STATUS = "none"
NO_CONTROL = "none"
DELEGATES = {"now": "Delegate now", "none": "No delegate"}


@dataclass(frozen=True)
class CouncillorFilters:
    """What to list. `region` is a code, `status` a network status or `none` (not asked yet);
    `office` is `current` (holds it), `overdue` (the expected end has passed, nobody said how it
    ended), `former` or `any`. `on` asks how
    it stood on a day. Days are London's.

    Across related records: `control` is the id of the party that runs the council, or `none` for no
    overall control; `tag` a tag's name; `role` a kind of role held within the office; `owner_id`
    the user with whom a follow-up is open; `quiet_days` for how many days nobody was in contact;
    `verified_before` a day since which nobody found the office true; `people` the ids of those who
    were ticked; `delegate` is `now` (an open term as delegate to any CLP) or `none`.
    """

    region: str | None = None
    council_id: int | None = None
    party_id: int | None = None
    status: str | None = None
    ending_before: date | None = None
    no_contact_since: date | None = None
    text: str | None = None
    office: str = "current"
    on: date | None = None
    control: str | None = None
    tag: str | None = None
    role: str | None = None
    owner_id: int | None = None
    quiet_days: int | None = None
    verified_before: date | None = None
    people: tuple[int, ...] | None = None
    delegate: str | None = None
