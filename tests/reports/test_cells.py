"""Money, days, text, e-mail and telephones out of single cells."""

from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.cells import (
    CellError,
    ParsedDay,
    check_day_column,
    to_day,
    to_email,
    to_pence,
    to_phone,
    to_text,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("  Ada \n\t Thornby\u00a0", "Ada Thornby"),
        ("A\u200bd\ufeffa\u202e", "Ada"),
        ("Sia\u0302n", "Siân"),
        ("bro\ud800ken", "bro\ufffdken"),
        ("\ud83d\ude00", "\U0001f600"),
        (12.0, "12"),
        (12.5, "12.5"),
        (7700900123, "7700900123"),
        (True, "True"),
        (date(2026, 5, 7), "2026-05-07"),
        (datetime.fromisoformat("2026-05-07 09:05"), "2026-05-07 09:05"),
    ],
)
def test_text_is_folded_and_safe_to_store(value: object, text: str) -> None:
    assert to_text(value) == text
    to_text(value).encode()


@given(st.text(st.characters(exclude_categories=[])))
def test_text_is_always_storable_and_steady(value: str) -> None:
    text = to_text(value)
    text.encode("utf-8")
    assert "\0" not in text
    assert to_text(text) == text


@pytest.mark.parametrize(
    ("value", "pence"),
    [
        ("1,800", 180_000),
        ("   £32,400", 3_240_000),
        ("¬£1,200", 120_000),
        ("Â£1,200.50", 120_050),
        ("GBP 12", 1_200),
        ("£ 12.5", 1_250),
        (".50", 50),
        ("1 200 300.00", 120_030_000),
        ("1\u00a0200", 120_000),
        ("£-", 0),
        ("£ -   ", 0),
        (900, 90_000),
        (1200.1, 120_010),
        (0.1 + 0.2, 30),
        (19.99, 1_999),
        (Decimal("20076.80"), 2_007_680),
        (0, 0),
    ],
)
def test_amounts_become_exact_pence(value: object, pence: int) -> None:
    assert to_pence(value) == pence


@pytest.mark.parametrize("value", ["(1,200.00)", "-£1,200", "£-1,200", "1,200-", "−1200", -1200])
def test_negative_amounts_need_leave(value: object) -> None:
    assert to_pence(value, negative_allowed=True) == -120_000
    with pytest.raises(CellError, match="less than nothing"):
        to_pence(value)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("£1,2O0", "letter among its digits"),
        ("1.234", "more than two decimals"),
        (1.234, "more than two decimals"),
        ("1,80", "not an amount"),
        ("12,00", "not an amount"),
        ("1.800,00", "not an amount"),
        ("1,2345", "not an amount"),
        ("12 34", "not an amount"),
        ("5k", "not an amount"),
        ("1e5", "not an amount"),
        ("€5", "not an amount"),
        ("££5", "not an amount"),
        ("-", "not an amount"),
        ("٣", "not an amount"),
        ("N/A", "not an amount"),
        ("=SUM(A1)", "not an amount"),
        ("", "is empty"),
        (None, "is empty"),
        (True, "not an amount"),
        (date(2026, 1, 1), "not an amount"),
        (float("nan"), "not an amount"),
        (1e300, "more than any amount"),
        ("99999999999999", "more than any amount"),
    ],
)
def test_what_is_no_amount_is_refused_and_quoted(value: object, words: str) -> None:
    with pytest.raises(CellError, match=words):
        to_pence(value)


@given(st.integers(-(10**12), 10**12))
def test_every_amount_survives_being_written_and_read(pence: int) -> None:
    pounds = Decimal(pence) / 100
    for written in (f"£{pounds:,.2f}", f"{pounds:.2f}", pounds, f" ¬£{pounds:,.2f} "):
        assert to_pence(written, negative_allowed=True) == pence
    if abs(pence) < 10**11:
        assert to_pence(float(pounds), negative_allowed=True) == pence


@given(st.text(max_size=40))
def test_any_text_is_pence_or_a_sentence(text: str) -> None:
    with suppress(CellError):
        assert isinstance(to_pence(text, negative_allowed=True), int)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("04/07/2016", date(2016, 7, 4)),
        ("4/7/16", date(2016, 7, 4)),
        ("4.7.2016", date(2016, 7, 4)),
        ("04-07-2016", date(2016, 7, 4)),
        ("13-Dec-16", date(2016, 12, 13)),
        ("13th December 2016", date(2016, 12, 13)),
        ("Thursday 7 May 2026", date(2026, 5, 7)),
        ("Thu, 7 May 2026", date(2026, 5, 7)),
        ("May 7, 2026", date(2026, 5, 7)),
        ("1 Sept 2025", date(2025, 9, 1)),
        ("2026-05-07", date(2026, 5, 7)),
        ("2017-03-17T00:00:00Z", date(2017, 3, 17)),
        ("07/05/2026 00:00:00", date(2026, 5, 7)),
        ("2026/05/07", date(2026, 5, 7)),
        ("29/02/2024", date(2024, 2, 29)),
        (date(2026, 5, 7), date(2026, 5, 7)),
        (datetime.fromisoformat("2026-05-07 12:00"), date(2026, 5, 7)),
        ("01/05/30", date(2030, 5, 1)),
        ("01/05/62", date(1962, 5, 1)),
    ],
)
def test_days_are_read_day_first(value: object, day: date) -> None:
    assert to_day(value) == ParsedDay(day)


@pytest.mark.parametrize(
    "value", ["Mar-16", "March 2016", "Mar 16", "03/2016", "2016-03", "Mar '16"]
)
def test_a_month_alone_is_approximate(value: str) -> None:
    parsed = to_day(value)
    assert (parsed.day, parsed.approximate) == (date(2016, 3, 1), True)
    assert "month only" in parsed.note


@pytest.mark.parametrize(
    "value", ["0000-00-00", "0000-00-00 00:00:00", "00/00/0000", 0, date(1899, 12, 30)]
)
def test_empty_dates_are_blank_with_a_note(value: object) -> None:
    parsed = to_day(value)
    assert parsed.day is None
    assert "empty date" in parsed.note
    assert to_day("  ") == to_day(None) == ParsedDay(None)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("12/25/2016", "day first and there is no month 25"),
        ("31/02/2026", "no such day"),
        ("13-Foo-16", "no month ‘Foo’"),
        ("ongoing", "not a date"),
        ("2026", "not a date"),
        (42709, "is a number, not a date"),
        (True, "is a number, not a date"),
        ("07/05/0026", "year 26"),
        ("1/2/3/4", "not a date"),
    ],
)
def test_what_is_no_day_is_refused_and_quoted(value: object, words: str) -> None:
    with pytest.raises(CellError, match=words):
        to_day(value)


@given(st.dates(date(1910, 1, 1), date(2100, 12, 31)))
def test_every_day_survives_being_written_and_read(day: date) -> None:
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%A %d %b %Y", "%d-%b-%Y"):
        assert to_day(day.strftime(form)) == ParsedDay(day)


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_a_sentence(text: str) -> None:
    with suppress(CellError):
        to_day(text)


def test_a_column_that_can_be_read_day_first_passes() -> None:
    check_day_column(["04/07/2016", "13/12/2016", None, "Mar-16", date(2016, 1, 2), "x", 3])
    check_day_column([])


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (["04/07/2016", "12/25/2016"], "has the month first"),
        (["12/25/2016"], "so 0 dates in it"),
        (["25/12/2016", "04/07/2016", "12/25/2016"], "mixes day-first and month-first"),
        (
            ["13/12/2016", "25/12/2016", "28/02/2017", *[date(2017, n, 5) for n in (1, 2, 3)]],
            "probably exchanged",
        ),
    ],
)
def test_an_ambiguous_column_is_refused_whole(values: list[object], words: str) -> None:
    with pytest.raises(CellError, match=words):
        check_day_column(values, heading="Elected on")


@pytest.mark.parametrize(
    ("value", "email"),
    [
        (" Ada.Thornby@Example.ORG ", "ada.thornby@example.org"),
        ("mailto:ada@example.org", "ada@example.org"),
        ("Ada Thornby <ada@example.org>;", "ada@example.org"),
        (None, ""),
    ],
)
def test_emails_are_cleaned(value: object, email: str) -> None:
    assert to_email(value) == email


@pytest.mark.parametrize("value", ["ada", "ada@", "a@example.org, b@example.org", "x" * 400, 12])
def test_what_is_no_email_is_refused(value: object) -> None:
    with pytest.raises(CellError):
        to_email(value)


@pytest.mark.parametrize(
    ("value", "number", "warned"),
    [
        ("01772 254868", "+441772254868", False),
        (1772254868, "+441772254868", False),
        ("+44 (0)1772 254868", "+441772254868", False),
        ("0044 1772 254868", "+441772254868", False),
        ("01772 254868 ext 12", "+441772254868 ext. 12", False),
        ("01772 254868 / 01772 254869", "01772 254868 / 01772 254869", True),
        ("07700 9001234567", "07700 9001234567", True),
        ("", "", False),
    ],
)
def test_telephones_are_stored_and_doubts_are_said(
    value: object, number: str, warned: bool
) -> None:
    phone = to_phone(value)
    assert (phone.number, bool(phone.warning)) == (number, warned)


def test_what_has_no_digits_is_no_telephone() -> None:
    with pytest.raises(CellError, match="not a telephone number"):
        to_phone("ask Ada")


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_sentence(text: str) -> None:
    for parse in (to_email, to_phone):
        with suppress(CellError):
            parse(text)
