"""The record: facts left, one timeline right."""

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from models import clock, people
from models.accounts import Permit, may
from models.councillors import OfficeRole, OfficeTerm, network_history, terms_and_roles_of
from models.councillors.queries import offices_in_words
from models.delegates import DelegateTerm, delegates_of
from models.errors import NotFound
from models.merging import now_at
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
        facts=people.facts_of(person),
        today=clock.today(),
        holds_office=any(term.actual_end is None for term in terms),
        kinds=KINDS,
        kind=kind,
        timeline=entries(reader(), person, terms, history, delegates, kind=kind),
    )


def _record(person_id: int) -> people.Person:
    """The person, or whoever they were merged into; most were not, and are found at once."""
    try:
        person = people.person_for(reader(), person_id)
    except NotFound:
        at = now_at(person_id)
        if at == person_id:
            raise
        return people.person_for(reader(), at)
    if person.merged_into_id is None:
        return person
    return people.person_for(reader(), now_at(person_id))


@bp.get("/<int:person_id>/card.vcf")
@needs(Permit.EXPORT_PEOPLE)
@keeps_register
def card_file(person_id: int) -> ResponseReturnValue:
    """The person's card for an address book; written into the export register."""
    person = people.person_for(reader(), person_id)
    text = card(
        person, people.facts_of(person).points, offices_in_words([person.id]).get(person.id, "")
    )
    return handed_over("card", text.encode(), Permit.EXPORT_PEOPLE, rows=1, kind="text/vcard")


def _offices(person: people.Person) -> tuple[list[OfficeTerm], dict[int, list[OfficeRole]]]:
    if not may(reader(), Permit.COUNCILLORS_READ):
        return [], {}
    return terms_and_roles_of(person)


def _delegates(person: people.Person) -> list[DelegateTerm]:
    return delegates_of(person) if may(reader(), Permit.COUNCILLORS_READ) else []
