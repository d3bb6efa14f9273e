"""The contacts of one person, as entries of their timeline."""

from typing import Any

from models.accounts.permits import Actor, may
from models.accounts.roles import Permit
from models.contacts.list import CONTACTS, ContactLine
from models.contacts.queries import Company, changeable, company_of
from models.people.tables import Person
from models.workshop.asking import question
from models.workshop.reading import page


def timeline_for(user: Actor, person: Person, *, limit: int = 100) -> list[dict[str, Any]]:
    """A person's contacts for the timeline, newest first: kind, id, at, icon, title, body, meta."""
    if not may(user, Permit.CONTACTS_READ):
        return []
    found = page(question(CONTACTS, user, person=person.id), size=limit)
    companies = company_of([line.id for line in found], user)
    return [_event(user, line, companies[line.id].without(person.id)) for line in found]


def _event(user: Actor, line: ContactLine, company: Company) -> dict[str, Any]:
    meta = (
        f"with {company.words}" if company.words else None,
        line.outcome,
        f"logged by {line.author}",
        "confidential" if line.confidential else None,
    )
    return {
        "kind": "contact",
        "id": line.id,
        "at": line.at,
        "icon": line.channel.icon,
        "title": line.channel.label,
        "body": line.summary,
        "meta": " · ".join(part for part in meta if part),
        "changeable": changeable(user, line),
    }
