"""Many processes at once at one budget: what each of them does, and how they are started.

Run by test_rush.py. Each process opens the application on its own, as a server's workers do.
"""

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from app import create_app
from app.settings import Settings
from models.accounts.tables import User
from models.base import db, will_write
from models.budget.actions import money
from models.budget.actions.money import give_back
from models.budget.approvals.actions.answering import approve
from models.budget.approvals.actions.asking import ask_virement
from models.budget.tables import Award, BudgetNode
from models.errors import OverBudget

PROCESSES = 32
ACTS = 20
AWARD_P = 1_000_00
START_SECONDS = 120


@dataclass
class Tally:
    """What one process did: counts by word, pence by word, seconds of each act, surprises."""

    counts: Counter[str] = field(default_factory=Counter)
    pence: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass
class Result:
    """What all of them did together, and how long it took from the common start."""

    counts: Counter[str]
    pence: Counter[str]
    errors: list[str]
    seconds: float
    p99_ms: float


def run(job: Callable[..., Tally], settings: Settings, seed: int, limit: float) -> Result:
    """Let 32 processes do `job` at once; fails where they are not done in `limit` seconds."""
    context = multiprocessing.get_context("forkserver")
    # What create_app loads late is loaded once before the processes fork, not 32 times after.
    context.set_forkserver_preload([__name__, "views", "app.door", "app.filters", "app.logs"])
    start, results = context.Barrier(PROCESSES), context.Queue()
    workers = [
        context.Process(
            target=_work, args=(job, settings, (seed, number), start, results), daemon=True
        )
        for number in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    try:
        answers = [results.get(timeout=START_SECONDS + limit) for _ in workers]
    finally:
        for worker in workers:
            worker.join(5)
            if worker.is_alive():
                worker.kill()
    return _together(answers)


def _together(answers: list[tuple[Tally, float, float]]) -> Result:
    tallies = [tally for tally, _begin, _end in answers]
    seconds = sorted(second for tally in tallies for second in tally.seconds)
    return Result(
        counts=sum((tally.counts for tally in tallies), Counter()),
        pence=sum((tally.pence for tally in tallies), Counter()),
        errors=[error for tally in tallies for error in tally.errors],
        seconds=max(end for *_, end in answers) - min(begin for _, begin, _ in answers),
        p99_ms=1000 * seconds[int(0.99 * (len(seconds) - 1))] if seconds else 0,
    )


def _work(
    job: Callable[..., Tally], settings: Settings, luck: tuple[int, int], start: Any, results: Any
) -> None:
    seed, number = luck
    tally, begin = Tally(), time.monotonic()
    try:
        tally = job(settings, number, random.Random(f"{seed}:{number}"), start)
        begin = tally.seconds.pop()
    except Exception as error:
        tally.errors.append(repr(error))
        start.abort()
    results.put((tally, begin, time.monotonic()))


def _acts(
    settings: Settings, start: Any, act: Callable[[int, Tally], None], acts: int = ACTS
) -> Tally:
    """Open the application, wait for all the others, then act; each act is one transaction."""
    app, tally = create_app(settings), Tally()
    with app.app_context():
        will_write.set(True)
        db.session.execute(sa.text("select 1"))
        db.session.rollback()
        start.wait(START_SECONDS)
        begin = time.monotonic()
        for number in range(acts):
            before = time.monotonic()
            try:
                act(number, tally)
                db.session.commit()
            except OverBudget:
                db.session.rollback()
                tally.counts["refused"] += 1
            except Exception as error:
                db.session.rollback()
                tally.errors.append(repr(error))
            tally.seconds.append(time.monotonic() - before)
            db.session.remove()
        db.engine.dispose()
    # The last figure is the moment of the start; _work takes it off again.
    tally.seconds.append(begin)
    return tally


def _user(name: str) -> User:
    return db.session.query(User).filter_by(email=f"{name}@example.org").one()


def _leaves() -> list[BudgetNode]:
    nodes = db.session.query(BudgetNode).filter(BudgetNode.level == "region")
    return nodes.filter(BudgetNode.cap_p > 0).order_by(BudgetNode.id).all()


def awards(settings: Settings, number: int, _random: random.Random, start: Any) -> Tally:
    """Twenty awards of £1,000.00 each, all against the one leaf that holds the whole cap."""

    def act(turn: int, tally: Tally) -> None:
        reference = f"F-{number}-{turn}"
        [leaf] = _leaves()
        money.commit(
            node_id=leaf.id,
            reference=reference,
            amount_p=AWARD_P,
            by=_user("alice"),
            key=f"award:{reference}:commit",
        )
        tally.counts["commit"] += 1
        tally.pence["commit"] += AWARD_P

    return _acts(settings, start, act)


def naive_awards(settings: Settings, _number: int, luck: random.Random, start: Any) -> Tally:
    """The same without our ledger: read the sum, compare it with the cap, insert. The canary."""
    tally = Tally()
    options = {"timeout": 30} if settings.url.startswith("sqlite") else {}
    engine = sa.create_engine(settings.url, connect_args=options)
    engine.connect().close()
    start.wait(START_SECONDS)
    begin = time.monotonic()
    for _ in range(ACTS):
        with engine.begin() as connection:
            spent_p = connection.scalar(
                sa.text("select coalesce(sum(amount_p), 0) from naive_award")
            )
            time.sleep(luck.uniform(0, 0.002))
            if spent_p + AWARD_P > 250_000_00:
                tally.counts["refused"] += 1
                continue
            connection.execute(
                sa.text("insert into naive_award (amount_p) values (:p)"), {"p": AWARD_P}
            )
        tally.pence["commit"] += AWARD_P
    engine.dispose()
    tally.seconds.append(begin)
    return tally


def mix(settings: Settings, number: int, luck: random.Random, start: Any) -> Tally:
    """Awards, payments, releases, returns and virements in any order, over all leaves."""
    own: list[int] = []

    def act(turn: int, tally: Tally) -> None:
        kind = luck.choices(["commit", "pay", "release", "return", "vire"], [8, 5, 2, 2, 3])[0]
        amount_p = luck.randint(1, 3_000_00)
        if kind != "vire" and not own:
            kind = "commit"
        moved = {"vire": _vire, "commit": _commit}.get(kind)
        if moved is not None:
            moved(f"{number}-{turn}", amount_p, luck, own)
        else:
            _on_award(kind, f"{number}-{turn}", min(amount_p, 500_00), luck.choice(own))
        tally.counts[kind] += 1
        tally.pence[kind] += min(amount_p, 500_00) if moved is None else amount_p

    return _acts(settings, start, act)


def _commit(name: str, amount_p: int, luck: random.Random, own: list[int]) -> None:
    leaf = luck.choice(_leaves())
    award = money.commit(
        node_id=leaf.id, reference=f"F-{name}", amount_p=amount_p, by=_user("alice"), key=name
    )
    own.append(award.id)


def _vire(name: str, amount_p: int, luck: random.Random, _own: list[int]) -> None:
    """Olive asks and Alice approves: after the first award nobody moves money alone."""
    source, target = luck.sample(_leaves(), 2)
    asked = ask_virement(
        source=source, target=target, amount_p=amount_p, reason="r", by=_user("olive"), key=name
    )
    approve(asked, by=_user("alice"))


def _on_award(kind: str, name: str, amount_p: int, award_id: int) -> None:
    award = db.session.get(Award, award_id)
    act = {"pay": money.pay, "release": money.release, "return": give_back}[kind]
    by = _user("alice" if kind == "release" else "carol")
    act(award=award, amount_p=amount_p, by=by, key=name)


def same_award(settings: Settings, _number: int, _random: random.Random, start: Any) -> Tally:
    """One award under one key, asked for by everybody at once."""

    def act(_turn: int, tally: Tally) -> None:
        [leaf] = _leaves()
        money.commit(
            node_id=leaf.id, reference="F-1", amount_p=AWARD_P, by=_user("alice"), key="award:1"
        )
        tally.counts["commit"] += 1

    return _acts(settings, start, act, acts=1)
