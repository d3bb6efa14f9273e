"""The record: facts left, one timeline right."""

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from models import clock
from models.accounts.permits import may
from models.accounts.roles import Permit
from models.councillors.queries.network import network_history
from models.councillors.queries.offices import offices_in_words, terms_and_roles_of
from models.councillors.tables import OfficeRole, OfficeTerm
from models.delegates.queries import delegates_of
from models.delegates.tables import DelegateTerm
from models.errors import NotFound
from models.merging.queries.pairs import now_at
from models.people.queries.facts import facts_of
from models.people.queries.people import person_for
from models.people.tables import Person
from reports.cards import card
from views.asked import asked
from views.downloads import handed_over
from views.guards import keeps_register, needs, reader
from views.people.counter import bp
from views.people.timeline import KINDS, entries
from views.records import person_href


@bp.get("/<int:person_id>")
@needs(Permit.PEOPLE_READ)
def show(person_id: int) -> ResponseReturnValue:
    """Everything that the reader may know of a person."""
    person = _record(person_id)
    if person.id != person_id:
        return redirect(person_href(person.id))
    terms, roles = _offices(person)
    delegates = _delegates(person)
    history = network_history(person)
    kind = asked().one_of("show", KINDS)
    return render_template(
        "people/show.html",
        person=person,
        terms=terms,
        roles=roles,
        delegates=delegates,
        network=next((one.membership for one in history if one.membership.ended_at is None), None),
        facts=facts_of(person),
        today=clock.today(),
        holds_office=any(term.actual_end is None for term in terms),
        kinds=KINDS,
        kind=kind,
        timeline=entries(reader(), person, terms, history, delegates, kind=kind),
    )


def _record(person_id: int) -> Person:
    """The person, or whoever they were merged into; most were not, and are found at once."""
    try:
        person = person_for(reader(), person_id)
    except NotFound:
        at = now_at(person_id)
        if at == person_id:
            raise
        return person_for(reader(), at)
    if person.merged_into_id is None:
        return person
    return person_for(reader(), now_at(person_id))


@bp.get("/<int:person_id>/card.vcf")
@needs(Permit.EXPORT_PEOPLE)
@keeps_register
def card_file(person_id: int) -> ResponseReturnValue:
    """The person's card for an address book; written into the export register."""
    person = person_for(reader(), person_id)
    text = card(person, facts_of(person).points, offices_in_words([person.id]).get(person.id, ""))
    return handed_over("card", text.encode(), Permit.EXPORT_PEOPLE, rows=1, kind="text/vcard")


def _offices(person: Person) -> tuple[list[OfficeTerm], dict[int, list[OfficeRole]]]:
    if not may(reader(), Permit.COUNCILLORS_READ):
        return [], {}
    return terms_and_roles_of(person)


def _delegates(person: Person) -> list[DelegateTerm]:
    return delegates_of(person) if may(reader(), Permit.COUNCILLORS_READ) else []
