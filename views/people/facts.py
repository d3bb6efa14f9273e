"""Ways to reach a person, and memberships."""

from flask.typing import ResponseReturnValue

from models import clock
from models.accounts.roles import Permit
from models.people.actions.memberships import (
    add_membership,
    add_party_membership,
    change_membership,
)
from models.people.actions.political import set_political_fund
from models.people.actions.reach import add_contact_point, end_contact_point, verify_contact_point
from models.people.queries.facts import membership_for, open_membership_of, point_for
from models.people.queries.people import person_for
from models.people.tables import PartyMembership, Person
from models.places.queries.parties import parties
from views.guards import needs, reader
from views.pages import submitted
from views.people.counter import back_to, bp, form_page
from views.people.forms import (
    MembershipForm,
    PartyForm,
    PointForm,
    PoliticalFundForm,
    VerifyForm,
)


@bp.route("/<int:person_id>/contact-points/new", methods=["GET", "POST"])
@needs(Permit.PEOPLE_WRITE)
def new_point(person_id: int) -> ResponseReturnValue:
    """A further way to reach the person."""
    person, form = person_for(reader(), person_id), PointForm()
    done = submitted(
        form,
        lambda: add_contact_point(
            person,
            by=reader(),
            kind=form.kind.data or "",
            value=form.value.data or "",
            source=form.source.data,
            verified_on=form.verified_on.data,
            preferred=form.preferred.data,
        ),
    )
    return (
        back_to(person) if done is not None else form_page(form, person, "Add a way to reach them")
    )


@bp.route("/contact-points/<int:point_id>/verify", methods=["GET", "POST"])
@needs(Permit.PEOPLE_WRITE)
def verify_point(point_id: int) -> ResponseReturnValue:
    """Say that an address or number was found true."""
    point = point_for(reader(), point_id)
    person = person_for(reader(), point.person_id)
    form = VerifyForm(verified_on=clock.today())
    done = submitted(
        form,
        lambda: verify_contact_point(
            point,
            by=reader(),
            on=form.verified_on.data or clock.today(),
            source=form.source.data or "",
        ),
    )
    return back_to(person) if done is not None else form_page(form, person, f"Verify {point.value}")


@bp.post("/contact-points/<int:point_id>/end")
@needs(Permit.PEOPLE_WRITE)
def end_point(point_id: int) -> ResponseReturnValue:
    """Say that the person is no longer reached there."""
    point = end_contact_point(point_for(reader(), point_id), by=reader())
    return back_to(person_for(reader(), point.person_id))


@bp.route("/<int:person_id>/memberships/new", methods=["GET", "POST"])
@needs(Permit.PEOPLE_WRITE)
def new_membership(person_id: int) -> ResponseReturnValue:
    """A membership of the union. Where one is open, the form does not presume another."""
    person, form = person_for(reader(), person_id), MembershipForm()
    form.offer()
    if not form.is_submitted() and open_membership_of(person) is not None:
        form.status.data = None
    done = submitted(form, lambda: add_membership(person, form.facts(), by=reader()))
    return back_to(person) if done is not None else form_page(form, person, "Add a membership")


@bp.route("/memberships/<int:membership_id>/edit", methods=["GET", "POST"])
@needs(Permit.PEOPLE_WRITE)
def edit_membership(membership_id: int) -> ResponseReturnValue:
    """Correct or end a membership of the union."""
    membership = membership_for(reader(), membership_id)
    person = person_for(reader(), membership.person_id)
    form = MembershipForm(obj=membership, branch_id=str(membership.branch_id or ""))
    form.offer()
    done = submitted(form, lambda: change_membership(membership, form.facts(), by=reader()))
    return back_to(person) if done is not None else form_page(form, person, "Change the membership")


@bp.route("/<int:person_id>/parties/new", methods=["GET", "POST"])
@needs(Permit.PEOPLE_WRITE)
def new_party(person_id: int) -> ResponseReturnValue:
    """A membership of a party."""
    person, form = person_for(reader(), person_id), PartyForm()
    form.offer()
    done = submitted(form, lambda: _join(person, form))
    return back_to(person) if done is not None else form_page(form, person, "Party membership")


@bp.route("/<int:person_id>/political-fund", methods=["GET", "POST"])
@needs(Permit.PEOPLE_WRITE)
def political_fund(person_id: int) -> ResponseReturnValue:
    """Whether the person pays into the political fund."""
    person, form = person_for(reader(), person_id), PoliticalFundForm()
    done = submitted(
        form,
        lambda: set_political_fund(
            person,
            status=form.status.data or "",
            starts_on=form.starts_on.data,
            source=form.source.data or None,
            by=reader(),
        ),
    )
    return back_to(person) if done is not None else form_page(form, person, "Political fund")


def _join(person: Person, form: PartyForm) -> PartyMembership:
    party = next(one for one in parties() if str(one.id) == form.party_id.data)
    return add_party_membership(
        person,
        by=reader(),
        party=party,
        starts_on=form.starts_on.data,
        source=form.source.data or None,
    )
