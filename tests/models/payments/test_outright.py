"""“Mark as paid” is quick, not a way round: a confirmed payee, and a reference used once."""

import pytest
import sqlalchemy as sa

from models import clock
from models.base import db
from models.errors import Invalid, Refused
from models.funding.actions.decide import mark_paid
from models.funding.references.tables import BankReference
from models.payments.actions.paying import mark_sent_paid, reverse
from models.payments.actions.plan import plan
from models.payments.payees.actions import add_payee, enter_account
from models.payments.queries.one import payments_of
from models.payments.refunds.actions import ask_refund, receive_refund
from models.payments.rules import Tranche
from tests.funding_factories import make_awarded
from tests.payment_factories import (
    NUMBER,
    SORT_CODE,
    make_payable,
    make_sent,
    pay_outright,
)


@pytest.fixture
def award(cast, desk):
    """Makes awards of £300.00 to Bob's region."""
    return lambda **values: make_awarded(
        by=cast.bob, region=cast.regions["NWI"], officer=cast.alice, **values
    )


def mark(cast, application, reference="BACS 240001"):
    return mark_paid(application, paid_on=clock.today(), reference=reference, by=cast.carol)


def test_an_award_without_a_payee_is_not_paid(cast, award):
    application = award()
    with pytest.raises(Refused, match="choose the payee in the plan"):
        mark(cast, application)
    assert (application.status, application.award.paid_p) == ("awarded", 0)


def test_a_payee_without_an_account_is_not_paid(cast, award):
    application = award()
    payee = add_payee(name="Felpersham CLP", kind="party-unit", by=cast.carol)
    plan(application, [Tranche(300_00, payee.id)], by=cast.olive)
    with pytest.raises(Refused, match="Felpersham CLP has no bank account"):
        mark(cast, application)


def test_an_account_that_one_person_entered_is_not_enough(cast, award):
    application = award()
    payee = add_payee(name="Felpersham CLP", kind="party-unit", by=cast.carol)
    enter_account(payee, sort_code=SORT_CODE, number=NUMBER, holder="F", by=cast.carol)
    plan(application, [Tranche(300_00, payee.id)], by=cast.olive)
    with pytest.raises(Refused, match="confirmation by a second person"):
        mark(cast, application)


def test_what_is_paid_keeps_the_account_it_was_paid_into(cast, desk, award):
    application = award()
    pay_outright(cast, application, reference="BACS 240001")
    [payment] = payments_of(application)
    assert payment.account.entered_by_id == cast.carol.id
    assert payment.account.confirmed_by_id == desk.frank.id


def test_a_tranche_whose_trigger_has_not_come_is_not_paid(cast, desk, award):
    application = award()
    waits = Tranche(300_00, desk.payee.id, waits_for="nomination")
    plan(application, [waits], by=cast.olive)
    with pytest.raises(Refused, match="until the candidate is nominated"):
        mark(cast, application)


AGAIN = [
    "BACS 240001", "bacs 240001", " BACS  24 0001 ", "BACS240001", "BACS\u200b240001",
    "BA\u00adCS 240001\u200f", "BACS-240001", "BACS/24/0001", "bacs.240001", "ＢＡＣＳ 240001",
]  # fmt: skip


@pytest.mark.parametrize("again", AGAIN)
def test_a_reference_of_another_award_is_refused_and_the_award_named(cast, award, again):
    first, second = award(), award()
    pay_outright(cast, first, reference="BACS 240001")
    make_payable(cast, second)
    with pytest.raises(Invalid, match=first.reference) as refusal:
        mark(cast, second, again)
    assert refusal.value.field == "reference"
    assert second.award.paid_p == 0


def test_a_reference_with_a_hyphen_is_found_without_it(cast, award):
    first, second = award(), award()
    pay_outright(cast, first, reference="BACS-240001")
    make_payable(cast, second)
    with pytest.raises(Invalid, match=first.reference):
        mark(cast, second, "BACS 240001")
    mark(cast, second, "BACS 240002")


@pytest.mark.parametrize("nothing", ["²", "\u200b", "–", "№", "ﷺ"])
def test_a_reference_without_a_plain_letter_or_digit_is_refused(cast, award, nothing):
    application = award()
    make_payable(cast, application)
    with pytest.raises(Invalid, match="letters and digits") as refusal:
        mark(cast, application, nothing)
    assert refusal.value.field == "reference"


def test_a_reference_that_is_too_long_once_it_is_spelt_out_is_refused(cast, award):
    application = award()
    make_payable(cast, application)
    with pytest.raises(Invalid, match="at most 60"):
        mark(cast, application, "B" + "ﷺ" * 20)


def test_the_reference_of_a_payment_by_batch_is_not_another_awards(cast, desk, award):
    sent, [payment], _ = make_sent(cast, desk.frank, desk.payee, 300_00)
    second = award()
    make_payable(cast, second)
    with pytest.raises(Invalid, match=sent.reference):
        mark(cast, second, payment.reference.lower())
    mark_sent_paid(payment, paid_on=clock.today(), by=desk.frank)
    assert sent.status == "paid"


def test_a_receipt_has_a_reference_of_its_own(cast, award):
    application = award()
    pay_outright(cast, application, reference="BACS 240001")
    refund = ask_refund(application, amount_p=100_00, reason="Unspent", by=cast.carol)

    def receive(reference, key):
        receive_refund(
            refund, amount_p=10_00, received_on=clock.today(), reference=reference,
            by=cast.carol, key=key,
        )  # fmt: skip

    with pytest.raises(Invalid, match=application.reference):
        receive("bacs 240001", "a")
    receive("CR 55", "b")
    with pytest.raises(Invalid, match=application.reference):
        receive("cr55", "c")
    receive("CR 56", "d")
    assert refund.returned_p == 20_00


def test_a_payment_that_is_reversed_gives_its_reference_back(cast, award):
    wrong, right = award(), award()
    pay_outright(cast, wrong, reference="BACS 240001")
    [payment] = payments_of(wrong)
    reverse(payment, reason="It was the other one", by=cast.carol)
    pay_outright(cast, right, reference="BACS 240001")
    assert right.status == "paid"


def test_the_database_holds_that_a_reference_is_used_once(cast, award):
    application = award()
    pay_outright(cast, application, reference="BACS 240001")
    again = {"key": "bacs240001", "application_id": application.id, "ended": False}
    with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
        db.session.execute(sa.insert(BankReference), again)


def test_money_cannot_come_back_before_it_was_paid(cast, award):
    application = award()
    pay_outright(cast, application, reference="BACS 240001")
    day = clock.today().replace(year=2020)
    refund = ask_refund(application, amount_p=100_00, reason="Unspent", by=cast.carol)
    with pytest.raises(Invalid, match="before it was paid") as refusal:
        receive_refund(
            refund, amount_p=1_00, received_on=day, reference="CR 1", by=cast.carol, key="a"
        )
    assert refusal.value.field == "received_on"
    with pytest.raises(Invalid, match="past") as refusal:
        ask_refund(application, amount_p=1_00, reason="Unspent", due_on=day, by=cast.carol)
    assert refusal.value.field == "due_on"
