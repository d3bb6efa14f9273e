"""What may be read of the freshness of facts. Whoever reads is named first."""

from models.freshness.queries.confirmations import (
    answer_for,
    answers_for,
    answers_waiting,
    confirmation_with,
    links_open,
)
from models.freshness.queries.facts import half_life_of, half_lives
from models.freshness.queries.queue import (
    QueueFilter,
    StaleFact,
    Stored,
    check_for,
    fact_for,
    in_words,
    kind_of,
    open_checks_of,
    points_with,
    queue_for,
    settled_with,
)
from models.freshness.queries.scores import (
    CouncilCover,
    RegionScore,
    coverage_for,
    network_growth,
    regions_seen,
    score_of,
    scores_over_time,
    scores_today,
)

__all__ = [
    "CouncilCover",
    "QueueFilter",
    "RegionScore",
    "StaleFact",
    "Stored",
    "answer_for",
    "answers_for",
    "answers_waiting",
    "check_for",
    "confirmation_with",
    "coverage_for",
    "fact_for",
    "half_life_of",
    "half_lives",
    "in_words",
    "kind_of",
    "links_open",
    "network_growth",
    "open_checks_of",
    "points_with",
    "queue_for",
    "regions_seen",
    "score_of",
    "scores_over_time",
    "scores_today",
    "settled_with",
]
