"""Several people at once, in real processes on a database of their own."""

from collections import Counter

import pytest
import sqlalchemy as sa

from app import create_app
from models.base import db
from models.budget.faults import ledger_faults
from models.budget.tables import LedgerEntry
from models.funding.actions.decide import award
from models.funding.actions.draft import start_draft, submit
from models.funding.tables import Application
from tests.cast import load_cast
from tests.funding_factories import (
    CODING,
    first_leaf,
    make_contest,
    make_draft,
    make_fund,
    make_submitted,
)
from tests.own_process import at_once, outcome


def award_one(settings, application_id, officer, key):
    """One officer's click, in a process of its own: what became of it."""

    def act():
        application = db.session.get(Application, application_id)
        award(
            application,
            amount_p=300_00,
            node=first_leaf(application),
            by=getattr(load_cast(), officer),
            coding=CODING,
            key=key,
        )

    return outcome(settings, act)


def start_some(settings, count):
    """References of drafts started one after another in a process of its own."""
    with create_app(settings).app_context():
        cast = load_cast()
        found = []
        for _ in range(count):
            draft = start_draft(region_id=cast.regions["NWI"].id, by=cast.bob)
            found.append(draft.reference)
            db.session.commit()
        db.session.remove()
        db.engine.dispose()
        return found


def submit_one(settings, application_id):
    """One submission in a process of its own: what became of it."""

    def act():
        submit(db.session.get(Application, application_id), by=load_cast().bob)

    return outcome(settings, act)


@pytest.mark.slow
def test_of_several_officers_at_once_one_awards(fresh_database):
    settings = fresh_database.config["SETTINGS"]
    with fresh_database.app_context():
        cast = load_cast()
        make_fund(by=cast.alice)
        application_id = make_submitted(by=cast.bob, region=cast.regions["NWI"]).id
        db.session.remove()
    clicks = [("alice", "a"), ("olive", "o"), ("alice", "a"), ("olive", "o2")]
    became = at_once(award_one, *[(settings, application_id, *click) for click in clicks])
    assert set(became) == {"done", "Refused"}
    with fresh_database.app_context():
        kinds = db.session.scalars(sa.select(LedgerEntry.kind).where(LedgerEntry.award_id > 0))
        assert list(kinds) == ["commit"]
        winner = db.session.get(Application, application_id).decided_by_id
        allowed = 2 if winner == load_cast().alice.id else 1
        assert Counter(became)["done"] <= allowed, "only the winner's own second click is done too"
        assert list(ledger_faults()) == []


@pytest.mark.slow
def test_references_are_never_given_twice(fresh_database):
    settings = fresh_database.config["SETTINGS"]
    with fresh_database.app_context():
        make_fund(by=load_cast().alice)
        db.session.remove()
    given = [one for found in at_once(start_some, *[(settings, 8)] * 3) for one in found]
    assert len(set(given)) == 24
    assert max(given).endswith("-0024"), "and none is left out"


@pytest.mark.slow
def test_of_two_submissions_for_one_contest_one_is_taken(fresh_database):
    settings = fresh_database.config["SETTINGS"]
    with fresh_database.app_context():
        cast = load_cast()
        make_fund(by=cast.alice)
        region = cast.regions["NWI"]
        contest = make_contest(region)
        ids = [make_draft(by=cast.bob, region=region, contest=contest).id for _ in range(2)]
        db.session.remove()
    assert sorted(at_once(submit_one, *[(settings, one) for one in ids])) == ["Conflict", "done"]
