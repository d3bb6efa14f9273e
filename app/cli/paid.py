"""`hustings import paid FILE`: what the bank paid, matched with the payments."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from app.cli import edge
from app.cli.outcome import content
from models.base import db
from models.payments.paid_files.actions import take_in
from models.payments.paid_files.queries import ASIDE, missing_from, rows_of, tally_of
from models.payments.tables import PaidRow
from reports.payments.paid_file import read_paid

SHOWN = 20


@dataclass
class Matched:
    """What a paid file came to: rows = matched + differing + unknown + returned."""

    rows: int
    matched: int
    differing: int
    unknown: int
    returned: int
    notes: list[str] = field(default_factory=list)

    @property
    def refused(self) -> int:
        """The rows that did not fit."""
        return self.differing + self.unknown + self.returned

    def as_json(self) -> str:
        """The counts as JSON, as other programs rely on them."""
        names = ("rows", "matched", "differing", "unknown", "returned")
        return json.dumps({name: getattr(self, name) for name in names})

    def as_words(self) -> str:
        """The counts as a sentence, and each row that did not fit."""
        counts = (
            f"{self.rows:,} rows: {self.matched:,} matched, {self.differing:,} differing, "
            f"{self.unknown:,} unknown, {self.returned:,} returned or to be looked at."
        )
        return "\n".join([counts, *self.notes])


def _note(row: PaidRow) -> str:
    if row.verdict not in ASIDE:
        return f"Row {row.number}: {row.because}"
    said = "returned - look at this" if row.verdict == "returned" else "look at this"
    named = row.payment.reference if row.payment else row.reference
    return f"Row {row.number}: {said}: {named}: {row.because}"


def paid(file: Path, email: str | None, dry_run: bool) -> Matched:
    """Take in a paid file; with `dry_run` say what it would come to, and change nothing."""
    sheet = read_paid(file.name, content(file))
    with edge.transaction():
        taken = take_in(name=sheet.name, sha256=sheet.sha256, rows=sheet.rows, by=edge.actor(email))
        tally = tally_of(taken)
        outcome = Matched(tally.rows, tally.matched, tally.differing, tally.unknown, tally.returned)
        # What came back first: it is what somebody must act on.
        apart = sorted(rows_of(taken, only_matched=False), key=lambda row: row.verdict not in ASIDE)
        outcome.notes = [_note(row) for row in apart[:SHOWN]]
        if len(apart) > SHOWN:
            outcome.notes.append(f"… and {len(apart) - SHOWN:,} more.")
        missing = missing_from(taken)
        if missing:
            names = ", ".join(payment.reference for payment in missing[:SHOWN])
            outcome.notes.append(f"Not in the file, of the same batches: {names}.")
        if dry_run:
            db.session.rollback()
            outcome.notes.append("This was a dry run: nothing was written.")
    return outcome
