"""The demonstration's key seats: a round that is closed, whose applications are being assessed."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from app.demo import calendar, rounds
from app.demo.money import Cast, candidates
from app.demo.people import Councillor
from models import clock
from models.accounts.tables import User
from models.budget.tables import Fund
from models.funding.actions.draft import submit
from models.funding.actions.endorse import endorse, not_endorse
from models.funding.actions.refer import recommend
from models.funding.assessing import rules as assessing
from models.funding.assessing.actions import declare_interest, open_round, save_criteria, score
from models.funding.assessing.queries.scores import criteria_of
from models.funding.tables import Application
from models.places.queries.regions import regions
from models.rounds.actions.planning import plan_round
from models.rounds.rules import Terms
from models.rounds.standard import STANDARD
from models.rounds.tables import Round

OPENED_AGO = timedelta(days=40)
CLOSED_AGO = timedelta(days=10)
POLL_IN = timedelta(days=90)  # or later, whenever the next ordinary day is
# What becomes of the applications of three regions, whose own officers apply and endorse.
FATES = {
    "NWI": ("recommended", "submitted"),
    "SC": ("scored", "conflict"),
    "LO": ("not_endorsed", "recommended"),
}
NOT_ENDORSED = "The branch supports another candidate of ours in this ward."
RECOMMENDED = "Both scores are high; the second leaflet can wait."
POINTS = {"national": (4, 5, 3, 4), "officer": (4, 3, 4, 2)}
BECAUSE = (
    "Lost by 61 votes last time, and the ward has grown since.",
    "Branch secretary for six years, and has spoken at two of our schools.",
    "Three quotes are attached; the drop dates are realistic.",
    "About two hundred members live in the ward.",
)


def assess_all(rng: Random, found: list[Councillor], users: dict[str, User]) -> None:
    """A round of key seats, closed some days ago: endorsed or not, scored, recommended."""
    fund = rounds.fund()
    with clock.set_to(clock.now() - OPENED_AGO - timedelta(days=1)):
        round_ = _open(fund, users["national"])
    for region in regions():
        own = [one for one in found if one.placed.region.id == region.id]
        fresh = [one for one in candidates(own, 14) if one.ward is not None][6:8]
        for one, fate in zip(fresh, FATES.get(region.code, ()), strict=False):
            _case(rng, one, Cast(users), (round_, fate))


def _open(fund: Fund, by: User) -> Round:
    today = clock.today()
    poll_on = calendar.next_poll(today + OPENED_AGO + POLL_IN)
    terms = Terms(
        name=f"Key seats {poll_on.year}",
        code=f"KEY-{poll_on.year % 100:02d}",
        election="Local elections in England",
        poll_on=poll_on,
        opens_at=rounds.london(today + timedelta(days=1), 9),
        closes_at=rounds.london(today + OPENED_AGO - CLOSED_AGO, 17),
        scores_needed=2,
        submission_endorses=False,
    )
    round_ = plan_round(fund=fund, terms=terms, form=STANDARD, by=by)
    save_criteria(round_, wanted=assessing.STANDARD, by=by)
    return open_round(round_, by=by)


def _case(rng: Random, one: Councillor, cast: Cast, what: tuple[Round, str]) -> None:
    round_, fate = what
    closed_on = clock.today() - CLOSED_AGO
    with clock.set_to(calendar.office_hours(rng, closed_on - timedelta(days=rng.randrange(3, 20)))):
        application = rounds.apply_in(rng, one, cast, round_)
        submit(application, by=cast.applicant(application.region_id))
    if fate == "submitted":
        return
    with clock.set_to(calendar.office_hours(rng, closed_on)):
        _endorse(application, cast, fate)
    if fate == "not_endorsed":
        return
    with clock.set_to(calendar.office_hours(rng, closed_on + timedelta(days=3))):
        _assess(application, round_, cast, fate)


def _endorse(application: Application, cast: Cast, fate: str) -> None:
    by = cast.applicant(application.region_id)
    if fate == "not_endorsed":
        not_endorse(application, reason=NOT_ENDORSED, by=by)
    else:
        endorse(application, by=by)


def _assess(application: Application, round_: Round, cast: Cast, fate: str) -> None:
    scorers = ("national", "officer") if fate == "recommended" else ("national",)
    criteria = [one.id for one in criteria_of(round_.id)]
    for key in scorers:
        _score(application, criteria, POINTS[key], by=cast.users[key])
    officer = cast.users["officer"]
    if fate == "conflict":
        declare_interest(application, answer="branch", by=officer)
    if fate == "recommended":
        amount_p = (application.requested_p or 0) * 4 // 5
        recommend(application, amount_p=amount_p, reason=RECOMMENDED, by=officer)


def _score(
    application: Application, criteria: Sequence[int], points: Sequence[int], *, by: User
) -> None:
    declare_interest(application, answer="none", by=by)
    score(
        application,
        points=dict(zip(criteria, points, strict=True)),
        reasons=dict(zip(criteria, BECAUSE, strict=True)),
        by=by,
    )
