"""The donation statement for the election agent, with the invoice split, as a file."""

from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.errors import NotFound
from models.evidence.queries.reports import report_of
from reports.letters import statement
from reports.letters.award import DOCX, PDF
from views.downloads import registered
from views.evidence.counter import awarded_application, bp
from views.guards import keeps_register, needs

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = {
    "docx": (statement.as_docx, DOCX),
    "pdf": (statement.as_pdf, PDF),
    "xlsx": (statement.as_xlsx, XLSX),
}


@bp.get("/<int:application_id>/statement/<string:ending>")
@needs(Permit.FUNDING_READ)
@keeps_register
def agent_statement(application_id: int, ending: str) -> ResponseReturnValue:
    """What the agent needs for the return of election expenses; it stands in the register."""
    application = awarded_application(application_id)
    if ending not in FILES:
        raise NotFound("The statement can be had as docx, pdf or xlsx.")
    make, media_type = FILES[ending]
    said = statement.statement_of(application, report_of(application))
    name = f"agent-statement-{application.reference}.{ending}"
    return registered(
        make(said),
        name=name,
        media_type=media_type,
        report="agent-statement",
        permit=Permit.FUNDING_READ,
        of={"of": application.reference},
        purpose="For the election agent",
    )
