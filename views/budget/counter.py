"""The blueprint of the budget room, and which fund a page is about."""

from flask import Blueprint
from wtforms import SelectChoice

from models import budget
from models.budget import Fund
from models.errors import NotFound
from views.asked import asked

bp = Blueprint("budget", __name__, url_prefix="/budget")


def asked_fund(funds: list[Fund] | None = None) -> Fund:
    """The fund named in the address, else the current one; NotFound where there is none."""
    code = asked().key("fund")
    every = budget.funds() if funds is None else funds
    wanted = [fund for fund in every if (fund.node.code == code if code else fund.current)]
    if not wanted:
        raise NotFound("There is no such fund.")
    return wanted[0]


def current() -> Fund:
    """The fund that is applied to now; NotFound before one was set up."""
    fund = budget.current_fund()
    if fund is None:
        raise NotFound("There is no fund yet. Set one up first.")
    return fund


def place_choices(fund: Fund, *, levels: tuple[str, ...]) -> list[SelectChoice]:
    """The places of a fund to choose from, each with what is free there."""
    return [
        SelectChoice(str(place.node_id), f"{place.name}: {budget.in_pounds(place.spare_p)} free")
        for place in budget.places_of(fund)
        if place.level in levels
    ]
