"""The authorisation matrix: every route × method × reader × own, foreign and missing thing.

The walk is in walk.py, what it looks for in planting.py. `pytest -rP` prints each reader's figures.
"""

import pytest
from flask import Flask

from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db
from tests.cast import PEOPLE
from tests.conftest import DATABASES
from tests.house import walk
from tests.house.planting import Garden, plant, untold
from tests.house.walk import PARAMETERS, Walker, unknown_parameters, walkable

EVERYBODY = (*PEOPLE, None)
WHO = ("person", "contact_point", "union_membership", "person_note", "delegate_term")
WHAT = ("interaction", "confidential", "follow_up", "application", "application_step")
SHOWN = (*WHO, *WHAT, "ledger", "audit")
MUST_BE_SEEN = {(label, table) for label in ("NWI", "SO") for table in SHOWN}
on_sqlite = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def garden(cast) -> Garden:
    return plant(cast)


@pytest.fixture
def walker(app, garden):
    """`walker("bob")` is ready to walk as Bob."""
    return lambda reader: Walker(app, garden, reader)


@on_sqlite
@pytest.mark.parametrize("reader", EVERYBODY, ids=lambda reader: reader or "stranger")
def test_everybody_gets_what_the_matrix_says_and_nothing_of_others(app, walker, reader):
    report = walker(reader).walk()
    print(report)
    assert report.faults == [], str(report)
    assert report.routes == len(walkable(app))
    if reader == "alice":
        assert MUST_BE_SEEN - report.seen == set(), "no page shows these: are they planted?"


@pytest.mark.parametrize("app", DATABASES[1:], indirect=True)
def test_on_the_other_database_a_region_gets_nothing_of_another(walker):
    report = walker("bob").walk()
    assert report.faults == [], str(report)


@on_sqlite
def test_every_parameter_of_every_route_is_known(app):
    assert unknown_parameters(app) == [], "say in walk.PARAMETERS how to fill it"


@on_sqlite
def test_every_private_text_column_has_its_canary(garden):
    assert untold(garden) == [], "plant it, or say in planting.UNTOLD why not"


# ---- the test of the test: take one lock away, and the walk must turn red ----


@on_sqlite
def test_the_walk_turns_red_without_regions(walker, monkeypatch):
    ready = walker("bob")
    monkeypatch.setattr(User, "region_ids", property(lambda _user: None))
    report = ready.walk(lambda rule: rule.endpoint.split(".")[0] in ("contacts", "people"))
    assert any("foreign" in line and "not 404" in line for line in report.mismatches)
    assert any("SO-" in line for line in report.leaks)


@on_sqlite
def test_the_walk_turns_red_without_the_gate(walker, monkeypatch):
    ready = walker("terry")
    monkeypatch.setattr(User, "permits", property(lambda _user: frozenset(Permit)))
    report = ready.walk(lambda rule: rule.endpoint.startswith(("accounts.", "contacts.")))
    assert any("/audit" in line and "200, not 403" in line for line in report.mismatches)
    assert any("audit" in line or "interaction" in line for line in report.leaks)


@on_sqlite
def test_the_walk_turns_red_when_a_read_writes(app, walker, monkeypatch):
    def writing(**values):
        db.session.execute(db.text("update party set name = name"))
        return "written"

    writing.permit = Permit.SIGNED_IN
    monkeypatch.setitem(app.view_functions, "accounts.access", writing)
    report = walker("dan").walk(lambda rule: rule.endpoint == "accounts.access")
    assert any("update party" in line for line in report.writes)


@on_sqlite
def test_the_walk_turns_red_when_a_page_shows_too_much(app, walker, monkeypatch):
    def telling(**values):
        return "see CANARY-SO-interaction-summary and canary so person family_name"

    telling.permit = Permit.SIGNED_IN
    monkeypatch.setitem(app.view_functions, "accounts.access", telling)
    only = {"only": lambda rule: rule.endpoint == "accounts.access"}
    assert len(walker("nora").walk(**only).leaks) >= 2
    assert len(walker("carol").walk(**only).leaks) >= 1
    assert walker("alice").walk(**only).leaks == []


@on_sqlite
def test_an_unplanted_column_is_noticed(garden):
    garden.told.discard("person_note.body")
    assert untold(garden) == ["person_note.body"]


def test_an_unknown_parameter_is_noticed():
    app = Flask("other", static_folder=None)
    app.add_url_rule("/things/<int:thing_id>", "room.thing", lambda thing_id: "")
    assert "thing_id" not in PARAMETERS
    assert unknown_parameters(app) == ["room.thing: thing_id"]


def test_a_workbook_is_read_to_its_last_part(sqlite_app):
    import io

    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    book.active["A1"] = "CANARY-SO-person-title"
    book.create_sheet("Hidden").sheet_state = "hidden"
    book["Hidden"]["B2"] = "CANARY-SO-person-suffix"
    book.save(out)
    answer = sqlite_app.response_class(out.getvalue())
    found = {column for _label, _table, column in walk.CANARY.findall(walk.words_of(answer))}
    assert found == {"title", "suffix"}
