"""What the tests of funding's rules and changes have at hand."""

from tests.funding_fixtures import (
    awarded,
    declared,
    draft,
    fund,
    nwi,
    scored_round,
    submitted,
    to_score,
)

__all__ = ["awarded", "declared", "draft", "fund", "nwi", "scored_round", "submitted", "to_score"]
