"""The work queue "What is missing"."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from models.accounts.permits import may
from models.accounts.roles import Permit
from models.evidence.missing import KINDS
from models.evidence.queries.work import WorkRow, work_counts, work_for
from views.asked import asked
from views.evidence.counter import bp
from views.guards import needs, reader
from views.pages import PAGE_SIZE, Page, page_number


@bp.get("")
@needs(Permit.FUNDING_READ)
def index() -> ResponseReturnValue:
    """What is not in yet of the awards that stand, the most urgent first."""
    kind = asked().one_of("kind", KINDS)
    every = work_for(reader())
    rows = [row for row in every if kind in (None, row.missing.kind)]
    number = page_number()
    page = Page(rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, len(rows))
    return render_template(
        "evidence/index.html",
        page=page,
        kind=kind,
        kinds=KINDS,
        counts=work_counts(every),
        total=len(every),
        href=work_href,
        may_edit=may(reader(), Permit.LETTERS_EDIT),
    )


def work_href(row: WorkRow) -> str:
    """The page on which this is done."""
    application_id, kind = row.application.id, row.missing.kind
    if kind == "result" and may(reader(), Permit.EVIDENCE_WRITE):
        return url_for("evidence.outcome", application_id=application_id)
    if kind in ("judge", "unspent", "receipts"):
        return url_for("evidence.report", application_id=application_id)
    return url_for("evidence.show", application_id=application_id)
