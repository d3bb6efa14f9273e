"""One timeline of a person: contacts, notes, funding, offices, the network; newest first."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from flask import url_for

from models.accounts.permits import may
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.clock import midnight
from models.contacts.timeline import timeline_for
from models.councillors.queries.network import NetworkLine
from models.councillors.rules import END_REASONS, POSTS
from models.councillors.tables import OfficeTerm
from models.councillors.workflow import STATUSES
from models.delegates import workflow as delegate_steps
from models.delegates.tables import DelegateTerm
from models.funding.queries.about import steps_about
from models.people.queries.facts import notes_for
from models.people.queries.history import CHANGED, ENDED, TAGGED, UNTAGGED, changes_of
from models.people.rules import LABELS
from models.people.tables import Person
from views.records import application_href

KINDS = {
    "contacts": "Contacts",
    "notes": "Notes",
    "funding": "Funding",
    "offices": "Offices, delegates, network",
    "changes": "Facts",
}
CHANGES = {
    CHANGED: ("edit", "Record changed"),
    TAGGED: ("tag", "Tagged"),
    UNTAGGED: ("tag", "Tag removed"),
    ENDED: ("edit", "No longer reached there"),
}


def entries(
    user: User,
    person: Person,
    terms: Sequence[OfficeTerm],
    history: Sequence[NetworkLine],
    delegates: Sequence[DelegateTerm] = (),
    *,
    kind: str | None = None,
) -> list[dict[str, Any]]:
    """What the reader may see of what happened, of one kind or all, for `ui.timeline`."""
    makers = {
        "contacts": lambda: _contacts(user, person),
        "notes": lambda: _notes(user, person),
        "funding": lambda: _funding(user, person),
        "offices": lambda: [*_offices(user, terms, history), *_delegates(delegates)],
        "changes": lambda: _changes(user, person),
    }
    wanted = [kind] if kind in makers else list(makers)
    found = [entry for name in wanted for entry in makers[name]()]
    return sorted(found, key=lambda entry: entry["at"], reverse=True)


def _contacts(user: User, person: Person) -> Iterator[dict[str, Any]]:
    for event in timeline_for(user, person):
        yield {
            **event,
            **_at(event["at"]),
            "href": url_for("contacts.show", interaction_id=event["id"]),
        }


def _notes(user: User, person: Person) -> Iterator[dict[str, Any]]:
    for line in notes_for(user, person):
        note = line.note
        entry = {
            **_at(note.written_at),
            "icon": "note",
            "title": "Note",
            "body": note.body,
            "meta": f"written by {line.author}" if line.author else None,
        }
        if note.written_by_id == user.id and may(user, Permit.PEOPLE_WRITE):
            remove = url_for("people.take_note_off", note_id=note.id)
            entry["actions"] = [{"label": "Remove", "action": remove}]
        yield entry


def _funding(user: User, person: Person) -> Iterator[dict[str, Any]]:
    if not may(user, Permit.FUNDING_READ):
        return
    for step, application, done in steps_about(user, person.id):
        yield {
            **_at(step.at),
            "icon": "currency-pound",
            "title": f"{done}: {application.reference}",
            "href": application_href(application.id),
            "body": step.reason,
        }


def _offices(
    user: User, terms: Sequence[OfficeTerm], history: Sequence[NetworkLine]
) -> Iterator[dict[str, Any]]:
    if not may(user, Permit.COUNCILLORS_READ):
        return
    for term in terms:
        office = f"{POSTS.get(term.post, term.post)}, {term.place}"
        if term.elected_on:
            yield {**_on(term.elected_on), "icon": "ballpen", "title": "Elected", "body": office}
        if term.actual_end:
            why = END_REASONS.get(term.end_reason or "", "Office ended")
            yield {**_on(term.actual_end), "icon": "flag", "title": why, "body": office}
    for line in history:
        step = line.membership
        yield {
            **_at(step.started_at),
            "icon": "users-group",
            "title": f"Councillors’ Network: {STATUSES[step.status].lower()}",
            "body": step.reason,
            "meta": f"recorded by {line.author}" if line.author else None,
        }


def _delegates(terms: Sequence[DelegateTerm]) -> Iterator[dict[str, Any]]:
    """What happened to terms as delegate; whoever may not read them gives none."""
    for term in terms:
        if term.starts_on:
            yield {
                **_on(term.starts_on),
                "icon": "id-badge-2",
                "title": "Delegate",
                "body": term.place,
            }
        if term.certified_on:
            yield {
                **_on(term.certified_on),
                "icon": "check",
                "title": "Certified as delegate",
                "body": term.place,
            }
        if term.ended_on:
            status = delegate_steps.STATUSES[term.status].lower()
            why = f"{term.place}: {term.why}" if term.why else term.place
            yield {
                **_on(term.ended_on),
                "icon": "flag",
                "title": f"Term as delegate: {status}",
                "body": why,
            }


def _changes(user: User, person: Person) -> Iterator[dict[str, Any]]:
    for change in changes_of(person):
        entry = change.entry
        icon, title = CHANGES[entry.event]
        said: dict[str, Any] = {
            "icon": icon,
            "title": title,
            "body": _what_changed(entry.before, entry.after),
            "meta": f"by {change.author}" if change.author else None,
        }
        if may(user, Permit.PEOPLE_WRITE):
            undo = url_for("people.undo", person_id=person.id, change=entry.seq)
            said["actions"] = [{"label": "Undo", "action": undo}]
        yield {**_at(entry.at), **said}


def _what_changed(before: dict[str, Any] | None, after: dict[str, Any] | None) -> str:
    """The facts of a change as lines: "Everyday name: Liz, before Elizabeth"."""
    old, new = before or {}, after or {}
    if "tag" in old or "tag" in new:
        return str(new.get("tag") or old.get("tag"))
    return "\n".join(
        f"{LABELS[name].capitalize()}: {new.get(name) or 'not known'}, "
        f"before {old.get(name) or 'not known'}"
        for name in LABELS
        if name in new
    )


def _at(moment: datetime) -> dict[str, Any]:
    return {"at": moment, "moment": moment, "when_iso": moment.isoformat()}


def _on(day: date) -> dict[str, Any]:
    start = midnight(day).astimezone(UTC)
    return {"at": start, "day": day, "when_iso": day.isoformat()}
