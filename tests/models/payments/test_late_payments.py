"""After the last day for bills whoever pays answers to the law, and the answer is kept."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from models import clock
from models.audit import AuditEntry
from models.base import db
from models.elections.queries import figure_book
from models.elections.rules import FigureBook
from models.errors import Invalid
from models.funding.actions.decide import mark_paid
from models.funding.law import late_payment
from models.funding.queries.law import law_answers_of
from models.payments.actions.batches import make_batch
from models.payments.actions.paying import mark_sent_paid, release
from models.payments.paid_files.actions import settle, take_in
from models.payments.paid_files.matching import GivenRow
from models.payments.paid_files.queries import rows_of
from models.payments.queries.one import steps_of
from tests.law import load_law
from tests.payment_factories import make_planned

POLL, LAST_DAY = date(2027, 5, 6), date(2027, 6, 4)
BEFORE = datetime(2027, 4, 12, 9, tzinfo=UTC)
IN_TIME = datetime(2027, 6, 2, 9, tzinfo=UTC)
LATE = datetime(2027, 6, 10, 9, tzinfo=UTC)
WHY = "The court allowed it on 8 June."


@pytest.fixture
def planned(cast, desk):
    """Two tranches of an award, awarded before the poll."""
    load_law(by=cast.alice)
    with clock.set_to(BEFORE):
        return make_planned(cast, desk.payee, 100_00, 200_00, poll_on=POLL)


def sent(payment, by):
    """The payment goes to the bank on the day of the clock."""
    make_batch([payment.id], pay_on=clock.today(), by=by)
    db.session.commit()
    return payment


def reasons(payment):
    return {one.step: one.reason for one in steps_of(payment)}


def test_the_day_is_that_of_the_rule(cast, planned):
    book = figure_book()
    assert late_payment("councillor", POLL, "England", LAST_DAY, book) is None
    warning = late_payment("councillor", POLL, "England", date(2027, 6, 5), book)
    assert warning.words.endswith("paid by 4 June 2027; later payment needs the court.")
    for post, poll_on, known in (("mp", POLL, book), ("councillor", None, book),
                                 ("councillor", POLL, FigureBook())):  # fmt: skip
        assert late_payment(post, poll_on, "England", LATE.date(), known) is None


def test_a_late_release_is_answered_once_and_for_its_payment_as_well(cast, desk, planned):
    _, [first, _] = planned
    with clock.set_to(LATE):
        for nothing in (None, "  "):
            with pytest.raises(Invalid, match="4 June 2027") as refusal:
                release(first, by=cast.olive, answer=nothing)
            assert refusal.value.field == "answer"
        assert first.status == "scheduled"
        release(first, by=cast.olive, answer=f" {WHY} ")
        sent(first, desk.frank)
        mark_sent_paid(first, paid_on=clock.today(), by=desk.frank)
        db.session.commit()
    assert (reasons(first)["release"], reasons(first)["pay"]) == (WHY, None)
    event = AuditEntry.event == "payment.law_answered"
    [kept] = db.session.scalars(sa.select(AuditEntry).where(event))
    assert (kept.after["warning"], kept.after["answer"]) == ("late-payment", WHY)
    assert "4 June 2027" in kept.after["shown"]


def test_released_in_time_and_paid_too_late_is_answered_at_the_payment(cast, desk, planned):
    _, [first, second] = planned
    with clock.set_to(IN_TIME):
        for one in (first, second):
            release(one, by=cast.olive)
            sent(one, desk.frank)
    with clock.set_to(LATE):
        with pytest.raises(Invalid, match="4 June 2027"):
            mark_sent_paid(first, paid_on=clock.today(), by=desk.frank)
        mark_sent_paid(first, paid_on=clock.today(), by=desk.frank, answer=WHY)
        mark_sent_paid(second, paid_on=LAST_DAY, by=desk.frank)
    assert (reasons(first)["pay"], reasons(second)["pay"]) == (WHY, None)


def test_what_the_bank_paid_too_late_waits_in_the_paid_file_for_an_answer(cast, desk, planned):
    _, [first, second] = planned
    with clock.set_to(IN_TIME):
        for one in (first, second):
            release(one, by=cast.olive)
            sent(one, desk.frank)
    days = {first: LATE.date(), second: IN_TIME.date()}
    rows = [
        GivenRow(number, one.reference, one.amount_p, days[one])
        for number, one in enumerate(days, start=2)
    ]
    first.batch.pay_on = LATE.date()
    with clock.set_to(LATE):
        file = take_in(name="paid.csv", sha256="d" * 64, rows=rows, by=cast.carol)
        [late] = rows_of(file, only_matched=False)
        assert late.verdict == "differing"
        assert "4 June 2027" in late.because
        assert (first.status, second.status) == ("exported", "reconciled")
        settle(late, take=True, reason=WHY, by=cast.carol)
        db.session.commit()
    assert (first.status, reasons(first)["pay"]) == ("reconciled", WHY)
    event = AuditEntry.event == "payment.law_answered"
    [kept] = db.session.scalars(sa.select(AuditEntry).where(event))
    assert kept.after["answer"] == WHY


def test_the_quick_way_keeps_the_answer_with_the_application(cast, desk):
    load_law(by=cast.alice)
    with clock.set_to(BEFORE):
        award, _ = make_planned(cast, desk.payee, 300_00, poll_on=POLL)
    said = {"reference": "BACS", "by": cast.carol}
    with clock.set_to(LATE):
        with pytest.raises(Invalid, match="4 June 2027") as refusal:
            mark_paid(award, paid_on=clock.today(), **said)
        assert refusal.value.field == "answer"
        mark_paid(award, paid_on=clock.today(), answer=WHY, **said)
    [kept] = [one for one in law_answers_of(award) if one.answer == WHY]
    assert (kept.warning, kept.by_id) == ("late-payment", cast.carol.id)


def test_what_was_paid_in_time_needs_no_answer_however_late_it_is_noted(cast, desk):
    load_law(by=cast.alice)
    with clock.set_to(BEFORE):
        award, _ = make_planned(cast, desk.payee, 300_00, poll_on=POLL)
    with clock.set_to(LATE):
        mark_paid(award, paid_on=LAST_DAY, reference="BACS", by=cast.carol)
    assert award.status == "paid"
