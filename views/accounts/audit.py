"""The audit: every change, newest first."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from models.accounts.queries import audit_entries_for, audit_events, user_names
from models.accounts.roles import Permit
from models.audit import AuditEntry
from models.query_args import whole
from views.accounts.forms import AuditFilterForm
from views.accounts.room import bp
from views.asked import asked, heard
from views.guards import needs, reader
from views.pages import PAGE_SIZE, Page, page_number


@bp.get("/audit")
@needs(Permit.AUDIT_READ)
def audit() -> ResponseReturnValue:
    """The audit, with filters."""
    form, number = AuditFilterForm(request.args), page_number()
    form.event.choices = [SelectChoice(one, event_words(one)) for one in audit_events(reader())]
    form.user.choices = [SelectChoice(str(user_id), name) for user_id, name in user_names()]
    heard(form)
    rows, total = audit_entries_for(
        reader(),
        event=form.event.data,
        actor_id=whole(form.user.data),
        day=form.day.data,
        subject=_subject(),
        page=number,
        size=PAGE_SIZE,
    )
    lines = [_line(entry, name) for entry, name in rows]
    asked = sum(bool(field.data) for field in form)
    page = Page(lines, number, total)
    return render_template("accounts/audit.html", form=form, page=page, asked=asked)


def _subject() -> tuple[str, int] | None:
    kind, number = asked().key("kind"), asked().id("id")
    return (kind, number) if kind and number is not None else None


def _line(entry: AuditEntry, name: str | None) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "at": entry.at,
        "who": name or "Command line or system",
        "event": event_words(entry.event),
        "subject": f"{entry.subject_kind.replace('_', ' ')} {entry.subject_id}",
        "changes": changes_of(entry),
        "erased": entry.salt is None,
    }


def event_words(event: str) -> str:
    """An event as one reads it: "user.signed_in" is "User signed in"."""
    return event.replace(".", " ").replace("_", " ").capitalize()


def changes_of(entry: AuditEntry) -> list[tuple[str, str, str]]:
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
