"""What came after the demonstration's awards: letters, reports, a by-election won."""

import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from reportlab.pdfgen.canvas import Canvas

from app.demo import calendar
from app.demo.money import Case, Cast, candidates
from app.demo.people import Councillor
from models import clock
from models.accounts.tables import User
from models.budget.queries.periods import current_fund
from models.evidence.actions.letters import make_letter, send_letter
from models.evidence.actions.outcomes import record_outcome
from models.evidence.actions.receipts import save_receipt
from models.evidence.actions.reports import accept_report, send_back, start_report, submit_report
from models.evidence.rules import Result
from models.evidence.spending import Bill
from models.evidence.tables import SpendingReport
from models.funding.queries.lists import Filters, applications_for
from models.funding.tables import Application
from models.places.queries.regions import regions

SUPPLIERS = (
    "Fernhollow Press",
    "Copperleaf Print & Post",
    "Tallow Lane Rooms",
    "Brightbarrow Media",
)
KINDS = ("leaflets", "print", "rooms", "digital")
STATES = ("open", "submitted", "sent-back", "accepted", "closed")
POLL_AGO = 44
BY_ELECTIONS = 2


def follow_up(rng: Random, found: list[Councillor], users: dict[str, User]) -> None:
    """By-elections that are over, and for each paid award the next of the report's states."""
    over = _by_elections(rng, found, users)
    paid, _ = applications_for(
        users["national"], Filters(status="paid"), sort="reference", descending=False
    )
    waiting = [one for one in paid if one.id not in {each.id for each in over}]
    for application, state in zip(waiting, STATES, strict=False):
        _letter(application, users)
        _report(rng, application, state, users)
    if over:
        _won(over[0], users)


class ByElection(Case):
    """An application for a poll that is over by now: all its steps came before the poll."""

    def _moments(self, first: date) -> list[datetime]:
        last = self.one.expected_end - timedelta(days=7)
        span = (last - first).days
        days = [first + timedelta(days=span * part // 4) for part in range(1, 5)]
        return sorted(calendar.office_hours(self.rng, day) for day in days)


def _by_elections(
    rng: Random, found: list[Councillor], users: dict[str, User]
) -> list[Application]:
    """Paid awards of a poll some weeks ago; none where the fund is younger than that."""
    fund = current_fund()
    poll_on = clock.today() - timedelta(days=POLL_AGO)
    poll_on -= timedelta(days=(poll_on.weekday() - 3) % 7)  # polls are on Thursdays
    if fund is None or poll_on - fund.starts_on < timedelta(days=30):
        return []
    first = max(fund.starts_on, poll_on - timedelta(days=60))
    made = []
    for region in regions()[:BY_ELECTIONS]:
        own = [one for one in found if one.placed.region.id == region.id]
        for one in candidates(own)[-1:]:
            standing = replace(one, expected_end=poll_on)
            made.append(ByElection(rng, standing, Cast(users), fund, first).run("paid"))
    return made


def _letter(application: Application, users: dict[str, User]) -> None:
    letter = make_letter(application, by=users["national"])
    submitter = application.submitted_by
    if submitter is not None:
        send_letter(letter, to=submitter.email, by=users["national"])


def _report(
    rng: Random, application: Application, state: str, users: dict[str, User]
) -> SpendingReport:
    writer = application.submitted_by or users["officer"]
    report = start_report(application, by=writer)
    spent_p = (application.awarded_p or 0) * (100 if state == "closed" else 80) // 100
    for number, share in enumerate((spent_p // 2, spent_p - spent_p // 2)):
        bill = _bill(rng, number, share)
        paper = None if state == "open" and number else _paper(bill)
        save_receipt(report, bill, by=writer, file=paper)
    if state == "open":
        return report
    submit_report(report, declared_by=application.candidate_name, by=writer)
    if state == "sent-back":
        words = "The second invoice is for two wards: enter your share of it."
        send_back(report, reason=words, by=users["finance"])
    elif state in ("accepted", "closed"):
        accept_report(report, by=users["finance"])
    return report


def _bill(rng: Random, number: int, gross_p: int) -> Bill:
    vat_p = gross_p // 6
    chosen = rng.randrange(len(SUPPLIERS))
    return Bill(
        supplier=SUPPLIERS[chosen],
        number=f"{rng.randrange(1000, 9999)}-{number + 1}",
        on=clock.today() - timedelta(days=rng.randrange(2, 20)),
        category=KINDS[chosen],
        net_p=gross_p - vat_p,
        vat_p=vat_p,
        paid_on=clock.today() - timedelta(days=1),
    )


def _paper(bill: Bill) -> tuple[str, bytes]:
    made = io.BytesIO()
    canvas = Canvas(made, invariant=1)
    for line, words in enumerate(
        (bill.supplier, f"Invoice {bill.number}", f"{bill.on}", "Specimen")
    ):
        canvas.drawString(72, 760 - 20 * line, words)
    canvas.save()
    return f"invoice-{bill.number}.pdf", made.getvalue()


def _won(application: Application, users: dict[str, User]) -> None:
    """The first by-election was won: the 28 days of the register run."""
    poll_on = application.poll_on or clock.today()
    result = Result(
        nominated=True,
        elected=True,
        votes=1_204,
        on=poll_on + timedelta(days=1),
        source="The council's declaration of the result",
        took_office_on=poll_on + timedelta(days=4),
    )
    by = application.submitted_by or users["officer"]
    record_outcome(application, result, by=by)
