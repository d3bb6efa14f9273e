"""Deciding on many applications at once, with what would be left if all of them were awarded."""

from dataclasses import dataclass
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from models.accounts.roles import Permit
from models.budget.queries.periods import shown_fund
from models.budget.queries.tree import fund_by_code, tree_for
from models.budget.tables import Fund
from models.errors import DomainError, NotFound
from models.funding.actions.batch import award_many
from models.funding.batch import Chosen, Plan, Terms
from models.funding.coding import CATEGORIES, CLASSES, Coding
from models.funding.law import WARNINGS
from models.funding.queries.batch import funds_undecided, plan_batch, undecided_for
from models.funding.tables import Application
from models.money import in_pounds
from models.query_args import whole
from reports.cells import CellError, to_pence
from views.asked import asked
from views.budget.counter import fund_words
from views.forms import ChoiceField, SafeForm
from views.funding.counter import bp, status_words
from views.funding.forms import ANSWER_LABELS, answer_name
from views.guards import needs, reader
from views.pages import submitted, wants_fragment


def _answer() -> TextAreaField:
    return TextAreaField("", render_kw={"rows": 2}, validators=[Optional(), Length(max=4000)])


class BatchForm(SafeForm):
    """What holds for the whole batch. The applications are ticked beside it."""

    head = RadioField("Budget head", validators=[InputRequired("Choose the budget head.")])
    legal_class = ChoiceField(
        "What they are in law",
        choices=[SelectChoice(one.key, one.label) for one in CLASSES.values() if one.key != "s75"],
        validators=[Optional()],
    )
    s72_category = ChoiceField(
        "Category under section 72",
        choices=[SelectChoice(key, f"({key}) {words}") for key, words in CATEGORIES.items()],
        validators=[Optional()],
    )
    recipient = StringField("Party unit that is paid", validators=[Optional(), Length(max=160)])
    answer_over_limit = _answer()
    answer_over_threshold = _answer()
    answer_after_poll = _answer()
    answer_too_early = _answer()
    reason = TextAreaField(
        "Reason", render_kw={"rows": 2}, validators=[Optional(), Length(max=4000)]
    )
    no_interest = BooleanField("I have no interest in any of these applications")

    def offer(self, fund: Fund | None) -> None:
        """The heads of a fund, each with what is left in it."""
        tree = tree_for(reader(), fund) if fund else None
        self.head.choices = [
            SelectChoice(
                str(head.node_id),
                f"{head.figures.name}: {in_pounds(head.figures.available_p)} left",
            )
            for head in (tree.heads if tree else ())
        ]
        if self.head.choices and not self.head.raw_data:
            self.head.data = self.head.choices[0].value

    @property
    def terms(self) -> Terms:
        """What was said, as the action takes it."""
        head = self.head.data or ""
        return Terms(
            head_id=whole(head),
            coding=Coding(
                legal_class=self.legal_class.data,
                s72_category=self.s72_category.data,
                recipient=self.recipient.data or None,
            ),
            answers={key: self[answer_name(key)].data or "" for key in WARNINGS},
            reason=self.reason.data or None,
            no_interest=bool(self.no_interest.data),
        )


@dataclass(frozen=True)
class Row:
    """One application on the page: ticked or not, with the amount as it was typed."""

    application: Application
    ticked: bool
    typed: str
    amount_p: int | None
    wrong: str | None = None


@bp.get("/batch")
@needs(Permit.FUNDING_DECIDE)
def batch() -> ResponseReturnValue:
    """Everything that waits for a decision, to be ticked."""
    form, fund = BatchForm(formdata=None), _fund()
    form.offer(fund)
    return _page(form, _rows(fund), fund)


@bp.post("/batch")
@needs(Permit.FUNDING_DECIDE)
def decide_batch() -> ResponseReturnValue:
    """Work out what all of these come to, or award them all."""
    form, fund = BatchForm(), _fund()
    rows = _rows(fund)
    form.offer(fund)
    wrong = [row for row in rows if row.ticked and row.wrong]
    if wrong:
        form.form_errors.extend(f"{row.application.reference}: {row.wrong}" for row in wrong)
        return _page(form, rows, fund)
    chosen = [Chosen(row.application.id, row.amount_p) for row in rows if row.ticked]
    if request.form.get("do") != "award":
        return _page(form, rows, fund, _plan(form, chosen))
    key = form.seen()["key"]
    done = submitted(
        form,
        lambda: award_many(chosen, terms=form.terms, by=reader(), key=key),
    )
    if done is None:
        return _page(form, _rows(fund), fund, _plan(form, chosen))
    total_p = sum(one.awarded_p or 0 for one in done)
    flash(f"{len(done)} applications awarded, {in_pounds(total_p)} together.", "ok")
    return redirect(url_for("funding.index", status="awarded"))


def _plan(form: BatchForm, chosen: list[Chosen]) -> Plan | None:
    if not chosen:
        if not form.errors:
            form.form_errors.append("Tick at least one application.")
        return None
    try:
        return plan_batch(reader(), chosen, form.terms)
    except DomainError as refusal:
        form.form_errors.append(refusal.message)
        return None


def _fund() -> Fund | None:
    """The fund named in the address, else the one that runs or else is nearest."""
    code = asked().key("fund")
    fund = fund_by_code(code) if code else shown_fund()
    if code and fund is None:
        raise NotFound("There is no such fund.")
    return fund


def _rows(fund: Fund | None) -> list[Row]:
    ticked = set(request.form.getlist("pick"))
    return [_row(one, ticked) for one in undecided_for(reader(), fund)]


def _row(application: Application, ticked: set[str]) -> Row:
    asked_p = application.recommended_p or application.requested_p or 0
    typed = request.form.get(f"amount-{application.id}", f"{asked_p / 100:,.2f}").strip()
    picked = str(application.id) in ticked
    try:
        return Row(application, picked, typed, to_pence(typed))
    except CellError as error:
        return Row(application, picked, typed, None, str(error))


def _tabs(shown: Fund | None) -> list[dict[str, Any]]:
    """The funds in which something waits, where there is another than the one that is shown."""
    every = {fund.id: fund for fund in [*funds_undecided(reader()), *([shown] if shown else [])]}
    return [
        {
            "label": fund_words(fund),
            "href": url_for("funding.batch", fund=fund.node.code),
            "current": fund is shown,
        }
        for fund in sorted(every.values(), key=lambda fund: (fund.starts_on, fund.id))
    ]


def _page(
    form: BatchForm, rows: list[Row], fund: Fund | None, plan: Plan | None = None
) -> ResponseReturnValue:
    wrong = bool(form.errors) and not wants_fragment()
    context: dict[str, Any] = {
        "form": form,
        "rows": rows,
        "tabs": [] if wants_fragment() else _tabs(fund),
        "here": url_for("funding.decide_batch", fund=fund.node.code if fund else None),
        "plan": plan,
        "status_words": status_words,
        "answer_name": answer_name,
        "answer_labels": ANSWER_LABELS,
        "warnings": WARNINGS,
    }
    name = "funding/batch_plan.html" if wants_fragment() else "funding/batch.html"
    return make_response(render_template(name, **context), 422 if wrong else 200)
