"""Where the figures of the law are from, and how one is written down as data."""

from datetime import date
from typing import Any

from models.elections.rules import Figure

CHECKED_ON = date(2026, 5, 31)
IN_USE_BY = date(2024, 1, 1)
ORDER = date(2024, 1, 1)

RPA = "Representation of the People Act 1983"
EC = "Electoral Commission"
PPERA = "Political Parties, Elections and Referendums Act 2000"
SI_2023 = "S.I. 2023/1235"
TULRCA = "Trade Union and Labour Relations (Consolidation) Act 1992"
DAY_NOTE = "In force for the calendar year 2024; the exact first day was not established."
NOT_FOUND = "Not found yet. The national office enters it when it is known."


def figure(key: str, label: str, unit: str, rule: str, source: str, **values: Any) -> Figure:
    """One figure; without a first day it is known to be in use by IN_USE_BY."""
    given = {
        "topic": "donations",
        "nation": "UK",
        "election": "any",
        "checked_on": CHECKED_ON,
        "certainty": "seen",
        **values,
    }
    if "valid_from" not in given:
        given["in_use_by"] = IN_USE_BY
    return Figure(key=key, label=label, unit=unit, rule=rule, source=source, **given)
