"""The blueprint of the merging room, and its words."""

from typing import Any

from flask import Blueprint

from models.councillors import workflow
from models.merging.matching import REASONS
from views.records import person_href

bp = Blueprint("merging", __name__, url_prefix="/duplicates")


@bp.context_processor
def _shown() -> dict[str, Any]:
    return {
        "person_href": person_href,
        "reasons": REASONS,
        "statuses": workflow.STATUSES,
        "likely": likely,
    }


def likely(score: int) -> tuple[str, str]:
    """A score in words, and its tone."""
    if score >= 80:
        return f"Very likely, {score}", "ok"
    return (f"Likely, {score}", "info") if score >= 60 else (f"Perhaps, {score}", "neutral")
