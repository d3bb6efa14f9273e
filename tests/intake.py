"""What the tests of imports share: a file in one go, and everything that is stored."""

import hashlib
from typing import Any

import sqlalchemy as sa

from models.accounts.permits import OPERATOR
from models.base import Base, db
from models.intake.actions import applying, batches
from models.intake.actions.applying import apply_some
from models.intake.actions.batches import Columns, Upload, map_columns
from models.intake.actions.undoing import start_undo, undo_some
from models.intake.queries.batches import refused_rows_for, rows_for
from models.intake.tables import ImportBatch
from reports.intake.columns import proposed
from reports.intake.reading import look, rows_of_file

# What an import may add although it was taken back: its own records, and what it learnt.
OWN = {
    "audit",
    "audit_head",
    "outbox",
    "import_batch",
    "import_row",
    "import_write",
    "saved_mapping",
    "spelling",
    "export_record",
}


def preview(
    data: bytes | str,
    *,
    name: str = "file.csv",
    by: Any = OPERATOR,
    kind: str = "councillors",
    policy: str = "fill",
    policies: dict[str, str] | None = None,
    fixed: dict[str, str] | None = None,
    columns: dict[str, str] | None = None,
    taught: dict[tuple[str, str], str] | None = None,
) -> ImportBatch:
    """A file as it is previewed with the columns that are proposed."""
    if isinstance(data, str):  # a plain table: its headings are the first line
        content = data.encode()
        outline = {"headers": data.splitlines()[0].split(","), "chosen": []}
        mapping = proposed(tuple(outline["headers"]), kind)
    else:
        content = data
        seen = look(name, content, kind)
        outline, mapping = seen.outline, seen.mapping
    file_hash = hashlib.sha256(content).hexdigest()
    batch = batches.upload(Upload(kind, name, file_hash, content, outline, policy), by=by)
    chosen = Columns(
        sheets=tuple(outline["chosen"]),
        header_row=None,
        columns=columns or mapping,
        policies=policies or {},
        fixed=fixed or {},
    )
    map_columns(batch, chosen, by=by)
    batches.stage(batch, rows_of_file(name, content, kind, batch.mapping), by=by)
    for (what, text), means in (taught or {}).items():
        batches.teach(what, text, means, by=by)
    return batches.preview(batch, by=by)


def imported(data: bytes | str, *, by: Any = OPERATOR, **how: Any) -> ImportBatch:
    """The same, applied piece by piece."""
    batch = preview(data, by=by, **how)
    applying.start(batch, by=by)
    while apply_some(batch.id, by=by):
        pass
    return batch


def taken_back(batch: ImportBatch, *, by: Any = OPERATOR) -> ImportBatch:
    """The batch undone, piece by piece."""
    start_undo(batch, by=by)
    while undo_some(batch.id, by=by):
        pass
    return batch


def counts(batch: ImportBatch) -> tuple[int, int, int, int, int]:
    """Rows, created, changed, unchanged, refused."""
    return (batch.rows, batch.created, batch.changed, batch.unchanged, batch.refused)


def adds_up(batch: ImportBatch) -> bool:
    """Whether every row has exactly one verdict."""
    rows, *verdicts = counts(batch)
    return rows == sum(verdicts)


def dump() -> dict[str, list[tuple[Any, ...]]]:
    """Everything that is stored, but for the import's own records. A version only ever rises."""
    db.session.flush()
    stored = {}
    for table in Base.metadata.sorted_tables:
        if table.name not in OWN:
            columns = [column for column in table.c if column.name != "version"]
            rows = db.session.execute(sa.select(*columns))
            stored[table.name] = sorted((tuple(row) for row in rows), key=repr)
    return stored


def refused(batch: ImportBatch) -> dict[int, str]:
    """Row number → why, of the refused rows."""
    rows = refused_rows_for(OPERATOR, batch)
    return {row.number: row.because or "" for row in rows}


def changes(batch: ImportBatch) -> dict[int, dict[str, list[str | None]]]:
    """Row number → field → [old, new], of the rows that would change something."""
    rows, _ = rows_for(OPERATOR, batch, verdict="change", size=1000)
    return {row.number: row.changes or {} for row in rows}
