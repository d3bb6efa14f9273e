"""The front door of the forecast room: how a fund is expected to end, and what a win cost."""

from models.forecast.queries import (
    GROUPS,
    Forecast,
    burn_down_for,
    costs_for,
    forecast_for,
    polls_of,
)
from models.forecast.rules import STAGES, USUAL_SHARE, WEIGHT, Cost, Line, Odds, Point

__all__ = [
    "GROUPS",
    "STAGES",
    "USUAL_SHARE",
    "WEIGHT",
    "Cost",
    "Forecast",
    "Line",
    "Odds",
    "Point",
    "burn_down_for",
    "costs_for",
    "forecast_for",
    "polls_of",
]
