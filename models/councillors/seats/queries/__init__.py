"""Reading seats that are up, the names on the ballots, and what was decided."""

from models.councillors.seats.queries.comparing import holders, matches_of, stood
from models.councillors.seats.queries.polls import (
    PollLine,
    candidacy_of,
    first_election,
    match_for,
    outcome_of,
    polls_for,
)
from models.councillors.seats.queries.scope import held_on, in_scope, seat_up
from models.councillors.seats.queries.seats import (
    TABS,
    Figures,
    Name,
    SeatLine,
    figures_for,
    seat_after,
    seat_for,
    seats_for,
)

__all__ = [
    "TABS",
    "Figures",
    "Name",
    "PollLine",
    "SeatLine",
    "candidacy_of",
    "figures_for",
    "first_election",
    "held_on",
    "holders",
    "in_scope",
    "match_for",
    "matches_of",
    "outcome_of",
    "polls_for",
    "seat_after",
    "seat_for",
    "seat_up",
    "seats_for",
    "stood",
]
