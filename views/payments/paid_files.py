"""What the bank paid: files taken in, the difference report, and settling a difference."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.base import begin_writing, let_go
from models.errors import Invalid
from models.payments.paid_files.actions import can_settle, can_take, settle, step_back, take_in
from models.payments.paid_files.queries import (
    ASIDE,
    file_for,
    files_for,
    missing_from,
    row_for,
    rows_of,
    tally_of,
)
from models.payments.tables import PaidFile
from reports.payments.differences import differences_book
from reports.payments.paid_file import read_paid
from reports.workbook import write
from views.guards import keeps_register, needs, reader, reads_slowly
from views.pages import PAGE_SIZE, Page, page_number, render_form, submitted
from views.payments.counter import XLSX, bp, handed_over, parts
from views.payments.forms import PaidFileForm, SettleForm

VERDICTS = {
    "matched": ("Matched", "ok"),
    "differing": ("Differing", "warning"),
    "unknown": ("Unknown", "bad"),
    "returned": ("Returned – look at this", "bad"),
    "look": ("Look at this", "warning"),
}


@bp.get("/paid-files")
@needs(Permit.PAYMENTS_MAKE)
def paid_files() -> ResponseReturnValue:
    """Every paid file and what it came to, newest first."""
    number = page_number()
    rows, total = files_for(reader(), page=number, size=PAGE_SIZE)
    return render_template(
        "payments/paid_files.html", page=Page(rows, number, total, PAGE_SIZE), parts=parts()
    )


@bp.route("/paid-files/new", methods=["GET", "POST"])
@needs(Permit.PAID_FILES)
@reads_slowly
def new_paid_file() -> ResponseReturnValue:
    """Bring in a paid file."""
    form = PaidFileForm()
    file = submitted(form, lambda: _taken_in(form))
    if file is None:
        return render_form("payments/new_paid_file.html", form)
    tally = tally_of(file)
    back = f" {tally.returned} came back or must be looked at." if tally.returned else ""
    said = f"{tally.matched} of {tally.rows} rows matched.{back}"
    flash(said, "ok" if not tally.open else "stay")
    return redirect(url_for("payments.paid_file", file_id=file.id))


def _taken_in(form: PaidFileForm) -> PaidFile:
    data = form.file.data.read()
    let_go()
    try:
        sheet = read_paid(form.file.data.filename or "file", data)
    except Invalid as refusal:
        raise Invalid(refusal.message, field="file") from refusal
    begin_writing()
    return take_in(name=sheet.name, sha256=sheet.sha256, rows=sheet.rows, by=reader())


@bp.get("/paid-files/<int:file_id>")
@needs(Permit.PAYMENTS_MAKE)
def paid_file(file_id: int) -> ResponseReturnValue:
    """The difference report of a file."""
    file = file_for(reader(), file_id)
    apart = rows_of(file, only_matched=False)
    return render_template(
        "payments/paid_file.html",
        file=file,
        tally=tally_of(file),
        returned=[row for row in apart if row.verdict in ASIDE],
        differences=[row for row in apart if row.verdict not in ASIDE],
        matched=rows_of(file, only_matched=True),
        missing=missing_from(file),
        verdicts=VERDICTS,
    )


@bp.get("/paid-files/<int:file_id>/differences.xlsx")
@needs(Permit.PAYMENTS_MAKE)
@keeps_register
def differences(file_id: int) -> ResponseReturnValue:
    """The difference report as a workbook."""
    file = file_for(reader(), file_id)
    return handed_over(
        write(differences_book(file)),
        name=f"differences-{file.id}.xlsx",
        media_type=XLSX,
        report="differences",
        rows=file.rows,
        subject=f"Paid file {file.id}",
    )


@bp.route("/paid-rows/<int:row_id>", methods=["GET", "POST"])
@needs(Permit.PAYMENTS_MAKE)
def settle_row(row_id: int) -> ResponseReturnValue:
    """Settle a row that did not fit."""
    row = row_for(reader(), row_id)
    form = SettleForm()
    back = step_back(row)
    if back is not None and row.payment is not None:
        form.offer(back, row.payment.reference)
    done = submitted(
        form,
        lambda: settle(row, take=form.take.data == "take", reason=form.reason.data, by=reader()),
    )
    if done is None:
        row = row_for(reader(), row_id)
        return render_form(
            "payments/settle.html",
            form,
            row=row,
            because=can_take(row, reader()),
            closed=can_settle(row, reader()),
            back=back,
            verdict=VERDICTS[row.verdict],
        )
    flash(f"Row {row.number} is settled.", "ok")
    return redirect(url_for("payments.paid_file", file_id=row.file_id))
