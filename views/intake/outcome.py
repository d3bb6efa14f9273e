"""Apply, undo, put aside, and the workbook of refused rows."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.intake.actions.applying import apply, carry_on
from models.intake.actions.batches import discard
from models.intake.actions.previewing import compare_again
from models.intake.actions.undoing import undo
from models.intake.queries.batches import batch_for, edited_rows_for, refused_rows_for
from models.intake.tables import ImportBatch
from reports.intake.refusals import refusals
from reports.workbook import write
from views.downloads import registered
from views.guards import keeps_register, needs, reader, reads_slowly
from views.intake.room import UNDER_WAY, bp

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.post("/<int:batch_id>/apply")
@needs(Permit.IMPORT)
def apply_batch(batch_id: int) -> ResponseReturnValue:
    """Write what the preview shows."""
    batch = apply(batch_for(reader(), batch_id), by=reader())
    if batch.state not in UNDER_WAY:
        flash(f"Import {batch.id} applied: {_counts(batch)}.", "ok")
    return _back(batch)


@bp.post("/<int:batch_id>/preview")
@needs(Permit.IMPORT)
@reads_slowly
def preview_again(batch_id: int) -> ResponseReturnValue:
    """Compare the rows with the books once more, as they are now."""
    return _back(compare_again(batch_for(reader(), batch_id), by=reader()))


@bp.post("/<int:batch_id>/carry-on")
@needs(Permit.IMPORT)
def carry_on_batch(batch_id: int) -> ResponseReturnValue:
    """Finish what broke off at the command line."""
    return _back(carry_on(batch_for(reader(), batch_id), by=reader()))


@bp.post("/<int:batch_id>/undo")
@needs(Permit.IMPORT)
def undo_batch(batch_id: int) -> ResponseReturnValue:
    """Take the whole import back, except rows that were edited since."""
    batch = undo(batch_for(reader(), batch_id), by=reader())
    if batch.state not in UNDER_WAY:
        left = len(edited_rows_for(reader(), batch))
        rows = "1 row was" if left == 1 else f"{left:,} rows were"
        more = f" {rows} left: edited or used since. The page says how." if left else ""
        flash(f"Import {batch.id} was taken back.{more}", "ok")
    return _back(batch)


@bp.post("/<int:batch_id>/discard")
@needs(Permit.IMPORT)
def discard_batch(batch_id: int) -> ResponseReturnValue:
    """Put a preview aside; nothing was written."""
    discard(batch_for(reader(), batch_id), by=reader())
    flash("The import was put aside. Nothing was written.", "ok")
    return redirect(url_for("intake.index"))


@bp.get("/<int:batch_id>/refusals.xlsx")
@needs(Permit.IMPORT)
@keeps_register
def refused_rows(batch_id: int) -> ResponseReturnValue:
    """The refused rows as they were, each with its reason; it can be corrected and imported."""
    batch = batch_for(reader(), batch_id)
    rows = refused_rows_for(reader(), batch)
    content = write(refusals(batch.file_name, batch.outline["headers"], rows))
    return registered(
        content,
        name=f"import-{batch.id}-refused.xlsx",
        media_type=XLSX,
        report="import-refusals",
        permit=Permit.IMPORT,
        rows=len(rows),
        of={"import": str(batch.id)},
        purpose="Correcting an import",
    )


def _back(batch: ImportBatch) -> ResponseReturnValue:
    return redirect(url_for("intake.show", batch_id=batch.id))


def _counts(batch: ImportBatch) -> str:
    return (
        f"{batch.created:,} new, {batch.changed:,} changed, {batch.unchanged:,} unchanged, "
        f"{batch.refused:,} refused"
    )
