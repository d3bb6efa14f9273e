"""Every route says who may come in, is well named, and does not write when it is only read.

What a GET really sends to the database is watched by the walk of test_authorisation.py.
"""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from models.accounts.actions.users import disable_user
from models.accounts.roles import Permit
from models.base import db
from views.guards import keeps_register, needs, open_to_all

# Flask's own way of naming a file under a folder; served by app/static_files.py.
NOT_OURS = frozenset({"static"})
PATH = re.compile(r"(/|(/(<[a-z]+:[a-z_]+>(\.[a-z]+)?|_?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?))+)")
WRITERS = re.compile(r"^models\.(\w+\.)*(actions|outbox|audit)(\.|$)")
SESSION_WRITES = frozenset({"add", "add_all", "delete", "commit", "flush", "merge"})


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in NOT_OURS]


def without_a_mark(app: Flask) -> list[str]:
    """Endpoints with neither a permit nor a reason to be open, or with both."""
    found = []
    for endpoint in {rule.endpoint for rule in rules(app)}:
        view = app.view_functions[endpoint]
        permit, because = getattr(view, "permit", None), getattr(view, "open_because", None)
        if (permit is None) == (because is None) or not (because or isinstance(permit, Permit)):
            found.append(endpoint)
    return sorted(found)


def badly_named(app: Flask) -> list[str]:
    """Rules that are not kebab-case with typed parameters, or whose endpoint is not room.verb."""
    return sorted(
        f"{rule.endpoint} {rule.rule}"
        for rule in rules(app)
        if not PATH.fullmatch(rule.rule) or not re.fullmatch(r"[a-z]+\.[a-z_]+", rule.endpoint)
    )


def reading_writers(app: Flask) -> list[str]:
    """Views that answer GET alone and yet call an action or write to the session."""
    methods: dict[str, set[str]] = {}
    for rule in rules(app):
        methods.setdefault(rule.endpoint, set()).update(rule.methods or ())
    return sorted(
        f"{endpoint}: {name}"
        for endpoint, allowed in methods.items()
        if "POST" not in allowed and not hasattr(app.view_functions[endpoint], "keeps_register")
        for name in writes_of(app.view_functions[endpoint])
    )


def writes_of(view: Callable[..., Any]) -> Iterator[str]:
    """The calls of a view that change stored data, as they stand in its source."""
    view = inspect.unwrap(view)
    tree = ast.parse(textwrap.dedent(inspect.getsource(view)))
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        words = ast.unparse(call.func)
        if re.search(r"\bsession$", words.rpartition(".")[0]) and "db" in words:
            if words.rpartition(".")[2] in SESSION_WRITES:
                yield words
        elif WRITERS.match(_home_of(words, view)):
            yield words


def _home_of(words: str, view: Callable[..., Any]) -> str:
    """The module in which the thing that is called was written."""
    first, *rest = words.split(".")
    thing = inspect.getclosurevars(view).globals.get(first)
    for name in rest:
        if not inspect.ismodule(thing):
            return ""
        thing = getattr(thing, name, None)
    return getattr(thing, "__module__", None) or "" if inspect.isfunction(thing) else ""


def test_every_route_says_who_may_come_in(sqlite_app):
    assert without_a_mark(sqlite_app) == []


def test_every_path_is_kebab_case_with_typed_parameters(sqlite_app):
    assert badly_named(sqlite_app) == []


def test_no_view_that_is_only_read_writes(sqlite_app):
    assert reading_writers(sqlite_app) == []


def test_only_downloads_keep_the_register(sqlite_app):
    keepers = {
        rule.endpoint: rule.rule
        for rule in rules(sqlite_app)
        if hasattr(sqlite_app.view_functions[rule.endpoint], "keeps_register")
    }
    assert keepers, "the exports are recorded"
    file = r"\.(xlsx|csv|vcf|ics)$|/<string:ending>$|^/attachments/<int:attachment_id>$"
    assert all(re.search(file, path) for path in keepers.values())


def test_every_file_is_handed_over_by_the_counter_that_keeps_the_register():
    """A download that writes no line cannot be told from one that did: one file hands over."""
    makes_files = re.compile(r"send_file\(|Content-Disposition")
    views = Path(__file__).resolve().parents[2] / "views"
    found = {
        path.relative_to(views).as_posix()
        for path in views.rglob("*.py")
        if makes_files.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"downloads.py", "reports.py"}


def test_open_pages_are_few_and_say_why(sqlite_app):
    views = {rule.endpoint: sqlite_app.view_functions[rule.endpoint] for rule in rules(sqlite_app)}
    open_pages = {name for name, view in views.items() if hasattr(view, "open_because")}
    assert open_pages == {
        "accounts.forgotten_password",
        "accounts.open_link",
        "accounts.set_password",
        "accounts.sign_in",
        "candidate.fill",
        "candidate.open_link",
        "candidate.sent",
        "freshness.confirm",
        "freshness.open_link",
        *(
            f"evidence.{page}"
            for page in (
                "my_add_receipt",
                "my_change_receipt",
                "my_remove",
                "my_report",
                "my_send",
                "my_sent",
                "open_report_link",
            )
        ),
        "health.live",
        "health.ready",
    }
    assert all(len(views[name].open_because) > 20 for name in open_pages)


@pytest.fixture
def bad_house() -> Flask:
    """A house in which everything is wrong that the checks above are there to find."""
    app = Flask("bad_house", static_folder=None)

    @app.get("/no-mark", endpoint="room.no_mark")
    def no_mark():
        return ""

    @app.get("/both-marks", endpoint="room.both_marks")
    @needs(Permit.SIGNED_IN)
    @open_to_all("No.")
    def both_marks():
        return ""

    @app.get("/Camel_Case", endpoint="room.camel")
    @needs(Permit.SIGNED_IN)
    def camel():
        return ""

    @app.get("/things/<thing_id>", endpoint="room.untyped")
    @needs(Permit.SIGNED_IN)
    def untyped(thing_id):
        return thing_id

    @app.get("/room", endpoint="roomless")
    @needs(Permit.SIGNED_IN)
    def roomless():
        return ""

    @app.get("/acts", endpoint="room.acts")
    @needs(Permit.AUDIT_READ)
    def acts():
        return disable_user(None, by=None)

    @app.get("/commits", endpoint="room.commits")
    @needs(Permit.AUDIT_READ)
    def commits():
        db.session.commit()

    @app.get("/figures.xlsx", endpoint="room.figures")
    @needs(Permit.AUDIT_READ)
    @keeps_register
    def figures():
        return disable_user(None, by=None)

    @app.post("/things/<int:thing_id>/end", endpoint="room.end_thing")
    @needs(Permit.AUDIT_READ)
    def end_thing(thing_id):
        return disable_user(thing_id, by=None)

    return app


def test_the_check_of_marks_finds_missing_and_double_marks(bad_house):
    assert without_a_mark(bad_house) == ["room.both_marks", "room.no_mark"]


def test_the_check_of_names_finds_what_is_badly_named(bad_house):
    assert badly_named(bad_house) == [
        "room.camel /Camel_Case",
        "room.untyped /things/<thing_id>",
        "roomless /room",
    ]


def test_the_check_of_reading_views_finds_writers(bad_house):
    assert reading_writers(bad_house) == [
        "room.acts: disable_user",
        "room.commits: db.session.commit",
    ]
