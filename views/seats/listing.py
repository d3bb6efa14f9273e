"""The poll days, and the seats that are up on one of them."""

from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice
from wtforms.validators import DataRequired, Optional

from models import clock
from models.accounts.roles import Permit
from models.councillors.queries.offices import councils_with_offices
from models.councillors.seats.queries.polls import polls_for
from models.councillors.seats.queries.seats import figures_for, seats_for
from models.query_args import whole
from views.asked import asked, heard
from views.forms import BaseForm, ChoiceField, DayField, Days
from views.guards import needs, reader
from views.pages import PAGE_SIZE, Page, page_number
from views.seats.counter import bp, day_of

TABS = {"to-decide": "To decide", "doubtful": "Doubtful names", "decided": "Decided", "all": "All"}


class PollForm(BaseForm):
    """A poll day that is not on the list."""

    class Meta(BaseForm.Meta):
        """It only leads to another page."""

        csrf = False

    on = DayField(
        "Another day", days=Days.TERM, validators=[DataRequired("Enter the day of the poll.")]
    )


class SeatFilterForm(BaseForm):
    """What the list of seats is narrowed to."""

    class Meta(BaseForm.Meta):
        """A filter is a GET."""

        csrf = False

    council = ChoiceField("Council", empty="All councils", validators=[Optional()])


@bp.get("")
@needs(Permit.COUNCILLORS_READ)
def index() -> ResponseReturnValue:
    """Every poll day with seats or ballots, the latest first."""
    form = PollForm(request.args)
    poll_on = heard(form).on.data if asked().text("on") else None
    if poll_on:
        return redirect(url_for("seats.day", poll=poll_on.isoformat()))
    polls = polls_for(reader())
    today = clock.today()
    return render_template(
        "seats/index.html",
        form=form,
        coming=sorted((one for one in polls if one.poll_on > today), key=_by_day),
        past=[one for one in polls if one.poll_on <= today],
    )


def _by_day(line: object) -> date:
    day: date = line.poll_on  # type: ignore[attr-defined]
    return day


@bp.get("/<string:poll>")
@needs(Permit.COUNCILLORS_READ)
def day(poll: str) -> ResponseReturnValue:
    """The seats that are up on a day, by tab and council."""
    poll_on, number = day_of(poll), page_number()
    form = SeatFilterForm(request.args)
    form.council.choices = [
        SelectChoice(str(one.id), one.name) for one in councils_with_offices(reader())
    ]
    council_id = whole(heard(form).council.data)
    figures = figures_for(reader(), poll_on, council_id)
    tab = asked().one_of("show", TABS) or ("to-decide" if figures.decided < figures.up else "all")
    rows, total = seats_for(
        reader(), poll_on, tab=tab, council_id=council_id, page=number, size=PAGE_SIZE
    )
    counts = {
        "to-decide": figures.up - figures.decided,
        "doubtful": figures.doubtful,
        "decided": figures.decided,
        "all": figures.up,
    }
    return render_template(
        "seats/day.html",
        poll_on=poll_on,
        over=poll_on <= clock.today(),
        form=form,
        tab=tab,
        tabs=[
            {
                "label": label,
                "count": counts[key],
                "current": key == tab,
                "href": url_for("seats.day", poll=poll, show=key, council=council_id),
            }
            for key, label in TABS.items()
        ],
        figures=figures,
        council_id=council_id,
        page=Page(rows, number, total),
    )
