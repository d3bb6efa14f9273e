"""The counter for working sheets that come back: compare, decide cell by cell, apply."""

from datetime import date
from hashlib import sha256
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField, FileRequired

from models.accounts.roles import Permit
from models.base import let_go
from models.days import said_day
from models.errors import Invalid, NotFound
from models.intake.actions.batches import discard
from models.intake.queries.batches import batch_for
from models.intake.rows import SHEET
from models.intake.sheets.actions import apply_cells, decide, decide_all, take_back
from models.intake.sheets.queries import CellLine, cells_for, counts_of
from models.intake.tables import ImportBatch
from models.query_args import whole
from reports.reader.shapes import shown_name
from reports.working_sheet import WORKING, read_back
from views.asked import asked
from views.forms import BaseForm
from views.guards import needs, reader, reads_slowly
from views.pages import PAGE_SIZE, Page, page_number, render_form, submitted

bp = Blueprint("sheets", __name__, url_prefix="/imports/sheets")
HEADINGS = {column.key: column.title for column in WORKING.columns}
ONLY = {"": "All changes", "conflicts": "Conflicts", "faults": "Not possible"}
DECISIONS = {
    "accepted": ("Accepted", "ok"),
    "refused": ("Refused", "neutral"),
    "open": ("To decide", "warning"),
}


class SheetForm(BaseForm):
    """A working sheet that was edited."""

    file = FileField(
        "Working sheet",
        description="The .xlsx file as Hustings gave it, with your changes. You see every change "
        "before it is written.",
        validators=[FileRequired("Choose a file.")],
    )


@bp.route("/new", methods=["GET", "POST"])
@needs(Permit.IMPORT)
@reads_slowly
def new() -> ResponseReturnValue:
    """Upload a sheet that was edited."""
    form = SheetForm()
    batch = submitted(form, lambda: _returned(form))
    if batch is None:
        return render_form("sheets/new.html", form)
    return redirect(url_for(".show", batch_id=batch.id))


def _returned(form: SheetForm) -> ImportBatch:
    data, name = form.file.data.read(), form.file.data.filename or "file"
    let_go()
    try:
        rows = read_back(name, data)
    except Invalid as refusal:
        raise Invalid(refusal.message, field="file") from refusal
    return take_back(
        rows, file_name=shown_name(name), file_hash=sha256(data).hexdigest(), by=reader()
    )


def _sheet(batch_id: int) -> ImportBatch:
    batch = batch_for(reader(), batch_id)
    if batch.kind != SHEET:
        raise NotFound("There is no such working sheet.")
    return batch


@bp.get("/<int:batch_id>")
@needs(Permit.IMPORT)
def show(batch_id: int) -> ResponseReturnValue:
    """Every changed cell: what it was, what the books say now, what the sheet says."""
    batch = _sheet(batch_id)
    if batch.state not in ("uploaded", "previewed"):
        return redirect(url_for("intake.show", batch_id=batch.id))
    number, only = page_number(), asked().one_of("only", ONLY) or ""
    lines, total = cells_for(batch, only=only, page=number, size=PAGE_SIZE)
    counts = counts_of(batch)
    amounts = {"": counts.total, "conflicts": counts.conflicts, "faults": counts.faults}
    tabs = [
        {
            "label": label,
            "count": amounts[key],
            "href": url_for(".show", batch_id=batch.id, only=key or None),
            "current": key == only,
        }
        for key, label in ONLY.items()
    ]
    return render_template(
        "sheets/show.html",
        batch=batch,
        counts=counts,
        tabs=tabs,
        only=only,
        page=Page([_line(line) for line in lines], number, total),
    )


def _line(line: CellLine) -> dict[str, Any]:
    cell = line.cell
    return {
        "cell": cell,
        "number": line.row.number,
        "name": line.row.raw.get("Name", ""),
        "label": HEADINGS.get(cell.field, cell.field),
        "decision": DECISIONS[cell.decision],
        **{side: _in_words(cell.field, getattr(cell, side)) for side in ("base", "here", "mine")},
    }


def _in_words(field: str, text: str | None) -> str | None:
    """A cell as pages say it: a day as 7 May 2026, if it is one."""
    if field != "expected_end" or not text:
        return text
    try:
        return said_day(date.fromisoformat(text))
    except ValueError:
        return text


@bp.post("/<int:batch_id>/cells/<int:cell_id>")
@needs(Permit.IMPORT)
def decide_cell(batch_id: int, cell_id: int) -> ResponseReturnValue:
    """Accept or refuse one change."""
    decide(_sheet(batch_id), cell_id, request.form.get("decision", ""), by=reader())
    return _back(batch_id)


@bp.post("/<int:batch_id>/all")
@needs(Permit.IMPORT)
def decide_every(batch_id: int) -> ResponseReturnValue:
    """Accept or refuse all changes at once, with the conflicts or without."""
    decide_all(
        _sheet(batch_id),
        request.form.get("decision", ""),
        by=reader(),
        conflicts=request.form.get("conflicts") == "yes",
    )
    return _back(batch_id)


def _back(batch_id: int) -> ResponseReturnValue:
    only, page = request.form.get("only", ""), whole(request.form.get("page"))
    only = only if only in ONLY else ""
    return redirect(url_for(".show", batch_id=batch_id, only=only or None, page=page))


@bp.post("/<int:batch_id>/apply")
@needs(Permit.IMPORT)
def apply_sheet(batch_id: int) -> ResponseReturnValue:
    """Write what was accepted, as one batch."""
    batch = apply_cells(_sheet(batch_id), by=reader())
    if batch.state == "uploaded":
        flash("Nothing was written: cells were changed here meanwhile. Decide again.", "bad")
        return redirect(url_for(".show", batch_id=batch.id, only="conflicts"))
    if batch.state == "applied":
        rows = "1 row was" if batch.changed == 1 else f"{batch.changed:,} rows were"
        flash(f"{rows} changed. It can be taken back for 30 days.", "ok")
    return redirect(url_for("intake.show", batch_id=batch.id))


@bp.post("/<int:batch_id>/discard")
@needs(Permit.IMPORT)
def discard_sheet(batch_id: int) -> ResponseReturnValue:
    """Put the sheet aside; nothing was written."""
    discard(_sheet(batch_id), by=reader())
    flash("The sheet was put aside. Nothing was written.", "ok")
    return redirect(url_for("intake.index"))
