"""The funding counter: the list, the draft, the decision."""

from views.funding import (
    assess,
    batch,
    board,
    candidate,
    decide,
    draft,
    law,
    list,  # noqa: A004
    parts,
    passing,
    region,
)
from views.funding.counter import bp

__all__ = [
    "assess",
    "batch",
    "board",
    "bp",
    "candidate",
    "decide",
    "draft",
    "law",
    "list",
    "parts",
    "passing",
    "region",
]
