"""What the law says beside an application: as its form is filled, and as it is decided."""

from dataclasses import replace

from flask import render_template
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.elections.limits import is_electorate
from models.funding.coding import Coding
from models.funding.law import Card
from models.funding.queries.law import law_card
from models.funding.queries.one import application_for, draft_for
from models.funding.rules import Answers
from models.funding.tables import Application
from views.funding.counter import bp
from views.funding.forms import AwardForm, DraftForm
from views.funding.reading import read
from views.guards import needs, reader, reads_only


@bp.post("/<int:application_id>/law/draft")
@needs(Permit.FUNDING_APPLY)
@reads_only
def law_of_draft(application_id: int) -> ResponseReturnValue:
    """What the law says to the form as it is filled now."""
    application = draft_for(reader(), application_id)
    answers = read(DraftForm(), reader()).answers
    return _said(law_of_answers(application, answers))


@bp.post("/<int:application_id>/law/award")
@needs(Permit.FUNDING_DECIDE)
@reads_only
def law_of_award(application_id: int) -> ResponseReturnValue:
    """What the law says to the award as it is filled in now."""
    application = application_for(reader(), application_id)
    form = AwardForm(prefix="award-")
    return _said(law_of_form(application, form))


def law_of_answers(application: Application, answers: Answers) -> Card:
    """The card of these answers: what is asked on the form replaces what was said before."""
    return law_card(application, answers=answers, coding=Coding())


def law_of_form(application: Application, form: AwardForm) -> Card:
    """The card of an award as it is filled in; what still blocks it is in it too."""
    coding = form.coding
    if not is_electorate(coding.electorate):
        coding = replace(coding, electorate=None)
    return law_card(application, coding=coding, amount_p=form.amount.data)


def _said(law: Card) -> str:
    return render_template("funding/law_said.html", law=law)
