"""A council's seats: by party, vacant, who runs it, and our group; on any day."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice, StringField
from wtforms.validators import DataRequired, Length, Optional

from models import clock
from models.accounts.roles import Permit
from models.councillors.control.actions import record_control, set_ward_seats
from models.councillors.control.queries import (
    composition_of,
    control_history,
    control_of,
    vacancies_of,
)
from models.councillors.control.rules import KINDS
from models.councillors.control.tables import ControlPeriod
from models.councillors.groups.queries import group_on
from models.places.queries.councils import council_for
from models.places.queries.parties import parties
from models.places.queries.regions import own_council_for
from models.places.queries.wards import wards_of
from models.places.tables import Council, Ward
from views.asked import asked
from views.forms import BaseForm, ChoiceField, DayField, Days, WholeField
from views.guards import needs, reader
from views.pages import render_form, submitted
from views.places.counter import bp


class ControlForm(BaseForm):
    """Who runs a council from a day on."""

    kind = ChoiceField(
        "How it is run",
        choices=[SelectChoice(*pair) for pair in KINDS.items()],
        validators=[DataRequired("Choose how the council is run.")],
    )
    party = ChoiceField("Party", empty="None or several", validators=[Optional()])
    partners = StringField("Together with", validators=[Optional(), Length(max=160)])
    starts_on = DayField("Since", days=Days.YEAR, validators=[DataRequired("Enter the day.")])
    source = StringField(
        "Where this comes from",
        validators=[DataRequired("Say where this comes from."), Length(max=160)],
    )

    def offer(self) -> None:
        """Fill the choices of parties."""
        self.party.choices = [SelectChoice(str(one.id), one.name) for one in parties()]


@bp.get("/councils/<int:council_id>/seats")
@needs(Permit.COUNCILLORS_READ)
def seats(council_id: int) -> ResponseReturnValue:
    """Who holds the seats, which are vacant, and who runs the council, on a day."""
    council = council_for(reader(), council_id)
    on = asked().day("on")
    return render_template(
        "places/seats.html",
        council=council,
        on=on,
        seats=composition_of(council, on),
        control=control_of([council.id], on).get(council.id),
        history=control_history(council),
        vacancies=vacancies_of(council, on),
        group=group_on(reader(), council.id),
        kinds=KINDS,
    )


def _seats_form(wards: list[Ward]) -> BaseForm:
    """One number for each ward."""
    fields = {f"ward_{one.id}": WholeField(one.name, validators=[Optional()]) for one in wards}
    made: BaseForm = type("SeatsForm", (BaseForm,), fields)(
        data={f"ward_{one.id}": one.seats for one in wards}
    )
    return made


@bp.route("/councils/<int:council_id>/ward-seats", methods=["GET", "POST"])
@needs(Permit.COUNCILLORS_WRITE)
def ward_seats(council_id: int) -> ResponseReturnValue:
    """How many seats each ward has, so that vacancies and majorities can be computed."""
    council = own_council_for(reader(), council_id)
    wards = wards_of(council)
    form = _seats_form(wards)
    numbers = {one.id: form[f"ward_{one.id}"].data for one in wards}
    if submitted(form, lambda: (set_ward_seats(council, numbers, by=reader()),)) is None:
        return render_form("places/ward_seats.html", form, council=council)
    return redirect(url_for("places.seats", council_id=council_id))


@bp.route("/councils/<int:council_id>/control", methods=["GET", "POST"])
@needs(Permit.COUNCILLORS_WRITE)
def control(council_id: int) -> ResponseReturnValue:
    """Record who runs a council from a day on."""
    council, form = own_council_for(reader(), council_id), ControlForm()
    form.offer()
    if submitted(form, lambda: _record(council, form)) is None:
        return render_form("places/control.html", form, council=council)
    return redirect(url_for("places.seats", council_id=council_id))


def _record(council: Council, form: ControlForm) -> ControlPeriod:
    chosen = [one for one in parties() if str(one.id) == form.party.data]
    return record_control(
        council,
        kind=form.kind.data or "",
        party=chosen[0] if chosen else None,
        partners=form.partners.data,
        starts_on=form.starts_on.data or clock.today(),
        source=form.source.data or "",
        by=reader(),
    )
