"""Lawful basis and consents."""

from flask.typing import ResponseReturnValue

from models import clock
from models.accounts.roles import Permit
from models.people.actions.privacy import add_basis, give_consent, withdraw_consent
from models.people.queries.facts import consent_for
from models.people.queries.people import person_for
from views.guards import needs, reader
from views.pages import submitted
from views.people.counter import back_to, bp, form_page
from views.people.forms import BasisForm, ConsentForm


@bp.route("/<int:person_id>/bases/new", methods=["GET", "POST"])
@needs(Permit.PEOPLE_WRITE)
def new_basis(person_id: int) -> ResponseReturnValue:
    """Why the person's data may be held."""
    person, form = person_for(reader(), person_id), BasisForm()
    done = submitted(
        form,
        lambda: add_basis(
            person,
            by=reader(),
            purpose=form.purpose.data or "",
            basis=form.basis.data or "",
            condition=form.condition.data or "",
            starts_on=form.starts_on.data or clock.today(),
            source=form.source.data or None,
        ),
    )
    return back_to(person) if done is not None else form_page(form, person, "Lawful basis")


@bp.route("/<int:person_id>/consents/new", methods=["GET", "POST"])
@needs(Permit.PEOPLE_WRITE)
def new_consent(person_id: int) -> ResponseReturnValue:
    """A consent as it was given."""
    person, form = person_for(reader(), person_id), ConsentForm()
    done = submitted(
        form,
        lambda: give_consent(
            person,
            by=reader(),
            purpose=form.purpose.data or "",
            wording=form.wording.data or "",
            channel=form.channel.data or "",
            given_on=form.given_on.data or clock.today(),
        ),
    )
    return back_to(person) if done is not None else form_page(form, person, "Record a consent")


@bp.post("/consents/<int:consent_id>/withdraw")
@needs(Permit.PEOPLE_WRITE)
def withdraw(consent_id: int) -> ResponseReturnValue:
    """Record that a consent was withdrawn today."""
    consent = withdraw_consent(consent_for(reader(), consent_id), by=reader())
    return back_to(person_for(reader(), consent.person_id))
