"""`make bench`: what our pages cost beside those of the rivals, and which bars they miss."""

import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from tests.bench import addresses
from tests.bench.asking import PYTHON, Sites, Target, Twice
from tests.bench.pages import LIST, MOST_GROWTH, MOST_TIMES, PAGES, SAME, TOTAL, Page
from tests.bench.queries import MOST_QUERIES, statements_of
from tests.bench.union import Union

NOT_INSTALLED = "The rivals are not installed: `make bench` does so, in an environment of its own."


@dataclass(frozen=True)
class Measured:
    """A page of ours: its CPU, against the pages of the rivals and, where it was asked, against
    itself with ten times as many offices."""

    page: Page
    twice: Twice
    queries: int
    times: dict[str, float]
    growth: float | None

    def faults(self) -> Iterator[str]:
        """Which bars it misses."""
        cpu_ms, times = self.twice.cpu_ms, self.times["django"]
        if self.page.most_ms and cpu_ms > self.page.most_ms:
            yield f"{cpu_ms:.1f} ms, at most {self.page.bar}"
        if self.page.kind and times > MOST_TIMES[self.page.kind]:
            yield f"{times:.2f} × the Django admin, at most {self.page.bar}"
        if self.growth and self.growth > MOST_GROWTH:
            yield f"{self.growth:.2f} × with ten times the offices, at most {MOST_GROWTH:g} ×"
        if self.queries > MOST_QUERIES:
            yield f"{self.queries} queries, at most {MOST_QUERIES}"

    def row(self) -> dict[str, object]:
        """Its line of the table."""
        return {
            "page": self.page.path,
            "queries": self.queries,
            "cold": round(self.twice.cold.cpu_ms, 1),
            **_figures(self.twice.warm),
            **{name: f"{times:.2f}" for name, times in self.times.items()},
            "growth": f"{self.growth:.2f}" if self.growth else "",
            "bar": self.page.bar,
            "verdict": "FAULT" if list(self.faults()) else "ok",
        }


def measure(
    small: Union, large: Union | None, rounds: int, faults: list[str]
) -> list[dict[str, object]]:
    """A row for each page of the rivals and of ours; `large` tells how ours grow."""
    if not PYTHON.exists():
        sys.exit(NOT_INSTALLED)
    queries = [_count(small, page, faults) for page in PAGES]
    with ExitStack() as stack:
        sites = Sites.served(stack, small, large)
        faults += other_lists(sites)
        sites.ask_in_turn(rounds)
    rows: list[dict[str, object]] = [
        {"page": f"{name}, {kind}", **_figures(target)}
        for name, pages in sites.rivals.items()
        for kind, target in pages.items()
    ]
    for at, page in enumerate(PAGES):
        found = _measured(sites, at, page, queries[at])
        faults += [f"{page.path}: {fault}" for fault in found.faults()]
        rows.append(found.row())
    return rows


def other_lists(sites: Sites) -> Iterator[str]:
    """Where a rival, which passes over what it does not know, shows another list than ours."""
    ours = {page.path: twice.warm for page, twice in zip(PAGES, sites.ours, strict=True)}
    for kind, path in SAME.items():
        wanted = _total("hustings", ours[path])
        for name, pages in sites.rivals.items():
            if (total := _total(name, pages[kind])) != wanted:
                yield f"{name}, {kind}: {total} offices, and {wanted} at {path}"


def _total(name: str, target: Target) -> int:
    found = re.search(TOTAL[name], target.body.decode())
    return int(found.group(1).replace(",", "")) if found else 0


def _measured(sites: Sites, at: int, page: Page, queries: int) -> Measured:
    twice = sites.ours[at]
    times = {
        name: twice.cpu_ms / pages[page.kind or LIST].cpu_ms for name, pages in sites.rivals.items()
    }
    growth = sites.grown[at].cpu_ms / twice.cpu_ms if sites.grown else None
    return Measured(page, twice, queries, times, growth)


def _count(union: Union, page: Page, faults: list[str]) -> int:
    """The queries of a page; what is wrong with its address is a fault."""
    ran, answer = statements_of(union.engine, union.clients[page.reader], page.path)
    faults += [f"{page.path}: {fault}" for fault in addresses.faults_of(page.path, answer)]
    return len(ran)


def _figures(target: Target) -> dict[str, object]:
    return {
        "warm": round(target.cpu_ms, 1),
        "least": round(target.least_ms, 1),
        "most": round(target.most_ms, 1),
        "wall": round(target.wall_ms, 1),
        "kb": round(len(target.body) / 1000),
    }
