"""What the bank paid, held against what was sent; differences wait for somebody to settle them."""

from datetime import timedelta

import pytest

from models import clock
from models.accounts.permits import OPERATOR
from models.base import db
from models.errors import Invalid, NotAllowed, Refused
from models.payments.actions.batches import make_batch
from models.payments.actions.paying import mark_failed, mark_sent_paid, release
from models.payments.paid_files.actions import can_settle, can_take, settle, step_back, take_in
from models.payments.paid_files.matching import GivenRow
from models.payments.paid_files.queries import file_for, missing_from, rows_of, tally_of
from models.payments.queries.one import payments_of
from tests.payment_factories import make_planned, make_sent


@pytest.fixture
def sent(cast, desk):
    """Two tranches of £100.00 and £200.00 on their way, sent by Frank."""
    application, both, batch = make_sent(cast, desk.frank, desk.payee, 100_00, 200_00)
    return application, both, batch


def given(payment, number=2, **values):
    row = {"amount_p": payment.amount_p, "paid_on": payment.batch.pay_on, **values}
    return GivenRow(number, payment.reference, **row)


def bring(by, *rows, sha="a" * 64):
    return take_in(name="paid.csv", sha256=sha, rows=rows, by=by)


@pytest.fixture(autouse=True)
def _after_the_pay_day(sent, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda day=sent[2].pay_on: day)


def counts(file):
    tally = tally_of(file)
    return tally.rows, tally.matched, tally.differing, tally.unknown


def test_rows_that_fit_are_paid_and_matched(cast, desk, sent):
    application, both, _batch = sent
    file = bring(cast.carol, given(both[0]), given(both[1], 3))
    assert counts(file) == (2, 2, 0, 0)
    assert [one.status for one in both] == ["reconciled", "reconciled"]
    assert (application.status, application.award.paid_p) == ("paid", 300_00)
    # Carol brought the file; Frank, who sent the batch, is who paid.
    assert {one.paid_by_id for one in both} == {desk.frank.id}


def test_the_operator_brings_a_file_and_pays_nothing_himself(desk, sent):
    _application, both, _ = sent
    file = bring(OPERATOR, given(both[0]))
    assert counts(file) == (1, 1, 0, 0)
    assert both[0].paid_by_id == desk.frank.id


def test_the_same_file_again_pays_nothing_twice(cast, sent):
    application, both, _ = sent
    first = bring(cast.carol, given(both[0]), given(both[1], 3))
    again = bring(cast.carol, given(both[0]), given(both[1], 3))
    assert again is first
    assert application.award.paid_p == 300_00


def test_another_file_with_the_same_payments_matches_and_pays_nothing(cast, sent):
    application, both, _ = sent
    bring(cast.carol, given(both[0]))
    other = bring(cast.carol, given(both[0]), sha="b" * 64)
    assert counts(other) == (1, 1, 0, 0)
    assert application.award.paid_p == 100_00


def test_differences_pay_nothing_and_what_is_missing_is_named(cast, sent):
    application, both, _ = sent
    file = bring(cast.carol, given(both[0], amount_p=90_00), GivenRow(3, "RENT", 5_00))
    assert counts(file) == (2, 0, 1, 1)
    assert missing_from(file) == [both[1]]
    assert application.award.paid_p == 0


def test_another_day_is_taken_once_somebody_says_so(cast, desk, sent):
    _application, both, _ = sent
    early = both[0].batch.pay_on - timedelta(days=1)
    row = rows_of(bring(cast.carol, given(both[0], paid_on=early)))[0]
    assert row.verdict == "differing"
    settle(row, take=True, reason="The bank was early", by=cast.carol)
    assert (both[0].status, both[0].paid_on) == ("reconciled", early)


def test_a_smaller_amount_is_taken_and_the_rest_is_planned(cast, desk, sent):
    application, both, _ = sent
    row = rows_of(bring(cast.carol, given(both[0], amount_p=90_00)))[0]
    settle(row, take=True, reason="The bank kept a fee", by=cast.carol)
    amounts = [(one.amount_p, one.status) for one in payments_of(application)]
    assert amounts == [(90_00, "reconciled"), (200_00, "exported"), (10_00, "scheduled")]


def test_more_than_was_released_is_never_taken(cast, sent):
    _application, both, _ = sent
    row = rows_of(bring(cast.carol, given(both[0], amount_p=110_00)))[0]
    with pytest.raises(Refused, match="more than was released"):
        settle(row, take=True, reason="So be it", by=cast.carol)
    settle(row, take=False, reason="The bank sends £10.00 back", by=cast.carol)
    assert (row.settled_by_id, both[0].status) == (cast.carol.id, "exported")


def test_a_row_is_settled_once_and_with_words(cast, desk, sent):
    row = rows_of(bring(cast.carol, GivenRow(2, "RENT", 5_00)))[0]
    with pytest.raises(Invalid):
        settle(row, take=False, reason=" ", by=cast.carol)
    settle(row, take=False, reason="Not ours", by=cast.carol)
    settle(row, take=False, reason="Not ours", by=cast.carol)
    with pytest.raises(Refused, match="already"):
        settle(row, take=False, reason="Ours", by=desk.frank)


def test_a_row_that_was_unknown_is_matched_when_its_file_comes_again(cast, desk, sent):
    _, planned = make_planned(cast, desk.payee, 50_00)
    early = GivenRow(2, planned[0].reference, 50_00)
    file = bring(cast.carol, early)
    assert counts(file) == (1, 0, 1, 0)
    release(planned[0], by=cast.olive)
    make_batch([planned[0].id], pay_on=clock.today(), by=desk.frank)
    assert counts(bring(cast.carol, early)) == (1, 1, 0, 0)


def test_a_payment_marked_as_paid_by_hand_is_matched_later(cast, desk, sent):
    application, both, _ = sent
    mark_sent_paid(both[0], paid_on=clock.today(), by=desk.frank)
    file = bring(cast.carol, given(both[0]))
    assert (counts(file), both[0].status) == ((1, 1, 0, 0), "reconciled")
    assert application.award.paid_p == 100_00


def test_only_finance_and_the_operator_bring_files(cast, sent):
    for somebody in (cast.alice, cast.bob, cast.dan, cast.grace):
        with pytest.raises(NotAllowed):
            bring(somebody)
    with pytest.raises(NotAllowed):
        file_for(cast.alice, 1)


def back(payment, number=9, aside="returned"):
    return GivenRow(number, payment.reference, payment.amount_p, None, "It came back.", aside)


@pytest.mark.parametrize("aside", ["returned", "look"])
def test_a_row_that_is_no_payment_pays_nothing(cast, sent, aside):
    application, both, _ = sent
    file = bring(cast.carol, back(both[0], aside=aside))
    assert counts(file) == (1, 0, 0, 0)
    assert (tally_of(file).returned, tally_of(file).open) == (1, 1)
    assert (both[0].status, application.award.paid_p) == ("exported", 0)
    again = bring(cast.carol, back(both[0], aside=aside))
    assert [row.verdict for row in rows_of(again)] == [aside]


def test_the_payment_beside_its_return_is_paid_and_the_return_waits(cast, sent):
    _, both, _ = sent
    file = bring(cast.carol, back(both[0], 2), given(both[0], 3))
    assert [row.verdict for row in rows_of(file)] == ["returned", "matched"]
    assert both[0].status == "reconciled"


def test_what_came_back_on_its_way_is_marked_as_failed(cast, sent):
    application, both, _ = sent
    row = rows_of(bring(cast.carol, back(both[0])))[0]
    assert (step_back(row), can_take(row, cast.carol)) == ("fail", None)
    settle(row, take=True, reason="Account closed", by=cast.carol)
    assert (both[0].status, application.award.paid_p) == ("failed", 0)


def test_what_came_back_after_it_was_paid_is_reversed(cast, sent):
    application, both, _ = sent
    file = bring(cast.carol, given(both[0], 2), back(both[0], 3))
    row = rows_of(file, only_matched=False)[0]
    assert step_back(row) == "reverse"
    settle(row, take=True, reason="Account closed", by=cast.carol)
    assert (both[0].status, application.award.paid_p) == ("reversed", 0)
    assert payments_of(application)[-1].status == "scheduled"


def test_what_came_back_of_a_payment_that_failed_can_only_be_left(cast, desk, sent):
    _, both, _ = sent
    mark_failed(both[0], reason="The bank called", by=desk.frank)
    row = rows_of(bring(cast.carol, back(both[0])))[0]
    assert "nothing of it can come back" in can_take(row, cast.carol)
    settle(row, take=False, reason="Known", by=cast.carol)


def test_what_is_not_certain_is_never_taken(cast, sent):
    _, both, _ = sent
    row = rows_of(bring(cast.carol, back(both[0], aside="look")))[0]
    with pytest.raises(Refused, match="on its own page"):
        settle(row, take=True, reason="It was paid", by=cast.carol)


@pytest.fixture
def carols(cast, desk):
    """A payment that Carol of finance released and Frank sent."""
    _, planned = make_planned(cast, desk.payee, 50_00)
    release(planned[0], by=cast.carol)
    make_batch([planned[0].id], pay_on=clock.today(), by=desk.frank)
    db.session.commit()
    return planned[0]


def test_whoever_released_a_payment_does_not_book_it_by_a_file(cast, carols):
    file = bring(cast.carol, given(carols))
    row = rows_of(file)[0]
    assert (row.verdict, row.because[:38]) == ("look", "Whoever brought this file released thi")
    assert (carols.status, carols.paid_on, tally_of(file).open) == ("exported", None, 1)
    assert "You released this payment" in can_settle(row, cast.carol)
    for take in (True, False):
        with pytest.raises(Refused, match="somebody else in finance"):
            settle(row, take=take, reason="I saw it", by=cast.carol)
    assert carols.status == "exported"


def test_somebody_else_in_finance_settles_what_the_releaser_brought(cast, desk, carols):
    row = rows_of(bring(cast.carol, given(carols)))[0]
    assert (can_settle(row, desk.frank), can_take(row, desk.frank)) == (None, None)
    settle(row, take=True, reason="Seen on the statement", by=desk.frank)
    assert carols.status == "reconciled"


def test_somebody_else_or_the_operator_brings_the_file_again(cast, desk, carols):
    bring(cast.carol, given(carols))
    bring(desk.frank, given(carols))
    assert carols.status == "reconciled"


def test_the_operator_brings_what_anybody_released(carols):
    bring(OPERATOR, given(carols))
    assert carols.status == "reconciled"


def test_a_releaser_takes_no_difference_of_their_payment_but_may_leave_it(cast, carols):
    row = rows_of(bring(cast.carol, given(carols, amount_p=40_00)))[0]
    assert row.verdict == "differing"
    with pytest.raises(Refused, match="You released this payment"):
        settle(row, take=True, reason="A fee", by=cast.carol)
    settle(row, take=False, reason="I ask the bank", by=cast.carol)


def test_a_releaser_does_not_match_what_another_marked_as_paid(cast, desk, carols):
    mark_sent_paid(carols, paid_on=clock.today(), by=desk.frank)
    row = rows_of(bring(cast.carol, given(carols)))[0]
    assert (row.verdict, carols.status) == ("look", "paid")
    settle(row, take=True, reason="Seen", by=desk.frank)
    assert carols.status == "reconciled"
    assert rows_of(bring(cast.carol, given(carols), sha="b" * 64))[0].verdict == "matched"
