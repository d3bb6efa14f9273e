"""Seats that are up, who stood for them, and what came of each."""

from models.councillors.seats.actions import (
    NextTerm,
    decide_seat,
    match_candidates,
    settle_name,
    undo_seat,
)
from models.councillors.seats.dates import next_end
from models.councillors.seats.queries import (
    TABS,
    Figures,
    Name,
    PollLine,
    SeatLine,
    figures_for,
    held_on,
    match_for,
    polls_for,
    seat_after,
    seat_for,
    seats_for,
)
from models.councillors.seats.rules import HOWS, OUTCOMES, outcomes_of, summary
from models.councillors.seats.tables import CandidateMatch, SeatOutcome

__all__ = [
    "HOWS",
    "OUTCOMES",
    "TABS",
    "CandidateMatch",
    "Figures",
    "Name",
    "NextTerm",
    "PollLine",
    "SeatLine",
    "SeatOutcome",
    "decide_seat",
    "figures_for",
    "held_on",
    "match_candidates",
    "match_for",
    "next_end",
    "outcomes_of",
    "polls_for",
    "seat_after",
    "seat_for",
    "seats_for",
    "settle_name",
    "summary",
    "undo_seat",
]
