"""Which sheet, which heading row, which column is what."""

from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.base import begin_writing, let_go
from models.errors import Invalid
from models.intake.actions.batches import map_columns, outline_again
from models.intake.actions.previewing import hand_over, is_long, keep_preview
from models.intake.queries.batches import batch_for, saved_mapping
from models.intake.tables import ImportBatch
from reports.intake.columns import missing_column, proposed, shape_of
from reports.intake.reading import look, rows_of_file
from views.guards import needs, reader, reads_slowly
from views.intake.forms import ColumnsForm, columns_form, has_policy
from views.intake.room import bp
from views.pages import render_form, submitted


@bp.route("/<int:batch_id>/columns", methods=["GET", "POST"])
@needs(Permit.IMPORT)
@reads_slowly
def columns(batch_id: int) -> ResponseReturnValue:
    """Check the proposal and correct it; then see the preview."""
    batch = batch_for(reader(), batch_id, content=True)
    if batch.state not in ("uploaded", "previewed"):
        return redirect(url_for("intake.show", batch_id=batch.id))
    mapping, remembered = _mapping(batch)
    form = columns_form(batch.kind, batch.outline, mapping)
    target = submitted(form, lambda: _next(batch, form))
    if target is not None:
        return redirect(target)
    shown = [at for at, key in enumerate(batch.outline["headers"]) if has_policy(_key(form, at))]
    return render_form(
        "intake/columns.html", form, batch=batch, with_policy=shown, remembered=remembered
    )


def _key(form: ColumnsForm, at: int) -> str | None:
    key: str | None = form[f"column_{at}"].data
    return key


def _mapping(batch: ImportBatch) -> tuple[dict[str, Any], bool]:
    """The mapping to show: as it was chosen, else as it was for such a file, else a proposal."""
    if batch.mapping.get("columns"):
        return batch.mapping, False
    headers = tuple(batch.outline["headers"])
    saved = saved_mapping(batch.kind, shape_of(headers))
    if saved is not None:
        return saved.mapping, True
    return {"columns": proposed(headers, batch.kind)}, False


def _next(batch: ImportBatch, form: ColumnsForm) -> str:
    """Look again where sheet or heading row changed; else read the rows and go on.

    A long file goes to the worker; a short one is read and compared before anything is written.
    """
    sheets, row = form.asked_sheets(), form.header_row.data
    if sheets != tuple(batch.outline["chosen"]) or row != _row_shown(batch):
        _look_again(batch, sheets, row)
        return url_for("intake.columns", batch_id=batch.id)
    chosen = form.mapped(batch.outline)
    missing = missing_column(chosen.columns, chosen.fixed, batch.kind)
    if missing:
        raise Invalid(missing)
    name, content, kind = batch.file_name, _content(batch), batch.kind
    if is_long(batch):
        begin_writing()
        map_columns(batch, chosen, by=reader())
        hand_over(batch, by=reader(), read=True)
        return url_for("intake.show", batch_id=batch.id)
    let_go()
    rows = rows_of_file(name, content, kind, chosen.as_mapping(), header_row=chosen.header_row)
    unknown = keep_preview(batch, chosen, rows, by=reader())
    return url_for("intake.teach" if unknown else "intake.show", batch_id=batch.id)


def _row_shown(batch: ImportBatch) -> int | None:
    row: int | None = batch.outline.get("asked_row", batch.outline["header_row"])
    return row


def _look_again(batch: ImportBatch, sheets: tuple[str, ...], row: int | None) -> None:
    changed = row is not None and row != _row_shown(batch)
    name, content, kind = batch.file_name, _content(batch), batch.kind
    let_go()
    seen = look(name, content, kind, sheets=sheets, header_row=row if changed else None)
    begin_writing()
    outline = {**seen.outline, "sheets": batch.outline["sheets"]}
    if changed:
        outline["asked_row"] = row
    batch.mapping = {}
    outline_again(batch, outline, by=reader())


def _content(batch: ImportBatch) -> bytes:
    if batch.content is None:
        raise Invalid("The file is not kept any more. Upload it again.")
    return batch.content
