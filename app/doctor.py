"""Is this installation well? Each check answers with a sentence; `hustings doctor` prints them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import packages_distributions
from itertools import islice

from flask import Flask, current_app

import migrations
from app.jobs.registry import kinds_ready
from app.settings import BadSettings
from models import audit, clock
from models.base import db, is_sqlite
from models.budget.faults import ledger_faults
from models.errors import DomainError
from models.jobs.queries import oldest_due
from models.payments.payees.queries import sealed_opens
from models.people.numbers import why_no_number
from models.people.queries.facts import stored_numbers
from models.people.queries.near import trigram_schema
from models.places.queries.regions import unmapped_count

PACKAGES = ("app", "migrations", "models", "reports", "views")
STALE = timedelta(minutes=15)
SHOWN = 20


@dataclass(frozen=True)
class Finding:
    """What one check found. Not `well` is a fault; a `note` is only to be known."""

    check: str
    well: bool
    words: str
    note: bool = False


def examine(app: Flask) -> list[Finding]:
    """Every check, in order; where the schema is not at its head, the data is not looked at."""
    findings = [_data_folder(app), *_packages(), _schema()]
    if not findings[-1].well:
        return findings
    for check in (_ledger, _audit, _bank_key, _outbox, _councils, _numbers, _search):
        findings.extend(check())
    return findings


def _data_folder(app: Flask) -> Finding:
    settings = app.config["SETTINGS"]
    kind = "PostgreSQL" if settings.url.startswith("postgresql") else "SQLite"
    return Finding("data", True, f"Data folder {settings.folder.resolve()}, database {kind}.")


def _packages() -> Iterator[Finding]:
    owners = packages_distributions()
    for name in PACKAGES:
        others = sorted(set(owners.get(name, [])) - {"hustings"})
        if others:
            words = f"The package “{name}” is also installed by {', '.join(others)}. Remove it."
            yield Finding("packages", False, words)
    if not any(set(owners.get(name, [])) - {"hustings"} for name in PACKAGES):
        yield Finding("packages", True, f"The packages {', '.join(PACKAGES)} are ours alone.")


def _schema() -> Finding:
    stands_at = migrations.current(db.session.connection())
    if stands_at == migrations.HEAD:
        return Finding("schema", True, f"The schema stands at {stands_at}.")
    where = f"at {stands_at}" if stands_at else "empty"
    return Finding(
        "schema",
        False,
        f"The database is {where}; this version needs {migrations.HEAD}. Run `hustings init`.",
    )


def _faults(check: str, faults: Iterator[str], well: str) -> list[Finding]:
    found = [Finding(check, False, words) for words in islice(faults, SHOWN)]
    return found or [Finding(check, True, well)]


def _ledger() -> list[Finding]:
    return _faults("ledger", iter(ledger_faults()), "The ledger adds up.")


def _audit() -> list[Finding]:
    return _faults("audit", audit.broken_links(), "The audit's chain is whole.")


def _bank_key() -> list[Finding]:
    try:
        opened = sealed_opens()
    except (DomainError, BadSettings) as fault:
        return [Finding("bank-key", False, str(fault))]
    words = "The key opens the bank details." if opened else "No bank details are kept yet."
    return [Finding("bank-key", True, words)]


def _outbox() -> list[Finding]:
    waiting_since = oldest_due(kinds=kinds_ready(current_app))
    if waiting_since is not None and waiting_since < clock.now() - STALE:
        minutes = int((clock.now() - waiting_since).total_seconds() // 60)
        words = (
            f"Work has waited in the outbox for {minutes} minutes. Is `hustings worker` running?"
        )
        return [Finding("outbox", True, words, note=True)]
    return [Finding("outbox", True, "No work waits in the outbox for long.")]


def _councils() -> list[Finding]:
    count = unmapped_count()
    words = f"{count:,} councils have no union region yet: only the national office sees them."
    return [Finding("councils", True, words, note=count > 0)]


def _numbers() -> list[Finding]:
    """Somebody is a member because a word stood where a number belongs: a person must look."""
    doubtful = (
        f"Person {person_id} (/people/{person_id}) is kept as a member by a number that is none: "
        f"{why} Correct the number, or take the membership away."
        for _, person_id, number in stored_numbers()
        if (why := why_no_number(number))
    )
    found = [Finding("numbers", True, words, note=True) for words in islice(doubtful, SHOWN)]
    return found or [Finding("numbers", True, "Every membership number is one.")]


def _search() -> list[Finding]:
    if is_sqlite(db.engine) or trigram_schema() is not None:
        return [Finding("search", True, "The search forgives several slips in a word.")]
    words = (
        "PostgreSQL has no extension pg_trgm here: the search forgives one slip in a word only. "
        "Ask for: create extension pg_trgm."
    )
    return [Finding("search", True, words, note=True)]
