"""Saved views and acts on many: how they are named and how many people at most. Pure."""

from collections.abc import Mapping

from models.errors import Invalid

MOST_VIEWS = 12
MOST_PEOPLE = 2_000
MOST_INVITED = 500
NAME_LENGTH = 60
NETWORK = "Councillors' Network"
KINDS = {
    "tag": "Tagged",
    "follow-up": "Assigned a follow-up for",
    "contact": "Logged a contact with",
    "invite": "Invited",
}
# What an act came to for one person.
OUTCOMES = {
    "done": "Done",
    "mailed": "Done, and a mail is on its way",
    "already": "Was so already",
    "not possible": "Not possible",
}
REVERSIBLE = frozenset({"tag", "follow-up", "contact"})


def checked_name(name: str) -> str:
    """The name of a view, trimmed; raises Invalid for an empty or a long one."""
    name = " ".join(name.split())
    if not name:
        raise Invalid("Give the view a name.", field="name")
    if len(name) > NAME_LENGTH:
        raise Invalid(f"A name has at most {NAME_LENGTH} characters.", field="name")
    return name


def checked_filters(filters: Mapping[str, str]) -> dict[str, str]:
    """The filters that are on; raises Invalid where none is."""
    kept = {name: value for name, value in filters.items() if value}
    if not set(kept) - {"sort"}:
        raise Invalid("Set at least one filter first: a view is a list with its filters.")
    return kept


def checked_number(number: int, most: int = MOST_PEOPLE) -> None:
    """Raise Invalid unless there is somebody, and not more people than one act may touch."""
    if not number:
        raise Invalid("Nobody is selected. Tick the people in the list first.")
    if number > most:
        raise Invalid(
            f"That is {number:,} people, and one act takes {most:,} at most. Narrow the list."
        )


def invitation_step(status: str | None) -> str | None:
    """The step of the network that an invitation is from this status; None where none is due."""
    return {None: "record-invited", "prospect": "invite"}.get(status)
