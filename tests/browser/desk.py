"""What everybody does at the desk: read a table, choose from suggestions, see what has focus."""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect


@dataclass(frozen=True)
class Councillor:
    """A row of the councillors' list."""

    name: str
    council: str
    ward: str
    href: str


def councillors(page: Page, query: str = "") -> list[Councillor]:
    """The first page of the list, as far as the rows have a ward."""
    page.goto(f"/councillors{query}")
    rows = page.locator("#results tbody tr").evaluate_all(
        """rows => rows.map(row => {
            const name = row.querySelector('th a'), council = row.querySelector('td a').innerText;
            const ward = row.querySelector('td').innerText.slice(0, -council.length - 2);
            return [name.innerText, council, ward, name.getAttribute('href')];
        })"""
    )
    return [Councillor(*row) for row in rows if row[2]]


def choose(page: Page, label: str, typed: str, wanted: str) -> None:
    """Type into a lookup and take the suggestion that begins with `wanted`, by keyboard."""
    box = page.get_by_role("combobox", name=label, exact=True)
    box.press_sequentially(typed, delay=5)
    options = page.get_by_role("listbox", name=label).get_by_role("option")
    expect(options.filter(has_text=wanted).first).to_be_visible()
    for _ in range(options.count()):
        at = page.locator("[role=option][aria-selected=true]")
        if at.count() and at.first.inner_text().startswith(wanted):
            break
        box.press("ArrowDown")
    box.press("Enter")


def press_key(page: Page, key: str) -> None:
    """Press the key of a button as soon as the page listens, and wait for the page it leads to."""
    page.locator("body[data-listens]").wait_for()
    with page.expect_navigation():
        page.keyboard.press(key)


def follow(page: Page, control: Locator) -> None:
    """Click what leads to a page, this one anew too, and wait until the whole of it is there."""
    with page.expect_navigation():
        control.click()


def tab_to(page: Page, wanted: Locator, most: int = 60) -> None:
    """Press Tab until the control has focus."""
    for _ in range(most):
        if wanted.evaluate("it => it === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {wanted}.")


def focused(page: Page) -> str:
    """What has focus, in short: its id, or its tag and words."""
    return page.evaluate(
        "() => { const it = document.activeElement; "
        "return it.id || it.tagName + ' ' + it.innerText.trim(); }"
    )


def pence(words: str) -> int:
    """'£18,470.50' as pence."""
    found = re.search(r"(-?)£([\d,]+)(?:\.(\d\d))?", words)
    assert found, words
    sign, pounds, rest = found.groups()
    return (-1 if sign else 1) * (int(pounds.replace(",", "")) * 100 + int(rest or 0))


def toast(page: Page, words: str) -> Locator:
    """The message that says these words."""
    return page.locator("[data-toast]").filter(has_text=words)


def saved(page: Page, link: Locator, folder: Path) -> Path:
    """Follow a link or a button that hands a file over, and keep the file here."""
    with page.expect_download() as waiting:
        link.click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path
