"""Seats up on a poll day as a workbook: one row for each seat, with what the ballots say."""

from collections.abc import Mapping
from typing import Any

from models import clock
from models.accounts.permits import Actor
from models.councillors.rules import END_REASONS, POSTS
from models.councillors.seats.queries.polls import polls_for
from models.councillors.seats.queries.seats import SeatLine, seats_for
from models.councillors.seats.rules import HOWS, OUTCOMES
from models.councillors.workflow import STATUSES
from models.days import said_day
from models.query_args import Given
from reports.sheet import Book, Column, Filled, Sheet, book

FILTERS = ("poll", "council", "show")
MOST = 100_000

SEATS = Sheet(
    "Seats up",
    (
        Column("name", "Name", width=26, data_class="personal"),
        Column("post", "Post", width=14),
        Column("council", "Council", width=26),
        Column("council_code", "Council code", width=12),
        Column("ward", "Ward", width=24),
        Column("party", "Party", width=24),
        Column("expected_end", "Term ends", "day", 14),
        Column("status", "Network status", width=14, data_class="special"),
        Column("ballot", "On the ballot as", width=26),
        Column("ballot_area", "On the ballot for", width=24),
        Column("ballot_party", "On the ballot party", width=24),
        Column("how", "Recognised by", width=30),
        Column("elected", "Elected", width=10),
        Column("votes", "Votes", "number", 10),
        Column("doubtful", "Doubtful names", "number", 10),
        Column("proposed", "Proposed", width=14),
        Column("outcome", "Decided", width=14),
    ),
)


def build(reader: Actor, filters: dict[str, str]) -> Book:
    """The seats that the reader's list shows for a poll day; without one, of the next poll."""
    given = Given.of(filters)
    poll_on = given.day("poll")
    if poll_on is None:
        coming = [one.poll_on for one in polls_for(reader) if one.poll_on >= clock.today()]
        poll_on = min(coming, default=clock.today())
    lines, _ = seats_for(
        reader,
        poll_on,
        tab=given.key("show") or "all",
        council_id=given.id("council"),
        size=MOST,
    )
    title = f"Seats up on {said_day(poll_on)}"
    return book(title, [Filled(SEATS, [_row(line) for line in lines])])


def _row(line: SeatLine) -> Mapping[str, Any]:
    sure = line.sure
    elected = sure.candidacy.elected if sure is not None else None
    return {
        "name": line.person.name,
        "post": POSTS.get(line.term.post, line.term.post),
        "council": line.term.area,
        "council_code": line.term.council.code if line.term.council else None,
        "ward": line.term.ward.name if line.term.ward else None,
        "party": line.term.party.name if line.term.party else None,
        "expected_end": line.term.expected_end,
        "status": STATUSES[line.status] if line.status else None,
        "ballot": sure.candidacy.name if sure else None,
        "ballot_area": sure.ballot.area if sure else None,
        "ballot_party": sure.party if sure else None,
        "how": HOWS[sure.match.how] if sure else None,
        "elected": None if elected is None else "Yes" if elected else "No",
        "votes": sure.candidacy.votes if sure else None,
        "doubtful": len(line.doubtful),
        "proposed": OUTCOMES[line.proposed] if line.proposed else None,
        "outcome": _came(line),
    }


def _came(line: SeatLine) -> str | None:
    if line.outcome is not None:
        return OUTCOMES[line.outcome.outcome]
    return END_REASONS.get(line.term.end_reason or "", "Ended") if line.settled else None
