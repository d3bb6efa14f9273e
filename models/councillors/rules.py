"""What an office may look like. Pure."""

from dataclasses import dataclass
from datetime import date

from models.errors import Invalid

POSTS = {
    "councillor": "Councillor",
    "mayor": "Mayor",
    "pcc": "Police and crime commissioner",
    "mp": "Member of Parliament",
    "msp": "Member of the Scottish Parliament",
    "ms": "Member of the Senedd",
    "mla": "Member of the Northern Ireland Assembly",
    "party": "Party office",
}
# Held in a body of a party, or of the party in a constituency or on a council.
FOR_BODY = frozenset({"party"})
# Elected for a constituency; everybody else sits on, or for the area of, a council.
FOR_CONSTITUENCY = frozenset({"mp", "msp", "ms", "mla"})
END_REASONS = {
    "term-over": "Term over",
    "re-elected": "Re-elected",
    "lost": "Lost the seat",
    "stood-down": "Stood down",
    "resigned": "Resigned",
    "disqualified": "Disqualified",
    "died": "Died",
    "moved": "Moved to another seat",
    "abolished": "Council or ward abolished",
    "mistake": "Recorded by mistake",
}
ROLE_KINDS = {
    "leader": "Leader of the council",
    "deputy-leader": "Deputy leader of the council",
    "cabinet": "Cabinet member",
    "group-leader": "Group leader",
    "group-deputy": "Deputy group leader",
    "group-whip": "Group whip",
    "chair": "Committee chair",
    "committee": "Committee member",
    "scrutiny": "Scrutiny member",
    "civic": "Civic office",
    "other": "Other role",
}


@dataclass(frozen=True)
class TermDates:
    """The days of a term, as far as they are known."""

    elected_on: date | None
    expected_end: date | None
    actual_end: date | None = None


def checked_dates(dates: TermDates, *, today: date) -> None:
    """Raise Invalid, on the field at fault, where the days of a term make no sense."""
    start = dates.elected_on
    if start is not None and start > today:
        raise Invalid("The day of election has not come yet.", field="elected_on")
    if start and dates.expected_end and dates.expected_end <= start:
        raise Invalid("The expected end must come after the election.", field="expected_end")
    if start and dates.actual_end and dates.actual_end < start:
        raise Invalid("The term ends before it begins.", field="actual_end")
    if dates.actual_end is not None and dates.actual_end > today:
        raise Invalid(
            "That day has not come yet. The expected end is where it belongs.", field="actual_end"
        )


def checked_post(
    post: str, *, has_council: bool, has_constituency: bool, has_body: bool = False
) -> None:
    """Raise Invalid where the post is unknown or its area is missing."""
    if post not in POSTS:
        raise Invalid("Choose the office.", field="post")
    if post in FOR_CONSTITUENCY and not has_constituency:
        raise Invalid("Enter the constituency.", field="constituency")
    if post in FOR_BODY:
        if not has_body:
            raise Invalid("Enter the party body, such as the NEC or a CLP.", field="body")
        return
    if has_body:
        raise Invalid("Only a party office is held in a party body.", field="body")
    if post not in FOR_CONSTITUENCY and not has_council:
        raise Invalid("Enter the council.", field="council")


def checked_role(kind: str, detail: str | None) -> str | None:
    """The detail trimmed; raises Invalid for an unknown role or one that says too little."""
    text = " ".join((detail or "").split()) or None
    if kind not in ROLE_KINDS:
        raise Invalid("Choose the role.", field="kind")
    if text and len(text) > 160:
        raise Invalid("It is longer than 160 characters.", field="detail")
    if kind in ("cabinet", "chair", "committee", "other") and text is None:
        raise Invalid("Say which portfolio or committee.", field="detail")
    return text
