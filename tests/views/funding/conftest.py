"""What the tests of funding's pages have at hand."""

import pytest

from models.base import db
from models.funding.actions.draft import submit
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
from tests.round_factories import answer, make_round, make_round_draft

__all__ = ["awarded", "declared", "draft", "fund", "nwi", "scored_round", "submitted", "to_score"]


@pytest.fixture
def to_endorse(cast, fund, nwi):
    """Submitted in a round whose regions endorse in a step of their own."""
    round_ = make_round(by=cast.alice, fund=fund, submission_endorses=False)
    application = make_round_draft(by=cast.bob, region=nwi, round_=round_)
    answer(application, by=cast.bob)
    submit(application, by=cast.bob)
    db.session.commit()
    return application


@pytest.fixture
def state():
    """The status of an application as it stands in the database."""

    def status(application):
        db.session.expire_all()
        return application.status

    return status
