"""The blueprint of the budget room, and which fund a page is about."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from models.budget import plans
from models.budget.plans import CLOSED, OVER, PLANNED, RUNNING
from models.budget.queries.periods import current_fund, shown_fund, state_of
from models.budget.queries.tree import fund_by_code, places_of
from models.budget.tables import Fund
from models.days import said_day
from models.errors import NotFound
from models.money import in_pounds
from views.asked import asked

bp = Blueprint("budget", __name__, url_prefix="/budget")


# How a fund's state is said, with its tone.
STATES = {
    PLANNED: ("Planned", "info"),
    RUNNING: ("Running", "ok"),
    OVER: ("Over", "warning"),
    CLOSED: ("Closed", "neutral"),
}


def asked_fund() -> Fund:
    """The fund named in the address, else the one that runs or else is nearest; NotFound where
    there is none."""
    code = asked().key("fund")
    fund = fund_by_code(code) if code else shown_fund()
    if fund is None:
        raise NotFound("There is no such fund.")
    return fund


def open_fund() -> Fund:
    """The fund named in the address, as asked_fund, to change it; Refused once it is closed."""
    fund = asked_fund()
    plans.check_open(fund)
    return fund


def to_figures(fund: Fund) -> ResponseReturnValue:
    """Back to the figures of this fund."""
    return redirect(url_for("budget.index", fund=fund.node.code))


def fund_words(fund: Fund) -> str:
    """The fund's name, and where it stands unless it runs."""
    state = state_of(fund)
    return fund.name if state == RUNNING else f"{fund.name}: {STATES[state][0].lower()}"


def state_notice(fund: Fund) -> tuple[str, str] | None:
    """What the days of this fund mean today: a heading and a sentence; None while it runs."""
    state, running = state_of(fund), current_fund()
    meanwhile = f" {running.name} runs until {said_day(running.ends_on)}." if running else ""
    if state == PLANNED:
        return (
            f"This fund begins on {said_day(fund.starts_on)}",
            "It is being prepared: its heads, allocations and rounds can be set, and nothing is "
            f"awarded from it before.{meanwhile or ' No fund runs today.'}",
        )
    if state == OVER:
        return (
            f"The days of this fund ended on {said_day(fund.ends_on)}",
            "Nothing more is applied for in it. What waits can still be decided and paid until "
            f"its year is closed.{meanwhile or ' No fund runs today.'}",
        )
    return None


def place_choices(fund: Fund, *, levels: tuple[str, ...]) -> list[SelectChoice]:
    """The places of a fund to choose from, each with what is free there."""
    return [
        SelectChoice(str(place.node_id), f"{place.name}: {in_pounds(place.spare_p)} free")
        for place in places_of(fund)
        if place.level in levels
    ]
