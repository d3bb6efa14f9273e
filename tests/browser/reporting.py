"""After an award in the browser: the letter, the spending report, its acceptance."""

from pathlib import Path

import docx
from playwright.sync_api import Page, expect

from models import clock
from tests.browser.desk import saved, toast

PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def after_the_award(page: Page, address: str) -> None:
    """From an application's page to what follows its award."""
    page.goto(address)
    page.locator("main").get_by_role("link", name="After the award").click()


def letter(page: Page, address: str, folder: Path) -> str:
    """Make the award letter, take it home as a Word file; what it says."""
    after_the_award(page, address)
    page.get_by_role("link", name="Write the letter").click()
    page.get_by_role("button", name="Make the letter").click()
    path = saved(page, page.get_by_role("link", name="Word of version 1"), folder)
    read = docx.Document(str(path))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in read.paragraphs), *cells])


def send_report(page: Page, address: str, net: str, vat: str) -> None:
    """Report one receipt, with its paper, as all that was spent."""
    after_the_award(page, address)
    page.get_by_role("button", name="Start the report").click()
    page.get_by_role("link", name="Add a receipt").click()
    page.get_by_label("Supplier").fill("Marlpit Printers")
    page.get_by_label("Invoice number").fill("MP-2041")
    page.get_by_label("Date of the invoice").fill(clock.today().isoformat())
    page.get_by_label("What it was for").select_option(label="Leaflets and letters")
    page.get_by_label("Amount without VAT").fill(net)
    page.get_by_label("VAT, in pounds", exact=True).fill(vat)
    page.get_by_label("The invoice or receipt").set_input_files(
        {"name": "MP-2041.pdf", "mimeType": "application/pdf", "buffer": PAPER}
    )
    page.get_by_role("button", name="Save the receipt").click()
    page.get_by_role("link", name="Check and send in").click()
    page.get_by_role("checkbox", name="The receipts are true").check()
    page.get_by_role("button", name="Send in the report").click()
    expect(toast(page, "The report is sent in")).to_be_visible()


def accept_report(page: Page, address: str) -> None:
    """The office accepts the report that was sent in."""
    after_the_award(page, address)
    page.get_by_role("link", name="Open the report").click()
    page.get_by_role("link", name="Judge the report").click()
    page.get_by_role("button", name="Accept the report").click()
    expect(toast(page, "the report is accepted")).to_be_visible()
