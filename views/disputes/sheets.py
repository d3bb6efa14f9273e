"""Finding a sheet, and the sheet itself: one page, on screen and on paper."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models import clock
from models.accounts.roles import Permit
from models.disputes.queries.asks import STATES, asks_for
from models.disputes.queries.employers import leads_for
from models.disputes.queries.sheet import sheet_for
from models.places.queries.councils import council_for
from models.places.queries.wards import constituency_for
from views.asked import asked
from views.disputes.counter import bp
from views.disputes.forms import FindForm
from views.guards import needs, reader
from views.pages import PAGE_SIZE, Page, page_number, render_form, tried


@bp.get("")
@needs(Permit.CONTACTS_READ)
def index() -> ResponseReturnValue:
    """The asks there are, and the way to a council's sheet."""
    state = asked().one_of("state", STATES) or "open"
    number = page_number()
    rows, total = asks_for(reader(), state=state, page=number, size=PAGE_SIZE)
    return render_template(
        "disputes/index.html",
        form=FindForm(request.args),
        tabs=[
            {
                "label": label,
                "current": key == state,
                "href": url_for("disputes.index", state=key),
            }
            for key, label in STATES.items()
        ],
        page=Page(rows, number, total),
    )


@bp.get("/find")
@needs(Permit.CONTACTS_READ)
def find() -> ResponseReturnValue:
    """From an employer's name, a council or a constituency to the sheet."""
    form = FindForm(request.args)
    target = tried(form, lambda: _target(form)) if form.validate() else None
    if target is not None:
        return redirect(target)
    employer = form.employer.data or ""
    leads = leads_for(reader(), employer) if employer and not form.errors else []
    return render_form("disputes/find.html", form, employer=employer, leads=leads)


def _target(form: FindForm) -> str | None:
    employer = form.employer.data or None
    council, area = form.found_council(), form.found_area()
    if council is not None:
        return url_for("disputes.council", council_id=council.id, employer=employer)
    if area is not None:
        return url_for("disputes.area", constituency_id=area.id, employer=employer)
    leads = leads_for(reader(), employer) if employer else []
    if len(leads) == 1:
        return url_for("disputes.council", council_id=leads[0].council.id, employer=employer)
    return None


@bp.get("/council/<int:council_id>")
@needs(Permit.CONTACTS_READ)
def council(council_id: int) -> ResponseReturnValue:
    """The sheet of a council."""
    employer = asked().text("employer", most=120)
    sheet = sheet_for(reader(), council=council_for(reader(), council_id), employer=employer)
    ask = url_for("disputes.ask_council", council_id=council_id, employer=employer)
    return render_template("disputes/sheet.html", sheet=sheet, ask_href=ask, today=clock.today())


@bp.get("/area/<int:constituency_id>")
@needs(Permit.CONTACTS_READ)
def area(constituency_id: int) -> ResponseReturnValue:
    """The sheet of a constituency."""
    employer = asked().text("employer", most=120)
    sheet = sheet_for(
        reader(), constituency=constituency_for(reader(), constituency_id), employer=employer
    )
    ask = url_for("disputes.ask_area", constituency_id=constituency_id, employer=employer)
    return render_template("disputes/sheet.html", sheet=sheet, ask_href=ask, today=clock.today())
