"""The fields of a file of candidates or results, and what its contest's name says."""

import re
from collections.abc import Sequence
from dataclasses import replace

from models.intake.rows import RESULTS, Fault, GivenRow
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
        "candidate s name",
    ),
    _field(
        "candidate_family",
        "Candidate's family name",
        "text",
        "candidate surname",
        "candidate family name",
        "surname",
        "family name",
        "last name",
    ),
    _field(
        "candidate_given",
        "Candidate's given names",
        "text",
        "candidate forenames",
        "candidate forename",
        "candidate other names",
        "candidate given names",
        "forenames",
        "other names",
        "forename",
        "first names",
        "first name",
        "given names",
        "given name",
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
    # “Votes cast” comes last: some files have the whole ward's there, and the name's own beside it.
    _field(
        "votes",
        "Votes",
        "text",
        "votes won",
        "candidate votes",
        "votes for candidate",
        "votes received",
        "votes polled",
        "votes",
        "number of votes",
        "votes cast",
    ),
    _field(
        "elected",
        "Elected",
        "text",
        "elected",
        "result",
        "election result",
        "outcome",
        "elected or not",
    ),
    _field("poll_on", "Day of the poll", "day", "poll date", "poll on", "election date", "date"),
)


def with_equal_votes(rows: Sequence[GivenRow]) -> list[GivenRow]:
    """The rows, with a fault for each of a contested ballot on which every name has the same
    votes: the column holds the whole ward's, not the candidate's."""
    ballots: dict[tuple[str, ...], list[GivenRow]] = {}
    for row in rows:
        if row.values.get("votes"):
            ballots.setdefault(_contest(row), []).append(row)
    contested = [names for names in ballots.values() if len(names) > 1]
    equal = [names for names in contested if len({row.values["votes"] for row in names}) == 1]
    # Two may have tied; more than two, or everywhere two, have not.
    everywhere = len(equal) == len(contested) > 1
    wrong = {id(row) for names in equal if len(names) > 2 or everywhere for row in names}
    return [_with_fault(row) if id(row) in wrong else row for row in rows]


def _contest(row: GivenRow) -> tuple[str, ...]:
    said = row.values
    parts = ("ballot",) if said.get("ballot") else ("council", "area", "poll_on", "election")
    return tuple(str(said.get(part) or "") for part in parts)


def _with_fault(row: GivenRow) -> GivenRow:
    why = (
        f"Votes: everybody on this ballot has {row.values['votes']}. The column seems to hold the "
        "votes of the whole ward; map the one with each candidate's own."
    )
    return replace(row, faults=(*row.faults, Fault("votes", why)))


def council_of(election_name: str, election: str = "local") -> str | None:
    """The council that an election's name says: “Adur local election”, “Mayor of Croydon”, or
    the council's own name. None for a parliament; `election` is the election's id."""
    if election.partition(".")[0] not in ("local", "mayor"):
        return None
    name = " ".join(election_name.split())
    found = _ELECTION.match(name)
    return (found["mayor"] or found["council"]) if found else name
