"""The interests that were declared in an application, as whoever decides on it reads them."""

from dataclasses import dataclass
from datetime import datetime

from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from models.accounts.roles import Permit
from models.accounts.tables import User
from models.funding.assessing.queries.interests import interests_in
from models.funding.assessing.rules import INTERESTS
from models.funding.guards import Case
from models.funding.tables import Application
from models.funding.workflow import UNDECIDED
from views.forms import BaseForm


class LiftForm(BaseForm):
    """Why a declared interest stands in the way no more."""

    reason = TextAreaField(
        "Why it stands in the way no more",
        render_kw={"rows": 2},
        validators=[
            InputRequired("Say why it stands in the way no more."),
            Length(max=4000),
        ],
    )


@dataclass(frozen=True)
class Interest:
    """One declared interest in words; `form` lifts it, None where this reader may not."""

    declaration_id: int
    who: str
    words: str
    detail: str | None
    at: datetime
    lifted: str | None
    form: LiftForm | None


def lift_form(declaration_id: int, *, fresh: bool = False) -> LiftForm:
    """The form that lifts one interest; several stand on one page."""
    prefix = f"lift-{declaration_id}-"
    return LiftForm(prefix=prefix, formdata=None) if fresh else LiftForm(prefix=prefix)


def interests_of(
    application: Application, case: Case, user: User, failed: BaseForm | None
) -> list[Interest]:
    """Every interest declared in it, for who may decide; none for anybody else."""
    if Permit.FUNDING_DECIDE not in user.permits:
        return []
    may = user.id not in case.written_by and case.interest is None
    found = []
    for declared, lifted in interests_in(application):
        form = None
        if lifted is None and may and declared.by_id != user.id:
            form = lift_form(declared.id, fresh=True)
            if isinstance(failed, LiftForm) and failed._prefix == form._prefix:
                form = failed
        found.append(
            Interest(
                declared.id,
                declared.by.name,
                INTERESTS[declared.answer],
                declared.detail,
                declared.at,
                None if lifted is None else f"Lifted by {lifted.by.name}: {lifted.reason}",
                form,
            )
        )
    return found


def may_assess(application: Application, user: User) -> bool:
    """True where this reader may score it now."""
    return Permit.FUNDING_SCORE in user.permits and application.status in UNDECIDED
