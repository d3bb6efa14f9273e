"""What the worker does once a day."""

from datetime import timedelta
from threading import Event

import pytest

from app.jobs import daily
from app.jobs.carrying import carry_out
from models import clock
from models.accounts.permits import OPERATOR
from models.accounts.roles import Permit
from models.attachments.actions import store
from models.attachments.tables import Attachment
from models.base import db
from models.freshness.actions.scoring import keep_scores
from models.freshness.queries.scores import scores_over_time
from models.jobs import queries as jobs
from models.outbox import OutboxRow


@pytest.fixture
def work(fresh_database):
    """What a worker does: asks for the day's tasks, and carries out what is due."""

    def work() -> dict[str, OutboxRow]:
        with fresh_database.app_context():
            daily.ask_for(clock.today())
            db.session.commit()
            due = [row.id for row in jobs.due(kinds=(daily.KIND,), limit=100)]
            db.session.remove()
        for row_id in due:
            carry_out(fresh_database, row_id, Event())
        with fresh_database.app_context():
            rows = db.session.query(OutboxRow).filter_by(kind=daily.KIND).all()
            db.session.remove()
        return {row.dedupe_key: row for row in rows}

    return work


def test_each_task_runs_once_on_each_day_whoever_asks_again(work, monkeypatch):
    ran = []
    monkeypatch.setattr(daily, "TASKS", {"one": lambda: ran.append(clock.today())})
    work()
    work()
    with clock.set_to(clock.now() + timedelta(days=1)):
        work()
    assert ran == [clock.today(), clock.today() + timedelta(days=1)]


def test_a_task_that_fails_stops_no_other_and_is_tried_again_the_same_day(work, monkeypatch):
    ran = []

    def breaks_once():
        ran.append("begun")
        if len(ran) == 1:
            raise RuntimeError("Ann Ash broke it")

    tasks = {"breaks": breaks_once, "other": lambda: ran.append("other")}
    monkeypatch.setattr(daily, "TASKS", tasks)
    rows = work()
    assert rows["daily:breaks"].state == "waiting"
    assert "Ash" not in rows["daily:breaks"].because
    assert rows["daily:other"].state == "done"
    with clock.set_to(clock.now() + timedelta(minutes=2)):
        assert work()["daily:breaks"].state == "done"
    assert sorted(ran) == ["begun", "begun", "other"]


def test_a_task_that_still_waits_from_yesterday_runs_once(work, monkeypatch):
    ran = []

    def breaks_today():
        ran.append(clock.today())
        if len(ran) == 1:
            raise RuntimeError

    monkeypatch.setattr(daily, "TASKS", {"one": breaks_today})
    work()
    with clock.set_to(clock.now() + timedelta(days=1)):
        work()
        work()
    assert ran == [clock.today(), clock.today() + timedelta(days=1)]


def test_the_score_of_each_region_is_kept(fresh_database, work):
    work()
    with fresh_database.app_context():
        assert keep_scores in daily.TASKS.values()
        days = {day for kept in scores_over_time(OPERATOR).values() for day in kept}
    assert days == {clock.today()}


def test_files_past_their_last_day_lose_their_content(fresh_database, work):
    today = clock.today()
    with fresh_database.app_context():
        for name, until in (
            ("over.pdf", today - timedelta(days=1)),
            ("today.pdf", today),
            ("always.pdf", None),
        ):
            store(
                name=name,
                content=b"%PDF-1.4",
                region_id=None,
                keep_until=until,
                by=OPERATOR,
                permit=Permit.JOBS_RETRY,
            )
        db.session.commit()
    work()
    with fresh_database.app_context():
        kept = {one.name: one.content is not None for one in db.session.query(Attachment)}
    assert kept == {"over.pdf": False, "today.pdf": True, "always.pdf": True}
