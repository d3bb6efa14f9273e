"""How fresh each region's facts are, today and over time; and how well each council is covered."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, case, func, select, true

from models import clock
from models.accounts.permits import Actor
from models.base import db
from models.contacts.queries import how_many
from models.councillors.queries.offices import holding
from models.councillors.tables import NetworkMembership, OfficeTerm
from models.freshness import rules
from models.freshness.queries.facts import current_facts, looked_after
from models.freshness.tables import FreshnessScore
from models.people.queries.seeing import listed, visible_people
from models.people.tables import Person
from models.places.queries.conditions import in_force
from models.places.tables import Council, CouncilRegion, UnionRegion

RECENT = timedelta(days=90)


@dataclass(frozen=True)
class RegionScore:
    """One region's facts in force, and how many of them are fresh; `share` is in per cent."""

    region: UnionRegion
    facts: int
    fresh: int

    @property
    def share(self) -> int | None:
        """Fresh facts of a hundred; None where there are none."""
        return rules.share_fresh(self.facts, self.fresh)


def scores_today(user: Actor) -> list[RegionScore]:
    """The score of each region that this user may see, by name; of people at home there."""
    facts = current_facts()
    counts = {
        region_id: (total, fresh)
        for region_id, total, fresh in db.session.execute(
            select(
                Person.home_region_id,
                func.count(),
                how_many(facts.c.lost < rules.DUE),
            )
            .join(facts, facts.c.person_id == Person.id)
            .where(visible_people(user), listed(), looked_after(Person.id))
            .group_by(Person.home_region_id)
        )
    }
    return [RegionScore(one, *counts.get(one.id, (0, 0))) for one in regions_seen(user)]


def regions_seen(user: Actor) -> list[UnionRegion]:
    """The regions of today that this user may see, by name."""
    query = select(UnionRegion).where(UnionRegion.ends_on.is_(None)).order_by(UnionRegion.name)
    if user.region_ids is not None:
        query = query.where(UnionRegion.id.in_(sorted(user.region_ids)))
    return list(db.session.scalars(query))


def scores_over_time(user: Actor, *, months: int = 12) -> dict[int, dict[date, int | None]]:
    """By region's id: the day of each kept score and the share of fresh facts, in per cent."""
    since = clock.today() - timedelta(days=31 * months)
    regions = [one.id for one in regions_seen(user)]
    found: dict[int, dict[date, int | None]] = defaultdict(dict)
    for row in db.session.scalars(
        select(FreshnessScore)
        .where(FreshnessScore.day >= since, FreshnessScore.region_id.in_(regions))
        .order_by(FreshnessScore.day, FreshnessScore.region_id)
    ):
        found[row.region_id][row.day] = rules.share_fresh(row.facts, row.fresh)
    return dict(found)


def score_of(region_id: int, day: date) -> FreshnessScore | None:
    """The kept score of a region on a day, if there is one."""
    return db.session.get(FreshnessScore, (region_id, day))


@dataclass(frozen=True)
class CouncilCover:
    """One council: councillors known, with a verified office, and contacted in 90 days."""

    council: Council
    region_id: int | None
    known: int
    verified: int
    contacted: int
    joined: int


def coverage_for(user: Actor) -> list[CouncilCover]:
    """Each council with councillors whom this user may see, by region and name."""
    checked = clock.today() - timedelta(days=rules.KINDS["office"].days)
    recent = clock.now() - RECENT
    joined = (
        select(NetworkMembership.id)
        .where(
            NetworkMembership.person_id == OfficeTerm.person_id,
            NetworkMembership.ended_at.is_(None),
            NetworkMembership.status == "joined",
        )
        .exists()
    )
    rows = db.session.execute(
        select(
            Council,
            CouncilRegion.region_id,
            func.count(),
            how_many(OfficeTerm.verified_on > checked),
            how_many(Person.last_contacted_at >= recent),
            func.coalesce(func.sum(case((joined, 1), else_=0)), 0),
        )
        .join(OfficeTerm, OfficeTerm.council_id == Council.id)
        .join(Person, Person.id == OfficeTerm.person_id)
        .outerjoin(CouncilRegion, (CouncilRegion.council_id == Council.id) & in_force())
        .where(holding(), visible_people(user), listed(), _own(user))
        .group_by(Council.id, CouncilRegion.region_id)
        .order_by(CouncilRegion.region_id, Council.name_key, Council.id)
    )
    return [CouncilCover(*row) for row in rows]


def _own(user: Actor) -> ColumnElement[bool]:
    if user.region_ids is None:
        return true()
    return CouncilRegion.region_id.in_(sorted(user.region_ids))


def network_growth(user: Actor, *, months: int = 24) -> list[tuple[date, int]]:
    """How many people had joined the Network at the end of each month, the oldest first."""
    days = _month_ends(clock.today(), months)
    spans = db.session.execute(
        select(NetworkMembership.started_at, NetworkMembership.ended_at)
        .join(Person, Person.id == NetworkMembership.person_id)
        .where(NetworkMembership.status == "joined", visible_people(user), listed())
    ).all()
    held = [
        (clock.london_day(begun), clock.london_day(ended) if ended else None)
        for begun, ended in spans
    ]
    return [
        (day, sum(1 for begun, ended in held if begun <= day and (ended is None or ended > day)))
        for day in days
    ]


def _month_ends(today: date, months: int) -> list[date]:
    first = today.year * 12 + today.month - months
    starts = [date(n // 12, n % 12 + 1, 1) for n in range(first, first + months)]
    return [min(day - timedelta(days=1), today) for day in starts[1:]] + [today]
