"""Each form of each page of each reader, sent by each of its buttons with the values shown.

What a page offers works: the button's own word arrives, and the answer is its result. Only where a
field is really empty on the page may the answer be "There is a problem", and it names that field.
Each submission is taken back before the next.
"""

from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import pytest

from tests.cast import PEOPLE
from tests.dom import Node, parse
from tests.house.forms_as_shown import HOST, Crawler, Page
from tests.house.planting import plant
from tests.shown import Button, Form

on_sqlite = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
DONE, REFUSED = {200, 302, 303}, 422

# Refusals that are right although nothing is empty, each with its reason.
RULES: dict[str, str] = {
    "budget.approve_year_end": "the planted closing was proposed before the planted awards",
    "evidence.outcome": "the planted result is older than the planted poll",
    "funding.submit": "the planted draft was never filled in; its page lists what is missing",
    "funding.decide_batch": "nothing is ticked: the ticks stand in a table, not in a field",
    "intake.columns": "the council is in a column or in the box, and the planted file has neither",
}


@dataclass(frozen=True)
class Sent:
    """One form sent by one button."""

    page: Page
    form: Form
    button: Button | None
    path: str

    def __str__(self) -> str:
        words = f"“{self.button.words}”" if self.button else "Enter"
        return (
            f"{self.form.method_of(self.button).upper()} {self.path} by {words} on {self.page.path}"
        )


def submissions(crawler: Crawler) -> Any:
    """Every form by every button, the same values to the same place only once."""
    seen = set()
    for page in crawler.pages():
        for form in page.forms:
            for button in form.buttons or [None]:
                sent = Sent(page, form, button, page.address(form, button))
                mark = (sent.path, form.method_of(button), tuple(form.sent(button)))
                if mark not in seen:
                    seen.add(mark)
                    yield sent


def faults_of(crawler: Crawler, sent: Sent) -> list[str]:
    """What is wrong with one form sent as it is shown."""
    said = dict(reversed(sent.form.sent(sent.button)))  # the server takes the first of a name
    found = []
    if sent.button and sent.button.name and said[sent.button.name] != sent.button.value:
        found.append(f"{sent}: its {sent.button.name} is lost behind {said[sent.button.name]!r}")
    if sent.form.twice:
        found.append(f"{sent}: hidden field and button are both called {sent.form.twice}")
    with crawler.undone():
        answer = crawler.send(sent.page, sent.form, sent.button)
        found += _judged(crawler, sent, answer)
    return found


def _judged(crawler: Crawler, sent: Sent, answer: Any) -> list[str]:
    if answer.status_code == REFUSED:
        where = crawler.endpoint_of(sent.path, sent.form.method_of(sent.button).upper())
        return [] if where in RULES else _named(sent, answer.get_data(as_text=True))
    if answer.status_code not in DONE:
        return [f"{sent}: {answer.status_code}"]
    if answer.location:
        target = urljoin(HOST + sent.path, answer.location).removeprefix(HOST)
        led = crawler.client().get(target)
        if led.status_code not in DONE:
            return [f"{sent}: leads to {target}, which is {led.status_code}"]
    elif answer.mimetype == "text/html" and "There is a problem" in answer.get_data(as_text=True):
        return [f"{sent}: there is a problem, said with {answer.status_code}"]
    return []


def _named(sent: Sent, html: str) -> list[str]:
    """A refusal must say only what the page shows as empty and does not call optional."""
    page = parse(html)
    summary = [item for box in page.all("div", "h-errors") for item in box.all("li")]
    empty = {part.name for part in sent.form.empty if not part.optional}
    found = [] if summary else [f"{sent}: 422 and no word why"]
    for item in summary:
        names = {name for link in item.all("a") for name in _fields_at(page, link.get("href")[1:])}
        if not names & empty:
            found.append(f"{sent}: “{item.text}”, but no field of that name is empty")
    return found


def _fields_at(page: Node, wanted: str) -> set[str]:
    """The names of the control with an id, or of the controls in the group with it."""
    holders = page.where(lambda node: node.get("id") == wanted)
    nodes = [node for holder in holders for node in (holder, *holder.walk())]
    return {node["name"] for node in nodes if node.get("name")}


@on_sqlite
@pytest.mark.parametrize("reader", [*PEOPLE, None], ids=lambda reader: reader or "stranger")
def test_every_form_does_what_its_button_says_as_the_page_shows_it(app, cast, reader):
    crawler = Crawler(app, plant(cast), reader)
    sent, faults = 0, []
    for one in submissions(crawler):
        sent += 1
        faults += faults_of(crawler, one)
    assert faults == [], "\n".join(faults)
    assert sent > (1 if reader is None else 40), "there are forms to be sent"


# ---- the test of the test ----


def shown(html: str) -> Sent:
    page = Page("/here", "room.here", html)
    form = page.forms[0]
    return Sent(page, form, form.buttons[0], page.address(form, form.buttons[0]))


class Answering:
    """Stands for a crawler: every form is answered in one way."""

    def __init__(self, status: int, html: str, app: Any) -> None:
        self.answer = app.response_class(html, status, mimetype="text/html")

    def undone(self) -> Any:
        return nullcontext()

    def send(self, *_form: Any) -> Any:
        return self.answer

    def endpoint_of(self, *_path: str) -> str:
        return "room.here"


FORM = (
    '<form method="post"><input id="town" name="town" value="{}">{}'
    '<button name="act" value="1">Go</button></form>'
)
ERROR = (
    '<div class="h-errors"><h2>There is a problem</h2><ul>'
    '<li><a href="#town">Say where.</a></li></ul></div>'
)


def test_a_word_lost_behind_a_hidden_field_is_noticed(sqlite_app):
    hidden = shown(FORM.format("x", '<input type="hidden" name="act">'))
    found = faults_of(Answering(200, "", sqlite_app), hidden)
    assert len(found) == 2
    assert "is lost behind ''" in found[0]


@pytest.mark.parametrize(("typed", "faults"), [("", 0), ("Leeds", 1)])
def test_a_refusal_may_only_name_what_is_empty(sqlite_app, typed, faults):
    form = FORM.format(typed, "")
    found = faults_of(Answering(422, form + ERROR, sqlite_app), shown(form))
    assert len(found) == faults


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 500])
def test_a_page_that_offers_what_is_not_served_is_noticed(sqlite_app, status):
    assert faults_of(Answering(status, "", sqlite_app), shown(FORM.format("x", ""))) != []
