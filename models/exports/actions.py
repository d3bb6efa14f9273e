"""Recording what leaves the system."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db
from models.errors import Invalid, TooMany
from models.exports.queries import exports_since
from models.exports.tables import ExportRecord

WINDOW = timedelta(minutes=10)
MOST_IN_WINDOW = 60


def record_export(
    *,
    report: str,
    permit: Permit,
    filters: Mapping[str, Any],
    rows: int,
    purpose: str,
    recipient: str,
    outside: bool,
    file_hash: str,
    by: Actor,
) -> ExportRecord:
    """Add one line to the register; raises TooMany after 60 exports in ten minutes.

    `outside` says that the recipient is not part of the union; then a purpose must be given.
    """
    require(by, permit)
    if outside and not purpose:
        raise Invalid("Say what the recipient needs these people for.", field="purpose")
    if by.id is not None and exports_since(by.id, clock.now() - WINDOW) >= MOST_IN_WINDOW:
        raise TooMany("You have exported very often. Wait ten minutes, then try again.")
    record = ExportRecord(
        report=report,
        by_id=by.id,
        filter=dict(filters),
        rows=rows,
        purpose=purpose or "Office use",
        recipient=recipient,
        outside=outside,
        file_hash=file_hash,
    )
    db.session.add(record)
    db.session.flush()
    audit.record(
        "export.made",
        record,
        by=by,
        after={"report": report, "rows": rows, "recipient": recipient, "outside": outside},
    )
    return record
