"""What is a membership number of the union, and what only stands where one should.

That somebody is a member is special category data: it is never made up out of “No”, “Pending”, a
nought or a day. The roof says how long the union's numbers are at least.
"""

import re
from datetime import date

from models.errors import Invalid
from models.folding import fold
from models.words import ABSENT, NO, WAITING, YES, is_absent

LONGEST, USUAL = 20, 4
NUMBER = re.compile(r"[A-Z0-9][A-Z0-9/-]{0,19}", re.ASCII)
# “No. 1234567”, “#1234567” and, from a program, “1234567.0”.
BEFORE = re.compile(
    r"^\s*(?:(?:member(?:ship)?\s+)?n(?:o|r|umber)\b[.:]?|#)\s*(?=\S*\d)", re.IGNORECASE
)
AFTER = re.compile(r"(?<=\d)\.0$")
DIGITS_DAY = re.compile(r"(\d{1,4})([-/])(\d{1,2})\2(\d{1,4})", re.ASCII)
YEAR_OR_MONTH = re.compile(
    r"(?:19|20)\d\d(?:[-/](?:0?[1-9]|1[0-2]))?|(?:0?[1-9]|1[0-2])[-/](?:19|20)\d\d"
)
NAMED_DAY = re.compile(
    r"(?:\d{1,2}(?:ST|ND|RD|TH)?)?[-/]?(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*"
    r"[-/]?(?:\d\d|\d{4})"
)
# A word as long as this is no letters before a number: “Joined 2019”, “Ask again 12345”.
WORD = 4
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
CLOCK = re.compile(r"T?\d\d:\d\d.*$")
_shortest = [USUAL]


def numbers_have_at_least(length: int) -> None:
    """Say how many letters and digits the union's numbers have at least; the last call counts."""
    _shortest[:] = [max(1, length)]


def membership_number(text: str) -> str:
    """A membership number as it is stored: capitals, no spaces; raises Invalid if it is none."""
    bare = AFTER.sub("", BEFORE.sub("", text)).strip()
    number = "".join(bare.split()).upper()
    why = _why_not(text.strip(), bare, number)
    if why:
        raise Invalid(why, field="number")
    return number


def why_no_number(number: str) -> str:
    """Why a number that is stored is none, in a sentence; "" where it is one."""
    return _why_not(number, number, number)


def _why_not(said: str, bare: str, number: str) -> str:
    shown = f"‘{said}’" if len(said) <= 40 else f"‘{said[:39]}…’"
    if _is_day(number):
        return f"{shown} is a day or a year, not a membership number."
    if _is_words(bare):
        return f"{shown} is not a membership number. Leave it empty until there is one."
    if not NUMBER.fullmatch(number):
        return f"{shown} is not a membership number: it has up to {LONGEST} letters and digits."
    marks = sum(mark.isalnum() for mark in number)
    if marks < _shortest[0] or not any(mark in "123456789" for mark in number):
        return (
            f"{shown} is not a membership number: it has at least {_shortest[0]} letters and "
            "digits, and not noughts alone."
        )
    return ""


def _is_words(text: str) -> bool:
    """Whether words stand there that no number has: “No”, “Pending”, “Joined 2019”."""
    words = fold(text).split()
    known = YES | NO | WAITING | ABSENT
    several = words if len(words) > 1 else []
    return (
        is_absent(text)
        or not any(mark.isdigit() for mark in text)
        or any(one.isalpha() and (len(one) >= WORD or one in known - LETTERS) for one in several)
    )


def _is_day(number: str) -> bool:
    number = CLOCK.sub("", number)
    found = DIGITS_DAY.fullmatch(number)
    if found is None:
        return bool(YEAR_OR_MONTH.fullmatch(number) or NAMED_DAY.fullmatch(number))
    first, middle, last = int(found[1]), int(found[3]), int(found[4])
    parts = ((first, middle, last), (last, middle, first), (last, first, middle))
    return any(_day_there_is(*each) for each in parts)


def _day_there_is(year: int, month: int, day: int) -> bool:
    try:
        date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return False
    return year < 100 or 1850 <= year <= 2150
