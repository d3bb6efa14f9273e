"""The application's page with its decision, and the steps taken there."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import flash, render_template
from flask.typing import ResponseReturnValue

from models import clock
from models.accounts.roles import Permit
from models.budget.tables import BudgetNode
from models.elections.queries import figure_book
from models.funding.actions import decide, undo
from models.funding.actions.decide import ask_for_changes, mark_paid
from models.funding.assessing import actions as assessing
from models.funding.assessing.queries.interests import declaration_of
from models.funding.coding import CATEGORIES
from models.funding.eligibility import actions as eligibility
from models.funding.eligibility.queries.judging import Judgement, judgements_for, results_of
from models.funding.eligibility.queries.kept import results_when_awarded
from models.funding.eligibility.rules import Result, Results
from models.funding.guards import Case
from models.funding.queries.cases import case_of
from models.funding.queries.choices import HeadChoice, head_choices, leaves_of
from models.funding.queries.law import coding_of, law_answers_of, law_card, payment_warning
from models.funding.queries.limits import over_limit
from models.funding.queries.one import application_for, steps_of
from models.funding.queries.work import waiting_for
from models.funding.tables import Application
from models.funding.workflow import UNDECIDED, Step, Verdict, offers, step_named
from views.forms import BaseForm, SafeForm
from views.funding.counter import bp, facts_of, to_page
from views.funding.forms import (
    ANSWER_LABELS,
    AmountForm,
    AwardForm,
    OverruleForm,
    PayForm,
    ReasonForm,
    answer_name,
)
from views.funding.interests import interests_of, lift_form, may_assess
from views.funding.law import law_of_form
from views.funding.parts import about_candidate
from views.funding.paying import ways_to_pay
from views.guards import needs, reader
from views.pages import submitted

FORMS: dict[str, type[SafeForm]] = {
    "endorse": ReasonForm,
    "send-back": ReasonForm,
    "not-endorse": ReasonForm,
    "take-on": ReasonForm,
    "recommend": AmountForm,
    "award": AwardForm,
    "refer": AmountForm,
    "return": ReasonForm,
    "decline": ReasonForm,
    "reduce": AmountForm,
    "withdraw": ReasonForm,
    "lapse": ReasonForm,
    "pay": PayForm,
}
# The route that takes each step; two of them do not have its name.
ROUTES = {
    **{name: name.replace("-", "_") for name in FORMS},
    "send-back": "send_back_in_region",
    "return": "send_back",
}


@bp.get("/<int:application_id>")
@needs(Permit.FUNDING_READ)
def show(application_id: int) -> ResponseReturnValue:
    """The application: facts, costs, money, what can be done now, what was done."""
    return _page(application_for(reader(), application_id))


@bp.post("/<int:application_id>/return")
@needs(Permit.FUNDING_DECIDE)
def send_back(application_id: int) -> ResponseReturnValue:
    """Ask the region for changes."""
    return take_step(
        application_id,
        "return",
        lambda application, form: ask_for_changes(
            application, reason=form.reason.data, by=reader(), **form.seen()
        ),
    )


@bp.post("/<int:application_id>/award")
@needs(Permit.FUNDING_DECIDE)
def award(application_id: int) -> ResponseReturnValue:
    """Award it, in full or in part."""
    return take_step(
        application_id,
        "award",
        lambda application, form: decide.award(
            application,
            amount_p=form.amount.data,
            node=_leaf(application, form.node.data),
            coding=form.coding,
            answers=form.answers,
            reason=form.reason.data,
            by=reader(),
            **form.seen(),
        ),
    )


@bp.post("/<int:application_id>/decline")
@needs(Permit.FUNDING_DECIDE)
def decline(application_id: int) -> ResponseReturnValue:
    """Decline it."""
    return take_step(
        application_id,
        "decline",
        lambda application, form: decide.decline(
            application, reason=form.reason.data, by=reader(), **form.seen()
        ),
    )


@bp.post("/<int:application_id>/withdraw")
@needs(Permit.FUNDING_APPLY)
def withdraw(application_id: int) -> ResponseReturnValue:
    """Take it back."""
    return take_step(
        application_id,
        "withdraw",
        lambda application, form: undo.withdraw(
            application, reason=form.reason.data, by=reader(), **form.seen()
        ),
    )


@bp.post("/<int:application_id>/pay")
@needs(Permit.FUNDING_PAY)
def pay(application_id: int) -> ResponseReturnValue:
    """Mark it as paid."""
    return take_step(
        application_id,
        "pay",
        lambda application, form: mark_paid(
            application,
            paid_on=form.paid_on.data,
            reference=form.reference.data,
            answer=form.answer.data,
            by=reader(),
            **form.seen(),
        ),
    )


def take_step(
    application_id: int, name: str, act: Callable[[Application, Any], Application]
) -> ResponseReturnValue:
    """Take a step from its form and go back to the page; a refusal keeps what was typed."""
    application = application_for(reader(), application_id)
    form = _form(name, head_choices(reader(), application))
    if submitted(form, lambda: act(application, form)) is None:
        return _page(application, name, form), 422
    flash(f"{application.reference}: {step_named(name).done.lower()}.", "ok")
    return to_page(application)


def _form(name: str, heads: list[HeadChoice]) -> SafeForm:
    form = FORMS[name](prefix=f"{name}-")
    if isinstance(form, AwardForm):
        form.offer(heads)
    return form


def _fresh(name: str, application: Application, heads: list[HeadChoice]) -> SafeForm:
    form = FORMS[name](prefix=f"{name}-", formdata=None)
    form.version.data = str(application.version)
    if isinstance(form, AmountForm):
        form.amount.data = application.recommended_p or application.requested_p
        if name == "reduce":
            form.amount.data = application.awarded_p
    if isinstance(form, AwardForm):
        form.offer(heads)
        form.amount.data = application.recommended_p or application.requested_p
        form.show(coding_of(application))
        form.node.data = heads[0].node_id if heads else None
    return form


def _leaf(application: Application, node_id: int) -> BudgetNode:
    return next(leaf for leaf in leaves_of(application) if leaf.id == node_id)


@bp.post("/<int:application_id>/overrule")
@needs(Permit.FUNDING_DECIDE)
def overrule(application_id: int) -> ResponseReturnValue:
    """Overrule a soft rule of eligibility, saying why."""
    application = application_for(reader(), application_id)
    form = OverruleForm()
    form.offer(results_of(application))
    done = submitted(
        form,
        lambda: eligibility.overrule(
            application, rule=form.rule.data or "", reason=form.reason.data or "", by=reader()
        ),
    )
    if done is None:
        return _page(application, failed=form), 422
    flash(f"{application.reference}: the rule is overruled.", "ok")
    return to_page(application)


@bp.post("/interests/<int:declaration_id>/lift")
@needs(Permit.FUNDING_DECIDE)
def lift_interest(declaration_id: int) -> ResponseReturnValue:
    """Say that somebody else's declared interest stands in the way no more, and why."""
    declared = declaration_of(declaration_id)
    application = application_for(reader(), declared.application_id)
    form = lift_form(declaration_id)
    done = submitted(
        form,
        lambda: assessing.lift_interest(
            application, declared, reason=form.reason.data or "", by=reader()
        ),
    )
    if done is None:
        return _page(application, failed=form), 422
    flash(f"{application.reference}: the interest is lifted.", "ok")
    return to_page(application)


def _page(
    application: Application, failed_step: str | None = None, failed: BaseForm | None = None
) -> str:
    """The page; a step that was refused keeps its form with what was typed and what is wrong."""
    user = reader()
    heads = head_choices(user, application)
    judged = judgements_for([application])[application.id]
    results = judged.results
    case = case_of(application, judged=judged, asker=user)
    open_steps = offers(case, user)
    above = _above_limit(application, judged)
    steps = [
        (
            step,
            verdict,
            failed if step.name == failed_step else _fresh(step.name, application, heads),
        )
        for step, verdict in open_steps
        if step.name in FORMS and (step.name != "refer" or above)
    ]
    awarding = next((form for step, verdict, form in steps if _is_award(step, verdict)), None)
    return render_template(
        "funding/show.html",
        **facts_of(application),
        **about_candidate(application),
        **_law(application, awarding, is_typed=failed_step == "award"),
        head_name=next((each.name for each in heads if each.node_id == application.node_id), None),
        history=steps_of(application),
        steps=steps,
        submit=next((verdict for step, verdict in open_steps if step.name == "submit"), None),
        form=failed,
        failed_step=failed_step,
        heads=heads,
        waiting_p=_waiting_beside(application),
        may_read_people=Permit.PEOPLE_READ in user.permits,
        step_named=step_named,
        ways_to_pay=ways_to_pay(application),
        undecided=UNDECIDED,
        routes=ROUTES,
        case=case,
        above_limit=above,
        interests=interests_of(application, case, user, failed),
        may_assess=may_assess(application, user),
        **_eligibility(application, results),
        overruling=_overruling(case, results, failed),
    )


def _waiting_beside(application: Application) -> int:
    """What its region waits for, which the budget's bar shows as long as nothing is decided."""
    if application.status not in UNDECIDED:
        return 0
    return waiting_for(reader(), application.fund).by_region.get(application.region_id, 0)


def _above_limit(application: Application, judged: Judgement) -> str | None:
    """Why the reader could not award what is asked by themselves, if they could decide at all."""
    user = reader()
    if application.status not in UNDECIDED or Permit.FUNDING_DECIDE not in user.permits:
        return None
    amount_p = application.recommended_p or application.requested_p or 0
    return over_limit(user, application, amount_p, earlier_p=judged.earlier_p)


def _eligibility(application: Application, results: Results) -> dict[str, Results]:
    """What the rules say now and what they said at the award, for who may read of people."""
    if Permit.PEOPLE_READ not in reader().permits:
        return {"results": (), "at_award": ()}
    then = results_when_awarded(application) if application.award_id else ()
    return {"results": results, "at_award": then}


def _overruling(case: Case, results: Sequence[Result], failed: BaseForm | None) -> Any:
    """The form that overrules a soft rule, for whoever may; None where there is none to."""
    user = reader()
    if isinstance(failed, OverruleForm):
        return failed
    may = Permit.FUNDING_DECIDE in user.permits and user.id not in case.written_by
    if not may or not any(result.may_be_overruled for result in results):
        return None
    form = OverruleForm(formdata=None)
    form.offer(results)
    return form


def _is_award(step: Step, verdict: Verdict) -> bool:
    return step.name == "award" and verdict.allowed


def _law(
    application: Application, awarding: SafeForm | None, *, is_typed: bool
) -> dict[str, object]:
    """What the law says: to the award being filled in, else to the application as it stands; and
    to paying it today, where it is to be paid."""
    form = awarding if is_typed and isinstance(awarding, AwardForm) else None
    book, to_pay = figure_book(), application.status == "awarded"
    return {
        "law": law_of_form(application, form) if form else law_card(application, book=book),
        "late": payment_warning(application, clock.today(), book=book) if to_pay else None,
        "deciding": awarding is not None,
        "coding": coding_of(application),
        "categories": CATEGORIES,
        "law_answers": law_answers_of(application) if application.award_id else (),
        "answer_name": answer_name,
        "answer_labels": ANSWER_LABELS,
    }
