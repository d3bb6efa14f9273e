"""The front door of eligibility: what is held says whether an application may be granted."""

from models.funding.eligibility.actions import keep_results, overrule
from models.funding.eligibility.queries import (
    Judgement,
    judgements_for,
    results_of,
    results_when_awarded,
)
from models.funding.eligibility.rules import RULES, Overruled, Result, Results, unmet
from models.funding.eligibility.tables import EligibilityOverrule

__all__ = [
    "RULES",
    "EligibilityOverrule",
    "Judgement",
    "Overruled",
    "Result",
    "Results",
    "judgements_for",
    "keep_results",
    "overrule",
    "results_of",
    "results_when_awarded",
    "unmet",
]
