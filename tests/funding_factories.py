"""Makers for funding tests: a fund with money, and applications at each stage of their way."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from models.base import db
from models.budget.tables import BudgetNode, Fund
from models.funding.actions.decide import award
from models.funding.actions.draft import save_draft, start_draft, submit
from models.funding.coding import Coding
from models.funding.queries.choices import leaves_of
from models.funding.rules import Answers, Line
from models.funding.tables import Application
from tests import budgets
from tests.factories import make_council, make_person, make_ward

POLL = date(2099, 5, 7)
# What an award is in law, where a test is about something else.
CODING = Coding(legal_class="party-unit", s72_category="a", recipient="Ambridge CLP")


def make_fund(*, by: Any, share_p: int = 5_000_00, **values: Any) -> Fund:
    """The current fund: two heads, `share_p` for each of NWI and SO in each head."""
    shares = {"NWI": share_p, "SO": share_p}
    return budgets.make_fund(by, allocations={"PRINT": shares, "DIGI": shares}, **values)


def make_contest(region: Any, *, name: str = "Priya Kaur") -> SimpleNamespace:
    """A candidate, a council and a ward of a region."""
    council = make_council(region=region)
    ward = make_ward(council)
    return SimpleNamespace(council=council, ward=ward, person=make_person(name, region=region))


def answers_for(contest: Any, *, amount_p: int = 300_00, **values: Any) -> Answers:
    """Complete answers for a contest, with one cost line of the amount."""
    values.setdefault("lines", (Line("Leaflets", amount_p),))
    return Answers(
        **{
            "person_id": contest.person.id,
            "post": "councillor",
            "council_id": contest.council.id,
            "ward_id": contest.ward.id,
            "poll_on": POLL,
            "requested_p": amount_p,
            "purpose": "Leaflets for every door in the ward.",
            **values,
        }
    )


def make_draft(*, by: Any, region: Any, contest: Any = None, **values: Any) -> Application:
    """A complete draft, ready to be submitted."""
    contest = contest or make_contest(region)
    application = start_draft(region_id=region.id, by=by)
    save_draft(application, answers=answers_for(contest, **values), by=by)
    db.session.commit()
    return application


def make_submitted(*, by: Any, region: Any, **values: Any) -> Application:
    """An application that waits for its decision."""
    application = make_draft(by=by, region=region, **values)
    submit(application, by=by)
    db.session.commit()
    return application


def make_awarded(
    *, by: Any, region: Any, officer: Any, awarded_p: int | None = None, **values: Any
) -> Application:
    """An application that was awarded by `officer`, in full if no amount is given."""
    application = make_submitted(by=by, region=region, **values)
    amount_p = awarded_p or application.requested_p
    reason = None if amount_p == application.requested_p else "The rest is paid locally."
    node = first_leaf(application)
    award(application, amount_p=amount_p, node=node, by=officer, reason=reason, coding=CODING)
    db.session.commit()
    return application


def first_leaf(application: Application) -> BudgetNode:
    """The first head's part of the application's region."""
    return leaves_of(application)[0]
