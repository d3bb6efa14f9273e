"""What the records hold of applications, and what the rules say to it."""

from models.funding.eligibility.queries.held import Other, Records, records_for
from models.funding.eligibility.queries.judging import (
    Judgement,
    judgements_for,
    results_of,
)
from models.funding.eligibility.queries.kept import results_when_awarded

__all__ = [
    "Judgement",
    "Other",
    "Records",
    "judgements_for",
    "records_for",
    "results_of",
    "results_when_awarded",
]
