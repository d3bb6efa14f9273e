"""However many press the button at once: 32 processes at one budget, on both databases."""

import random
import time

import pytest
import sqlalchemy as sa

from models import audit
from models.base import db
from models.budget.approvals.tables import BudgetRequest
from models.budget.faults import ledger_faults
from models.budget.queries.periods import current_fund
from models.budget.queries.tree import open_regions, tree_for
from models.budget.tables import Award, LedgerEntry
from models.money import in_pounds
from models.places.tables import UnionRegion
from tests.budgets import make_fund
from tests.cast import load_cast
from tests.models.budget import rush

# After the browser's journeys, on the same worker: beside 32 processes no page answers in time.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser")]
LIMIT_SECONDS = 120


@pytest.fixture
def seed(request):
    number = random.SystemRandom().randrange(10**6)
    print(f"seed {number}")
    return number


@pytest.fixture
def say(record_property, capsys, fresh_database):
    """Print a line of figures for docs/money.md past pytest's capture."""

    def line(what, result, awarded_p):
        database = (
            "SQLite" if fresh_database.config["SETTINGS"].database_url == "" else "PostgreSQL"
        )
        with capsys.disabled():
            print(
                f"\n| {database} | {what} | {in_pounds(awarded_p)} "
                f"| {result.counts['refused']} | {len(result.errors)} "
                f"| {result.seconds:.1f} | {result.p99_ms:.0f} |"
            )

    return line


def whole(pence):
    return {"heads": {"Print": "PRINT"}, "allocations": {"PRINT": {"NWI": pence}}}


def test_640_000_pounds_asked_of_250_000_award_exactly_250_000(fresh_database, seed, say):
    settings = fresh_database.config["SETTINGS"]
    with fresh_database.app_context():
        make_fund(load_cast().alice, **whole(250_000_00))
        db.session.remove()
    result = rush.run(rush.awards, settings, seed, LIMIT_SECONDS)
    with fresh_database.app_context():
        root = current_fund().node
        say("32 x 20 awards of £1,000", result, root.committed_p)
        assert result.errors == []
        assert root.committed_p == 250_000_00
        assert root.available_p == 0
        assert result.pence["commit"] == 250_000_00
        assert result.counts["refused"] == 32 * 20 - 250
        assert db.session.query(Award).count() == 250
        assert list(ledger_faults()) == []
        assert list(audit.broken_links()) == []
    assert result.seconds < LIMIT_SECONDS


def test_the_same_rush_breaks_a_cap_that_is_only_compared(fresh_database, seed, say):
    """The canary: without it the test above would prove nothing about the rush itself."""
    settings = fresh_database.config["SETTINGS"]
    plain = sa.create_engine(settings.url)
    spent_p = 0
    for attempt in range(5):
        with plain.begin() as connection:
            connection.execute(sa.text("drop table if exists naive_award"))
            connection.execute(sa.text("create table naive_award (amount_p bigint not null)"))
        result = rush.run(rush.naive_awards, settings, seed + attempt, LIMIT_SECONDS)
        with plain.connect() as connection:
            spent_p = int(connection.scalar(sa.text("select sum(amount_p) from naive_award")))
        if spent_p > 250_000_00:
            break
    plain.dispose()
    say("canary: sum, compare, insert", result, spent_p)
    assert spent_p > 250_000_00


def test_a_mix_of_awards_payments_and_virements_stays_whole(fresh_database, seed, say):
    settings = fresh_database.config["SETTINGS"]
    with fresh_database.app_context():
        db.session.add_all(UnionRegion(code=f"X{n}", name=f"Region {n}") for n in range(3))
        db.session.commit()
        codes = [region.code for region in open_regions()]
        shares = {head: dict.fromkeys(codes, 12_500_00) for head in ("PRINT", "DIGI")}
        make_fund(load_cast().alice, allocations=shares)
        db.session.remove()
    result = rush.run(rush.mix, settings, seed, LIMIT_SECONDS)
    with fresh_database.app_context():
        say("mix of 640 acts", result, result.pence["commit"])
        assert result.errors == []
        assert sum(result.counts.values()) == 640
        assert list(ledger_faults()) == []
        assert list(audit.broken_links()) == []
        for kind in ("commit", "pay", "release", "return"):
            assert ledger_sum(kind) == result.pence[kind]
        assert ledger_sum("vire") == 0
        asked = db.session.query(BudgetRequest)
        assert asked.count() == result.counts["vire"]
        assert {one.status for one in asked} == {"approved"}
        assert all(one.asked_by_id != one.decided_by_id for one in asked)
        assert current_fund().node.cap_p == 250_000_00
        leaves = [leaf for head in tree_for(load_cast().alice).heads for leaf in head.leaves]
        assert all(leaf.figures.available_p >= 0 for leaf in leaves)
        assert sum(leaf.figures.cap_p for leaf in leaves) == 250_000_00
    assert result.seconds < LIMIT_SECONDS


def ledger_sum(kind):
    total = sa.func.coalesce(sa.func.sum(LedgerEntry.amount_p), 0)
    return db.session.scalar(sa.select(total).where(LedgerEntry.kind == kind))


def test_two_clicks_of_one_button_make_one_award(fresh_database, seed):
    """The same key from 32 processes at once: one award, and all of them are told of it."""
    settings = fresh_database.config["SETTINGS"]
    with fresh_database.app_context():
        make_fund(load_cast().alice, **whole(250_000_00))
        db.session.remove()
    before = time.monotonic()
    result = rush.run(rush.same_award, settings, seed, LIMIT_SECONDS)
    with fresh_database.app_context():
        assert result.errors == []
        assert result.counts["commit"] == rush.PROCESSES
        assert current_fund().node.committed_p == rush.AWARD_P
        assert list(ledger_faults()) == []
    assert time.monotonic() - before < rush.START_SECONDS + LIMIT_SECONDS
