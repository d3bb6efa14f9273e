"""What the worker does once a day."""

from datetime import timedelta

from app.jobs import daily
from models import clock, freshness
from models.accounts import OPERATOR, Permit
from models.attachments import Attachment, store
from models.base import db


def test_each_task_runs_once_on_each_day(fresh_database, monkeypatch):
    ran = []
    monkeypatch.setattr(daily, "TASKS", (lambda: ran.append(clock.today()),))
    day = daily.Daily(fresh_database)
    day.run()
    day.run()
    with clock.set_to(clock.now() + timedelta(days=1)):
        day.run()
    assert ran == [clock.today(), clock.today() + timedelta(days=1)]


def test_a_task_that_fails_stops_no_other(fresh_database, monkeypatch):
    ran = []

    def breaks():
        raise RuntimeError("Ann Ash broke it")

    monkeypatch.setattr(daily, "TASKS", (breaks, lambda: ran.append("done")))
    daily.Daily(fresh_database).run()
    assert ran == ["done"]


def test_the_score_of_each_region_is_kept(fresh_database):
    daily.Daily(fresh_database).run()
    with fresh_database.app_context():
        assert freshness.keep_scores in daily.TASKS
        days = {day for kept in freshness.scores_over_time(OPERATOR).values() for day in kept}
    assert days == {clock.today()}


def test_files_past_their_last_day_lose_their_content(fresh_database):
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
    daily.Daily(fresh_database).run()
    with fresh_database.app_context():
        kept = {one.name: one.content is not None for one in db.session.query(Attachment)}
    assert kept == {"over.pdf": False, "today.pdf": True, "always.pdf": True}
