"""What the code itself must keep to: sizes, names, and where a kind of line may stand.

Each test lists every place that does not keep to it.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("app", "models", "reports", "views")
SOURCES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for floor in FLOORS
    for path in sorted((ROOT / floor).rglob("*.py"))
}
TREES = {name: ast.parse(text) for name, text in SOURCES.items()}

MOST_LINES = 400
MOST_FUNCTION_LINES = 50
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "temporary"}

# Who may commit: the edges, where one request, one command or one step of a job ends.
EDGES = {"app/edge.py", "app/cli/edge.py", "app/jobs/edge.py"}
# The low files have no queries.py or actions.py beside them: each has one table only.
SELECT_ELSEWHERE = {"models/audit.py", "models/once.py", "models/workshop/reading.py"}
ADD_ELSEWHERE = {"models/outbox.py"}
# Names in SQL that are constants of ours.
FIXED_PARTS = {"models/base.py": {"pragma"}}


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef))


def calls(pattern: str) -> Iterator[tuple[str, str]]:
    """Each file with a call whose dotted words end so, and where the call stands."""
    for name, tree in TREES.items():
        for each in ast.walk(tree):
            if isinstance(each, ast.Call) and re.search(pattern, ast.unparse(each.func)):
                yield name, f"{name}:{each.lineno}"


def test_files_stay_short():
    """A second subject hides in a long file: cut it by verb."""
    lengths = {name: text.count("\n") for name, text in SOURCES.items()}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def test_functions_stay_short():
    found = {
        f"{name}:{one.name}": lines
        for name, tree in TREES.items()
        for one in functions(tree)
        if (lines := (one.end_lineno or 0) - one.lineno + 1) > MOST_FUNCTION_LINES
    }
    assert found == {}


def test_a_file_is_named_for_its_subject():
    assert [name for name in SOURCES if Path(name).stem in VAGUE] == []


def test_select_stands_in_queries_and_reports_only():
    found = [
        place
        for name, place in calls(r"^(sa\.)?select$")
        if not name.startswith("reports/")
        and "queries" not in name
        and not name.endswith("/list.py")
        and name not in SELECT_ELSEWHERE
    ]
    assert found == []


def test_only_the_edges_commit():
    assert [at for name, at in calls(r"session(\(\))?\.commit$") if name not in EDGES] == []


def test_only_actions_add_and_delete():
    found = [
        place
        for name, place in calls(r"session(\(\))?\.(add|add_all|delete)$")
        if "actions" not in name and name not in ADD_ELSEWHERE
    ]
    assert found == []


def test_no_sql_is_put_together_from_text():
    found = [
        f"{name}:{each.lineno}"
        for name, tree in TREES.items()
        for each in ast.walk(tree)
        if isinstance(each, ast.Call) and each.args and is_sql(ast.unparse(each.func))
        if isinstance(each.args[0], ast.BinOp) or parts(each.args[0]) - FIXED_PARTS.get(name, set())
    ]
    assert found == []


def is_sql(words: str) -> bool:
    return re.search(r"(^|\.)(text|exec_driver_sql|execute)$", words) is not None


def parts(argument: ast.AST) -> set[str]:
    """What an f-string puts in."""
    found = (each for each in ast.walk(argument) if isinstance(each, ast.FormattedValue))
    return {ast.unparse(each.value) for each in found}


def test_the_clock_is_asked_in_one_place():
    found = [at for name, at in calls(r"\b(datetime|date)\.(now|utcnow|today)$")]
    assert [at for at in found if not at.startswith("models/clock.py")] == []


def public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """The functions and classes of a file that others may use."""
    for one in tree.body:
        if isinstance(one, ast.FunctionDef | ast.ClassDef) and not one.name.startswith("_"):
            yield one


def test_files_of_models_and_reports_say_what_they_are_about():
    low = {name: tree for name, tree in TREES.items() if name.startswith(("models/", "reports/"))}
    assert [name for name, tree in low.items() if tree.body and not ast.get_docstring(tree)] == []


def test_public_names_of_models_and_reports_say_what_a_caller_may_rely_on():
    found = [
        f"{name}:{one.name}"
        for name, tree in TREES.items()
        if name.startswith(("models/", "reports/"))
        for one in public(tree)
        if not ast.get_docstring(one)
    ]
    assert found == []


def test_an_action_names_its_actor():
    """What asks for a permit takes `by=`, so that a call says who does it."""
    found = [
        f"{name}:{one.name}"
        for name, tree in TREES.items()
        if re.match(r"models/.*actions", name)
        for one in public(tree)
        if isinstance(one, ast.FunctionDef) and "require(" in ast.unparse(one)
        if "by" not in {argument.arg for argument in one.args.kwonlyargs}
    ]
    assert found == []


def test_no_test_folder_is_a_package():
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_the_exceptions_are_still_there():
    listed = {*SELECT_ELSEWHERE, *ADD_ELSEWHERE, *FIXED_PARTS, *EDGES}
    assert listed - SOURCES.keys() == set(), "gone: take it off the list"


def test_a_day_is_put_into_words_in_one_place():
    """Others name at most a month; and no platform but glibc knows %-d."""
    whole_day = re.compile(r"%-d|\.day\} \{[^}]*:%B %Y")
    found = [name for name, text in SOURCES.items() if whole_day.search(text)]
    assert found == ["models/days.py"]
