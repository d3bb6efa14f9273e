"""From the award to the bank's word: plan, release, send, pay, fail, reverse; who may do which."""

from datetime import timedelta

import pytest

from models import clock
from models.base import db
from models.budget.faults import ledger_faults
from models.errors import Conflict, Invalid, NotAllowed, Refused
from models.funding.actions.decide import mark_paid
from models.funding.actions.undo import reduce, withdraw
from models.payments import workflow
from models.payments.actions.batches import make_batch
from models.payments.actions.paying import (
    hold_back,
    mark_failed,
    mark_sent_paid,
    release,
    reverse,
    schedule_again,
)
from models.payments.actions.plan import (
    drop_condition,
    meet_condition,
    plan,
    record_nomination,
    set_condition,
)
from models.payments.payees.actions import add_payee, enter_account
from models.payments.queries.lists import payments_for
from models.payments.queries.one import payments_of, steps_of
from models.payments.rules import Tranche
from tests.funding_factories import make_awarded
from tests.payment_factories import make_planned, make_sent, pay_day, pay_outright


def states(application):
    return [one.status for one in payments_of(application)]


def test_an_award_has_one_payment_of_its_whole_amount(cast, desk):
    application = make_awarded(by=cast.bob, region=cast.regions["NWI"], officer=cast.alice)
    [payment] = payments_of(application)
    assert (payment.amount_p, payment.status, payment.waits_for) == (300_00, "scheduled", "award")
    assert payment.reference == f"{application.reference}-P1"


def test_marking_as_paid_stays_the_quick_way(cast, desk):
    application = make_awarded(by=cast.bob, region=cast.regions["NWI"], officer=cast.alice)
    pay_outright(cast, application, reference="BACS 7")
    [payment] = payments_of(application)
    assert (payment.status, payment.paid_on, payment.paid_by_id) == (
        "paid", clock.today(), cast.carol.id,
    )  # fmt: skip
    assert payment.entry.amount_p == 300_00


def test_an_award_in_tranches_is_not_paid_at_once(cast, desk):
    application, _ = make_planned(cast, desk.payee, 100_00, 200_00)
    with pytest.raises(Refused, match="tranches"):
        mark_paid(application, paid_on=clock.today(), reference="BACS 7", by=cast.carol)
    assert application.award.paid_p == 0


def test_tranches_that_do_not_add_up_to_the_award_are_refused(cast, desk):
    application, _ = make_planned(cast, desk.payee, 300_00)
    with pytest.raises(Invalid, match=r"£299\.00"):
        plan(application, [Tranche(299_00)], by=cast.olive)


def test_a_plan_can_be_changed_until_it_is_released(cast, desk):
    application, [first, _second] = make_planned(cast, desk.payee, 100_00, 200_00)
    release(first, by=cast.olive)
    plan(
        application, [Tranche(50_00, desk.payee.id), Tranche(150_00, desk.payee.id)], by=cast.olive
    )
    assert [one.amount_p for one in payments_of(application)] == [100_00, 50_00, 150_00]
    plan(application, [Tranche(200_00, desk.payee.id)], by=cast.olive)
    assert states(application) == ["released", "scheduled", "cancelled"]


def test_the_way_to_the_bank_and_back(cast, desk):
    application, [first, second], batch = make_sent(cast, desk.frank, desk.payee, 100_00, 200_00)
    assert (batch.payments, batch.total_p, states(application)) == (2, 300_00, ["exported"] * 2)
    mark_sent_paid(first, paid_on=clock.today(), by=desk.frank)
    assert (application.award.paid_p, application.status) == (100_00, "awarded")
    mark_sent_paid(second, paid_on=clock.today(), by=desk.frank)
    assert (application.award.paid_p, application.award.committed_p) == (300_00, 0)
    assert (application.status, application.paid_on) == ("paid", clock.today())


def test_nobody_is_two_of_applicant_approver_releaser_and_payer(cast, desk):
    """Four people: Bob applied, Alice approved, Carol releases, Frank pays."""
    _, [payment] = make_planned(cast, desk.payee, 300_00)
    with pytest.raises(Refused, match="You approved this award"):
        release(payment, by=cast.alice)
    with pytest.raises(NotAllowed):
        release(payment, by=cast.bob)
    release(payment, by=cast.carol)
    with pytest.raises(Refused, match="You released this payment"):
        make_batch([payment.id], pay_on=pay_day(), by=cast.carol)
    with pytest.raises(NotAllowed):
        make_batch([payment.id], pay_on=pay_day(), by=cast.olive)
    make_batch([payment.id], pay_on=pay_day(), by=desk.frank)
    with pytest.raises(Refused, match="You released this payment"):
        mark_sent_paid(payment, paid_on=clock.today(), by=cast.carol)


def test_whoever_applied_does_not_release(cast, desk):
    application = make_awarded(by=cast.olive, region=cast.regions["NWI"], officer=cast.alice)
    [payment] = plan(application, [Tranche(300_00, desk.payee.id)], by=cast.olive)
    with pytest.raises(Refused, match="You wrote or submitted"):
        release(payment, by=cast.olive)


def test_a_payment_without_a_confirmed_account_is_not_released(cast, desk):
    _, [payment] = make_planned(cast, None, 300_00)
    with pytest.raises(Refused, match="who is paid"):
        release(payment, by=cast.olive)
    bare = add_payee(name="Borchester CLP", kind="party-unit", by=cast.carol)
    plan(payment.application, [Tranche(300_00, bare.id)], by=cast.olive)
    with pytest.raises(Refused, match="no bank account"):
        release(payment, by=cast.olive)
    enter_account(bare, sort_code="204567", number="1234567", holder="BCLP", by=cast.carol)
    with pytest.raises(Refused, match="second person"):
        release(payment, by=cast.olive)


def test_a_dated_tranche_waits_for_its_day(cast, desk):
    application, [payment] = make_planned(cast, desk.payee, 300_00)
    day = clock.today() + timedelta(days=9)
    due = Tranche(300_00, desk.payee.id, waits_for="date", due_on=day)
    plan(application, [due], by=cast.olive)
    with pytest.raises(Refused, match="not before"):
        release(payment, by=cast.olive)


def test_a_tranche_waits_for_the_nomination(cast, desk):
    application, [payment] = make_planned(cast, desk.payee, 300_00)
    later = Tranche(300_00, desk.payee.id, waits_for="nomination")
    plan(application, [later], by=cast.olive)
    with pytest.raises(Refused, match="until the candidate is nominated"):
        release(payment, by=cast.olive)
    record_nomination(application, on=clock.today(), by=cast.olive)
    release(payment, by=cast.olive)
    assert payment.status == "released"


def test_an_unmet_condition_blocks_release_and_payment(cast, desk):
    application, [payment] = make_planned(cast, desk.payee, 300_00)
    condition = set_condition(application, what="The agent is named", due_on=None, by=cast.alice)
    with pytest.raises(Refused, match="The agent is named"):
        release(payment, by=cast.olive)
    with pytest.raises(Refused, match="The agent is named"):
        mark_paid(application, paid_on=clock.today(), reference="B", by=cast.carol)
    meet_condition(condition, by=cast.olive)
    release(payment, by=cast.olive)
    second = set_condition(application, what="Imprint", due_on=None, by=cast.alice)
    with pytest.raises(Refused, match="Imprint"):
        make_batch([payment.id], pay_on=pay_day(), by=desk.frank)
    drop_condition(second, reason="Shown by the printer", by=cast.alice)
    make_batch([payment.id], pay_on=pay_day(), by=desk.frank)


def test_a_condition_of_one_tranche_lets_the_others_go(cast, desk):
    application, [first, second] = make_planned(cast, desk.payee, 100_00, 200_00)
    condition = set_condition(application, what="Report", due_on=None, by=cast.alice)
    tied = Tranche(200_00, desk.payee.id, waits_for="condition", condition_id=condition.id)
    plan(application, [Tranche(100_00, desk.payee.id), tied], by=cast.olive)
    release(first, by=cast.olive)
    with pytest.raises(Refused, match="Report"):
        release(second, by=cast.olive)


def test_a_failed_payment_is_scheduled_again_and_paid_once(cast, desk):
    application, [payment], _ = make_sent(cast, desk.frank, desk.payee, 300_00)
    with pytest.raises(Invalid, match="reason"):
        mark_failed(payment, reason=" ", by=desk.frank)
    mark_failed(payment, reason="Account closed", by=desk.frank)
    assert application.award.paid_p == 0
    schedule_again(payment, by=desk.frank)
    assert (payment.status, payment.batch_id, payment.released_by_id) == ("scheduled", None, None)
    release(payment, by=cast.olive)
    make_batch([payment.id], pay_on=pay_day(), by=desk.frank)
    mark_sent_paid(payment, paid_on=clock.today(), by=desk.frank)
    assert application.award.paid_p == 300_00


def test_a_reversed_payment_is_committed_again_and_can_be_paid_anew(cast, desk):
    application, [payment], _ = make_sent(cast, desk.frank, desk.payee, 300_00)
    mark_sent_paid(payment, paid_on=clock.today(), by=desk.frank)
    reverse(payment, reason="The bank recalled it", by=desk.frank)
    assert (application.award.paid_p, application.award.committed_p) == (0, 300_00)
    assert (application.status, states(application)) == ("awarded", ["reversed", "scheduled"])
    assert list(ledger_faults()) == []
    pay_outright(cast, application, reference="BACS 8")
    assert (application.status, application.award.paid_p) == ("paid", 300_00)
    assert states(application) == ["reversed", "paid"]


def test_a_payment_marked_by_hand_can_be_reversed_and_marked_again(cast, desk):
    application = make_awarded(by=cast.bob, region=cast.regions["NWI"], officer=cast.alice)
    for reference in ("BACS 1", "BACS 2"):
        pay_outright(cast, application, reference=reference)
        payment = payments_of(application)[-1]
        reverse(payment, reason="Never left the bank", by=cast.carol)
    assert states(application) == ["reversed", "reversed", "scheduled"]
    assert application.award.paid_p == 0


def test_what_is_on_its_way_cannot_be_withdrawn_or_reduced(cast, desk):
    application, [_payment], _ = make_sent(cast, desk.frank, desk.payee, 300_00)
    with pytest.raises(Refused, match="on its way"):
        withdraw(application, by=cast.bob)
    with pytest.raises(Refused, match="on its way"):
        reduce(application, amount_p=100_00, reason="Less", by=cast.alice)


def test_a_withdrawn_award_has_nothing_to_pay(cast, desk):
    application, [first, _second] = make_planned(cast, desk.payee, 100_00, 200_00)
    release(first, by=cast.olive)
    withdraw(application, by=cast.bob)
    assert states(application) == ["cancelled", "cancelled"]


def test_a_reduced_award_asks_for_a_new_plan(cast, desk):
    application, [first, second] = make_planned(cast, desk.payee, 100_00, 200_00)
    release(first, by=cast.olive)
    reduce(application, amount_p=250_00, reason="Printed for less", by=cast.alice)
    with pytest.raises(Refused, match="Plan the payments anew"):
        release(second, by=cast.olive)
    with pytest.raises(Refused, match="Plan the payments anew"):
        make_batch([first.id], pay_on=pay_day(), by=desk.frank)
    plan(application, [Tranche(150_00, desk.payee.id)], by=cast.olive)
    release(second, by=cast.olive)


def test_an_award_reduced_to_what_is_paid_is_paid(cast, desk):
    application, [first, _second] = make_planned(cast, desk.payee, 100_00, 200_00)
    release(first, by=cast.olive)
    make_batch([first.id], pay_on=pay_day(), by=desk.frank)
    mark_sent_paid(first, paid_on=clock.today(), by=desk.frank)
    reduce(application, amount_p=100_00, reason="No more needed", by=cast.alice)
    assert (application.status, states(application)) == ("paid", ["paid", "cancelled"])


def test_a_single_payment_follows_a_reduced_award(cast, desk):
    application = make_awarded(by=cast.bob, region=cast.regions["NWI"], officer=cast.alice)
    reduce(application, amount_p=200_00, reason="Printed for less", by=cast.alice)
    assert [one.amount_p for one in payments_of(application)] == [200_00]


def test_a_second_click_sends_no_second_batch(cast, desk):
    _, [payment] = make_planned(cast, desk.payee, 300_00)
    release(payment, by=cast.olive, key="r")
    release(payment, by=cast.olive, key="r")
    first = make_batch([payment.id], pay_on=pay_day(), by=desk.frank, key="b")
    assert make_batch([payment.id], pay_on=pay_day(), by=desk.frank, key="b") is first
    with pytest.raises(Conflict):
        make_batch([], pay_on=pay_day(), by=desk.frank, key="b")
    mark_sent_paid(payment, paid_on=clock.today(), by=desk.frank, key="p")
    mark_sent_paid(payment, paid_on=clock.today(), by=desk.frank, key="p")
    assert payment.application.award.paid_p == 300_00


def test_a_batch_goes_whole_or_not_at_all(cast, desk):
    _, [good, bad] = make_planned(cast, desk.payee, 100_00, 200_00)
    release(good, by=cast.olive)
    with pytest.raises(Refused, match=f"{bad.reference}: “Send to the bank” is not possible"):
        make_batch([good.id, bad.id], pay_on=pay_day(), by=desk.frank)
    assert good.status == "released"


def test_a_version_seen_before_is_a_conflict(cast, desk):
    _, [payment] = make_planned(cast, desk.payee, 300_00)
    seen = payment.version
    release(payment, by=cast.olive)
    hold_back(payment, reason="Wait for the agent", by=cast.olive)
    with pytest.raises(Conflict):
        release(payment, by=cast.olive, version=seen)


def test_history_cannot_be_rewritten(cast, desk):
    _, [payment] = make_planned(cast, desk.payee, 300_00)
    [step] = steps_of(payment)
    step.reason = "otherwise"
    with pytest.raises(Exception, match="append-only"), db.session.begin_nested():
        db.session.flush()


@pytest.mark.parametrize("step", workflow.STEPS, ids=lambda step: step.name)
def test_every_step_leads_between_known_states(step):
    assert {*step.from_, step.to} <= workflow.STATUSES.keys()


def test_a_region_reads_its_own_payments_only(cast, desk):
    make_planned(cast, desk.payee, 300_00)
    assert payments_for(cast.bob)[1] == 1
    assert payments_for(cast.eve)[1] == 0
    assert payments_for(cast.carol)[1] == 1
