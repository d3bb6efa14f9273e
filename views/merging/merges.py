"""A merge that was made, and taking it back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.merging import rules
from models.merging.actions.undoing import unmerge
from models.merging.queries.pairs import merge_for, rows_of
from views.guards import needs, reader
from views.merging.room import bp


@bp.get("/merges/<int:merge_id>")
@needs(Permit.PEOPLE_WRITE)
def merge(merge_id: int) -> ResponseReturnValue:
    """What was merged, by whom, and what stayed or was left."""
    line = merge_for(reader(), merge_id)
    rows = rows_of(line.merge)
    return render_template(
        "merging/merge.html",
        line=line,
        moved=sum(row.state in ("moved", "back") for row in rows),
        parked=[rules.words_for(row.table) for row in rows if row.state == "parked"],
        fields=[
            (rules.LABELS[name], *pair)
            for name, pair in line.merge.fields.items()
            if name in rules.LABELS and name != "home_region_id"
        ],
    )


@bp.post("/merges/<int:merge_id>/undo")
@needs(Permit.PEOPLE_WRITE)
def undo_merge(merge_id: int) -> ResponseReturnValue:
    """Make two records of one again."""
    done = unmerge(merge_for(reader(), merge_id).merge, by=reader())
    left = len(done.left or [])
    more = f" {left} things were edited since and stayed; they are listed here." if left else ""
    flash(f"There are two records again.{more}", "ok")
    return redirect(url_for(".merge", merge_id=merge_id))
