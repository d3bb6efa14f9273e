"""The list of imports: each file on its way in."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement

from models.accounts.roles import Permit
from models.accounts.tables import User
from models.intake.queries.batches import own
from models.intake.rows import KINDS, SHEET
from models.intake.tables import ImportBatch
from models.workshop.listing import Column, Filter, Fixed, Join, Listing, Tab
from models.workshop.wording import containing

STATES = {
    "uploaded": "Columns to check",
    "previewing": "Being compared",
    "previewed": "Preview",
    "applying": "Being written",
    "applied": "Applied",
    "undoing": "Being taken back",
    "undone": "Taken back",
    "discarded": "Put aside",
}
OPEN, IN_HAND = "open", ("uploaded", "previewing", "previewed", "applying", "undoing")


class ImportLine(NamedTuple):
    """One file, with how many of its rows are what; no name where the command line brought it."""

    id: int
    file_name: str
    state: str
    rows: int
    created: int
    changed: int
    unchanged: int
    refused: int
    name: str | None
    created_at: datetime


def _in_state(state: str) -> ColumnElement[bool]:
    return ImportBatch.state.in_(IN_HAND) if state == OPEN else ImportBatch.state == state


def _number(key: str, label: str) -> Column:
    return Column(key, label, "number", sort=(getattr(ImportBatch, key), ImportBatch.id))


IMPORTS = Listing(
    name="imports",
    title="Imports",
    permit=Permit.IMPORT,
    one="import",
    many="imports",
    subject="Imports",
    source=ImportBatch,
    key=ImportBatch.id,
    line=ImportLine,
    reads=(
        ImportBatch.id, ImportBatch.file_name, ImportBatch.state, ImportBatch.rows,
        ImportBatch.created, ImportBatch.changed, ImportBatch.unchanged, ImportBatch.refused,
        User.name, ImportBatch.created_at,
    ),
    joins=(Join(User, User.id == ImportBatch.by_id),),
    visible=lambda reader: (own(reader),),
    own=True,
    columns=(
        Column("file_name", "File", sort=(ImportBatch.file_name, ImportBatch.id)),
        Column("state", "State", value=lambda it: STATES[it.state],
               sort=(ImportBatch.state, ImportBatch.id)),
        _number("rows", "Rows"),
        _number("created", "New"),
        _number("changed", "Changed"),
        _number("unchanged", "Unchanged"),
        _number("refused", "Refused"),
        Column("name", "By", value=lambda it: it.name or "Command line", unknown_first=True,
               sort=(User.name, ImportBatch.id)),
        Column("at", "When", "moment", value=lambda it: it.created_at,
               sort=(ImportBatch.created_at, ImportBatch.id)),
    ),
    filters=(
        Filter("text", "File or who", containing(ImportBatch.file_name, User.name), "text",
               "matching “{}”"),
        Filter("kind", "What it brings", ImportBatch.kind.__eq__, "key", "of the kind “{}”",
               Fixed({**KINDS, SHEET: "Working sheet"})),
        Filter("state", "State", _in_state, "key", {OPEN: "in hand", "": "with the state “{}”"},
               Fixed({OPEN: "In hand", **STATES})),
    ),
    tabs=(
        Tab("All", {}),
        Tab("In hand", {"state": OPEN}),
        Tab("Applied", {"state": "applied"}),
        Tab("Taken back", {"state": "undone"}),
        Tab("Put aside", {"state": "discarded"}),
    ),
    sort="-at",
)  # fmt: skip
