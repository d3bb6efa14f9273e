"""The demonstration's freshness: a year of scores, a bounced address, an answer that waits."""

from datetime import timedelta
from random import Random

from app.demo.people import Councillor
from models import clock
from models.accounts.tables import User
from models.freshness.actions import confirming
from models.freshness.actions.checking import note_bounce
from models.freshness.actions.confirming import open_link, shown_to
from models.freshness.actions.scoring import keep_scores
from models.links import LinkDesk
from models.people.queries.facts import contact_points_of

MONTHS = 11
BOUNCED = 3
ANSWERED = 2


def keep_all(rng: Random, found: list[Councillor], users: dict[str, User]) -> None:
    """A score at the end of each of the last months; then what came back and what was answered."""
    for month in range(MONTHS, 0, -1):
        with clock.set_to(clock.now() - timedelta(days=30 * month)):
            keep_scores()
    chosen = rng.sample(found, k=BOUNCED + ANSWERED)
    for one in chosen[:BOUNCED]:
        for point in contact_points_of(one.person):
            note_bounce(point.value if point.kind == "email" else "")
    for one in chosen[BOUNCED:]:
        _answer(one, by=users["officer"])
    keep_scores()


def _answer(one: Councillor, *, by: User) -> None:
    """The person says that all is right but the mobile number."""
    desk = LinkDesk("confirmation", "/confirm/", "demonstration", "http://127.0.0.1", mails=False)
    token = confirming.ask(one.person, by=by, desk=desk).rpartition("/")[2]
    said = {
        fact.key: ("change", "07700 900999") if fact.key.startswith("mobile") else ("right", "")
        for fact in shown_to(open_link(token, desk=desk))
    }
    confirming.answer(token, said, note="I am best reached in the evening.", desk=desk)
