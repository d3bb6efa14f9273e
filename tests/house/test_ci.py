"""What the README tells a newcomer to type is what is run before a change is taken in."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUN = (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def readme_commands() -> list[str]:
    block = (ROOT / "README.md").read_text(encoding="utf-8").split("```")[1]
    return [line.partition("#")[0].strip() for line in block.strip().splitlines()]


def test_the_commands_of_the_readme_are_the_ones_that_are_run():
    made = [line.removesuffix("&").strip() for line in RUN.splitlines() if line.startswith("make ")]
    assert made == readme_commands() == ["make run", "make test"]


def test_nothing_is_set_or_passed_that_a_newcomer_would_not_type():
    code = [line for line in RUN.splitlines() if not line.lstrip().startswith("#")]
    assert not [line for line in code if re.search(r"\bexport\b|\b[A-Z_]+=|MAKEFLAGS", line)]
