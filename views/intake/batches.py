"""A new import, and its preview."""

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.base import begin_writing, let_go
from models.councillors.seats.rules import summary
from models.errors import Invalid
from models.intake.actions.batches import Upload, upload
from models.intake.list import STATES
from models.intake.queries.batches import (
    batch_for,
    earlier_for,
    edited_rows_for,
    rows_for,
    work_waits,
)
from models.intake.rows import KINDS, LOOK, SHEET, VERDICTS
from models.intake.tables import ImportBatch
from reports.intake.reading import look
from views.asked import asked
from views.guards import needs, reader, reads_slowly
from views.intake.forms import UploadForm
from views.intake.room import TONES, UNDER_WAY, bp, line_of, progress_of, tabs_of
from views.pages import PAGE_SIZE, Page, page_number, render_form, submitted, wants_fragment


@bp.route("/new", methods=["GET", "POST"])
@needs(Permit.IMPORT)
@reads_slowly
def new() -> ResponseReturnValue:
    """Choose a file."""
    kind = asked().one_of("kind", KINDS)
    form = UploadForm(kind=kind) if kind else UploadForm()
    batch = submitted(form, lambda: _taken_in(form))
    if batch is None:
        return render_form("intake/new.html", form)
    return redirect(url_for("intake.columns", batch_id=batch.id))


def _taken_in(form: UploadForm) -> ImportBatch:
    data = form.file.data.read()
    let_go()
    try:
        seen = look(form.file.data.filename or "file", data, form.kind.data)
    except Invalid as refusal:
        raise Invalid(refusal.message, field="file") from refusal
    new_upload = Upload(
        kind=form.kind.data,
        file_name=seen.name,
        file_hash=seen.file_hash,
        content=data,
        outline=seen.outline,
        policy=form.policy.data,
    )
    begin_writing()
    return upload(new_upload, by=reader())


@bp.get("/<int:batch_id>")
@needs(Permit.IMPORT)
def show(batch_id: int) -> ResponseReturnValue:
    """The preview before, the progress during, and the result after the import."""
    batch = batch_for(reader(), batch_id)
    if batch.kind == SHEET and batch.state in ("uploaded", "previewed"):
        return redirect(url_for("sheets.show", batch_id=batch.id))
    if batch.state == "uploaded" and not wants_fragment():
        return redirect(url_for("intake.columns", batch_id=batch.id))
    if batch.state in UNDER_WAY:
        return _progress(batch)
    if wants_fragment():
        answer = make_response("")
        next_page = "intake.teach" if batch.outline.get("to_teach") else "intake.show"
        if batch.state == "uploaded":
            next_page = "intake.columns"
        answer.headers["HX-Redirect"] = url_for(next_page, batch_id=batch.id)
        return answer
    return _preview(batch)


def _progress(batch: ImportBatch) -> str:
    label, total = progress_of(batch)
    return render_template(
        "intake/progress.html", batch=batch, waits=work_waits(batch), label=label, total=total
    )


def _preview(batch: ImportBatch) -> str:
    number, verdict = page_number(), asked().one_of("rows", (*VERDICTS, LOOK)) or ""
    _, look_at = rows_for(reader(), batch, verdict=LOOK, size=1)
    rows, total = rows_for(reader(), batch, verdict=verdict, page=number, size=PAGE_SIZE)
    return render_template(
        "intake/show.html",
        batch=batch,
        state=(STATES[batch.state], TONES[batch.state]),
        earlier=earlier_for(reader(), batch),
        matches=summary(batch.outline["matches"]) if batch.outline.get("matches") else "",
        edited=edited_rows_for(reader(), batch) if batch.state == "undone" else [],
        tabs=tabs_of(batch, look_at),
        look_at=look_at,
        verdict=verdict,
        page=Page([line_of(row) for row in rows], number, total),
    )
