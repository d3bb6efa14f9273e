"""The fields of a file of candidates or results, and what its contest's name says."""

import re

from models.intake.rows import RESULTS
from reports.intake.field import Field

_ELECTION = re.compile(
    r"^(?:mayor of (?:the )?(?P<mayor>.+)|(?P<council>.+?) (?:local|council|mayoral) elections?)$",
    re.IGNORECASE,
)


def _field(key: str, label: str, kind: str, *headings: str) -> Field:
    return Field(key, label, kind, headings, (RESULTS,), policy=False)


CONTEST_FIELDS: tuple[Field, ...] = (
    _field(
        "candidate",
        "Candidate's name",
        "text",
        "person name",
        "candidate",
        "candidate name",
        "name of candidate",
        "name",
        "candidates",
    ),
    _field("candidate_id", "Candidate's id", "text", "person id", "candidate id"),
    _field("election", "Election id", "text", "election id", "election"),
    _field("election_name", "Election", "text", "election name"),
    _field("ballot", "Ballot paper id", "text", "ballot paper id", "ballot id", "ballot"),
    _field("area_code", "Ward code", "text", "post id", "ward code", "gss"),
    _field(
        "area",
        "Ward or division",
        "text",
        "post label",
        "ward",
        "ward name",
        "division",
        "electoral division",
        "post name",
    ),
    _field("seats", "Seats", "text", "seats contested", "seats", "winner count"),
    _field("cancelled", "Poll cancelled", "text", "cancelled", "cancelled poll"),
    _field("party_name", "Party", "text", "party name", "party", "description", "political party"),
    _field("party_code", "Party code", "text", "party ec id", "party id"),
    _field("list_position", "Place on the list", "text", "party list position", "list position"),
    _field("votes", "Votes", "text", "votes", "votes cast", "ballots cast", "number of votes"),
    _field("elected", "Elected", "text", "elected", "result", "outcome", "elected or not"),
    _field("poll_on", "Day of the poll", "day", "poll date", "poll on", "election date", "date"),
)


def council_of(election_name: str, election: str = "local") -> str | None:
    """The council that an election's name says: “Adur local election”, “Mayor of Croydon”, or
    the council's own name. None for a parliament; `election` is the election's id."""
    if election.partition(".")[0] not in ("local", "mayor"):
        return None
    name = " ".join(election_name.split())
    found = _ELECTION.match(name)
    return (found["mayor"] or found["council"]) if found else name
