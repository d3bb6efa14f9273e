"""The intake counter's blueprint, and its words."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint

from models.intake.comparing import LABELS
from models.intake.rows import LOOK
from models.intake.tables import ImportBatch, ImportRow

bp = Blueprint("intake", __name__, url_prefix="/imports")

TONES = {
    "uploaded": "warning",
    "previewing": "info",
    "previewed": "info",
    "applying": "info",
    "applied": "ok",
    "undoing": "info",
    "undone": "neutral",
    "discarded": "neutral",
}
VERDICTS = {
    "create": ("New", "ok"),
    "change": ("Change", "info"),
    "unchanged": ("Unchanged", "neutral"),
    "refused": ("Refused", "bad"),
}
UNDER_WAY = ("previewing", "applying", "undoing")


@dataclass(frozen=True)
class Line:
    """One row of a preview as the page shows it."""

    number: int
    sheet: str
    name: str
    verdict: tuple[str, str]
    changes: list[tuple[str, str | None, str | None]]
    because: str
    note: str
    matched_by: str


def line_of(row: ImportRow) -> Line:
    """The row in words."""
    given = row.given.get("values", {})
    parts = (given.get("given_name"), given.get("family_name"))
    name = (
        " ".join(part for part in parts if part)
        or given.get("name")
        or given.get("candidate")
        or ""
    )
    return Line(
        number=row.number,
        sheet=row.sheet,
        name=name or next(iter(row.raw.values()), ""),
        verdict=VERDICTS[row.verdict or "refused"],
        changes=[(LABELS.get(key, key), *pair) for key, pair in _changes(row)],
        because=row.because or "",
        note=row.note or "",
        matched_by=row.matched_by or "",
    )


def _changes(row: ImportRow) -> list[tuple[str, Any]]:
    """The changes; of a new record only what a name line does not say already."""
    said = {"given_name", "family_name"} if row.verdict == "create" else set()
    return [(key, pair) for key, pair in (row.changes or {}).items() if key not in said]


def progress_of(batch: ImportBatch) -> tuple[str, int]:
    """What the worker is at, and of how many rows."""
    if batch.state != "previewing":
        words = "Rows being written" if batch.state == "applying" else "Rows being taken back"
        return words, batch.created + batch.changed
    return "Rows being read and compared with the books", max(
        batch.rows, int(batch.outline.get("rows") or 0)
    )


def tabs_of(batch: ImportBatch, look_at: int) -> list[tuple[str, str, int]]:
    """The tabs of a preview: verdict, label, how many rows; `look_at` are taken, with a note."""
    return [
        ("", "All", batch.rows),
        ("create", "New", batch.created),
        ("change", "Changes", batch.changed),
        (LOOK, "Look at", look_at),
        ("unchanged", "Unchanged", batch.unchanged),
        ("refused", "Refused", batch.refused),
    ]
