"""What was paid in a year that is closed counts: an award carried into the next fund half paid."""

from datetime import date

import pytest

from models.base import db
from models.budget.actions.money import give_back
from models.budget.queries.nodes import paid_and_back, paid_of
from models.errors import Invalid
from models.evidence.actions.receipts import save_receipt
from models.evidence.actions.reports import accept_report, start_report, submit_report
from models.evidence.queries.reports import report_of
from models.evidence.spending import Bill
from models.forecast.queries import costs_for
from models.payments.refunds.actions import ask_refund
from models.payments.refunds.queries import refunds_of
from reports import donations, funding
from reports.letters.statement import statement_of
from tests.carried import carry_half_paid, pay_the_rest

BILL = Bill("Ambridge Print", "INV-001", date(2027, 4, 20), "leaflets", 200_00, 40_00)
PDF = ("invoice.pdf", b"%PDF-1.7 a receipt")


@pytest.fixture
def new(cast, fund, awarded, after_poll):
    """£300.00 were awarded; £150.00 paid last year, £150.00 this year."""
    new = carry_half_paid(cast, awarded, fund)
    pay_the_rest(cast, awarded)
    return new


@pytest.fixture
def report(cast, awarded, new):
    report = start_report(awarded, by=cast.bob)
    save_receipt(report, BILL, by=cast.bob, file=PDF)
    return submit_report(report, declared_by="Priya Kaur", by=cast.bob)


def test_what_was_paid_and_came_back_is_counted_over_the_years(cast, awarded, new):
    award = awarded.award
    assert (award.paid_p, paid_of(award)) == (150_00, 300_00)
    give_back(award=award, amount_p=20_00, by=cast.carol, key="g")
    assert paid_and_back([award]) == {award.id: (300_00, 20_00)}
    assert paid_and_back([]) == {}


def test_the_unspent_is_of_all_that_was_paid(cast, awarded, report):
    accept_report(report, by=cast.olive)
    assert report.unspent_p == 60_00
    [refund] = refunds_of(awarded)
    assert refund.amount_p == 60_00


def test_all_that_was_paid_may_be_asked_back_and_no_more(cast, awarded, new):
    with pytest.raises(Invalid, match=r"£300\.00 could still come back"):
        ask_refund(awarded, amount_p=300_01, reason="Withdrew", by=cast.olive)
    asked = ask_refund(awarded, amount_p=300_00, reason="Withdrew", by=cast.olive)
    assert asked.amount_p == 300_00


def test_the_statement_for_the_agent_names_all_that_was_paid(cast, awarded, report):
    give_back(award=awarded.award, amount_p=20_00, by=cast.carol, key="g")
    gifts = statement_of(awarded, report_of(awarded)).gifts
    assert [one["amount_p"] for one in gifts] == [150_00, 150_00, -20_00]


def test_the_workbooks_show_all_that_was_paid(cast, awarded, new):
    give_back(award=awarded.award, amount_p=20_00, by=cast.carol, key="g")
    db.session.commit()
    [row] = funding.build(cast.alice, {}).sheets[0].rows
    assert (row["paid_p"], row["returned_p"]) == (300_00, 20_00)
    awards = donations.build(cast.alice, {"year": "2027"}).sheets[1].rows
    assert [(row["paid_p"], row["returned_p"]) for row in awards] == [(300_00, 20_00)]


def test_a_contest_costs_all_that_was_paid_for_it(cast, awarded, new):
    [row, _] = costs_for(cast.alice, new)
    assert row.used_p == 300_00
