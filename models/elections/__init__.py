"""The front door of the elections room: what the law allows, as dated figures."""

from models.elections.actions import Value, change_figure, check_again, load_figures
from models.elections.dates import KeyDate, money_dates, notice_date, register_by
from models.elections.donations import Lift, lifts
from models.elections.limits import KINDS, Limit, Question, check_electors, is_electorate, limit_of
from models.elections.queries import figure_book, figure_for, history_of, open_figures_for
from models.elections.rules import Figure, FigureBook, is_stale
from models.elections.tables import LegalFigure

__all__ = [
    "KINDS",
    "Figure",
    "FigureBook",
    "KeyDate",
    "LegalFigure",
    "Lift",
    "Limit",
    "Question",
    "Value",
    "change_figure",
    "check_again",
    "check_electors",
    "figure_book",
    "figure_for",
    "history_of",
    "is_electorate",
    "is_stale",
    "lifts",
    "limit_of",
    "load_figures",
    "money_dates",
    "notice_date",
    "open_figures_for",
    "register_by",
]
