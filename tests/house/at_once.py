"""Sends a form of a page many times at once, on a database that really commits.

What one sending makes is found out first, on a connection of its own that is rolled back; then
several browsers send it together, and what they made is compared with that.
"""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from threading import Barrier
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.datastructures import FileStorage, MultiDict

from models import clock
from models.base import db
from models.schema import metadata
from tests.house.forms_as_shown import Crawler, Page
from tests.shown import Button, Form

MANY = 8
# What is written of a sending beside the thing itself, or once for each try.
BESIDE = {"sent_form", "sign_in_session", "sign_in_attempt", "audit", "audit_head"}
COUNTED = sorted(table.name for table in metadata.sorted_tables if table.name not in BESIDE)
COUNT = sa.text(
    "select " + ", ".join(f'(select count(*) from "{name}") as "{name}"' for name in COUNTED)
)


@dataclass(frozen=True)
class Outcome:
    """What one sending, or many, came to: the statuses, and by how many rows each table grew."""

    statuses: list[int]
    led_to: set[str]
    grew: dict[str, int]

    @property
    def made(self) -> bool:
        """True where it was taken."""
        return any(300 <= one < 400 for one in self.statuses)


@contextmanager
def trial(app: Flask) -> Iterator[None]:
    """All that this app does inside, on its one connection, is rolled back; the rest is seen."""
    engine = db.engine
    connection = engine.connect()
    connection.begin()
    db._app_engines[app][None] = connection
    db.session.remove()
    db.session.configure(join_transaction_mode="create_savepoint")
    try:
        yield
    finally:
        db.session.remove()
        connection.rollback()
        connection.close()
        db._app_engines[app][None] = engine


def counts() -> dict[str, int]:
    """How many rows each table has, as this app's session sees it."""
    found = dict(db.session.execute(COUNT).mappings().one())
    db.session.remove()
    return found


def growth(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int]:
    """By how many rows each table has changed."""
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}


def filled(form: Form, words: Mapping[str, str] | None = None) -> dict[str, str]:
    """What a person might type into fields that the page shows empty; `words` by their names."""
    said = dict(words or {})
    for part in form.empty:
        if part.name not in said and part.kind != "file":
            said[part.name] = _plausible(part)
    return said


def _plausible(part: Any) -> str:
    today = clock.today()
    node, name = part.node, part.name.rpartition("-")[2]
    if part.kind == "select":
        options = [one.attributes.get("value", one.text) for one in node.all("option")]
        return next((value for value in options if value), "")
    if part.kind in ("checkbox", "radio"):
        return node.get("value", "on")
    if part.kind in ("date", "datetime-local"):
        day = today + timedelta(days=20) if name in FUTURE else today - timedelta(days=1)
        return day.isoformat() + ("T10:00" if part.kind == "datetime-local" else "")
    if name in TYPED:
        return TYPED[name]
    if any(word in name for word in AMOUNTS):
        return "12"
    return "12" if node.get("inputmode") == "decimal" else "Something new"


FUTURE = {"due_on", "ends_on", "closes_at", "decide_by", "due", "wanted_by", "expected_end"}
AMOUNTS = ("amount", "grant", "cap", "base_p", "tenths", "score")
TYPED = {
    "email": "somebody.new@example.org",
    "value": "somebody.new@example.org",
    "phone": "0161 496 0000",
    "number": "GMB90001",
    "code": "NEW-26",
    "people": "",
    "council": "",
}


class Racer(Crawler):
    """A reader whose forms are tried by one, and then sent by many at once."""

    def __init__(self, real: Flask, app: Flask, garden: Any, reader: str) -> None:
        super().__init__(app, garden, reader)
        self.real = real
        self.broken: list[str] = []

    def page_of(self, path: str, answer: Any) -> Page | None:
        """The page; one that fails is noted."""
        if answer.status_code >= 500:
            self.broken.append(f"GET {path}: {answer.status_code}")
        return super().page_of(path, answer)

    def get(self, path: str) -> Page | None:
        """A page that is there, or None."""
        with self.undone():
            page = self.page_of(path, self.client().get(path))
        return page if page is not None and page.status == 200 else None

    def alone(
        self, page: Page, form: Form, button: Button | None, changed: Mapping[str, str]
    ) -> Outcome:
        """What one sending makes; it is taken back."""
        with self.undone():
            before = counts()
            answer = self.send(page, form, button, changed)
            after = counts()
        return Outcome([answer.status_code], {answer.location}, growth(before, after))

    def together(
        self,
        pages: list[tuple[Page, Form, Button | None]],
        changed: Mapping[str, str],
    ) -> Outcome:
        """What these sendings make, each by a browser of its own, all in the same moment."""
        before = counts()
        start = Barrier(len(pages))

        def send(which: tuple[Page, Form, Button | None]) -> tuple[int, str]:
            page, form, button = which
            client = self.real.test_client()
            client.set_cookie("hustings", self.cookie)
            sent = MultiDict(
                (name, _copy(value)) for name, value in self.pairs(form, button, changed)
            )
            how = {"content_type": "multipart/form-data"} if form.upload else {}
            start.wait(20)
            answer = client.post(page.address(form, button), data=sent, **how)
            return answer.status_code, answer.location

        with ThreadPoolExecutor(len(pages)) as pool:
            answers = list(pool.map(send, pages))
        grew = growth(before, counts())
        return Outcome([code for code, _ in answers], {at for _, at in answers}, grew)


def _copy(value: Any) -> Any:
    if not isinstance(value, FileStorage):
        return value
    return FileStorage(BytesIO(b""), filename=value.filename, content_type=value.content_type)
