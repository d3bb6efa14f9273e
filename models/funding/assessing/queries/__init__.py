"""What is read of scores, notes and interests."""

from models.funding.assessing.queries.interests import (
    DECLARE_FIRST,
    conflicts_for,
    declaration_of,
    declared_by,
    held_by_interest,
    interests_for,
    interests_in,
    lifted_of,
    only_interests,
)
from models.funding.assessing.queries.scores import (
    assessment_of,
    criteria_of,
    has_scores,
    has_submitted,
    notes_of,
    scores_given,
)

__all__ = [
    "DECLARE_FIRST",
    "assessment_of",
    "conflicts_for",
    "criteria_of",
    "declaration_of",
    "declared_by",
    "has_scores",
    "has_submitted",
    "held_by_interest",
    "interests_for",
    "interests_in",
    "lifted_of",
    "notes_of",
    "only_interests",
    "scores_given",
]
