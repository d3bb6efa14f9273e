"""`make bench`: asks our pages and those of the rivals in turn, over HTTP.

After each of our pages one of a rival is asked, so that what else the machine does falls on all of
them alike.
"""

import statistics
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from tests.bench.pages import PAGES, RIVALS
from tests.bench.rivals.copying import copy_offices
from tests.bench.served import Answer, Server, hustings
from tests.bench.union import Union
from tests.cast import load_cast

HERE = Path(__file__).parent
PYTHON = HERE.parents[1] / ".stamps" / "rivals" / "bin" / "python"
SCRIPTS = {"django": "in_django.py", "flask-admin": "in_flask.py"}


def _nothing() -> None:
    """Before a page that is simply asked for."""


@dataclass
class Target:
    """One page of one server, and its answers so far; `before` comes first and is not measured."""

    server: Server
    path: str
    cookie: str
    before: Callable[[], None] = _nothing
    answers: list[Answer] = field(default_factory=list)

    def ask(self) -> None:
        """Ask once more."""
        self.before()
        self.answers.append(self.server.ask(self.path, self.cookie))

    @property
    def cpu_ms(self) -> float:
        """The median CPU of its answers."""
        return statistics.median(one.cpu_ms for one in self.answers)

    @property
    def least_ms(self) -> float:
        """The least CPU of its answers."""
        return min(one.cpu_ms for one in self.answers)

    @property
    def most_ms(self) -> float:
        """The most CPU of its answers."""
        return max(one.cpu_ms for one in self.answers)

    @property
    def wall_ms(self) -> float:
        """The median of the clock."""
        return statistics.median(one.wall_ms for one in self.answers)

    @property
    def body(self) -> bytes:
        """The page, as it came last."""
        return self.answers[-1].body


@dataclass(frozen=True)
class Twice:
    """A page of ours: cold just after somebody else wrote, so that nothing that was remembered is
    of use; warm once more."""

    cold: Target
    warm: Target

    @property
    def cpu_ms(self) -> float:
        """The dearer of both."""
        return max(self.cold.cpu_ms, self.warm.cpu_ms)


@dataclass(frozen=True)
class Sites:
    """All that is asked: each page of ours in the order of PAGES, of the large union as well if
    there is one; and each rival's pages by their kind."""

    ours: list[Twice]
    grown: list[Twice]
    rivals: dict[str, dict[str, Target]]

    @classmethod
    def served(cls, stack: ExitStack, small: Union, large: Union | None) -> "Sites":
        """Serve all of it until the stack ends; each page was asked for once."""
        sites = cls(
            _ours(stack, small),
            _ours(stack, large) if large else [],
            {name: _rival(stack, small, name) for name in SCRIPTS},
        )
        for target in sites.targets():
            target.ask()
        return sites

    def targets(self) -> Iterator[Target]:
        """Each page of each."""
        for twice in (*self.ours, *self.grown):
            yield from (twice.cold, twice.warm)
        for pages in self.rivals.values():
            yield from pages.values()

    def ask_in_turn(self, rounds: int) -> None:
        """Forget the answers and ask anew: a page cold, then warm, then one of a rival."""
        for target in self.targets():
            target.answers.clear()
        turns = [cycle(pages.values()) for pages in self.rivals.values()]
        rival = (next(turn) for turn in cycle(turns))
        for _ in range(rounds):
            for at, twice in enumerate(self.ours):
                for one in (twice, *self.grown[at : at + 1]):
                    one.cold.ask()
                    one.warm.ask()
                next(rival).ask()


def _ours(stack: ExitStack, union: Union) -> list[Twice]:
    """The product as `hustings serve` serves it, but with no worker beside it."""
    server = stack.enter_context(hustings(union.settings, "--no-worker"))
    return [
        Twice(
            Target(server, page.path, union.cookie(page.reader), union.write_something),
            Target(server, page.path, union.cookie(page.reader)),
        )
        for page in PAGES
    ]


def _rival(stack: ExitStack, union: Union, name: str) -> dict[str, Target]:
    """A rival on a copy of the offices; the first line that it says is its cookie."""
    folder = Path(union.settings.data)
    copy = folder / f"{name}.db"
    with union.app.app_context():
        copy_offices(load_cast().alice, copy)
    command = [str(PYTHON), str(HERE / "rivals" / SCRIPTS[name]), str(copy), "PORT"]
    server = stack.enter_context(Server(command, folder / f"{name}.log"))
    cookie = server.said().split("\n", 1)[0]
    return {kind: Target(server, path, cookie) for kind, path in RIVALS[name].items()}
