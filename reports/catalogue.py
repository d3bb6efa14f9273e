"""The catalogue: every workbook that can be handed over, by its key."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from models.accounts.permits import Actor
from models.accounts.roles import Permit
from models.councillors.list import COUNCILLORS
from models.delegates.list import DELEGATES
from models.errors import NotFound
from models.people.list import PEOPLE
from models.workshop.asking import ask, sentence
from models.workshop.listing import Listing
from reports import (
    awards,
    budget,
    commitments,
    councillors,
    delegates,
    disputes,
    donations,
    duplicates,
    freshness,
    funding,
    nationbuilder,
    network,
    political_fund,
    seats,
    working_sheet,
)
from reports.listed import workbook_of
from reports.payments import register
from reports.payments.register import FILTERS
from reports.sheet import Book

Build = Callable[[Actor, dict[str, str]], Book]
SAID = "said"  # under which the register keeps a list's question in words


@dataclass(frozen=True)
class Report:
    """A workbook of the catalogue. It understands the arguments of its `listing`, or `filters`.

    `outside_allowed` says that it can be limited to people who consented to disclosure; any other
    report never leaves the union.
    """

    key: str
    title: str
    about: str
    permit: Permit
    build: Build
    filters: tuple[str, ...] = ()
    listing: Listing | None = None
    outside_allowed: bool = False

    @property
    def arguments(self) -> tuple[str, ...]:
        """The names of the arguments that it understands."""
        return self.filters if self.listing is None else self.listing.arguments

    def said(self, reader: Actor, filters: Mapping[str, str]) -> str:
        """What it is narrowed to, as a person reads it."""
        if self.listing is None:
            return filter_words(filters)
        question = ask(self.listing, reader, filters)
        return sentence(question) if question.is_narrowed else EVERYTHING


EVERYTHING = "None, everything"


def filter_words(filters: Mapping[str, str]) -> str:
    """The filter of a workbook that stands for no list, as a person reads it."""
    if SAID in filters:
        return filters[SAID]
    said = [f"{key.replace('_', ' ')}: {value}" for key, value in filters.items() if value]
    return "; ".join(said) or EVERYTHING


_ALL = (
    Report(
        "councillors",
        "Councillors' Network",
        "Who holds which office, their network status, contact details and last contact.",
        Permit.EXPORT_PEOPLE,
        councillors.build,
        listing=COUNCILLORS,
        outside_allowed=True,
    ),
    Report(
        "delegates",
        "Delegates",
        "Who is delegate to which constituency party, until when; and each party's count.",
        Permit.EXPORT_PEOPLE,
        delegates.build,
        listing=DELEGATES,
    ),
    Report(
        "people",
        "People",
        "Everybody on the books: offices, region, how to reach them, last contact.",
        Permit.EXPORT_PEOPLE,
        workbook_of(PEOPLE, "People"),
        listing=PEOPLE,
        outside_allowed=True,
    ),
    Report(
        "network",
        "Network by region and council",
        "Councillors known, verified, contacted in 90 days and joined, with the Network's growth.",
        Permit.EXPORT_PEOPLE,
        network.build,
    ),
    Report(
        "freshness",
        "Freshness",
        "What is due to be checked, the most pressing first, and the score of each region.",
        Permit.EXPORT_PEOPLE,
        freshness.build,
        freshness.FILTERS,
    ),
    Report(
        "working-sheet",
        "Working sheet",
        "Councillors to be edited in Excel and uploaded again, cell by cell.",
        Permit.EXPORT_PEOPLE,
        working_sheet.build,
        listing=COUNCILLORS,
    ),
    Report(
        "nationbuilder",
        "People for NationBuilder",
        "People in NationBuilder's columns; outside the union only those who consented.",
        Permit.EXPORT_PEOPLE,
        nationbuilder.build,
        listing=PEOPLE,
        outside_allowed=True,
    ),
    Report(
        "duplicates",
        "Duplicates",
        "Pairs of records that may be one person, with score and reasons.",
        Permit.PEOPLE_WRITE,
        duplicates.build,
    ),
    Report(
        "seats-up",
        "Seats up",
        "Whose seat is up on a poll day, who of them stood, and what came of each seat.",
        Permit.EXPORT_PEOPLE,
        seats.build,
        seats.FILTERS,
    ),
    Report(
        "dispute-sheet",
        "Dispute sheet",
        "One council: control, cabinet, our councillors, delegates, branches, funding, asks.",
        Permit.EXPORT_PEOPLE,
        disputes.build,
        disputes.FILTERS,
    ),
    Report(
        "asks",
        "Asks and replies",
        "What was asked of whom in which dispute, and what they answered.",
        Permit.EXPORT_PEOPLE,
        disputes.build_asks,
        disputes.ASK_FILTERS,
    ),
    Report(
        "applications",
        "Funding applications",
        "Every application with its candidate, contest, amounts, steps and cost lines.",
        Permit.EXPORT_MONEY,
        funding.build,
        funding.FILTERS,
    ),
    Report(
        "payments",
        "Payments",
        "Every payment with its award, payee, state and days; what was asked back and returned.",
        Permit.EXPORT_MONEY,
        register.build,
        FILTERS,
    ),
    Report(
        "budget",
        "Election budget",
        "For finance: summary by region with a chart, heads, ledger and awards.",
        Permit.EXPORT_MONEY,
        budget.build,
        budget.FILTERS,
    ),
    Report(
        "awards",
        "Awards and payments",
        "Every award with its payments, and the five figures of each region with a chart.",
        Permit.EXPORT_MONEY,
        awards.build,
        awards.FILTERS,
    ),
    Report(
        "commitments",
        "Commitments by head and region",
        "What is promised and not paid, the five figures, and the forecast by every grouping.",
        Permit.EXPORT_MONEY,
        commitments.build,
        commitments.FILTERS,
    ),
    Report(
        "political-fund-return",
        "Political fund return",
        "What was paid in a calendar year by category; under (c) each election, party, candidate.",
        Permit.EXPORT_MONEY,
        political_fund.build,
        political_fund.FILTERS,
    ),
    Report(
        "donation-watch",
        "Donation watch",
        "What each recipient was given in a calendar year, against the thresholds of the law.",
        Permit.EXPORT_MONEY,
        donations.build,
        donations.FILTERS,
    ),
)
CATALOGUE: dict[str, Report] = {report.key: report for report in _ALL}


def report_of(key: str) -> Report:
    """The report with this key; raises NotFound with the keys there are."""
    if key not in CATALOGUE:
        raise NotFound(f"There is no report “{key}”. There are: {', '.join(CATALOGUE)}.")
    return CATALOGUE[key]
