"""Who runs a council, who holds its seats, and which are vacant."""

from models.councillors.control.actions import record_control, set_ward_seats
from models.councillors.control.queries import (
    Vacancy,
    composition_of,
    control_history,
    control_of,
    vacancies_of,
)
from models.councillors.control.rules import KINDS, Composition, composition
from models.councillors.control.tables import ControlPeriod

__all__ = [
    "KINDS",
    "Composition",
    "ControlPeriod",
    "Vacancy",
    "composition",
    "composition_of",
    "control_history",
    "control_of",
    "record_control",
    "set_ward_seats",
    "vacancies_of",
]
