"""The political fund's return, in the shape of section 32ZB: what was paid, by category.

What counts is what left the fund in the calendar year, less what came back in it. Under category
(c) each election, party and candidate is named. Whether the return is still due is a question for
the union's lawyers: the law page says what is known of it.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import case, func, or_, select

from models import clock
from models.accounts.permits import Actor
from models.base import db
from models.budget.queries.nodes import CARRIED
from models.budget.tables import Award, BudgetPath, Fund, LedgerEntry
from models.clock import LONDON
from models.days import said_day
from models.elections.queries import figure_book
from models.funding.coding import CATEGORIES, CLASSES
from models.funding.queries.lists import visible_to
from models.funding.rules import POSTS
from models.funding.tables import Application, ApplicationLaw
from models.people.tables import PartyMembership, Person
from models.places.tables import Constituency, Council, Party, Ward
from models.query_args import FIRST_DAY, LAST_DAY, Given
from reports.sheet import Book, Chart, Column, Filled, Sheet, book

FILTERS = ("year",)
UNCODED = "Not coded"

BY_CATEGORY = Sheet(
    "By category",
    (
        Column("category", "Category under section 72", width=52),
        Column("awards", "Awards", "number", 10, total=True),
        Column("paid_p", "Paid", "pounds", 16, total=True),
        Column("returned_p", "Returned", "pounds", 16, total=True),
        Column("net_p", "Spent", "pounds", 16, total=True),
    ),
)
NAMED = Sheet(
    "Category (c)",
    (
        Column("poll_on", "Election", "day", 14),
        Column("post", "For", width=22),
        Column("place", "Contest", width=40),
        Column("party", "Party", width=26, data_class="special"),
        Column("candidate", "Candidate", width=28, data_class="special"),
        Column("reference", "Award", width=20),
        Column("legal_class", "What it is in law", width=36),
        Column("net_p", "Spent", "pounds", 16, total=True),
    ),
)
OTHERS = Sheet(
    "Other categories",
    (
        Column("category", "Category under section 72", width=52),
        Column("recipient", "Paid to", width=36),
        Column("reference", "Award", width=20),
        Column("legal_class", "What it is in law", width=36),
        Column("net_p", "Spent", "pounds", 16, total=True),
    ),
)
NOTES = Sheet("Rule", (Column("what", "What", width=28), Column("words", "In words", width=90)))


def build(reader: Actor, filters: dict[str, str]) -> Book:
    """The return of a calendar year (`year`; default: this one) for what this reader may see."""
    year = year_of(filters)
    rows = [_row(*one) for one in _spent(reader, year)]
    sheets = (
        Filled(BY_CATEGORY, by_category(rows), Chart("Spent by category", "category", ("net_p",))),
        Filled(NAMED, [row for row in rows if row["key"] == "c"]),
        Filled(OTHERS, [row for row in rows if row["key"] != "c"]),
        Filled(NOTES, _notes(year)),
    )
    return book(f"Political fund return {year}", sheets, rows=len(rows))


def year_of(filters: dict[str, str]) -> int:
    """The calendar year that is asked for; this one where none is that makes sense."""
    asked = Given.of(filters).count("year", least=FIRST_DAY.year, most=LAST_DAY.year)
    return asked or clock.today().year


def by_category(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sums of each category in the order of the Act; what is not coded stands last."""
    found: dict[str, dict[str, Any]] = {
        key: {"category": f"({key}) {words}", "awards": 0, "paid_p": 0, "returned_p": 0, "net_p": 0}
        for key, words in CATEGORIES.items()
    }
    for row in rows:
        blank = {"category": UNCODED, "awards": 0, "paid_p": 0, "returned_p": 0, "net_p": 0}
        line = found.setdefault(row["key"], blank)
        line["awards"] += 1
        for key in ("paid_p", "returned_p", "net_p"):
            line[key] += row[key]
    return list(found.values())


def _spent(reader: Actor, year: int) -> Iterable[tuple[Any, int, int]]:
    """Each application with what its awards paid and had back in the year."""
    sums = _sums(year)
    party = _party(year)
    rows = db.session.execute(
        select(
            Application,
            ApplicationLaw,
            Person,
            Council.name.label("council"),
            Ward.name.label("ward"),
            Constituency.name.label("constituency"),
            party.c.name.label("party"),
        )
        .outerjoin(ApplicationLaw, ApplicationLaw.application_id == Application.id)
        .outerjoin(Person, Person.id == Application.person_id)
        .outerjoin(Council, Council.id == Application.council_id)
        .outerjoin(Ward, Ward.id == Application.ward_id)
        .outerjoin(Constituency, Constituency.id == Application.constituency_id)
        .outerjoin(party, party.c.person_id == Application.person_id)
        .where(visible_to(reader), Application.award_id.is_not(None))
        .order_by(Application.poll_on, Application.reference)
    )
    for row in rows:
        paid_p, returned_p = sums.get(row.Application.reference, (0, 0))
        if paid_p or returned_p:
            yield row, paid_p, returned_p


def _sums(year: int) -> dict[str, tuple[int, int]]:
    """Paid and returned out of the political funds in the year, by the application's reference.

    An award that was carried into another fund has that fund's code behind its reference.
    """
    begin = datetime(year, 1, 1, tzinfo=LONDON).astimezone(UTC)
    end = datetime(year + 1, 1, 1, tzinfo=LONDON).astimezone(UTC)
    rows = db.session.execute(
        select(Award.reference, func.sum(LedgerEntry.d_paid), func.sum(LedgerEntry.d_returned))
        .join(Award, Award.id == LedgerEntry.award_id)
        .join(BudgetPath, BudgetPath.node_id == LedgerEntry.node_id)
        .join(Fund, Fund.node_id == BudgetPath.ancestor_id)
        .where(
            LedgerEntry.kind.in_(("pay", "return")),
            LedgerEntry.at >= begin,
            LedgerEntry.at < end,
            Fund.fund_type == "political",
        )
        .group_by(Award.reference)
        .order_by(Award.reference)
    )
    found: dict[str, tuple[int, int]] = {}
    for reference, paid_p, returned_p in rows:
        key = reference.partition(CARRIED)[0]
        before = found.get(key, (0, 0))
        found[key] = (before[0] + int(paid_p), before[1] + int(returned_p))
    return found


def _party(year: int) -> Any:
    """Each person's party in the year; of several the name that comes first."""
    last = date(year, 12, 31)
    member = PartyMembership
    open_then = case((member.ends_on.is_(None), True), else_=member.ends_on >= date(year, 1, 1))
    return (
        select(member.person_id, func.min(Party.name).label("name"))
        .join(Party, Party.id == member.party_id)
        .where(or_(member.starts_on.is_(None), member.starts_on <= last), open_then)
        .group_by(member.person_id)
        .subquery()
    )


def _row(one: Any, paid_p: int, returned_p: int) -> dict[str, Any]:
    application, law = one.Application, one.ApplicationLaw
    key = (law.s72_category if law else None) or ""
    known = CLASSES.get(law.legal_class or "") if law else None
    return {
        "key": key,
        "category": f"({key}) {CATEGORIES[key]}" if key else UNCODED,
        "poll_on": application.poll_on,
        "post": POSTS[application.post].label,
        "place": one.constituency or " – ".join(filter(None, (one.council, one.ward))),
        "party": one.party,
        "candidate": one.Person.name if one.Person else None,
        "recipient": law.recipient if law else None,
        "reference": application.reference,
        "legal_class": known.label if known else None,
        "paid_p": paid_p,
        "returned_p": returned_p,
        "net_p": paid_p - returned_p,
    }


def _notes(year: int) -> list[dict[str, str]]:
    figure = figure_book().on("tulrca.s32zb", date(year, 12, 31))
    if figure is None:
        return [{"what": "Section 32ZB", "words": "No figure is in force for this year."}]
    return [
        {"what": "Section 32ZB", "words": figure.rule},
        {"what": "Due above", "words": figure.value},
        {"what": "Source", "words": figure.source},
        {"what": "Checked on", "words": said_day(figure.checked_on)},
    ]
