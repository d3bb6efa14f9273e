"""What a file says of itself and its room, held against what it imports.

A file of models that is pure says so in its first words, and is held to it here: there is no list.
"""

import ast
import re

import grimp
import pytest

from tests.house.test_code import SOURCES, TREES

IMPURE = {
    *("flask", "flask_sqlalchemy", "sqlalchemy"),
    *("models.audit", "models.base", "models.clock", "models.outbox"),
}
# What each room has for others, beside its pure files.
OPEN = {"actions", "list", "queries", "rules", "tables"}
# Who reaches further into another room than that, and why.
FURTHER = {
    "models.people.words": "who restores people by statements tells the index of words itself",
    "models.budget.refusals": "a year's end names a place of the tree as the budget's refusals do",
    "models.funding.neighbours": "where the rooms above join the steps of an application",
    "models.funding.references.checks": "a refund's receipt takes its bank reference likewise",
}


def module(name: str) -> str:
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def room(name: str) -> str:
    return name.split(".")[1]


def within(name: str) -> set[str]:
    """The parts of a file's name inside its room; none for a room that is one file."""
    return set(name.split(".")[2:])


FILES = {
    module(name): TREES[name]
    for name in SOURCES
    if re.match("models/.", name) and name != "models/__init__.py"
}
PURE = {
    name for name, tree in FILES.items() if re.search(r"\b[Pp]ure\b", ast.get_docstring(tree) or "")
}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("models", include_external_packages=True, cache_dir=None)


def test_what_says_it_is_pure_knows_no_database_no_web_and_no_clock(graph):
    found = {name: graph.find_upstream_modules(name) & IMPURE for name in PURE}
    assert {name: why for name, why in found.items() if why} == {}


def test_rules_and_workflows_say_that_they_are_pure():
    rules = {name for name in FILES if re.search(r"\.(rules|workflow)$", name)}
    assert sorted(rules - PURE) == []


def test_a_room_takes_of_another_its_actions_queries_rules_tables_and_pure_files(graph):
    found = {
        taken
        for name in FILES.keys() - {"models.schema"}
        for taken in graph.find_modules_directly_imported_by(name) & FILES.keys()
        if within(taken) and room(taken) not in (room(name), "workshop")
        if not OPEN & within(taken) and taken not in PURE
    }
    assert found == FURTHER.keys()


def test_a_rooms_own_file_says_what_the_room_is_about_and_hands_nothing_on():
    doors = [name for name in SOURCES if re.match(r"(models|reports)/.*__init__\.py", name)]
    assert [name for name in doors if len(TREES[name].body) != 1] == []


def test_the_schema_loads_every_table_and_whoever_hears_of_changes(graph):
    hears = re.compile(r"^(@event\.listens_for|neighbours\.join)\(", re.M)
    wanted = {
        module(name)
        for name, text in SOURCES.items()
        if name.startswith("models/") and (name.endswith("/tables.py") or hears.search(text))
    }
    loaded = graph.find_modules_directly_imported_by("models.schema")
    assert sorted(wanted - loaded) == []
