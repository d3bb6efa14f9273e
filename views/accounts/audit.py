"""The audit: every change, newest first."""

from typing import Any

from models.accounts.audit.list import AUDIT, AuditLine
from views.accounts.room import bp
from views.workshop.lists import ListPage, show


def changes_of(entry: AuditLine) -> list[tuple[str, str, str]]:
    """What changed, as (name, before, after) in words."""
    before, after = entry.before or {}, entry.after or {}
    names = [*before, *(name for name in after if name not in before)]
    return [
        (_name(name), _words(name, before.get(name)), _words(name, after.get(name)))
        for name in names
    ]


def _name(name: str) -> str:
    return name.removesuffix("_p").removesuffix("_id").replace("_", " ").capitalize()


def _words(name: str, value: Any) -> str:
    if value in (None, [], ""):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and name.endswith("_p"):
        return f"£{value / 100:,.2f}"
    if isinstance(value, list):
        return ", ".join(_words("", item) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{_name(key)}: {_words(key, item)}" for key, item in value.items())
    return str(value)


LIST = ListPage(
    AUDIT,
    "accounts.audit",
    cells="accounts/audit_cells.html",
    facts="Every change. Entries cannot be edited or removed.",
    widths={
        "id": "short",
        "at": "moment",
        "name": "moment",
        "event": "place",
        "subject": "moment",
        "changes": "long",
    },
    empty="Nothing has been changed yet",
    words={"changes_of": changes_of},
)
show(bp, LIST, "/audit")
