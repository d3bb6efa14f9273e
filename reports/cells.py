"""One cell of a spreadsheet to one value: text, pence, a day, an address, a telephone number.

Each function is pure and either answers or raises CellError with a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from models.clock import london_day
from models.errors import Invalid

Value = str | int | float | Decimal | date | datetime | bool | None

MOST_PENCE = 10**12


class CellError(Invalid):
    """A cell that cannot be understood; its text is a sentence that quotes the cell."""


def quoted(value: Value) -> str:
    """A value as it is shown inside a sentence: folded, and cut where it is long."""
    text = to_text(value)
    return f"‘{text}’" if len(text) <= 60 else f"‘{text[:57]}…’"


def to_text(value: Value) -> str:
    """Text on one line: spaces folded, invisible marks and lone surrogates gone, NFC; "" if blank.

    Whole numbers lose no digits and gain no ".0"; days are written 2026-05-07, and what Excel made
    of True and False, a name among them, is that word again.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    plain = str(value)
    if plain.isascii() and plain.isprintable():  # nearly every cell; nothing in it to take out
        return " ".join(plain.split())
    text = plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    seen = "".join(_visible(mark) for mark in unicodedata.normalize("NFC", text))
    return " ".join(seen.split())


def _visible(mark: str) -> str:
    """Format marks (zero width, direction, soft hyphen) vanish; control marks are blanks."""
    kind = unicodedata.category(mark)
    if kind == "Cf":
        return ""
    return " " if kind in ("Cc", "Zl", "Zp") else mark


# What Excel writes for a value that it could not work out, and a formula that was never saved.
LOST = re.compile(
    r"#(n/a|ref!|value!|name\?|div/0!|num!|null!|spill!|calc!|field!|blocked!|getting_data)|=.+",
    re.IGNORECASE,
)


def is_lost(value: Value) -> bool:
    """Whether a cell holds an error of the spreadsheet or a formula instead of its value."""
    return isinstance(value, str) and LOST.fullmatch(value.strip()) is not None


# --- money ---

POUND = re.compile(r"(?:¬£|Â£|£|GBP)\s*", re.IGNORECASE)
AMOUNT = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)?(?:\.\d{1,2})?", re.ASCII)


def to_pence(value: Value, *, negative_allowed: bool = False) -> int:
    """An amount in pounds as pence: 1800, "1,800", "¬£1,200.50", "(1,200.00)", "£-" (nil).

    CellError for blanks, three decimals, misplaced commas, letters among the digits, more than
    ten thousand million pounds, and, unless allowed, for less than nothing.
    """
    if isinstance(value, bool | date) or value is None or to_text(value) == "":
        shown = "is empty" if to_text(value) == "" else f"{quoted(value)} is not an amount"
        raise CellError(f"The amount {shown}." if shown == "is empty" else f"{shown}.")
    pence = _number_pence(value) if isinstance(value, int | float | Decimal) else _pence(value)
    if abs(pence) > MOST_PENCE:
        raise CellError(f"{quoted(value)} is more than any amount this office handles.")
    if pence < 0 and not negative_allowed:
        raise CellError(f"{quoted(value)} is less than nothing; an amount is needed here.")
    return pence


def _number_pence(value: int | float | Decimal) -> int:
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not exact.is_finite():
        raise CellError(f"‘{value}’ is not an amount.")
    if abs(exact) > MOST_PENCE:
        raise CellError(f"{quoted(value)} is more than any amount this office handles.")
    pence = (exact * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    # A formula leaves 0.30000000000000004; a true third decimal is somebody's mistake.
    if abs(exact * 100 - pence) > Decimal("0.0001"):
        raise CellError(f"{quoted(value)} has more than two decimals.")
    return int(pence)


def _pence(value: str) -> int:
    text = to_text(value).replace("−", "-").replace("–", "-")
    bare = POUND.sub("", text, count=1)
    if bare == "-" and bare != text:
        return 0  # how accounting formats print nil
    negative = False
    if bare.startswith("(") and bare.endswith(")"):
        negative, bare = True, POUND.sub("", bare[1:-1].strip(), count=1)
    elif bare.startswith("-"):
        negative, bare = True, POUND.sub("", bare[1:].strip(), count=1)
    elif bare.endswith("-") and len(bare) > 1:
        negative, bare = True, bare[:-1].strip()
    if not bare or not AMOUNT.fullmatch(bare):
        raise CellError(_why_not_money(text, bare))
    pence = int(Decimal(bare.replace(",", "").replace(" ", "")) * 100)
    return -pence if negative else pence


def _why_not_money(text: str, bare: str) -> str:
    if re.fullmatch(r"[\d,]*\.\d{3,}", bare, re.ASCII):
        return f"{quoted(text)} has more than two decimals; write pounds and pence as 1,234.56."
    if re.search(r"\d[OoIl]|[OoIl]\d", bare):
        return f"{quoted(text)} has a letter among its digits (O for 0, or l for 1?)."
    return f"{quoted(text)} is not an amount of pounds such as 1,234.56."


# --- days ---

_MONTHS = "january february march april may june july august september october november december"
MONTHS = {
    name[:size]: number
    for number, name in enumerate(_MONTHS.split(), 1)
    for size in (3, 4, len(name))
    if size <= len(name)
}
NUMERIC = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
WEEKDAY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? ", re.IGNORECASE)
NAMED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[-/. ]+(?:of )?([a-z]{3,9})\.?[-/., ]+'?(\d{4}|\d{2})",
    re.IGNORECASE | re.ASCII,
)
NAMED_FIRST = re.compile(
    r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.IGNORECASE | re.ASCII
)
MONTH_NAMED = re.compile(r"([a-z]{3,9})\.?[-/., ]+'?(\d{4}|\d{2})", re.IGNORECASE | re.ASCII)
MONTH_NUMBER = re.compile(r"(\d{1,2})[/-](\d{4})|(\d{4})-(\d{1,2})", re.ASCII)
CLOCK = re.compile(
    r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]m|Z|[+-]\d{2}:?\d{2})?$", re.IGNORECASE
)
# A moment as the web writes it, with its zone: the day is the one in London.
MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?\s?(Z|UTC|GMT|[+-]\d\d:?\d\d)",
    re.IGNORECASE | re.ASCII,
)
NOTHING = re.compile(r"0{4}-00-00.*|0{1,2}/0{1,2}/0{2,4}|00:00:00|0")


@dataclass(frozen=True, slots=True)
class ParsedDay:
    """A day, or None for a blank; `approximate` where only the month is known (day is the 1st)."""

    day: date | None
    approximate: bool = False
    note: str = ""


def to_day(value: Value) -> ParsedDay:
    """A day from a date cell or from text, always day first: 04/07/2016 is 4 July.

    A moment with its zone (2022-05-04T23:00:00Z) is the day in London: 5 May. CellError where it
    is not a day, or can be one only with the month first. Check the column
    with `check_day_column` before trusting its days.
    """
    if isinstance(value, date):
        return _known(value.date() if isinstance(value, datetime) else value, value)
    text = to_text(value)
    if not text:
        return ParsedDay(None)
    if NOTHING.fullmatch(text):
        return ParsedDay(None, note=f"{quoted(text)} is an empty date and was left blank.")
    if isinstance(value, bool | int | float | Decimal):
        raise CellError(f"{quoted(value)} is a number, not a date; give the cell a date format.")
    return _read_day(text)


def _known(day: date, value: Value) -> ParsedDay:
    if day.year < 1901:
        return ParsedDay(None, note=f"{quoted(value)} is an empty date and was left blank.")
    return ParsedDay(_likely(day, value))


def _in_london(text: str) -> date | None:
    """The day in London of a moment that says its zone; None for any other text."""
    match = MOMENT.fullmatch(text)
    if match is None:
        return None
    zone = "+00:00" if match[3][0].isalpha() else match[3]
    try:
        return london_day(datetime.fromisoformat(f"{match[1]}T{match[2]}{zone}"))
    except (ValueError, OverflowError):
        return None


def _read_day(text: str) -> ParsedDay:
    day = _in_london(text)
    if day is not None:
        return ParsedDay(_likely(day, text))
    bare = WEEKDAY.sub("", CLOCK.sub("", text), count=1).strip()
    if match := ISO.fullmatch(bare):
        return ParsedDay(_made(text, match[1], match[3], match[4]))
    if match := NUMERIC.fullmatch(bare):
        return ParsedDay(_made(text, match[4], match[3], match[1]))
    if match := NAMED.fullmatch(bare):
        return ParsedDay(_made(text, match[3], _month(text, match[2]), match[1]))
    if match := NAMED_FIRST.fullmatch(bare):
        return ParsedDay(_made(text, match[3], _month(text, match[1]), match[2]))
    return _read_month(text, bare)


def _read_month(text: str, bare: str) -> ParsedDay:
    if match := MONTH_NAMED.fullmatch(bare):
        day = _made(text, match[2], _month(text, match[1]), "1")
    elif match := MONTH_NUMBER.fullmatch(bare):
        day = _made(text, match[2] or match[3], match[1] or match[4], "1")
    else:
        raise CellError(f"{quoted(text)} is not a date such as 07/05/2026 or 7 May 2026.")
    return ParsedDay(day, approximate=True, note=f"{quoted(text)} gives the month only.")


def _month(text: str, name: str) -> int:
    month = MONTHS.get(name.lower())
    if month is None:
        raise CellError(f"{quoted(text)} is not a date: there is no month ‘{name}’.")
    return month


def _made(text: str, year: str, month: str | int, day: str) -> date:
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 50 else 1900)
    try:
        return _likely(date(full, int(month), int(day)), text)
    except ValueError as fault:
        first = NUMERIC.fullmatch(text)
        if first and int(month) > 12 and int(day) <= 12:
            why = f"dates are read day first and there is no month {int(month)}"
        else:
            why = "there is no such day"
        raise CellError(f"{quoted(text)} is not a date: {why}.") from fault


def _likely(day: date, value: Value) -> date:
    if not 1850 <= day.year <= 2150:
        raise CellError(f"{quoted(value)} is in the year {day.year}, which cannot be meant.")
    return day


def check_day_column(values: Iterable[Value], *, heading: str = "") -> None:
    """Refuse a column of dates that cannot all be read day first, instead of guessing per row.

    CellError where a value proves that months come first (12/25/2016), and where a program that
    puts months first seems to have turned half of the column into dates of its own.
    """
    seen = list(values)
    texts = [to_text(value) for value in seen if isinstance(value, str)]
    pairs = [(int(m[1]), int(m[3]), t) for t in texts if (m := NUMERIC.fullmatch(CLOCK.sub("", t)))]
    month_first = [text for first, second, text in pairs if first <= 12 < second <= 31]
    column = f"The column ‘{heading}’" if heading else "This column of dates"
    advice = "Write every date as 25/12/2016, or give the column a date format, and try again."
    if month_first:
        unclear = sum(first <= 12 and second <= 12 for first, second, _ in pairs)
        mixed = any(second <= 12 < first for first, second, _ in pairs)
        how = "mixes day-first and month-first dates" if mixed else "has the month first"
        raise CellError(
            f"{column} {how} ({quoted(month_first[0])}), so {_count(unclear)} in it could be "
            f"read either way. {advice}"
        )
    days = [value for value in seen if isinstance(value, date) and value.year > 1901]
    if _half_turned(pairs, days):
        raise CellError(
            f"{column} was changed by a program that puts the month first: {_count(len(days))} "
            f"became true dates with no day after the 12th, while {quoted(pairs[0][2])} and the "
            f"like stayed text. Their days and months are probably exchanged. {advice}"
        )


def _half_turned(pairs: list[tuple[int, int, str]], days: list[date]) -> bool:
    stayed = len(pairs) >= 3 and all(first > 12 for first, _, _ in pairs)
    return stayed and len(days) >= 3 and all(day.day <= 12 for day in days)


def _count(number: int) -> str:
    return "1 date" if number == 1 else f"{number} dates"


# --- addresses and telephones ---


def to_email(value: Value) -> str:
    """An e-mail address in lower case, out of "mailto:" or "Name <a@b>"; "" where blank."""
    text = to_text(value)
    if not text:
        return ""
    inside = re.search(r"<([^<>]+)>", text)
    bare = (inside[1] if inside else text).strip(" ;,.'\"").removeprefix("mailto:").strip()
    if len(text) > 320:
        raise CellError(f"{quoted(text)} is too long for an e-mail address.")
    if bare.count("@") > 1:
        raise CellError(f"{quoted(text)} holds more than one e-mail address; keep one.")
    try:
        found = validate_email(bare, check_deliverability=False, test_environment=True)
    except EmailNotValidError as fault:
        raise CellError(f"{quoted(text)} is not an e-mail address.") from fault
    return found.normalized.lower()


@dataclass(frozen=True, slots=True)
class Phone:
    """A number to store: +447… where it is valid, else as given, with a warning to show."""

    number: str
    warning: str = ""


def to_phone(value: Value) -> Phone:
    """A telephone number, read as a British one unless it begins with + or 00.

    Numbers that Excel robbed of their leading 0 get it back. CellError only where the cell has
    no digits to speak of; whatever else is wrong is kept and warned about.
    """
    text = to_text(value)
    if not text:
        return Phone("")
    digits = sum(mark.isdigit() for mark in text)
    if digits < 5:
        raise CellError(f"{quoted(text)} is not a telephone number.")
    if re.fullmatch(r"[1237]\d{8,9}", text):
        text = f"0{text}"
    try:
        found = phonenumbers.parse(re.sub(r"^00", "+", text).replace("(0)", ""), "GB")
    except phonenumbers.NumberParseException:
        return Phone(text[:60], f"{quoted(text)} may not be a telephone number.")
    if not phonenumbers.is_possible_number(found):
        return Phone(text[:60], f"{quoted(text)} is too short or too long for one number.")
    style = phonenumbers.PhoneNumberFormat
    number = phonenumbers.format_number(found, style.E164)
    if found.extension:
        number = f"{number} ext. {found.extension}"
    valid = phonenumbers.is_valid_number(found)
    return Phone(number, "" if valid else f"{quoted(text)} may not be a number in use.")
