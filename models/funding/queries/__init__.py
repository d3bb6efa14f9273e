"""What may be read of funding applications. Whoever reads is named first."""

from models.funding.queries.batch import (
    chosen_applications,
    funds_undecided,
    newest_steps,
    plan_batch,
    steps_with_keys,
    undecided_for,
)
from models.funding.queries.board import board_for, steps_from
from models.funding.queries.cases import case_of, cases_of, writers_of
from models.funding.queries.choices import (
    HeadChoice,
    candidate_for,
    candidates_named,
    head_choices,
    leaves_of,
    regions_to_apply,
)
from models.funding.queries.law import coding_of, law_answers_of, law_card, payment_warning
from models.funding.queries.limits import over_limit
from models.funding.queries.listed import Listed, page_of
from models.funding.queries.lists import (
    DRAFTS,
    GROUPS,
    SORTS,
    Filters,
    applications_for,
    counts_for,
    find_applications,
    regions_to_read,
    total_of,
    visible_to,
)
from models.funding.queries.narrowing import Narrowing, narrowing_for
from models.funding.queries.one import (
    answers_of,
    application_by_id,
    application_for,
    draft_for,
    live_rival,
    problems_of,
    step_with_key,
    steps_of,
    submission_endorses,
    tasks_of,
)
from models.funding.queries.work import QueueRow, Waiting, queue_for, waiting_for

__all__ = [
    "DRAFTS",
    "GROUPS",
    "SORTS",
    "Filters",
    "HeadChoice",
    "Listed",
    "Narrowing",
    "QueueRow",
    "Waiting",
    "answers_of",
    "application_by_id",
    "application_for",
    "applications_for",
    "board_for",
    "candidate_for",
    "candidates_named",
    "case_of",
    "cases_of",
    "chosen_applications",
    "coding_of",
    "counts_for",
    "draft_for",
    "find_applications",
    "funds_undecided",
    "head_choices",
    "law_answers_of",
    "law_card",
    "leaves_of",
    "live_rival",
    "narrowing_for",
    "newest_steps",
    "over_limit",
    "page_of",
    "payment_warning",
    "plan_batch",
    "problems_of",
    "queue_for",
    "regions_to_apply",
    "regions_to_read",
    "step_with_key",
    "steps_from",
    "steps_of",
    "steps_with_keys",
    "submission_endorses",
    "tasks_of",
    "total_of",
    "undecided_for",
    "visible_to",
    "waiting_for",
    "writers_of",
]
