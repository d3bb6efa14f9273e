"""Donation watch: what each recipient had of the union in a calendar year, against the thresholds.

The thresholds are the dated figures of the law page. An award counts in the year in which it was
decided, as on the law's card beside the form.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from models import clock
from models.accounts.permits import Actor
from models.base import db
from models.budget.queries.nodes import paid_and_back
from models.budget.tables import Award
from models.clock import LONDON
from models.elections.donations import thresholds
from models.elections.queries import figure_book
from models.elections.rules import FigureBook
from models.funding.coding import CLASSES
from models.funding.queries.lists import visible_to
from models.funding.tables import Application, ApplicationLaw
from models.funding.workflow import GRANTED
from models.people.tables import Person
from models.places.tables import UnionRegion
from reports.political_fund import year_of
from reports.sheet import Book, Chart, Column, Filled, Sheet, book

FILTERS = ("year",)
KINDS = {"candidate": "Candidate", "unit": "Party unit", "association": "Association"}
IN_CHART = 20

WATCH = Sheet(
    "Watch",
    (
        Column("recipient", "Recipient", width=36, data_class="special"),
        Column("kind", "Kind", width=16),
        Column("year", "Year", width=8),
        Column("awards", "Awards", "number", 10, total=True),
        Column("given_p", "Awarded", "pounds", 16, total=True),
        Column("paid_p", "Paid", "pounds", 16, total=True),
        Column("returned_p", "Returned", "pounds", 16, total=True),
        Column("passed", "Highest threshold passed", width=52),
        Column("passed_p", "More than", "pounds", 14),
        Column("next_p", "Next threshold", "pounds", 16),
        Column("left_p", "Left to it", "pounds", 14),
    ),
)
AWARDS = Sheet(
    "Awards",
    (
        Column("recipient", "Recipient", width=36, data_class="special"),
        Column("reference", "Award", width=18),
        Column("decided_on", "Decided", "moment", 18),
        Column("region", "Region", width=30),
        Column("legal_class", "What it is in law", width=36),
        Column("given_p", "Awarded", "pounds", 16, total=True),
    ),
)
FIGURES = Sheet(
    "Thresholds",
    (
        Column("kind", "Recipient", width=16),
        Column("label", "Threshold", width=52),
        Column("amount_p", "More than", "pounds", 14),
        Column("rule", "Rule", width=70),
        Column("source", "Source", width=50),
        Column("checked_on", "Checked on", "day", 14),
    ),
)


def build(reader: Actor, filters: dict[str, str]) -> Book:
    """Every recipient of a year (`year`; default: this one) for this reader, the largest first."""
    year = year_of(filters)
    day = min(date(year, 12, 31), max(clock.today(), date(year, 1, 1)))
    figures = figure_book()
    awards = list(_awards(reader, year))
    watch = watched(awards, year, day, figures)
    chart = Chart("Awarded to the largest recipients", "recipient", ("given_p",), IN_CHART)
    sheets = (
        Filled(WATCH, watch, chart),
        Filled(AWARDS, awards),
        Filled(FIGURES, _figures(day, figures)),
    )
    return book(f"Donation watch {year}", sheets, rows=len(watch))


def watched(
    awards: Iterable[dict[str, Any]], year: int, day: date, figures: FigureBook
) -> list[dict[str, Any]]:
    """One row for each recipient: what it had, what it passed, what is left to the next one."""
    found: dict[tuple[str, Any], dict[str, Any]] = {}
    for one in awards:
        row = found.setdefault(
            (one["recipient_kind"], one["recipient_key"]),
            {
                "recipient": one["recipient"],
                "recipient_kind": one["recipient_kind"],
                "kind": KINDS[one["recipient_kind"]],
                "year": str(year),
                "awards": 0,
                "given_p": 0,
                "paid_p": 0,
                "returned_p": 0,
            },
        )
        row["awards"] += 1
        for key in ("given_p", "paid_p", "returned_p"):
            row[key] += one[key]
    limits = {kind: thresholds(kind, day, figures) for kind in KINDS}
    for row in found.values():
        passed = [f for f in limits[row["recipient_kind"]] if row["given_p"] > (f.amount_p or 0)]
        ahead = limits[row["recipient_kind"]][len(passed) :]
        row["passed"] = passed[-1].label if passed else None
        row["passed_p"] = passed[-1].amount_p if passed else None
        row["next_p"] = ahead[0].amount_p if ahead else None
        row["left_p"] = (ahead[0].amount_p or 0) - row["given_p"] if ahead else None
    return sorted(found.values(), key=lambda row: (-row["given_p"], row["recipient"] or ""))


def _awards(reader: Actor, year: int) -> Iterable[dict[str, Any]]:
    begin = datetime(year, 1, 1, tzinfo=LONDON).astimezone(UTC)
    end = datetime(year + 1, 1, 1, tzinfo=LONDON).astimezone(UTC)
    rows = db.session.execute(
        select(Application, ApplicationLaw, Person, Award, UnionRegion.name.label("region"))
        .join(ApplicationLaw, ApplicationLaw.application_id == Application.id)
        .join(Award, Award.id == Application.award_id)
        .join(UnionRegion, UnionRegion.id == Application.region_id)
        .outerjoin(Person, Person.id == Application.person_id)
        .where(
            visible_to(reader),
            Application.status.in_(GRANTED),
            Application.decided_at >= begin,
            Application.decided_at < end,
        )
        .order_by(Application.decided_at, Application.id)
    )
    lines = rows.all()
    paid = paid_and_back([line.Award for line in lines])
    for application, law, person, award, region in lines:
        known = CLASSES.get(law.legal_class or "")
        if known is None or known.recipient is None:
            continue
        unit = known.recipient == "unit"
        name = law.recipient if unit else (person.name if person else None)
        yield {
            "recipient_kind": known.recipient,
            "recipient_key": law.recipient_key if unit else application.person_id,
            "recipient": name,
            "reference": application.reference,
            "decided_on": application.decided_at,
            "region": region,
            "legal_class": known.label,
            "given_p": application.awarded_p or 0,
            "paid_p": paid[award.id][0],
            "returned_p": paid[award.id][1],
        }


def _figures(day: date, figures: FigureBook) -> list[dict[str, Any]]:
    return [
        {
            "kind": words,
            "label": figure.label,
            "amount_p": figure.amount_p,
            "rule": figure.rule,
            "source": figure.source,
            "checked_on": figure.checked_on,
        }
        for kind, words in KINDS.items()
        for figure in thresholds(kind, day, figures)
    ]
