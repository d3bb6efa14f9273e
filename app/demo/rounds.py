"""The rounds of the demonstration: one that is open, and a fast track for by-elections, closed."""

from datetime import date, datetime, time, timedelta
from random import Random

from app.demo import calendar
from app.demo.money import COSTS, PURPOSES, Cast, candidates
from app.demo.people import Councillor
from models import clock
from models.accounts.tables import User
from models.budget.limits.actions import add_limit
from models.budget.queries.periods import current_fund
from models.budget.tables import Fund
from models.errors import Refused
from models.funding.actions.answers import save_answers
from models.funding.actions.draft import save_draft, start_draft, submit
from models.funding.actions.refer import refer
from models.funding.actions.undo import lapse
from models.funding.rules import Answers, Line
from models.funding.tables import Application
from models.places.queries.regions import regions
from models.rounds.actions.planning import plan_round, publish_round
from models.rounds.rules import Terms
from models.rounds.standard import STANDARD
from models.rounds.tables import Round

# What becomes of the application of each of the first regions.
FATES = ("submitted", "submitted", "answered", "begun", "referred", "lapsed")
# In this region the political officer may award this much by themselves.
LIMIT_IN, LIMIT_P = "SC", 1_000_00
ABOVE_LIMIT = (Line("Leaflets, two drops", 1_150_00), Line("Hire of a campaign room", 480_00))
LAPSED = "The candidate has moved away, and nobody stands in their place."
BEGAN = timedelta(days=14)
CLOSES_IN = timedelta(days=45)
POLL_IN = timedelta(days=100)  # or later, whenever the next ordinary day is
FAST_IN, FAST_TRACK, FAST_CLOSED = ("SO", "NEYH"), timedelta(days=12), timedelta(days=4)
GIVEN = {
    "q1": "Lost by less than 5%",
    "q2": "Two leaflets reach every door instead of half of them.",
    "q3": "No",
    "q6": "I have worked on the wards for eleven years and know what they need.",
    "q8": 14,
    "q9": "No",
}


def open_one(rng: Random, found: list[Councillor], users: dict[str, User]) -> None:
    """A round of the current fund, opened two weeks ago, and one application of some regions."""
    with clock.set_to(clock.now() - BEGAN - timedelta(days=1)):
        round_ = _plan(fund(), users["national"])
    _limit(users["officer"], by=users["national"])
    cast = Cast(users)
    for region, fate in zip(regions(), FATES, strict=False):
        own = [one for one in found if one.placed.region.id == region.id]
        fresh = [one for one in candidates(own, 12) if one.ward is not None][5:6]
        for one in fresh:
            day = clock.today() - timedelta(days=rng.randrange(1, BEGAN.days))
            with clock.set_to(calendar.office_hours(rng, day)):
                _run(rng, one, cast, (round_, fate))


def by_elections(rng: Random, found: list[Councillor], users: dict[str, User]) -> None:
    """The fast track: each application of two regions has the poll of its own by-election."""
    closed = clock.now() - FAST_CLOSED
    with clock.set_to(closed - FAST_TRACK - timedelta(days=1)):
        round_ = _plan_fast(fund(), users["national"])
    cast = Cast(users)
    for region in regions():
        if region.code in FAST_IN:
            own = [one for one in found if one.placed.region.id == region.id]
            [one] = [one for one in candidates(own, 18) if one.ward is not None][9:10]
            poll_on = calendar.thursday_from(clock.today() + timedelta(days=rng.randrange(25, 40)))
            with clock.set_to(calendar.office_hours(rng, (closed - timedelta(days=2)).date())):
                application = apply_in(rng, one, cast, round_, poll_on=poll_on)
                submit(application, by=cast.applicant(region.id))


def _plan_fast(fund: Fund, by: User) -> Round:
    today = clock.today()
    terms = Terms(
        name="By-elections this autumn" if today.month > 8 else "By-elections this spring",
        code=f"BY-{today.year % 100:02d}",
        election="By-elections",
        poll_on=None,
        fast_track=True,
        opens_at=london(today + timedelta(days=1), 9),
        closes_at=london(today + FAST_TRACK, 17),
    )
    return publish_round(plan_round(fund=fund, terms=terms, form=STANDARD, by=by), by=by)


def _plan(fund: Fund, by: User) -> Round:
    today = clock.today()
    poll_on = calendar.next_poll(today + POLL_IN)
    terms = Terms(
        name=f"Local elections {poll_on.year}",
        code=f"LOCAL-{poll_on.year % 100:02d}",
        election="Local elections in England",
        poll_on=poll_on,
        opens_at=london(today + timedelta(days=1), 9),
        closes_at=london(today + BEGAN + CLOSES_IN, 17),
        late_allowed=True,
    )
    return publish_round(plan_round(fund=fund, terms=terms, form=STANDARD, by=by), by=by)


def fund() -> Fund:
    """The fund of the demonstration."""
    found = current_fund()
    if found is None:
        raise Refused("The demonstration has no fund.")
    return found


def london(day: date, hour: int) -> datetime:
    """The full hour of a day as London's clocks show it."""
    return datetime.combine(day, time(hour), clock.LONDON)


def _limit(officer: User, *, by: User) -> None:
    (region_id,) = (one.id for one in regions() if one.code == LIMIT_IN)
    began = clock.today() - BEGAN
    add_limit(amount_p=LIMIT_P, user_id=officer.id, region_id=region_id, starts_on=began, by=by)


def _run(rng: Random, one: Councillor, cast: Cast, what: tuple[Round, str]) -> None:
    round_, fate = what
    by = cast.applicant(one.placed.region.id)
    lines = ABOVE_LIMIT if fate == "referred" else ()
    application = apply_in(rng, one, cast, round_, lines=lines, only_begun=fate == "begun")
    if fate in ("answered", "begun"):
        return
    submit(application, by=by)
    if fate == "referred":
        asked_p = application.requested_p or 0
        refer(application, amount_p=asked_p, by=cast.users["officer"])
    if fate == "lapsed":
        lapse(application, reason=LAPSED, by=cast.decider)


def apply_in(
    rng: Random,
    one: Councillor,
    cast: Cast,
    round_: Round,
    *,
    lines: tuple[Line, ...] = (),
    poll_on: date | None = None,
    only_begun: bool = False,
) -> Application:
    """A draft of the region's applicant in a round, with its form answered or only begun."""
    by = cast.applicant(one.placed.region.id)
    application = start_draft(region_id=one.placed.region.id, by=by, round_=round_)
    lines = lines or tuple(
        Line(words, rng.randrange(low, high, 10) * 100)
        for words, (low, high) in rng.sample(COSTS, 2)
    )
    answers = Answers(
        person_id=one.person.id,
        council_id=one.placed.council.id,
        ward_id=one.ward.id,
        poll_on=round_.poll_on or poll_on,
        requested_p=sum(line.amount_p for line in lines),
        purpose=rng.choice(PURPOSES),
        lines=lines,
    )
    save_draft(application, answers=answers, by=by)
    given = {**GIVEN, "q7": (clock.today() - timedelta(days=40)).isoformat()}
    for section in STANDARD.sections[:1] if only_begun else STANDARD.sections:
        save_answers(application, section=section, answers=given, by=by)
    return application
