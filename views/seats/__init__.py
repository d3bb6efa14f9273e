"""The seats counter: who is up, what came of each seat, and who is who on the ballots."""

from views.seats import doubtful, listing, triage
from views.seats.counter import bp

__all__ = ["bp", "doubtful", "listing", "triage"]
