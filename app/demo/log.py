"""The demonstration's contact log: who spoke with whom about what, and what was promised."""

from datetime import datetime, timedelta
from random import Random

from app.demo import calendar
from app.demo.people import Councillor
from models import clock
from models.accounts.tables import User
from models.contacts.actions import log_contact
from models.contacts.follow_ups.actions import add_follow_up, finish_follow_up

# channel, summary, outcome, what was promised
TALKS = (
    ("phone", "Caught up on the budget vote; worried about care home fees.", "spoke", None),
    ("phone", "Asked for help with the leisure centre dispute.", "agreed", "Send the briefing"),
    ("phone", "Tried the mobile and the office number.", "no-answer", "Try again"),
    ("phone", "Left a message about the pay claim.", "message-left", "Try again"),
    ("email", "Sent the model motion on insourcing.", "waiting", "Ask whether it was tabled"),
    ("email", "Invited to the regional councillors' conference.", "waiting", None),
    ("meeting", "Met before full council; will raise agency staffing at scrutiny.", "agreed", None),
    ("meeting", "Surgery visit with two reps from the depot.", "spoke", "Write up what was agreed"),
    ("video", "Talked through the selection timetable.", "spoke", "Send the key dates"),
    ("video", "Network call on local pay; interested in mentoring.", "agreed", "Find a mentor"),
    ("event", "Spoke at the rally outside the town hall.", "spoke", None),
    ("message", "Asked for a quote for the members' bulletin.", "agreed", None),
    ("letter", "Formal letter about the outsourcing plan.", "waiting", "Chase a reply"),
    ("phone", "Cannot support the petition before the vote.", "declined", None),
)
CONFIDENTIAL = "Thinking of standing down for health reasons; has told nobody else yet."
COUNT = 400
KEPT = 0.75
OLDEST_OVERDUE = timedelta(days=21)


def log_all(rng: Random, found: list[Councillor], users: dict[str, User]) -> None:
    """So many contacts over the last eighteen months, each after the person came on record."""
    now = clock.now()
    moments = sorted(_moment(rng, one) for one in rng.choices(found, k=COUNT))
    by_person = {one.person.id: one for one in found}
    for moment, person_id in moments:
        _log(rng, by_person[person_id], users, moment, now)


def _moment(rng: Random, one: Councillor) -> tuple[datetime, int]:
    today = clock.today()
    first = max(one.recorded_on, today - timedelta(days=540))
    # More of them lately than long ago, as a growing log has.
    span = max(0, (today - first).days)
    day = today - timedelta(days=int(span * rng.random() ** 1.6))
    moment = calendar.office_hours(rng, day)
    if moment > clock.now() - timedelta(minutes=10) and day > first:
        moment = calendar.office_hours(rng, day - timedelta(days=1))
    return min(moment, clock.now() - timedelta(minutes=10)), one.person.id


def _log(
    rng: Random, one: Councillor, users: dict[str, User], moment: datetime, now: datetime
) -> None:
    author = _author(rng, one, users)
    channel, summary, outcome, what = rng.choice(TALKS)
    confidential = rng.random() < 0.03
    with clock.set_to(moment + timedelta(minutes=5)):
        contact = log_contact(
            [one.person],
            at=moment,
            channel=channel,
            summary=CONFIDENTIAL if confidential else summary,
            outcome=outcome,
            confidential=confidential,
            by=author,
        )
        if what is None:
            return
        due_on = clock.today() + timedelta(days=rng.choice((2, 5, 7, 14, 30)))
        promise = add_follow_up(
            contact, one.person, what=what, owner=author, due_on=due_on, by=author
        )
    # What was due is done on its day; a few of the last weeks are left overdue.
    today = clock.london_day(now)
    if due_on < today and (rng.random() < KEPT or due_on < today - OLDEST_OVERDUE):
        with clock.set_to(calendar.office_hours(rng, due_on)):
            finish_follow_up(promise, by=author)


def _author(rng: Random, one: Councillor, users: dict[str, User]) -> User:
    """Mostly the region's own officer, where the demonstration has one."""
    own = [
        user
        for user in users.values()
        if user.region_ids is not None and one.placed.region.id in user.region_ids
    ]
    everywhere = [users["officer"], users["officer"], users["national"], users["support"]]
    return rng.choice(own * 6 + everywhere)
