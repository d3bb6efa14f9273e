"""What waits: the work queue's rows, and the money asked for and not decided."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, true

from models.accounts.permits import Actor, may
from models.accounts.roles import Permit
from models.base import db
from models.budget.tables import Fund
from models.funding.assessing.queries.interests import held_by_interest
from models.funding.queries.lists import of_own_regions, visible_to, with_names
from models.funding.tables import Application, ApplicationStep
from models.funding.workflow import UNDECIDED, WAITING


@dataclass(frozen=True)
class QueueRow:
    """One thing to do: `verb` and `reference` make the link, `kind` says which page it opens."""

    kind: str
    verb: str
    application_id: int
    reference: str
    person: str
    place: str
    amount_p: int | None
    since: datetime


@dataclass(frozen=True)
class Waiting:
    """What is asked for and not decided, in pence: by region id, and together."""

    by_region: dict[int, int] = field(default_factory=dict)

    @property
    def total_p(self) -> int:
        """The sum over the regions that the reader sees."""
        return sum(self.by_region.values())


def waiting_for(user: Actor, fund: Fund | None = None) -> Waiting:
    """What is asked of this fund (default: of any) and waits, in the regions of this person.

    Finance gets the sums too, though not the applications: a budget that shows nothing waiting
    while something does would be a wrong figure.
    """
    if not may(user, Permit.FUNDING_READ):
        return Waiting()
    asked_of = true() if fund is None else Application.fund_id == fund.id
    rows = db.session.execute(
        select(Application.region_id, func.sum(Application.requested_p))
        .where(of_own_regions(user), Application.status.in_(WAITING), asked_of)
        .group_by(Application.region_id)
        .order_by(Application.region_id)
    )
    return Waiting({region_id: int(total or 0) for region_id, total in rows})


def queue_for(user: Actor, limit: int = 20) -> list[QueueRow]:
    """What this person can do about applications now, the longest waiting first."""
    wanted = _wanted_by(user)
    if not wanted:
        return []
    last_step = (
        select(func.max(ApplicationStep.at))
        .where(ApplicationStep.application_id == Application.id)
        .scalar_subquery()
    )
    conditions = [condition for condition, _, _ in wanted.values()]
    rows = db.session.execute(
        select(Application, last_step)
        .where(visible_to(user), or_(*conditions))
        .options(*with_names())
        .order_by(last_step, Application.id)
        .limit(limit)
    )
    return [_queue_row(application, since, wanted) for application, since in rows]


Wanted = dict[str, tuple[ColumnElement[bool], str, str]]


def _wanted_by(user: Actor) -> Wanted:
    """By status: which applications, the verb, and the page. Nobody is asked to do their own, or
    to decide where they declared an interest."""
    wanted: Wanted = {}
    held = Application.id.in_(held_by_interest(user))
    if may(user, Permit.FUNDING_ENDORSE) and user.region_ids is not None:
        wanted["submitted"] = (Application.status == "submitted", "Endorse", "endorse")
    if may(user, Permit.FUNDING_DECIDE):
        for status in UNDECIDED:
            others = and_(
                Application.status == status,
                Application.submitted_by_id != user.id,
                Application.drafted_by_id != user.id,
                ~held,
            )
            wanted[status] = (others, "Decide", "decide")
    if may(user, Permit.FUNDING_PAY):
        unpaid = and_(Application.status == "awarded", Application.decided_by_id != user.id)
        wanted["awarded"] = (unpaid, "Pay", "pay")
    if may(user, Permit.FUNDING_APPLY):
        mine = true() if user.region_ids is not None else Application.drafted_by_id == user.id
        wanted["returned"] = (and_(Application.status == "returned", mine), "Change", "edit")
        own = and_(Application.status == "draft", Application.drafted_by_id == user.id)
        wanted["draft"] = (own, "Finish", "edit")
    return wanted


def _queue_row(application: Application, since: datetime, wanted: Wanted) -> QueueRow:
    _, verb, kind = wanted[application.status]
    paying = application.status == "awarded"
    return QueueRow(
        kind=kind,
        verb=verb,
        application_id=application.id,
        reference=application.reference,
        person=application.candidate_name,
        place=application.place_name,
        amount_p=application.awarded_p if paying else application.requested_p,
        since=since,
    )
