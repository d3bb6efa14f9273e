"""What the rules of eligibility say of applications, of many as cheaply as of one."""

from collections.abc import Sequence
from dataclasses import dataclass

from models import clock
from models.funding.eligibility.queries.held import Other, Records, records_for
from models.funding.eligibility.rules import Held, Results, judge
from models.funding.tables import Application
from models.funding.workflow import DEAD, GRANTED


@dataclass(frozen=True)
class Judgement:
    """The results of one application, and what its candidate has for the contest already, in
    pence: other awards, which count toward the limit of whoever decides."""

    results: Results = ()
    earlier_p: int = 0


def results_of(application: Application) -> Results:
    """What every rule says of one application."""
    return judgements_for([application])[application.id].results


def judgements_for(applications: Sequence[Application]) -> dict[int, Judgement]:
    """What every rule says of each application, in one query however many there are."""
    records = records_for(applications)
    return {
        one.id: Judgement(
            judge(_held(one, records), records.overruled.get(one.id, ())),
            sum(
                other.awarded_p
                for other in records.others.get(one.person_id or 0, ())
                if _same_contest(one, other) and other.status in GRANTED
            ),
        )
        for one in applications
    }


def _held(one: Application, records: Records) -> Held:
    person, today = one.person_id or 0, clock.today()
    placed = any((one.ward_id, one.council_id, one.constituency_id))
    others = records.others.get(person, ())
    asked_p = one.requested_p
    if asked_p is None:
        asked_p = sum(line.amount_p for line in one.lines) or None
    return Held(
        today=today,
        candidate=one.person.name if one.person else None,
        place=one.place_name if placed else None,
        poll_on=one.poll_on,
        memberships=tuple(records.memberships.get(person, ())),
        political=tuple(records.political.get(person, ())),
        rival=next(
            (
                other.reference
                for other in others
                if _same_contest(one, other) and other.status not in DEAD
            ),
            None,
        ),
        earlier=tuple(
            other.reference
            for other in others
            if other.id != one.id
            and other.status == "paid"
            and other.poll_on is not None
            and other.poll_on < today
        ),
        asked_p=asked_p,
        max_grant_p=one.max_grant_p,
        region=one.region.name,
        region_ends_on=one.region.ends_on,
    )


def _same_contest(one: Application, other: Other) -> bool:
    same = one.contest_key is not None and other.contest_key == one.contest_key
    return same and other.id != one.id
