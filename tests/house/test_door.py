"""What comes in is read by its kind: no page reads an address raw, and no number has no bound."""

import re
from pathlib import Path

import pytest
from werkzeug.exceptions import NotFound
from werkzeug.routing import UUIDConverter

from app.incoming import Id, Word
from tests.house.walk import walkable

ROOT = Path(__file__).resolve().parents[2]
BOUNDED = (Id, Word, UUIDConverter)

# How an address or a field may be read: whole as the data of a form, or by `views.asked`.
RAW = re.compile(
    r"request\.(args|values)(\.get\b|\.getlist|\[)|type=int|coerce=int\b|\.is(digit|numeric)\(\)"
    r"|\bIntegerField|\bDecimalField|^\s+form\.validate\(\)$",
    re.MULTILINE,
)
# Each with its reason.
MAY_READ = {
    "views/accounts/signing_in.py": "`next` is judged by safe_next, and an odd one leads home",
    "views/evidence/letters.py": "a preview shows the errors of its form",
    "views/gallery.py": "the workshop's page of samples, served to developers only",
    "views/intake/forms.py": "a heading row, bounded by NumberRange",
    "views/rounds/asking.py": "a form of questions: its errors are read field by field",
    "views/search.py": "the palette's words, cut to 100 letters, and a kind looked up in a table",
    "views/asked.py": "the one reader",
}


def raw_readers() -> dict[str, list[str]]:
    """The files that read an address or a number raw, with what they say."""
    found = {}
    for path in sorted((ROOT / "views").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        hits = [match[0] for match in RAW.finditer(path.read_text(encoding="utf-8"))]
        if hits and name not in MAY_READ:
            found[name] = hits
    return found


def test_no_page_reads_its_address_raw():
    assert raw_readers() == {}, "read it with views.asked: asked().id(…), .day(…), .one_of(…)"


def test_every_parameter_of_an_address_has_a_bound(sqlite_app):
    loose = [
        f"{rule.rule}: {name}"
        for rule in walkable(sqlite_app)
        for name, converter in rule._converters.items()
        if not isinstance(converter, BOUNDED)
    ]
    assert loose == []


@pytest.mark.parametrize("number", ["0", str(2**31), str(10**20), "9" * 5000, "²", "٣", "-1"])
def test_a_number_that_no_record_can_have_is_not_found(sqlite_app, number):
    adapter = sqlite_app.url_map.bind("localhost")
    with pytest.raises(NotFound):
        adapter.match(f"/people/{number}")


def test_the_last_number_that_a_record_can_have_is_looked_for(sqlite_app):
    adapter = sqlite_app.url_map.bind("localhost")
    assert adapter.match(f"/people/{2**31 - 1}") == ("people.show", {"person_id": 2**31 - 1})
