"""Money asked back: returned to its head through the ledger, or given up by two people."""

import pytest

from models import clock
from models.budget.faults import ledger_faults
from models.errors import Conflict, Invalid, NotAllowed, Refused
from models.payments.actions.paying import mark_sent_paid, reverse
from models.payments.queries.one import payments_of
from models.payments.refunds.actions import (
    ask_refund,
    ask_write_off,
    decide_write_off,
    receive_refund,
)
from tests.payment_factories import make_planned, make_sent


@pytest.fixture
def paid(cast, desk):
    """An award of £300.00 that was paid."""
    application, [payment], _ = make_sent(cast, desk.frank, desk.payee, 300_00)
    mark_sent_paid(payment, paid_on=clock.today(), by=desk.frank)
    return application


def ask(cast, paid, amount_p=80_00, **values):
    return ask_refund(paid, amount_p=amount_p, reason="Unspent", by=cast.carol, **values)


def receive(refund, by, amount_p, key="k"):
    return receive_refund(
        refund, amount_p=amount_p, received_on=clock.today(), reference=f"CR {key}", by=by, key=key
    )


def test_money_that_comes_back_is_free_again_in_its_head(cast, paid):
    before = paid.node.available_p
    refund = ask(cast, paid)
    assert paid.node.available_p == before
    receive(refund, cast.carol, 50_00)
    receive(refund, cast.carol, 30_00, key="k2")
    assert (refund.open_p, paid.award.returned_p) == (0, 80_00)
    assert paid.node.available_p == before + 80_00
    assert list(ledger_faults()) == []


def test_a_second_click_returns_nothing_twice(cast, paid):
    refund = ask(cast, paid, key="ask")
    assert ask(cast, paid, key="ask") is refund
    assert receive(refund, cast.carol, 50_00) is receive(refund, cast.carol, 50_00)
    assert paid.award.returned_p == 50_00
    with pytest.raises(Conflict):
        receive(refund, cast.carol, 40_00)


@pytest.mark.parametrize("amount_p", [0, -5, 300_01])
def test_no_more_can_come_back_than_was_paid(cast, paid, amount_p):
    with pytest.raises(Invalid):
        ask(cast, paid, amount_p)


def test_what_is_asked_back_already_cannot_be_asked_again(cast, paid):
    ask(cast, paid, 250_00)
    with pytest.raises(Invalid, match=r"£50\.00 could still come back"):
        ask(cast, paid, 60_00)


def test_nothing_comes_back_of_what_was_not_paid(cast, desk):
    application, _ = make_planned(cast, desk.payee, 300_00)
    with pytest.raises(Refused, match="Nothing of this award was paid"):
        ask(cast, application, 10_00)


def test_money_is_given_up_by_two_people(cast, paid):
    refund = ask(cast, paid)
    receive(refund, cast.carol, 30_00)
    wish = ask_write_off(refund, amount_p=50_00, reason="Insolvent", by=cast.carol)
    with pytest.raises(NotAllowed):
        decide_write_off(wish, approve=True, answer="Yes", by=cast.carol)
    with pytest.raises(Invalid, match="reason"):
        decide_write_off(wish, approve=True, answer="", by=cast.alice)
    decide_write_off(wish, approve=True, answer="Seen the letter", by=cast.alice)
    decide_write_off(wish, approve=True, answer="Seen the letter", by=cast.alice)
    assert (refund.written_off_p, refund.open_p) == (50_00, 0)
    assert paid.award.returned_p == 30_00


def test_a_refused_write_off_leaves_the_money_asked_for(cast, paid):
    refund = ask(cast, paid)
    wish = ask_write_off(refund, amount_p=80_00, reason="Insolvent", by=cast.carol)
    with pytest.raises(Refused, match="waits for its answer"):
        ask_write_off(refund, amount_p=10_00, reason="Also", by=cast.carol)
    decide_write_off(wish, approve=False, answer="Ask once more", by=cast.alice)
    assert refund.open_p == 80_00
    ask_write_off(refund, amount_p=80_00, reason="Asked twice", by=cast.carol)


def test_a_write_off_of_what_came_in_meanwhile_says_so(cast, paid):
    refund = ask(cast, paid)
    wish = ask_write_off(refund, amount_p=80_00, reason="Insolvent", by=cast.carol)
    receive(refund, cast.carol, 5_00)
    with pytest.raises(Refused, match=r"£75\.00 is still to come back since this write-off of £80"):
        decide_write_off(wish, approve=True, answer="Nothing to be had", by=cast.alice)


def test_a_reversal_cannot_take_back_what_was_returned(cast, desk, paid):
    receive(ask(cast, paid), cast.carol, 80_00)
    [payment] = payments_of(paid)
    with pytest.raises(Refused, match="returned"):
        reverse(payment, reason="Recalled", by=desk.frank)
