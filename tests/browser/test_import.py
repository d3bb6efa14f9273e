"""An import: from a spreadsheet with an odd spelling to the register and back."""

import io
import re

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.desk import choose, councillors, follow, toast

ODD = "Thornmere & Dist. CC (old list)"
PEOPLE = ("Wilhelmina Thistlewick", "Barnaby Quillfeather-Moss")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def spreadsheet(ward: str) -> bytes:
    """Two good rows of a council nobody calls so, and one whose date is no date."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Councillors as at Monday"])
    sheet.append(["Cllr Name", "Authority", "Ward", "Political Party", "Date elected"])
    sheet.append([PEOPLE[0], ODD, ward, "Labour Party", "04/05/2023"])
    sheet.append([PEOPLE[1], ODD, ward, "Labour Party", "04/05/2023"])
    sheet.append(["Percival Nettlefold", ODD, ward, "Labour Party", "the 45th of May"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def upload(page: Page, content: bytes) -> None:
    page.goto("/imports/new")
    file = {"name": "thornmere.xlsx", "mimeType": XLSX, "buffer": content}
    page.get_by_label("Spreadsheet").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()
    expect(page.locator("h1")).to_have_text("Which column is what?")


def teach(page: Page, council: str) -> None:
    page.get_by_role("button", name="See the preview").click()
    expect(page.locator("h1")).to_have_text("What do these texts mean?")
    choose(page, f"{ODD} (3 rows)", council, council)
    page.get_by_role("button", name="Remember, and see the preview").click()
    expect(page.locator("main")).to_contain_text("Nothing has been written yet.")


def refusals(page: Page) -> list[tuple]:
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Refused rows as a workbook").click()
    book = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()))
    return [row for sheet in book for row in sheet.iter_rows(values_only=True)]


def found(page: Page, name: str) -> bool:
    page.goto(f"/councillors?text={name.rsplit(maxsplit=1)[-1]}")
    return page.locator("#results tbody").get_by_text(name).count() > 0


def test_a_spreadsheet_is_mapped_taught_previewed_applied_and_taken_back(enter):
    page = enter("national", at=None)
    council = councillors(page)[0]
    upload(page, spreadsheet(council.ward))
    columns = page.get_by_role("region", name="The columns")
    expect(columns.get_by_label("Authority")).to_have_value("council")
    expect(columns.get_by_label("Political Party")).to_have_value("party")
    teach(page, council.council)
    counts = "3 rows = 2 new + 0 changed + 0 unchanged + 1 refused"
    expect(page.locator("main")).to_contain_text(counts)
    assert not found(page, PEOPLE[0])
    page.go_back()

    page.get_by_role("button", name="Import 2 rows").click()
    expect(page.locator("main")).to_contain_text(re.compile("Applied"))
    expect(page.locator("main")).to_contain_text(counts)
    rows = refusals(page)
    assert any("Percival Nettlefold" in row for row in rows)
    assert any("the 45th of May" in str(cell) for row in rows for cell in row)
    address = page.url
    assert all(found(page, name) for name in PEOPLE)

    page.goto(address)
    page.get_by_role("button", name="Take this import back").click()
    expect(page.locator("main")).to_contain_text("Taken back")
    assert not any(found(page, name) for name in PEOPLE)


def test_the_spelling_is_remembered_for_the_next_file(enter):
    page = enter("national", at=None)
    council = councillors(page)[0]
    upload(page, spreadsheet(council.ward + " "))
    follow(page, page.get_by_role("button", name="See the preview"))
    if page.locator("h1").inner_text() == "What do these texts mean?":
        expect(page.get_by_role("combobox")).to_have_count(1)
        choose(page, f"{ODD} (3 rows)", council.council, council.council)
        page.get_by_role("button", name="Remember, and see the preview").click()
        upload(page, spreadsheet(council.ward + "  "))
        page.get_by_role("button", name="See the preview").click()
    expect(page.locator("main")).to_contain_text("Nothing has been written yet.")
    expect(page.locator("main")).not_to_contain_text("is not known")
    page.get_by_role("button", name="Put this file aside").click()
    expect(toast(page, "The import was put aside.")).to_be_visible()
