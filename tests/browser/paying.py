"""Finance in the browser: payees, tranches, batches, and what the bank says it paid."""

import re
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.desk import follow, saved, toast

SORT_CODE = "20-45-67"


def add_payee(page: Page, name: str, number: str) -> str:
    """A party unit and its account, which waits for a second person; the payee's page."""
    page.goto("/payments/payees/new")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("radio", name="Party unit").check()
    page.get_by_role("button", name="Add the payee").click()
    page.wait_for_url(re.compile(r"/payees/\d+$"))
    payee = page.url
    page.get_by_role("link", name="Enter an account").first.click()
    page.get_by_label("Name on the account").fill(name)
    page.get_by_label("Sort code").fill(SORT_CODE)
    page.get_by_label("Account number").fill(number)
    page.get_by_role("button", name="Enter the account").click()
    expect(page.locator("main")).to_contain_text("somebody else in finance must confirm it")
    return payee


def confirm_account(page: Page, payee: str, number: str) -> None:
    """The second person enters the same account, having called the payee."""
    page.goto(payee)
    page.get_by_role("link", name="Confirm the account").click()
    page.get_by_label("Sort code").fill(SORT_CODE)
    page.get_by_label("Account number").fill(number)
    page.get_by_label("How you checked it").fill("Called the treasurer.")
    page.get_by_role("button", name="Confirm the account").click()
    expect(page.locator("main")).to_contain_text("In use")


def plan(page: Page, address: str, payee: str, *amounts: str) -> list[str]:
    """Plan an award's tranches to one payee; the payments' pages."""
    page.goto(address)
    page.locator("main").get_by_role("link", name="Payments", exact=True).click()
    page.get_by_role("link", name="Plan the payments").click()
    for number, pounds in enumerate(amounts):
        page.locator(f"#tranches-{number}-amount").fill(pounds)
        page.locator(f"#tranches-{number}-payee").select_option(label=payee)
    follow(page, page.get_by_role("button", name="Save the plan"))
    expect(toast(page, "the payments are planned")).to_be_visible()
    links = page.get_by_role("table", name="Tranches").locator("tbody a").all()
    return [link.get_attribute("href") or "" for link in links]


def release(page: Page, payment: str) -> str:
    """Release a payment; its reference."""
    page.goto(payment)
    page.get_by_role("button", name="Release").click()
    expect(page.locator("main")).to_contain_text("Released by")
    return page.locator("h1").inner_text().strip()


def send_batch(page: Page, references: list[str], folder: Path) -> Path:
    """Send just these payments to the bank; the batch's workbook."""
    page.goto("/payments/batches/new")
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    for reference in references:
        page.get_by_role("checkbox", name=reference).check()
    page.get_by_role("button", name="Send to the bank").click()
    return saved(page, page.get_by_role("link", name="Workbook for finance"), folder)


def change_amount(path: Path, reference: str, pounds: float) -> None:
    """Make a batch's workbook say that the bank paid another amount for one payment."""
    book = openpyxl.load_workbook(path)
    sheet = book["Batch"]
    headings = [cell.value for cell in sheet[1]]
    at, amount = headings.index("Payment"), headings.index("Amount")
    row = next(row for row in sheet.iter_rows() if row[at].value == reference)
    row[amount].value = pounds
    book.save(path)


def bring_paid_file(page: Page, path: Path) -> None:
    """Bring in what the bank paid; ends at the report of differences."""
    page.goto("/payments/paid-files/new")
    page.get_by_label("Paid file").set_input_files(path)
    page.get_by_role("button", name="Match it").click()
    page.wait_for_url(re.compile(r"/paid-files/\d+$"))


def take_what_the_file_says(page: Page) -> None:
    """From the report of differences: settle the only one."""
    page.get_by_role("link", name="Settle row").click()
    page.get_by_role("radio", name="Take what the file says").check()
    page.get_by_label("What you found out").fill("The bank kept a pound for the transfer.")
    page.get_by_role("button", name="Settle it").click()
