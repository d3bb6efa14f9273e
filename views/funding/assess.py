"""Assessing an application: declare an interest, score, moderate."""

from typing import Any

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.funding.assessing import actions as assessing
from models.funding.assessing.actions import score
from models.funding.assessing.queries.interests import conflicts_for, declared_by
from models.funding.assessing.queries.scores import assessment_of, criteria_of, notes_of
from models.funding.assessing.rules import WORDS
from models.funding.queries.cases import case_of, writers_of
from models.funding.queries.one import application_for
from models.funding.tables import Application
from models.funding.workflow import step_named, verdict
from views.forms import BaseForm
from views.funding.assess_forms import InterestForm, NoteForm, score_form
from views.funding.counter import bp, status_words
from views.guards import needs, reader
from views.pages import submitted


@bp.get("/<int:application_id>/assessment")
@needs(Permit.FUNDING_SCORE)
def assessment(application_id: int) -> ResponseReturnValue:
    """The scores so far, one's own form, and what was noted: once no interest is declared."""
    return _page(application_for(reader(), application_id))


@bp.post("/<int:application_id>/interest")
@needs(Permit.FUNDING_SCORE)
def declare_interest(application_id: int) -> ResponseReturnValue:
    """Say whether one has an interest in it."""
    application, form = application_for(reader(), application_id), InterestForm()
    done = submitted(
        form,
        lambda: assessing.declare_interest(
            application, answer=form.answer.data or "", detail=form.detail.data, by=reader()
        ),
    )
    return _page(application, interest=form) if done is None else _back(application, "Declared.")


@bp.post("/<int:application_id>/scores")
@needs(Permit.FUNDING_SCORE)
def give_scores(application_id: int) -> ResponseReturnValue:
    """Score it by every criterion of its round."""
    application = application_for(reader(), application_id)
    criteria = criteria_of(application.round.id) if application.round else []
    form = score_form(criteria)
    done = submitted(
        form,
        lambda: score(application, points=form.points, reasons=form.reasons, by=reader()),
    )
    return _page(application, scoring=form) if done is None else _back(application, "Scored.")


@bp.post("/<int:application_id>/moderation")
@needs(Permit.FUNDING_SCORE)
def moderate(application_id: int) -> ResponseReturnValue:
    """Note what the assessors agreed."""
    application, form = application_for(reader(), application_id), NoteForm()
    done = submitted(
        form,
        lambda: assessing.moderate(application, note=form.note.data or "", by=reader()),
    )
    return _page(application, noting=form) if done is None else _back(application, "Noted.")


def _back(application: Application, words: str) -> ResponseReturnValue:
    flash(f"{application.reference}: {words}", "ok")
    return redirect(url_for("funding.assessment", application_id=application.id))


def _page(application: Application, **forms: BaseForm) -> ResponseReturnValue:
    """The page; what a person with an interest, or before they declared one, may not see is out."""
    user = reader()
    declared = declared_by(user, [application])
    conflict = conflicts_for(user, [application]).get(application.id)
    wrote = user.id in writers_of(application)
    is_open = application.id in declared and conflict is None and not wrote
    context: dict[str, Any] = {}
    if is_open:
        context = _assessed(application, forms.get("scoring"), forms.get("noting"))
    failed = next((form for form in forms.values() if form.errors), None)
    return make_response(
        render_template(
            "funding/assessment.html",
            application=application,
            status=status_words(application),
            is_open=is_open,
            is_declared=application.id in declared,
            conflict=conflict if application.id in declared else None,
            wrote=wrote,
            interest=forms.get("interest") or InterestForm(formdata=None),
            form=failed,
            **context,
        ),
        422 if failed else 200,
    )


def _assessed(
    application: Application, scoring: BaseForm | None, noting: BaseForm | None
) -> dict[str, Any]:
    user = reader()
    criteria = criteria_of(application.round.id) if application.round else []
    found = assessment_of(application, criteria=criteria)
    mine = next((sheet for sheet in found.sheets if sheet.by_id == user.id), None)
    may_score = application.status == "endorsed" and bool(criteria)
    case = case_of(application)  # whoever reads this has no interest in it
    return {
        "criteria": criteria,
        "found": found,
        "mine": mine,
        "words": WORDS,
        "scoring": (scoring or score_form(criteria, mine)) if may_score else None,
        "noting": noting or NoteForm(formdata=None),
        "notes": notes_of(application),
        "recommending": verdict(step_named("recommend"), case, user),
    }
