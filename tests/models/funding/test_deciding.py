"""Deciding, withdrawing and paying, on both databases."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from models import clock
from models.accounts.roles import Role
from models.audit import AuditEntry
from models.base import db
from models.budget.faults import ledger_faults
from models.budget.limits.actions import add_limit, end_limit
from models.budget.limits.queries import limits
from models.budget.tables import LedgerEntry
from models.errors import Conflict, Invalid, NotAllowed, NotFound, OverBudget, Refused
from models.funding.actions import decide
from models.funding.actions.decide import ask_for_changes, decline, mark_paid
from models.funding.actions.draft import save_draft, submit
from models.funding.actions.refer import refer
from models.funding.actions.undo import withdraw
from models.funding.queries.one import answers_of, steps_of
from models.funding.rules import Answers
from models.funding.tables import ApplicationStep
from models.outbox import OutboxRow
from tests.funding_factories import (
    CODING,
    first_leaf,
    make_draft,
    make_fund,
    make_submitted,
)
from tests.payment_factories import make_payable, pay_outright


def ledger_kinds():
    return list(db.session.scalars(sa.select(LedgerEntry.kind).where(LedgerEntry.award_id > 0)))


def test_an_award_in_full_commits_the_money_and_tells_the_submitter(cast, submitted):
    node = first_leaf(submitted)
    before_p = node.available_p
    decide.award(submitted, amount_p=300_00, node=node, by=cast.alice, coding=CODING)
    db.session.commit()
    assert (submitted.status, submitted.awarded_p) == ("awarded", 300_00)
    assert node.available_p == before_p - 300_00
    assert submitted.award.committed_p == 300_00
    (mail,) = db.session.scalars(sa.select(OutboxRow).where(OutboxRow.kind == "mail"))
    assert mail.payload["to"] == cast.bob.email
    assert "£300.00" in mail.payload["text"]
    assert "Priya" not in mail.payload["text"]


def test_an_award_in_part_needs_a_reason(cast, submitted):
    node = first_leaf(submitted)
    with pytest.raises(Invalid) as refusal:
        decide.award(submitted, amount_p=200_00, node=node, by=cast.alice, coding=CODING)
    assert refusal.value.field == "reason"
    decide.award(
        submitted, amount_p=200_00, node=node, by=cast.alice, reason="Half of it.", coding=CODING
    )
    assert submitted.awarded_p == 200_00


@pytest.mark.parametrize("amount_p", [0, -1, 300_01])
def test_an_award_is_never_more_than_was_asked_nor_nothing(cast, submitted, amount_p):
    with pytest.raises(Invalid) as refusal:
        decide.award(
            submitted,
            amount_p=amount_p,
            node=first_leaf(submitted),
            by=cast.alice,
            reason="x",
            coding=CODING,
        )
    assert refusal.value.field == "amount"
    assert submitted.status == "endorsed"


def test_an_award_out_of_another_regions_part_is_refused(cast, submitted):
    from models.budget.queries.tree import leaves_for_region

    foreign = leaves_for_region(submitted.fund, cast.regions["SO"].id)[0]
    with pytest.raises(Invalid) as refusal:
        decide.award(submitted, amount_p=300_00, node=foreign, by=cast.alice, coding=CODING)
    assert refusal.value.field == "node"


def test_an_award_over_what_is_left_is_refused_with_the_figures(cast, nwi):
    make_fund(by=cast.alice, share_p=250_00)
    submitted = make_submitted(by=cast.bob, region=nwi)
    with pytest.raises(OverBudget, match=r"£250\.00 left in Print, North West & Irish") as refusal:
        decide.award(
            submitted, amount_p=300_00, node=first_leaf(submitted), by=cast.alice, coding=CODING
        )
    assert refusal.value.field == "amount"
    db.session.rollback()
    assert submitted.status == "endorsed"
    assert ledger_kinds() == []


@pytest.mark.parametrize("who", ["bob", "carol", "dan", "grace"])
def test_only_the_national_office_decides(cast, submitted, who):
    with pytest.raises(NotAllowed):
        decide.award(
            submitted,
            amount_p=300_00,
            node=first_leaf(submitted),
            by=getattr(cast, who),
            coding=CODING,
        )


def test_nobody_awards_what_they_drafted(cast, fund, nwi):
    own = make_draft(by=cast.olive, region=nwi)
    submit(own, by=cast.bob)
    with pytest.raises(Refused, match="You wrote or submitted"):
        decide.award(own, amount_p=300_00, node=first_leaf(own), by=cast.olive, coding=CODING)


def test_nobody_awards_what_they_only_edited(cast, draft):
    answers = Answers(**{**vars(answers_of(draft)), "purpose": "Better words"})
    save_draft(draft, answers=answers, by=cast.alice)
    submit(draft, by=cast.bob)
    with pytest.raises(Refused, match="You wrote or submitted"):
        decide.award(draft, amount_p=300_00, node=first_leaf(draft), by=cast.alice, coding=CODING)


def test_a_draft_cannot_be_awarded(cast, draft):
    with pytest.raises(Refused, match="“draft”"):
        decide.award(draft, amount_p=300_00, node=first_leaf(draft), by=cast.alice, coding=CODING)


def test_a_repeated_click_awards_once(cast, submitted):
    node = first_leaf(submitted)
    for _ in range(2):
        decide.award(
            submitted, amount_p=300_00, node=node, by=cast.alice, key="click", coding=CODING
        )
        db.session.commit()
    assert ledger_kinds() == ["commit"]
    assert db.session.scalar(sa.select(sa.func.count(OutboxRow.id))) == 1


def test_the_same_key_with_another_amount_is_a_conflict(cast, submitted):
    node = first_leaf(submitted)
    decide.award(submitted, amount_p=300_00, node=node, by=cast.alice, key="click", coding=CODING)
    with pytest.raises(Conflict):
        decide.award(
            submitted,
            amount_p=200_00,
            node=node,
            by=cast.alice,
            reason="x",
            key="click",
            coding=CODING,
        )


def test_a_second_officer_is_told_that_it_is_decided(cast, awarded):
    with pytest.raises(Refused, match="“awarded”"):
        decide.award(
            awarded,
            amount_p=300_00,
            node=first_leaf(awarded),
            by=cast.olive,
            key="2",
            coding=CODING,
        )
    assert ledger_kinds() == ["commit"]


def test_a_decision_on_an_application_that_has_changed_is_a_conflict(cast, submitted):
    seen = submitted.version
    ask_for_changes(submitted, reason="Which ward?", by=cast.olive)
    submit(submitted, by=cast.bob)
    with pytest.raises(Conflict):
        decide.award(
            submitted,
            amount_p=300_00,
            node=first_leaf(submitted),
            by=cast.alice,
            version=seen,
            coding=CODING,
        )


def test_changes_are_asked_for_with_a_reason_and_made(cast, submitted):
    with pytest.raises(Invalid):
        ask_for_changes(submitted, reason="  ", by=cast.alice)
    ask_for_changes(submitted, reason="Which ward?", by=cast.alice)
    assert submitted.status == "returned"
    assert steps_of(submitted)[0].reason == "Which ward?"
    answers = Answers(**{**vars(answers_of(submitted)), "purpose": "Abbey ward"})
    save_draft(submitted, answers=answers, by=cast.bob)
    submit(submitted, by=cast.bob)
    assert submitted.status == "endorsed"


def test_declining_needs_a_reason_and_ends_it(cast, submitted):
    with pytest.raises(Invalid):
        decline(submitted, reason="", by=cast.alice)
    decline(submitted, reason="Not a target ward.", by=cast.alice)
    assert submitted.status == "declined"
    with pytest.raises(Refused):
        withdraw(submitted, by=cast.bob)


def test_withdrawing_an_award_frees_its_money(cast, awarded):
    node = awarded.node
    before_p = node.available_p
    withdraw(awarded, by=cast.bob, reason="She stood down.")
    db.session.commit()
    assert awarded.status == "withdrawn"
    assert node.available_p == before_p + 300_00
    assert awarded.award.committed_p == 0
    assert ledger_kinds() == ["commit", "release"]


def test_another_region_cannot_withdraw_it(cast, awarded):
    with pytest.raises(NotFound):
        withdraw(awarded, by=cast.eve)


def test_finance_marks_it_paid_once(cast, awarded):
    make_payable(cast, awarded)
    for _ in range(2):
        mark_paid(awarded, paid_on=clock.today(), reference="BACS 1", by=cast.carol, key="pay")
        db.session.commit()
    assert (awarded.status, awarded.payment_reference) == ("paid", "BACS 1")
    assert (awarded.award.committed_p, awarded.award.paid_p) == (0, 300_00)
    assert ledger_kinds() == ["commit", "pay"]
    with pytest.raises(Refused):
        withdraw(awarded, by=cast.bob)


@pytest.mark.parametrize("who", ["alice", "bob", "grace"])
def test_only_finance_pays(cast, awarded, who):
    with pytest.raises(NotAllowed):
        mark_paid(awarded, paid_on=clock.today(), reference="BACS 1", by=getattr(cast, who))


def test_a_payment_needs_a_reference_and_a_day_that_can_be(cast, awarded):
    make_payable(cast, awarded)
    with pytest.raises(Invalid) as refusal:
        mark_paid(awarded, paid_on=clock.today(), reference=" ", by=cast.carol)
    assert refusal.value.field == "reference"
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(Invalid) as refusal:
        mark_paid(awarded, paid_on=tomorrow, reference="BACS", by=cast.carol)
    assert refusal.value.field == "paid_on"


def test_every_step_is_in_the_audit_and_the_ledger_adds_up(cast, awarded):
    pay_outright(cast, awarded, reference="BACS 1")
    db.session.commit()
    events = list(
        db.session.scalars(
            sa.select(AuditEntry.event)
            .where(AuditEntry.subject_kind == "application", AuditEntry.subject_id == awarded.id)
            .order_by(AuditEntry.seq)
        )
    )
    steps = ["draft", "saved", "submit", "endorse", "classed", "award"]
    steps += ["eligibility_kept", "pay"]
    assert events == [f"funding.{step}" for step in steps]
    assert list(ledger_faults()) == []


def test_a_step_that_was_taken_cannot_be_rewritten(cast, awarded):
    step = steps_of(awarded)[0]
    for change in (
        sa.update(ApplicationStep).where(ApplicationStep.id == step.id).values(reason="x"),
        sa.delete(ApplicationStep).where(ApplicationStep.id == step.id),
    ):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), db.session.begin_nested():
            db.session.execute(change)


def hold_olive_to(amount_p, cast):
    for row in limits():
        end_limit(row, by=cast.alice)
    add_limit(
        role=Role.POLITICAL_OFFICER, amount_p=amount_p, starts_on=clock.today(), by=cast.alice
    )


def test_above_their_limit_an_officer_passes_it_up_and_the_next_level_awards(cast, submitted):
    hold_olive_to(250_00, cast)
    award = {"amount_p": 300_00, "node": first_leaf(submitted), "coding": CODING}
    with pytest.raises(Invalid, match=r"Your limit .* is £250\.00") as refusal:
        decide.award(submitted, by=cast.olive, **award)
    assert refusal.value.field == "amount"
    refer(submitted, amount_p=300_00, by=cast.olive)
    assert (submitted.status, submitted.recommended_p) == ("referred", 300_00)
    decide.award(submitted, by=cast.alice, **award)
    assert (submitted.status, submitted.decided_by_id) == ("awarded", cast.alice.id)


def test_within_their_limit_nobody_passes_it_up(cast, submitted):
    with pytest.raises(Invalid, match="within your own limit"):
        refer(submitted, amount_p=300_00, by=cast.olive)


def test_nobody_decides_on_what_they_passed_up_themselves(cast, submitted):
    hold_olive_to(250_00, cast)
    refer(submitted, amount_p=300_00, by=cast.olive)
    hold_olive_to(500_00, cast)
    with pytest.raises(Refused, match="somebody else must take the next step"):
        decide.award(
            submitted,
            amount_p=300_00,
            node=first_leaf(submitted),
            by=cast.olive,
            coding=CODING,
        )


def test_what_a_candidate_has_for_the_contest_already_counts_toward_the_limit(cast, awarded):
    hold_olive_to(500_00, cast)
    awarded.status = "closed"
    second = make_submitted(
        by=cast.bob,
        region=awarded.region,
        contest=SimpleNamespace(person=awarded.person, council=awarded.council, ward=awarded.ward),
    )
    with pytest.raises(Invalid, match=r"£300\.00 is awarded already"):
        decide.award(second, amount_p=300_00, node=first_leaf(second), by=cast.olive, coding=CODING)
    decide.award(
        second,
        amount_p=200_00,
        node=first_leaf(second),
        by=cast.olive,
        coding=CODING,
        reason="Up to the limit.",
    )
    assert second.awarded_p == 200_00
