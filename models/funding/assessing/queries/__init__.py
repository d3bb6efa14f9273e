"""What is read of scores, notes and interests."""

from models.funding.assessing.queries.interests import (
    DECLARE_FIRST,
    conflicts_for,
    declared_by,
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
    "declared_by",
    "has_scores",
    "has_submitted",
    "notes_of",
    "scores_given",
]
