"""Each form of the product, sent eight times at once on PostgreSQL: no fault, and one thing made."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from app import create_app
from models.base import db
from tests.cast import load_cast
from tests.conftest import DATABASES, Browser
from tests.house.at_once import MANY, Outcome, Racer, filled, trial
from tests.house.forms_as_shown import Page
from tests.house.planting import plant
from tests.shown import Button, Form

on_postgresql = pytest.mark.parametrize("fresh_database", DATABASES[1:], indirect=True)
# These end the session by which the others are sent.
OUT_OF_THE_RACE = {"accounts.sign_out", "accounts.password", "accounts.end_all_sessions"}


@pytest.fixture
def racer(fresh_database: Flask) -> Iterator[Callable[[str], Racer]]:
    """`racer("alice")` is ready to send; what is planted is really stored."""
    app = create_app(fresh_database.config["SETTINGS"])
    app.testing, app.test_client_class = True, Browser
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        garden = plant(load_cast())
        db.session.flush()
        db.session.expunge_all()
        db.session.commit()
        yield lambda reader: Racer(fresh_database, app, garden, reader)
        db.session.remove()
        db.engine.dispose()


def buttons_of(page: Page) -> Iterator[tuple[int, Button | None]]:
    """Each way to send a form of the page that carries a key: the form's place, and the button."""
    for place, form in enumerate(page.forms):
        if form.method == "post" and any(one.name == "once" for one in form.controls):
            yield from ((place, button) for button in form.buttons or [None])


def same_button(form: Form, button: Button | None) -> Button | None:
    """The button of the page read anew that is the same as this one."""
    for one in form.buttons:
        if button and (one.name, one.value, one.words) == (button.name, button.value, button.words):
            return one
    return None


def judge(what: str, alone: Outcome, many: Outcome) -> list[str]:
    """What was wrong with many sendings of one form with one key."""
    faults = [f"{what}: {code}" for code in sorted(set(many.statuses)) if code >= 500]
    if alone.made and not faults:
        if not all(300 <= code < 400 for code in many.statuses) or len(many.led_to) > 1:
            faults.append(f"{what}: answered {sorted(many.statuses)}, led to {many.led_to}")
        if many.grew != alone.grew:
            faults.append(f"{what}: {many.grew}, alone {alone.grew}")
    return faults


@on_postgresql
@pytest.mark.parametrize("reader", ["alice", "bob", "carol"])
def test_a_form_sent_eight_times_at_once_counts_once(racer, reader):
    ready, seen, faults, made = racer(reader), set(), [], 0
    with trial(ready.app):
        for page in ready.pages(links=False):
            for place, button in buttons_of(page):
                form = page.forms[place]
                where = ready.endpoint_of(page.address(form, button), "POST")
                kind = (where, button and button.name, button and button.value.strip("0123456789"))
                if kind in seen or where in OUT_OF_THE_RACE:
                    continue
                fresh = ready.get(page.path)
                if fresh is None or len(fresh.forms) <= place:
                    continue
                form = fresh.forms[place]
                button = same_button(form, button)
                changed: dict[str, str] = {}
                alone = ready.alone(fresh, form, button, changed)
                if not alone.made:
                    changed = filled(form)
                    alone = ready.alone(fresh, form, button, changed)
                seen.add(kind)
                made += alone.made
                many = ready.together([(fresh, form, button)] * MANY, changed)
                faults += judge(f"{where} {button and button.words}", alone, many)
    faults += ready.broken
    print(f"{reader}: {len(seen)} forms, of which {made} made something")
    assert faults == [], "\n".join(faults)
