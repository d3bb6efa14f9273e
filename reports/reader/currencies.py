"""Another currency that an .xlsx file shows beside a number by its format alone.

Excel keeps 1600 and shows €1,600.00; whoever reads the number alone would take it for pounds.
"""

from __future__ import annotations

import re
from functools import partial
from unicodedata import category
from zipfile import ZipFile

from defusedxml import ElementTree

from reports.reader.lost_cells import ADDRESS, CELL, MAIN, Look, Place, by_sheet, place

CURRENCIES = frozenset(
    re.findall(
        "[A-Z]{3}",
        """
        AED AUD BGN BRL CAD CHF CNY CZK DKK EUR HKD HRK HUF IDR ILS INR ISK JPY KES KRW LKR MXN MYR
        NGN NOK NZD PHP PKR PLN RON RUB SAR SEK SGD THB TRY TWD UAH USD ZAR
        """,
    )
)
POUNDS = ("", "£", "GBP", "STG")
# [$€-2] and [$EUR] name a currency, [$-809] only a language.
NAMED = re.compile(r"\[\$([^\]-]*)[^\]]*\]")
BRACKETS = re.compile(r"\[[^\]]*\]")
STYLE = re.compile(rb'\bs="([0-9]{1,6})"')
MOST = 100_000


def foreign_cells(data: bytes) -> dict[str, dict[Place, str]]:
    """By sheet name: (row, column) counted from 0 to the other currency that the cell shows.

    A workbook laid out in an unusual way gives nothing here rather than an error.
    """
    return by_sheet(data, _looker)


def _looker(archive: ZipFile) -> Look | None:
    """The look for cells whose style writes another currency; None where no style does."""
    styles = _styles(archive.read("xl/styles.xml"))
    return partial(_shown, styles=styles) if styles else None


def foreign_sign(text: str) -> str | None:
    """The first sign of a currency in a text that is not the pound's."""
    return next((mark for mark in text if category(mark) == "Sc" and mark != "£"), None)


def format_currency(code: str) -> str | None:
    """The other currency that a number format writes, as it writes it; None for pounds or none."""
    for name in NAMED.findall(code):
        if name.strip().upper() not in POUNDS:
            return str(name.strip())
    rest = BRACKETS.sub("", code)
    return foreign_sign(rest) or next(
        (one for one in re.findall(r"[A-Z]{3}", rest) if one in CURRENCIES), None
    )


def with_currency(value: float, currency: str) -> str:
    """A number as the file shows it: €1600, EUR 1600."""
    return f"{currency} {value}" if currency[-1].isalnum() else f"{currency}{value}"


def _styles(content: bytes) -> dict[int, str]:
    """The styles of cells, by their place in the list, that write another currency."""
    book = ElementTree.fromstring(content)
    formats = {
        one.get("numFmtId"): format_currency(one.get("formatCode", ""))
        for one in book.iter(f"{MAIN}numFmt")
    }
    cells = book.find(f"{MAIN}cellXfs")
    listed = enumerate(cells if cells is not None else ())
    return {at: named for at, one in listed if (named := formats.get(one.get("numFmtId")))}


def _shown(content: bytes, styles: dict[int, str]) -> dict[Place, str]:
    shown: dict[Place, str] = {}
    for mark in CELL.finditer(content):
        attributes = mark.group(1) or b""
        style, address = STYLE.search(attributes), ADDRESS.search(attributes)
        if style and address and int(style[1]) in styles:
            shown[place(address)] = styles[int(style[1])]
            if len(shown) >= MOST:
                break
    return shown
