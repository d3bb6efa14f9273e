"""Reducing, withdrawing and lapsing: the money is free again at once, on both databases."""

import pytest

from models.base import db
from models.budget.actions import money
from models.budget.faults import ledger_faults
from models.errors import Invalid, NotAllowed, Refused
from models.funding.actions.undo import lapse, reduce, withdraw
from models.funding.queries.one import steps_of
from tests.payment_factories import pay_outright


def test_a_reduced_award_releases_the_part(cast, awarded):
    before_p = awarded.node.available_p
    for _ in range(2):
        reduce(awarded, amount_p=200_00, reason="No van.", by=cast.olive, key="click")
        db.session.commit()
    assert (awarded.status, awarded.awarded_p, awarded.award.committed_p) == (
        "awarded",
        200_00,
        200_00,
    )
    assert awarded.node.available_p == before_p + 100_00
    assert steps_of(awarded)[0].amount_p == 200_00
    reduce(awarded, amount_p=150_00, reason="Nor leaflets.", by=cast.olive)
    assert awarded.award.committed_p == 150_00
    assert list(ledger_faults()) == []


@pytest.mark.parametrize("amount_p", [0, -1, 300_00, 400_00])
def test_an_award_is_reduced_to_less_and_to_more_than_nothing(cast, awarded, amount_p):
    with pytest.raises(Invalid) as refusal:
        reduce(awarded, amount_p=amount_p, reason="So.", by=cast.olive)
    assert refusal.value.field == "amount"
    assert awarded.awarded_p == 300_00


def test_an_award_is_not_reduced_below_what_is_paid_of_it(cast, awarded):
    money.pay(award=awarded.award, amount_p=120_00, by=cast.carol, key="tranche")
    with pytest.raises(Invalid, match=r"£120\.00 of it is paid already"):
        reduce(awarded, amount_p=119_99, reason="So.", by=cast.olive)
    reduce(awarded, amount_p=120_00, reason="The rest is not needed.", by=cast.olive)
    assert (awarded.award.committed_p, awarded.award.paid_p) == (0, 120_00)


def test_a_reduction_needs_its_reason_and_an_officer(cast, awarded):
    with pytest.raises(Invalid):
        reduce(awarded, amount_p=1_00, reason=" ", by=cast.olive)
    with pytest.raises(NotAllowed):
        reduce(awarded, amount_p=1_00, reason="So.", by=cast.bob)


def test_what_lapses_gives_everything_back(cast, awarded):
    before_p = awarded.node.available_p
    with pytest.raises(Invalid):
        lapse(awarded, reason="", by=cast.alice)
    lapse(awarded, reason="Not nominated.", by=cast.alice)
    assert (awarded.status, awarded.award.committed_p) == ("lapsed", 0)
    assert awarded.node.available_p == before_p + 300_00


def test_what_waits_can_lapse_and_what_is_paid_cannot(cast, submitted, awarded):
    lapse(submitted, reason="The poll has passed.", by=cast.alice)
    assert submitted.status == "lapsed"
    pay_outright(cast, awarded, reference="BACS 1")
    with pytest.raises(Refused, match="“paid”"):
        lapse(awarded, reason="Too late.", by=cast.alice)


def test_what_is_paid_in_part_is_not_taken_back_whole(cast, awarded):
    money.pay(award=awarded.award, amount_p=120_00, by=cast.carol, key="tranche")
    for act in (withdraw, lapse):
        with pytest.raises(Refused, match=r"£120\.00 of this award is paid already"):
            act(awarded, reason="She stood down.", by=cast.alice)
