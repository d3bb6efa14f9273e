"""Slow requests wait in a lane of their own, and the sign of life is never behind anybody."""

import threading
from types import SimpleNamespace

import pytest

from app.lanes import MOST_WAITING, SLOW_THREADS, THREADS, Lanes, slow_routes


class Channel:
    """A request as waitress hands it over, held until the test lets it go."""

    def __init__(self, path: str, method: str = "GET") -> None:
        self.request = SimpleNamespace(path=path, command=method, error=None, headers={})
        self.requests = [self.request]
        self.begun, self.release, self.ended = (threading.Event() for _ in range(3))

    def service(self) -> None:
        self.begun.set()
        self.release.wait(60)
        self.ended.set()

    def cancel(self) -> None:
        self.release.set()


@pytest.fixture
def lanes(sqlite_app):
    made = Lanes(sqlite_app)
    yield made
    made.shutdown(timeout=1)


def sent(lanes: Lanes, *channels: Channel) -> None:
    for channel in channels:
        lanes.add_task(channel)


def test_slow_uploads_and_downloads_leave_the_other_threads_alone(lanes):
    slow = [Channel("/imports/new", "POST") for _ in range(10)]
    slow.append(Channel("/reports/councillors.xlsx"))
    sent(lanes, *slow)
    assert all(one.begun.wait(60) for one in slow[:SLOW_THREADS])
    page = Channel("/people")
    sent(lanes, page)
    assert page.begun.wait(60)
    assert not any(one.begun.is_set() for one in slow[SLOW_THREADS:])
    for one in (page, *slow):
        one.release.set()
    assert all(one.ended.wait(60) for one in slow), "each has its turn"


def test_the_sign_of_life_has_a_thread_of_its_own(lanes):
    pages = [Channel("/people") for _ in range(THREADS * 2)]
    sent(lanes, *pages)
    assert all(one.begun.wait(60) for one in pages[:THREADS])
    alive = Channel("/healthz/live")
    sent(lanes, alive)
    assert alive.begun.wait(60)
    for one in (alive, *pages):
        one.release.set()


def test_whoever_comes_to_a_full_lane_is_told_at_once(lanes, sign_in, cast):
    held = [Channel("/imports/new", "POST") for _ in range(SLOW_THREADS)]
    sent(lanes, *held)
    assert all(one.begun.wait(60) for one in held)
    waiting = [Channel("/imports/new", "POST") for _ in range(MOST_WAITING)]
    sent(lanes, *waiting)
    last = Channel("/imports/new", "POST")
    sent(lanes, last)
    assert last.begun.wait(60), "the usual lane answers"
    assert last.request.headers == {"X_HUSTINGS_FULL": "1"}
    for one in (last, *held, *waiting):
        one.release.set()
    answer = sign_in(cast.alice).post("/imports/new", headers={"X-Hustings-Full": "1"})
    assert answer.status_code == 429
    assert "Nothing was taken in: try again in a minute" in answer.text


@pytest.mark.parametrize(
    ("path", "method", "slow"),
    [
        ("/imports/new", "POST", True),
        ("/imports/new", "GET", False),
        ("/imports/7/columns", "POST", True),
        ("/imports/sheets/new", "POST", True),
        ("/payments/paid-files/new", "POST", True),
        ("/reports/nationbuilder.xlsx", "GET", True),
        ("/duplicates/look", "POST", True),
        ("/sign-in", "POST", False),
        ("/nothing/there", "GET", False),
    ],
)
def test_a_lane_is_read_from_the_marks_of_the_route(sqlite_app, path, method, slow):
    assert slow_routes(sqlite_app)(path, method) is slow


def test_a_live_process_says_so_without_database_and_session(sqlite_app, monkeypatch):
    """A supervisor who hears nothing would restart us, and that would help nobody."""
    asked: list[str] = []
    monkeypatch.setattr("models.base.db.session.execute", lambda *_given, **_k: asked.append("x"))
    monkeypatch.setattr("models.base.db.session.scalars", lambda *_given, **_k: asked.append("x"))
    browser = sqlite_app.test_client()
    browser.set_cookie("hustings", "made-up")
    assert browser.get("/healthz/live").get_json() == {"status": "live"}
    assert asked == []
