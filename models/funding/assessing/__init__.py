"""The front door of assessing: criteria, scores, moderation, and declared interests."""

from models.funding.assessing.actions import (
    change_terms,
    declare_interest,
    moderate,
    open_round,
    save_criteria,
    score,
)
from models.funding.assessing.queries import (
    assessment_of,
    conflicts_for,
    criteria_of,
    declared_by,
    has_scores,
    notes_of,
    scores_given,
)
from models.funding.assessing.rules import (
    INTERESTS,
    MOST_POINTS,
    STANDARD,
    WORDS,
    Assessment,
    Given,
    Sheet,
    Wanted,
)
from models.funding.assessing.tables import (
    Criterion,
    InterestDeclaration,
    ModerationNote,
    Score,
)

__all__ = [
    "INTERESTS",
    "MOST_POINTS",
    "STANDARD",
    "WORDS",
    "Assessment",
    "Criterion",
    "Given",
    "InterestDeclaration",
    "ModerationNote",
    "Score",
    "Sheet",
    "Wanted",
    "assessment_of",
    "change_terms",
    "conflicts_for",
    "criteria_of",
    "declare_interest",
    "declared_by",
    "has_scores",
    "moderate",
    "notes_of",
    "open_round",
    "save_criteria",
    "score",
    "scores_given",
]
