"""What waits in payments for one reader, as rows of the home page's work queue."""

from typing import Any

from flask import url_for

from models.accounts.tables import User
from models.payments.queries.work import work_for

NOW = {"label": "To do", "tone": "neutral"}
SOON = {"label": "Look at it", "tone": "warning"}


def payment_rows(user: User) -> list[dict[str, Any]]:
    """One row for each kind of work, none where nothing waits."""
    work = work_for(user)
    rows = [
        _row(work.differences, "Settle {} of a paid file", "difference", "paid_files", SOON),
        _row(work.failed, "See to {}", "failed payment", "index", SOON, status="failed"),
        _row(work.accounts, "Confirm {}", "bank account", "payees", NOW),
        _row(work.write_offs, "Decide on {}", "write-off", "write_offs", NOW),
        _row(work.release, "Release {}", "payment", "index", NOW, status="scheduled"),
        _row(work.send, "Send {} to the bank", "payment", "new_batch", NOW),
    ]
    found = [row for row in rows if row is not None]
    for row in found:
        if row["label"].startswith("Release"):
            row["amount_p"] = work.release_p
        elif row["label"].startswith("Send"):
            row["amount_p"] = work.send_p
    return found


def _row(
    count: int, words: str, what: str, endpoint: str, due: dict[str, str], **query: Any
) -> dict[str, Any] | None:
    if not count:
        return None
    things = f"1 {what}" if count == 1 else f"{count:,} {what}s"
    return {
        "icon": "cash",
        "label": words.format(things),
        "detail": "Payments",
        "href": url_for(f"payments.{endpoint}", **query),
        "due": due,
    }
