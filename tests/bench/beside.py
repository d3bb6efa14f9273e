"""`make bench`: our pages over HTTP beside a Django admin and a Flask-Admin of the same offices.

In the same run and in turn, so that what else the machine does falls on all of them: after each of
our pages one of a rival is asked. A page is asked twice, "cold" just after somebody else wrote
something, so that nothing remembered is of use, and "warm" once more; the bars hold for both.
"""

import re
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from types import SimpleNamespace

from flask import Flask
from flask.testing import FlaskClient

from app.jobs.edge import reading, transaction
from models import clock
from models.base import db
from models.contacts import log_contact
from models.people.tables import Person
from tests.bench import addresses
from tests.bench.pages import LIST, MOST_GROWTH, MOST_TIMES, PAGES, RIVALS, SAME, TOTAL, Page
from tests.bench.queries import MOST_QUERIES, statements_of
from tests.bench.rivals.copying import copy_offices
from tests.bench.served import Answer, Server, hustings
from tests.cast import load_cast

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".stamps" / "rivals" / "bin" / "python"
SCRIPTS = {"django": "in_django.py", "flask-admin": "in_flask.py"}
NOT_INSTALLED = (
    "The rivals are not installed: `make bench` does so, in an environment of their own."
)


@dataclass
class Union:
    """A filled union, the product on it in this process, and who is signed in."""

    app: Flask
    own: SimpleNamespace
    clients: dict[str, FlaskClient]

    def cookie(self, reader: str) -> str:
        """What a browser of this reader sends."""
        name = self.app.config["SESSION_COOKIE_NAME"]
        return f"{name}={self.clients[reader].get_cookie(name).value}"

    def write_something(self) -> None:
        """What somebody else does between two requests, by another connection."""
        with transaction(self.app):
            who, alice = db.session.get_one(Person, 42), load_cast().alice
            log_contact([who], at=clock.now(), channel="phone", summary="Bench", by=alice)


@dataclass
class Target:
    """One page of one server, and its answers so far. `before` is done first, unmeasured."""

    server: Server
    path: str
    cookie: str = ""
    before: Callable[[], None] = lambda: None
    answers: list[Answer] = field(default_factory=list)

    def ask(self) -> Answer:
        """Ask once more."""
        self.before()
        self.answers.append(self.server.ask(self.path, self.cookie))
        return self.answers[-1]

    @property
    def cpu_ms(self) -> float:
        """The median CPU of its answers."""
        return statistics.median(one.cpu_ms for one in self.answers)

    def figures(self) -> dict[str, object]:
        """Beside the CPU: the least that it was, the clock, the size."""
        return {
            "least": round(min(one.cpu_ms for one in self.answers), 1),
            "wall": round(statistics.median(one.wall_ms for one in self.answers), 1),
            "kb": round(len(self.answers[-1].body) / 1000),
        }


@dataclass
class Twice:
    """A page of ours on one union."""

    cold: Target
    warm: Target

    @property
    def cpu_ms(self) -> float:
        """The dearer of both."""
        return max(self.cold.cpu_ms, self.warm.cpu_ms)


def measure(
    small: Union, large: Union | None, rounds: int, faults: list[str]
) -> list[dict[str, object]]:
    """A row for each page of the rivals and of ours; `large` tells how they grow."""
    if not PYTHON.exists():
        sys.exit(NOT_INSTALLED)
    counts = [_count(small, page, faults) for page in PAGES]
    with ExitStack() as stack:
        rivals = {name: _rival(stack, small, name) for name in SCRIPTS}
        ours, grown = _ours(stack, small), _ours(stack, large) if large else []
        _warm_up(ours, grown, rivals, faults)
        _ask_in_turn(ours, grown, rivals, rounds)
    rows = [
        {"page": f"{name}, {kind}", "warm": round(target.cpu_ms, 1), **target.figures()}
        for name, pages in rivals.items()
        for kind, target in pages.items()
    ]
    for at, (page, twice, queries) in enumerate(zip(PAGES, ours, counts, strict=True)):
        growth = grown[at].cpu_ms / twice.cpu_ms if grown else None
        times = {
            name: twice.cpu_ms / pages[page.kind or LIST].cpu_ms for name, pages in rivals.items()
        }
        wrong = list(_faults_of(page, twice.cpu_ms, times["django"], growth, queries))
        faults += [f"{page.path}: {fault}" for fault in wrong]
        rows.append(_row(page, twice, times, growth, queries, "FAULT" if wrong else "ok"))
    return rows


def _row(
    page: Page,
    twice: Twice,
    times: dict[str, float],
    growth: float | None,
    queries: int,
    verdict: str,
) -> dict[str, object]:
    bar = f"{page.most_ms:g} ms" if page.most_ms else f"{MOST_TIMES[page.kind]:g} ×"
    return {
        "page": page.path,
        "queries": queries,
        "cold": round(twice.cold.cpu_ms, 1),
        "warm": round(twice.warm.cpu_ms, 1),
        **twice.warm.figures(),
        **{name: round(ratio, 2) for name, ratio in times.items()},
        "growth": "" if growth is None else round(growth, 2),
        "bar": bar,
        "verdict": verdict,
    }


def _faults_of(
    page: Page, cpu_ms: float, times: float, growth: float | None, queries: int
) -> Iterator[str]:
    """Which bars a page misses."""
    if page.most_ms and cpu_ms > page.most_ms:
        yield f"{cpu_ms:.1f} ms, at most {page.most_ms:g} ms"
    if page.kind and times > MOST_TIMES[page.kind]:
        yield f"{times:.2f} × the Django admin, at most {MOST_TIMES[page.kind]:g} ×"
    if growth and growth > MOST_GROWTH:
        yield f"{growth:.2f} × with ten times as many offices, at most {MOST_GROWTH:g} ×"
    if queries > MOST_QUERIES:
        yield f"{queries} queries, at most {MOST_QUERIES}"


def _count(union: Union, page: Page, faults: list[str]) -> int:
    """The queries of a page; what is wrong with its address is a fault."""
    with reading(union.app):
        engine = db.engine
    ran, answer = statements_of(engine, union.clients[page.reader], page.path)
    faults += [f"{page.path}: {fault}" for fault in addresses.faults_of(page.path, answer)]
    return len(ran)


def _ours(stack: ExitStack, union: Union) -> list[Twice]:
    """Every page of the product, served beside no worker."""
    server = stack.enter_context(hustings(union.app.config["SETTINGS"], "--no-worker"))
    return [
        Twice(
            Target(server, page.path, union.cookie(page.reader), union.write_something),
            Target(server, page.path, union.cookie(page.reader)),
        )
        for page in PAGES
    ]


def _rival(stack: ExitStack, union: Union, name: str) -> dict[str, Target]:
    """Every page of a rival, on a copy of the offices of its own."""
    folder = Path(union.app.config["SETTINGS"].data)
    copy = folder / f"{name}.db"
    with reading(union.app):
        copy_offices(load_cast().alice, copy)
    script = Path(__file__).parent / "rivals" / SCRIPTS[name]
    command = [str(PYTHON), str(script), str(copy), "PORT"]
    server = stack.enter_context(Server(command, folder / f"{name}.log"))
    cookie = server.said().split("\n", 1)[0]
    return {kind: Target(server, path, cookie) for kind, path in RIVALS[name].items()}


def _warm_up(
    ours: Sequence[Twice],
    grown: Sequence[Twice],
    rivals: dict[str, dict[str, Target]],
    faults: list[str],
) -> None:
    """Ask everything once, and hold that the rivals' lists are as long as ours."""
    for twice in (*ours, *grown):
        twice.warm.ask()
    long = {
        one.warm.path: _total("hustings", one.warm)
        for one in ours
        if one.warm.path in SAME.values()
    }
    for name, pages in rivals.items():
        for kind, target in pages.items():
            target.ask()
            if kind in SAME and _total(name, target) != long[SAME[kind]]:
                faults.append(f"{name}, {kind}: another list than {SAME[kind]}")
    for target in _all(ours, grown, rivals):
        target.answers.clear()


def _total(name: str, target: Target) -> str:
    found = re.search(TOTAL[name], target.answers[-1].body.decode())
    return found.group(1).replace(",", "") if found else "no total"


def _all(
    ours: Sequence[Twice], grown: Sequence[Twice], rivals: dict[str, dict[str, Target]]
) -> Iterator[Target]:
    for twice in (*ours, *grown):
        yield from (twice.cold, twice.warm)
    for pages in rivals.values():
        yield from pages.values()


def _ask_in_turn(
    ours: Sequence[Twice],
    grown: Sequence[Twice],
    rivals: dict[str, dict[str, Target]],
    rounds: int,
) -> None:
    """Cold, warm, on the large union, and one page of a rival; and so on."""
    turns = [cycle(pages.values()) for pages in rivals.values()]
    rival = (next(turn) for turn in cycle(turns))
    for _ in range(rounds):
        for at, twice in enumerate(ours):
            for one in (twice, *grown[at : at + 1]):
                one.cold.ask()
                one.warm.ask()
            next(rival).ask()
