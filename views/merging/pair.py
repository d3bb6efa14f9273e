"""Two records side by side, and what becomes of them."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.merging.actions.finding import dismiss, reopen
from models.merging.actions.merging import merge
from models.merging.queries import beside as merging
from models.merging.queries.pairs import PairLine, pair_for, parked_words
from models.merging.tables import PersonMerge
from views.guards import needs, reader
from views.merging.forms import HIGH, LOW, DismissForm, MergeForm, merge_form
from views.merging.room import bp
from views.pages import submitted
from views.records import person_href


@bp.get("/<int:pair_id>")
@needs(Permit.PEOPLE_WRITE)
def show(pair_id: int) -> ResponseReturnValue:
    """The pair: facts side by side, why it is offered, and what can be done."""
    line = pair_for(reader(), pair_id)
    return _page(line, merge_form(line))


def _page(line: PairLine, form: MergeForm) -> ResponseReturnValue:
    page = render_template(
        "merging/pair.html",
        line=line,
        form=form,
        dismissal=DismissForm(formdata=None),
        stands=merging.beside((line.low.id, line.high.id)),
        open=line.pair.state == "open"
        and line.low.merged_into_id is None
        and line.high.merged_into_id is None,
    )
    return page, 422 if form.errors else 200


@bp.post("/<int:pair_id>/merge")
@needs(Permit.PEOPLE_WRITE)
def merge_pair(pair_id: int) -> ResponseReturnValue:
    """Make one record of the two."""
    line = pair_for(reader(), pair_id)
    form = merge_form(line)
    done = submitted(form, lambda: _merge(line, form))
    if done is None:
        return _page(pair_for(reader(), pair_id), form)
    left = parked_words(done)
    more = f" {left}" if left else ""
    flash(f"The two records are one now.{more} You can take it back under Merged.", "ok")
    return redirect(person_href(done.kept_id))


def _merge(line: PairLine, form: MergeForm) -> PersonMerge:
    sides = {LOW: (line.low, line.high), HIGH: (line.high, line.low)}
    kept, gone = sides[form.keep.data]
    choices, versions = form.sides()
    return merge(kept, gone, by=reader(), choices=choices, versions=versions)


@bp.post("/<int:pair_id>/dismiss")
@needs(Permit.PEOPLE_WRITE)
def dismiss_pair(pair_id: int) -> ResponseReturnValue:
    """Say that they are two people."""
    line, form = pair_for(reader(), pair_id), DismissForm()
    if not form.validate():
        return _page(line, merge_form(line))
    dismiss(line.pair, by=reader(), because=form.because.data or "")
    undo = {
        "text": f"{line.low.name} and {line.high.name} are two people. It is remembered.",
        "action": url_for(".reopen_pair", pair_id=pair_id),
        "label": "Undo",
    }
    flash(undo, "undo")  # type: ignore[arg-type]  # a toast takes a mapping too
    return redirect(url_for(".index"))


@bp.post("/<int:pair_id>/reopen")
@needs(Permit.PEOPLE_WRITE)
def reopen_pair(pair_id: int) -> ResponseReturnValue:
    """Put a dismissed pair back into the queue."""
    reopen(pair_for(reader(), pair_id).pair, by=reader())
    return redirect(url_for(".show", pair_id=pair_id))
