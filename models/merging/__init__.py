"""The front door of the merging room."""

from models.merging import rules
from models.merging.actions.finding import (
    JOB,
    dismiss,
    find_all,
    find_new,
    look,
    pair_up,
    reopen,
    waits,
)
from models.merging.actions.merging import merge
from models.merging.actions.undoing import unmerge
from models.merging.matching import REASONS, THRESHOLD
from models.merging.queries import (
    Beside,
    MergeLine,
    PairLine,
    all_open,
    beside,
    last_run,
    merge_for,
    merges_for,
    now_at,
    open_pairs_count,
    pair_for,
    pairs_for,
    parked_counts,
    parked_words,
    rows_of,
)
from models.merging.tables import DuplicatePair, DuplicateRun, PersonMerge, PersonMergeRow

__all__ = [
    "JOB",
    "REASONS",
    "THRESHOLD",
    "Beside",
    "DuplicatePair",
    "DuplicateRun",
    "MergeLine",
    "PairLine",
    "PersonMerge",
    "PersonMergeRow",
    "all_open",
    "beside",
    "dismiss",
    "find_all",
    "find_new",
    "last_run",
    "look",
    "merge",
    "merge_for",
    "merges_for",
    "now_at",
    "open_pairs_count",
    "pair_for",
    "pair_up",
    "pairs_for",
    "parked_counts",
    "parked_words",
    "reopen",
    "rows_of",
    "rules",
    "unmerge",
    "waits",
]
