"""Conditions of an award: set, shown to be met, met, dropped; and the nomination."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from models import clock
from models.accounts.roles import Permit
from models.attachments import actions as attachments
from models.errors import Invalid
from models.payments.actions import plan
from models.payments.actions.plan import (
    drop_condition,
    give_evidence,
    meet_condition,
    record_nomination,
)
from models.payments.queries.one import condition_for
from models.payments.tables import Condition
from views.guards import needs, reader
from views.pages import submitted
from views.payments.awards import award_for, page_of
from views.payments.counter import bp, to_award
from views.payments.forms import ConditionForm, EvidenceForm, NominationForm, ReasonForm, StepForm

# Accounting records are kept for six years.
KEPT = timedelta(days=6 * 366)


@bp.post("/of/<int:application_id>/conditions")
@needs(Permit.FUNDING_DECIDE)
def set_condition(application_id: int) -> ResponseReturnValue:
    """Make the award depend on something."""
    application = award_for(application_id)
    form: Any = ConditionForm(prefix="condition-")
    done = submitted(
        form,
        lambda: plan.set_condition(
            application,
            what=form.what.data,
            due_on=form.due_on.data,
            by=reader(),
            key=form.seen()["key"],
        ),
    )
    if done is None:
        return page_of(award_for(application_id), form, name="condition"), 422
    flash("The condition is set.", "ok")
    return to_award(application)


@bp.post("/of/<int:application_id>/nomination")
@needs(Permit.PAYMENTS_RELEASE)
def nomination(application_id: int) -> ResponseReturnValue:
    """Record that the candidate was nominated."""
    application = award_for(application_id)
    form: Any = NominationForm(prefix="nomination-")
    done = submitted(
        form,
        lambda: record_nomination(application, on=form.nominated_on.data, by=reader()),
    )
    if done is None:
        return page_of(award_for(application_id), form, name="nomination"), 422
    flash("The nomination is recorded.", "ok")
    return to_award(application)


@bp.post("/conditions/<int:condition_id>/evidence")
@needs(Permit.EVIDENCE_WRITE)
def evidence(condition_id: int) -> ResponseReturnValue:
    """Put a file beside a condition."""

    def keep(condition: Condition, form: Any) -> Condition:
        file = form.file.data
        stored = attachments.store(
            name=file.filename or "file",
            content=file.read(),
            region_id=condition.application.region_id,
            keep_until=clock.today() + KEPT,
            by=reader(),
            permit=Permit.EVIDENCE_WRITE,
        )
        return give_evidence(condition, attachment_id=stored.id, by=reader())

    return _take(condition_id, "evidence", EvidenceForm, keep, "The evidence is kept.")


@bp.post("/conditions/<int:condition_id>/meet")
@needs(Permit.PAYMENTS_RELEASE)
def meet(condition_id: int) -> ResponseReturnValue:
    """Say that a condition is met."""

    def do(condition: Condition, _form: Any) -> Condition:
        return meet_condition(condition, by=reader())

    return _take(condition_id, "meet", StepForm, do, "The condition is met.")


@bp.post("/conditions/<int:condition_id>/drop")
@needs(Permit.FUNDING_DECIDE)
def drop(condition_id: int) -> ResponseReturnValue:
    """Ask for it no longer."""

    def do(condition: Condition, form: Any) -> Condition:
        return drop_condition(condition, reason=form.reason.data, by=reader())

    return _take(condition_id, "drop", ReasonForm, do, "The condition is dropped.")


def _take(
    condition_id: int,
    name: str,
    kind: type[Any],
    act: Callable[[Condition, Any], Condition],
    words: str,
) -> ResponseReturnValue:
    condition = condition_for(reader(), condition_id)
    application_id = condition.application_id
    form = kind(prefix=f"{name}-{condition_id}-")
    if submitted(form, lambda: act(condition, form)) is None:
        if name == "meet":
            flash(_first(form), "stay")
            return redirect(url_for("payments.of_award", application_id=application_id))
        return page_of(award_for(application_id), form, name=name, subject=condition_id), 422
    flash(words, "ok")
    return redirect(url_for("payments.of_award", application_id=application_id))


def _first(form: Any) -> str:
    """What stands against a step that has no field of its own."""
    return str(next(iter(form.form_errors), Invalid("It was not possible. Try again.")))
