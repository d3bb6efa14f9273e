"""The export register as a list: what left the system."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, true

from models.accounts.queries import user_names
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.exports.tables import ExportRecord
from models.workshop.listing import Column, Filter, Fixed, Found, Join, Listing, Tab
from models.workshop.wording import containing


class ExportLine(NamedTuple):
    """One file that left, and who took it; no name where the command line did."""

    id: int
    at: datetime
    name: str | None
    report: str
    rows: int
    recipient: str
    outside: bool
    purpose: str
    filter: dict[str, Any]


def _outside(_said: str) -> ColumnElement[bool]:
    return ExportRecord.outside.is_(True)


def of_report(key: str) -> ColumnElement[bool]:
    """True for the files of one workbook; whoever knows their titles makes a filter of it."""
    return ExportRecord.report == key


REGISTER = Listing(
    name="register",
    title="Export register",
    permit=Permit.AUDIT_READ,
    one="export",
    many="exports",
    subject="Exports",
    source=ExportRecord,
    key=ExportRecord.id,
    line=ExportLine,
    reads=(
        ExportRecord.id, ExportRecord.at, User.name, ExportRecord.report, ExportRecord.rows,
        ExportRecord.recipient, ExportRecord.outside, ExportRecord.purpose, ExportRecord.filter,
    ),
    joins=(Join(User, User.id == ExportRecord.by_id),),
    visible=lambda _: (true(),),
    columns=(
        Column("at", "When", "moment", sort=(ExportRecord.at, ExportRecord.id)),
        Column("name", "Who", value=lambda it: it.name or "Command line", unknown_first=True,
               sort=(User.name, ExportRecord.id)),
        Column("report", "Report", sort=(ExportRecord.report, ExportRecord.id)),
        Column("rows", "Rows", "number", sort=(ExportRecord.rows, ExportRecord.id)),
        Column("recipient", "Recipient", sort=(ExportRecord.recipient, ExportRecord.id)),
        Column("purpose", "Purpose"),
        Column("filter", "Filter"),
    ),
    filters=(
        Filter("text", "Who, recipient or purpose",
               containing(User.name, ExportRecord.recipient, ExportRecord.purpose), "text",
               "matching “{}”"),
        Filter("user", "Who", ExportRecord.by_id.__eq__, "id", "by {}",
               Found(lambda _: user_names())),
        Filter("outside", "Recipient", _outside, "key", "for somebody outside the union",
               Fixed({"yes": "Outside the union"})),
    ),
    tabs=(Tab("All", {}), Tab("Outside the union", {"outside": "yes"})),
    sort="-at",
)  # fmt: skip
