"""Whatever is known to take long says so first, so that the watch can refuse it while somebody
writes (app/watch.py)."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# The calls of other people's code that take long: a child process, workbooks, letters, hashes.
SLOW = re.compile(
    r"^(subprocess\.run|Workbook|Document|SimpleDocTemplate|HASHER\.(hash|verify)|report\.build"
    r"|matching\.likely)$"
)
# Where the one who calls says it, just above.
SAID_ABOVE = {"reports/reader/running.py:_asked", "reports/reader/running.py:_workbook"}


def silent(floors: tuple[str, ...] = ("models", "reports", "views")) -> list[str]:
    """Functions that do slow work and do not say so."""
    found = []
    for floor in floors:
        for path in sorted((ROOT / floor).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            found += [f"{name}:{one}" for one in silent_in(path.read_text(encoding="utf-8"))]
    return [one for one in found if one not in SAID_ABOVE]


def silent_in(source: str) -> list[str]:
    """The functions of one file that do slow work and do not call `slow()` themselves."""
    found = []
    for each in ast.walk(ast.parse(source)):
        if isinstance(each, ast.FunctionDef):
            called = [ast.unparse(one.func) for one in ast.walk(each) if isinstance(one, ast.Call)]
            if any(map(SLOW.match, called)) and "slow" not in called:
                found.append(each.name)
    return found


def test_slow_work_says_so_first():
    assert silent() == []


def test_the_check_finds_who_is_silent():
    assert silent_in("def build():\n    return Workbook(write_only=True)\n") == ["build"]
    assert silent_in("def build():\n    slow('a workbook')\n    return Workbook()\n") == []
