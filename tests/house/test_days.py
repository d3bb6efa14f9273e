"""Each field for a day or a moment says how far ahead it may lie; a new one must say so as well."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIELD = re.compile(r"^    (\w+) = (?:Day|Moment)Field\((.*?)(?:^(?=    \w|\n|\S)|\Z)", re.M | re.S)
# Periods of money and of a look back, whose own rules hold their order.
MAY_SAY_NOTHING = {
    "views/budget/forms.py: ends_on",
    "views/budget/forms.py: starts_on",
    "views/budget/limits.py: ends_on",
    "views/budget/limits.py: starts_on",
}


def silent_fields() -> set[str]:
    """The fields that do not say it, as file and name."""
    return {
        f"{path.relative_to(ROOT).as_posix()}: {name}"
        for path in sorted((ROOT / "views").rglob("*.py"))
        for name, declared in FIELD.findall(path.read_text(encoding="utf-8"))
        if "days=Days." not in declared
    }


def test_every_day_says_how_far_ahead_it_may_lie():
    assert silent_fields() == MAY_SAY_NOTHING, "say days=Days.PAST, YEAR, TERM or ANY"
