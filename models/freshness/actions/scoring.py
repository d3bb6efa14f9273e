"""Keeping the score of each region, so that it can be drawn over time. Steps of the worker."""

from datetime import date

from models import clock
from models.accounts.permits import OPERATOR
from models.base import db, one_at_a_time
from models.freshness.queries.scores import score_of, scores_today
from models.freshness.tables import FreshnessScore


def keep_scores(day: date | None = None) -> list[FreshnessScore]:
    """Write down today's score of each region; a second time that day it is brought up to date."""
    day = day or clock.today()
    one_at_a_time("scores of", day)
    kept = []
    for score in scores_today(OPERATOR):
        row = score_of(score.region.id, day)
        if row is None:
            row = FreshnessScore(region_id=score.region.id, day=day)
            db.session.add(row)
        row.facts, row.fresh = score.facts, score.fresh
        kept.append(row)
    db.session.flush()
    return kept
