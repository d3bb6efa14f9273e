"""The budget's figures as the page, the workbook and the command tell them, all in pence."""

import json
from pathlib import Path

import openpyxl
from playwright.sync_api import Page

from tests.browser.desk import pence, saved
from tests.browser.office import Office, hustings

FIVE = ("Allocated", "Committed", "Paid", "Returned", "Available")
Figures = dict[str, dict[str, int]]


def tables_of_the_page(page: Page) -> tuple[Figures, Figures]:
    """The five figures by region, and by head, in pence; the sums under "Total"."""
    page.goto("/budget")
    found: dict[str, Figures] = {}
    for card in page.locator("main .h-card").all():
        if card.locator("table").count():
            found[card.locator("h2").inner_text()] = rows_of(card.locator("table"))
    regions = found.pop("By region")
    heads = {name: rows["Total"] for name, rows in found.items()}
    total = {figure: sum(each[figure] for each in heads.values()) for figure in FIVE}
    return regions, {**heads, "Total": total}


def rows_of(table) -> Figures:
    rows = table.locator("tbody tr, tfoot tr").evaluate_all(
        "rows => rows.map(row => [...row.children].map(cell => cell.innerText.trim()))"
    )
    names = [row[0] for row in rows[:-1]] + ["Total"]
    return {
        name: dict(zip(FIVE, map(pence, row[1:6]), strict=True))
        for name, row in zip(names, rows, strict=True)
    }


def download(page: Page, folder: Path) -> openpyxl.Workbook:
    page.goto("/reports/budget")
    button = page.get_by_role("button", name="Download workbook")
    return openpyxl.load_workbook(saved(page, button, folder))


def figures_of(sheet) -> Figures:
    headings, *rows = sheet.iter_rows(values_only=True)
    at = [headings.index(figure) for figure in FIVE]
    return {
        row[0]: {figure: round(row[column] * 100) for figure, column in zip(FIVE, at, strict=True)}
        for row in rows
        if row[0]
    }


def budget_command(office: Office) -> dict:
    return json.loads(hustings(office, "budget", "--json"))


def five(told: dict) -> dict[str, int]:
    return {figure: told[figure.lower()] for figure in FIVE}


def alone(figures: Figures) -> Figures:
    return {name: row for name, row in figures.items() if name != "Total"}
