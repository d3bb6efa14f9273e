"""Files handed over as they are: each with its line in the export register, kept by no cache."""

import hashlib
import io
from collections.abc import Mapping
from typing import Any

from flask import Response, request, send_file

from models import clock
from models.accounts.roles import Permit
from models.base import begin_writing
from models.exports.actions import record_export
from reports.desk import INSIDE
from views.guards import reader

ENDINGS = {"text/vcard": "vcf", "text/calendar": "ics"}
# What the register calls the files that are no report of the catalogue.
TITLES = {
    "agent-statement": "Statement for the election agent",
    "attachment": "File that was handed in",
    "award-letter": "Award letter",
    "bank-file": "File for the bank",
    "card": "Card of a person",
    "differences": "Differences of a paid file",
    "follow-ups": "Calendar of follow-ups",
    "import-refusals": "Refused rows of an import",
    "payment-batch": "Payment batch",
}


def handed_over(key: str, content: bytes, permit: Permit, *, rows: int, kind: str) -> Response:
    """A list or a card of today; its route must be marked with `keeps_register`."""
    name = f"{key}-{clock.today().isoformat()}.{ENDINGS[kind]}"
    return registered(content, name=name, media_type=kind, report=key, permit=permit, rows=rows)


def registered(
    content: bytes,
    *,
    name: str,
    media_type: str,
    report: str,
    permit: Permit,
    rows: int = 1,
    of: Mapping[str, str] | None = None,
    purpose: str = "",
) -> Response:
    """The answer that hands a file over, to be saved and never opened inside the site.

    Its line in the register says what it was `of`; its route must be marked with `keeps_register`.
    """
    enter(
        report=report,
        permit=permit,
        filters=of or {},
        rows=rows,
        purpose=purpose,
        recipient=INSIDE,
        outside=False,
        file_hash=hashlib.sha256(content).hexdigest(),
    )
    answer = send_file(
        io.BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name
    )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox"
    return answer


def enter(**line: Any) -> None:
    """Write the line of a file that is ready into the register: the last step of a download.

    Only here the writing transaction begins. A HEAD takes no file away and leaves no line.
    """
    if request.method != "HEAD":
        begin_writing()
        record_export(**line, by=reader())
