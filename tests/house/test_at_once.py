"""Each form of the product, sent eight times at once on PostgreSQL: one thing made, no fault."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from app import create_app
from models.base import db
from models.places.tables import Constituency, Council
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


def tries(ready: Racer, seen: set[object]) -> Iterator[tuple[Page, int, Button | None]]:
    """Each form of each page that was not sent yet, on the page read anew."""
    for page in ready.pages(links=False):
        for place, button in buttons_of(page):
            where = ready.endpoint_of(page.address(page.forms[place], button), "POST")
            kind = (where, button and button.name, button and button.value.strip("0123456789"))
            if kind in seen or where in OUT_OF_THE_RACE:
                continue
            fresh = ready.get(page.path)
            if fresh is not None and len(fresh.forms) > place:
                seen.add(kind)
                yield fresh, place, same_button(fresh.forms[place], button)


def by_one(
    ready: Racer, page: Page, form: Form, button: Button | None
) -> tuple[Outcome, dict[str, str]]:
    """What one sending comes to: with what the page shows, or else with its fields filled."""
    alone = ready.alone(page, form, button, {})
    if alone.made:
        return alone, {}
    where = ready.endpoint_of(page.address(form, button), "POST")
    changed = filled(form, words_for(ready).get(where or ""))
    return ready.alone(page, form, button, changed), changed


def words_for(ready: Racer) -> dict[str, dict[str, str]]:
    """What must be said in fields whose words cannot be guessed, by the route."""
    own, other = ready.garden.rows["NWI"], ready.garden.rows["SO"]
    home, away = (db.session.get_one(Council, rows.council.id).name for rows in (own, other))
    area = db.session.get_one(Constituency, other.area.id).name
    db.session.remove()
    office = {"ward": "", "constituency": "", "body": "", "verified_on": ""}
    return {
        "councillors.create": {"council": home, "email": "new@example.org", **office},
        "councillors.new_term": {"council": away, **office},
        "delegates.new": {"constituency": area, "certified_on": "", "ends_on": ""},
        "people.new_point": {"value": "another@example.org"},
    }


@on_postgresql
def test_a_form_sent_eight_times_at_once_counts_once(racer):
    seen: set[object] = set()
    faults, made = [], set()
    for reader in ("alice", "carol", "bob"):
        ready = racer(reader)
        with trial(ready.app):
            for page, place, button in tries(ready, seen):
                form = page.forms[place]
                where = ready.endpoint_of(page.address(form, button), "POST")
                alone, changed = by_one(ready, page, form, button)
                many = ready.together([(page, form, button)] * MANY, changed)
                faults += judge(f"{where} {button and button.words}", alone, many)
                made |= {where} if alone.made else set()
        faults += ready.broken
    print(f"{len(seen)} forms; of {len(made)} routes something was made: {sorted(made)}")
    assert faults == [], "\n".join(faults)
    assert len(made) > 60, "too little was made to show anything"


# Whoever takes these looks whether something is there, and then makes, changes or ends it.
LOOKING = {
    "accounts.disable", "accounts.new_user", "budget.new_fund", "budget.new_head",
    "budget.end_limit", "councillors.create", "councillors.end", "councillors.end_of_role",
    "councillors.move", "councillors.new_term", "councillors.reopen", "delegates.move",
    "delegates.new", "disputes.close", "elections.change", "evidence.remove", "evidence.start",
    "freshness.set_half_life", "freshness.undo", "groups.begin", "groups.drop_meeting",
    "groups.join", "merging.choose", "merging.dismiss_pair", "merging.look_again",
    "merging.merge_pair", "merging.undo_merge", "people.archive", "people.edit",
    "people.end_point", "people.new_party", "people.new_point",
    "people.new_tag", "people.political_fund", "people.remove_tag", "people.restore",
    "people.take_note_off", "places.control", "places.map_council", "places.new_branch",
    "rounds.new", "rounds.publish", "saved.edit", "saved.new", "saved.remove", "seats.compare",
    "seats.decide", "seats.settle", "seats.undo",
}  # fmt: skip


@on_postgresql
def test_of_eight_pages_sent_at_once_one_makes_it_and_the_others_are_told(racer):
    ready, faults, made = racer("alice"), [], set()
    with trial(ready.app):
        for page, place, button in tries(ready, set()):
            form = page.forms[place]
            where = ready.endpoint_of(page.address(form, button), "POST")
            if where not in LOOKING:
                continue
            alone, changed = by_one(ready, page, form, button)
            anew = [ready.get(page.path) for _ in range(MANY)]
            forms = [(one, one.forms[place]) for one in anew]
            sent = [(one, form, same_button(form, button)) for one, form in forms]
            many = ready.together(sent, changed)
            if any(code >= 500 for code in many.statuses) or (
                alone.made and many.grew != alone.grew
            ):
                told = sorted(many.statuses)
                faults.append(f"{where}: {told}, made {many.grew}, alone {alone.grew}")
            made |= {where} if alone.made else set()
    print(f"made: {sorted(made)}; not made: {sorted(LOOKING - made)}")
    assert faults == [], "\n".join(faults)
    assert len(made) > 30, "too little was made to show anything"
