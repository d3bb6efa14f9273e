"""What an import came to, and the import of the register of councils."""

import csv
import json
from dataclasses import dataclass, field
from pathlib import Path

from app.cli import edge
from models.base import db
from models.errors import Invalid
from models.places.actions import import_councils
from models.places.queries.regions import unmapped_count
from models.places.register import Fault

SPELLINGS = "lookup_name_to_registry.csv"


@dataclass
class Outcome:
    """What an import did: rows = created + changed + unchanged + refused."""

    rows: int
    created: int
    changed: int
    unchanged: int
    refused: int
    batch: int | None = None
    notes: list[str] = field(default_factory=list)
    matches: dict[str, int] | None = None

    def as_json(self) -> str:
        """The counts as JSON, as other programs rely on them."""
        names = ("rows", "created", "changed", "unchanged", "refused", "batch")
        counts = {name: getattr(self, name) for name in names}
        found = {} if self.matches is None else {"matches": self.matches}
        return json.dumps({**counts, **found})

    def as_words(self) -> str:
        """The counts as a sentence, and what else is to be known."""
        counts = (
            f"{self.rows:,} rows: {self.created:,} created, {self.changed:,} changed, "
            f"{self.unchanged:,} unchanged, {self.refused:,} refused."
        )
        return "\n".join([counts, *self.notes])


def councils(file: Path, email: str | None, dry_run: bool) -> Outcome:
    """The register of local authorities; further spellings are taken from beside it."""
    data, spellings = content(file), file.parent / SPELLINGS
    with edge.transaction():
        tally = import_councils(
            data,
            by=edge.actor(email),
            spellings=content(spellings) if spellings.is_file() else None,
        )
        unmapped = unmapped_count()
        if dry_run:
            db.session.rollback()
    outcome = Outcome(tally.rows, tally.created, tally.changed, tally.unchanged, len(tally.refused))
    if tally.refused:
        beside = write_refusals(file, tally.refused)
        outcome.notes.append(f"Refused rows, each with its reason: {beside}")
    if tally.added:
        outcome.notes.append(f"{tally.added} councils that the register lacks were added.")
    outcome.notes.append(f"{unmapped:,} councils have no union region yet.")
    return outcome


def content(file: Path) -> bytes:
    """The bytes of a file; raises Invalid where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise Invalid(f"{file} cannot be read: {error.strerror}.") from error


def write_refusals(file: Path, faults: list[Fault]) -> Path:
    """A table of the refused rows beside the file: row, field, reason."""
    beside = file.with_name(f"{file.stem}-refused.csv")
    with beside.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(["File", "Row", "Field", "Reason"])
        writer.writerows([file.name, one.row, one.field, one.message] for one in faults)
    return beside
