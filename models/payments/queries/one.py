"""One payment and what is around it: its award's other tranches, its conditions, its steps."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from models import clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db
from models.budget.tables import LedgerEntry
from models.errors import NotFound
from models.funding.queries.lists import visible_to
from models.funding.tables import Application
from models.payments import rules, workflow
from models.payments.payees import queries as payees
from models.payments.tables import Condition, Payment, PaymentStep
from models.payments.workflow import Case, Step, Verdict


def payment_for(reader: Actor, payment_id: int) -> Payment:
    """One payment with what its page shows; NotFound where this person may not read it."""
    found = db.session.scalars(
        select(Payment)
        .join(Application, Application.id == Payment.application_id)
        .where(Payment.id == payment_id, visible_to(reader))
        .options(*around())
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such payment, or it is not in your region.")
    return found


def around() -> tuple[Any, ...]:
    """Load options for what stands beside a payment: its application, payee, batch and people."""
    application = joinedload(Payment.application)
    return (
        application.joinedload(Application.award),
        application.joinedload(Application.person),
        application.joinedload(Application.region),
        joinedload(Payment.payee),
        joinedload(Payment.batch),
        joinedload(Payment.condition),
        joinedload(Payment.released_by),
        joinedload(Payment.paid_by),
    )


def payments_of(application: Application) -> list[Payment]:
    """Every tranche of an award, cancelled ones too, in the order of their numbers."""
    return list(
        db.session.scalars(
            select(Payment)
            .where(Payment.application_id == application.id)
            .options(joinedload(Payment.payee), joinedload(Payment.batch))
            .order_by(Payment.number)
        )
    )


def conditions_of(application: Application) -> list[Condition]:
    """The conditions of an award that were not dropped, those due first on top."""
    return list(
        db.session.scalars(
            select(Condition)
            .where(Condition.application_id == application.id, Condition.dropped_at.is_(None))
            .options(joinedload(Condition.met_by))
            .order_by(Condition.due_on.is_(None), Condition.due_on, Condition.id)
        )
    )


def condition_for(reader: Actor, condition_id: int) -> Condition:
    """One condition; NotFound where this person may not read its application."""
    found = db.session.scalars(
        select(Condition)
        .join(Application, Application.id == Condition.application_id)
        .where(Condition.id == condition_id, visible_to(reader))
        .options(joinedload(Condition.application))
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such condition, or it is not in your region.")
    return found


def condition_with_key(key: str | None) -> Condition | None:
    """The condition that was set with this key, if one was."""
    if key is None:
        return None
    return db.session.scalars(select(Condition).where(Condition.idem == key)).one_or_none()


def steps_of(payment: Payment) -> list[PaymentStep]:
    """Every step it took, newest first, with who took it."""
    return list(
        db.session.scalars(
            select(PaymentStep)
            .where(PaymentStep.payment_id == payment.id)
            .options(joinedload(PaymentStep.by))
            .order_by(PaymentStep.id.desc())
        )
    )


def step_with_key(key: str | None) -> PaymentStep | None:
    """The step that was taken with this key, if one was."""
    if key is None:
        return None
    return db.session.scalars(select(PaymentStep).where(PaymentStep.idem == key)).one_or_none()


def case_of(payment: Payment) -> Case:
    """What the rules need to know of this payment."""
    return cases_of([payment])[payment.id]


def cases_of(payments: Sequence[Payment]) -> dict[int, Case]:
    """The cases of many payments by id, in as many questions as of one."""
    ids = sorted({payment.application_id for payment in payments})
    unmet, siblings = unmet_by_application(ids), _open_by_application(ids)
    accounts = payees.account_states({one.payee_id for one in payments if one.payee_id})
    today = clock.today()
    cases = {}
    for payment in payments:
        application = payment.application
        others = siblings[application.id]
        tied = frozenset(one.condition_id for one in others if one.condition_id is not None)
        award = application.award
        cases[payment.id] = Case(
            status=payment.status,
            application_status=application.status,
            written_by=writers_of(application),
            approved_by=application.decided_by_id if award is not None else None,
            released_by=payment.released_by_id,
            waits_for=payment.waits_for,
            due_on=payment.due_on,
            nominated_on=payment.nominated_on,
            today=today,
            unmet=rules.blocks(unmet[application.id], tied=tied, condition_id=payment.condition_id),
            payee=payment.payee.name if payment.payee is not None else None,
            account=accounts.get(payment.payee_id or 0, "none"),
            planned_p=sum(one.amount_p for one in others),
            committed_p=award.committed_p if award is not None else 0,
        )
    return cases


def writers_of(application: Application) -> frozenset[int]:
    """Everybody who wrote or submitted an application."""
    writers = {application.drafted_by_id, *application.written_by_ids}
    return frozenset(writers | {application.submitted_by_id or application.drafted_by_id})


def unmet_by_application(ids: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """The conditions neither met nor dropped of these applications: id and words, oldest first."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = db.session.execute(
        select(Condition.application_id, Condition.id, Condition.what)
        .where(
            Condition.application_id.in_(list(ids)),
            Condition.met_on.is_(None),
            Condition.dropped_at.is_(None),
        )
        .order_by(Condition.id)
    )
    for application_id, condition_id, what in rows:
        found[application_id].append((condition_id, what))
    return found


def _open_by_application(ids: Iterable[int]) -> dict[int, list[Payment]]:
    found: dict[int, list[Payment]] = defaultdict(list)
    rows = db.session.scalars(
        select(Payment)
        .where(Payment.application_id.in_(list(ids)), Payment.status.in_(workflow.OPEN))
        .order_by(Payment.id)
    )
    for payment in rows:
        found[payment.application_id].append(payment)
    return found


def offers_for(reader: User, payment: Payment) -> tuple[tuple[Step, Verdict], ...]:
    """The steps to show this person as buttons, each with its verdict."""
    require(reader, Permit.FUNDING_READ)
    return workflow.offers(case_of(payment), reader)


def payments_with_references(references: Sequence[str]) -> list[Payment]:
    """These payments, in the order of their ids."""
    wanted = select(Payment).where(Payment.reference.in_(references)).order_by(Payment.id)
    return list(db.session.scalars(wanted))


def last_numbers(ids: Sequence[int]) -> dict[int, int]:
    """By application, the highest number a tranche of its award has; those with one only."""
    highest = select(Payment.application_id, func.max(Payment.number))
    wanted = highest.where(Payment.application_id.in_(ids)).group_by(Payment.application_id)
    return dict(db.session.execute(wanted).all())


def first_paid_on(application: Application) -> date | None:
    """The day of the first payment of an award that counts as paid; None without one."""
    return db.session.scalar(
        select(func.min(Payment.paid_on)).where(
            Payment.application_id == application.id, Payment.status.in_(workflow.PAID)
        )
    )


def entry_without_payment(application: Application) -> LedgerEntry | None:
    """The newest `pay` row of an award in the ledger that no payment names yet."""
    named = select(Payment.entry_id).where(Payment.entry_id.is_not(None))
    return db.session.scalars(
        select(LedgerEntry)
        .where(
            LedgerEntry.award_id == application.award_id,
            LedgerEntry.kind == "pay",
            LedgerEntry.reverses_id.is_(None),
            LedgerEntry.id.not_in(named),
        )
        .order_by(LedgerEntry.id.desc())
        .limit(1)
    ).first()
