"""A working sheet of five hundred rows: out to Excel, back with three conflicts, and taken back."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import councillors, follow, saved, toast
from tests.browser.office import hustings
from tests.browser.sheets import FAMILIES, HEADINGS, LOCKED, Cells, OpenSheet, people_to_import

LONG = 60_000  # what reads or writes hundreds of rows, on a busy machine


@pytest.fixture
def many(enter, office, tmp_path) -> Iterator[Page]:
    """The officer's window, in a union of more than 500 councillors until the test is over."""
    page = enter("officer", at=None)
    path = tmp_path / "more.xlsx"
    people_to_import(path, [(one.council, one.ward) for one in councillors(page)], 260)
    words = hustings(office, "import", "councillors", str(path), "--as", "officer@example.org")
    batch = re.search(r"import undo (\d+)", words)
    assert batch, words
    yield page
    undone = hustings(office, "import", "undo", batch[1], "--as", "officer@example.org")
    assert "was left" not in undone, "the sheet that was taken back left a trace"


def take_out(page: Page, folder: Path, name: str) -> OpenSheet:
    """Download the working sheet of all councillors."""
    page.goto("/councillors")
    page.get_by_role("link", name="Working sheet").click()
    page.get_by_label("What is it for?").fill("Checking details with the regions")
    path = saved(page, page.get_by_role("button", name="Download workbook"), folder)
    return OpenSheet(path.rename(folder / name))


def check_the_locks(sheet: OpenSheet) -> None:
    assert sheet.sheet.protection.sheet
    assert sheet.sheet.column_dimensions["A"].hidden
    assert len(sheet.rows) == sheet.sheet.max_row - 1, "every row has an id of its own"
    assert all(re.fullmatch(r"\d+-[0-9a-f]{6}", key) for key in sheet.rows)
    assert [sheet.book[name].sheet_state for name in ("Base", "Lists")] == ["veryHidden"] * 2
    assert [one for one in LOCKED if sheet.can_be_typed_into(one)] == []
    assert [one for one in HEADINGS if not sheet.can_be_typed_into(one)] == []
    assert sheet.offers("Party") >= {"Labour Party", "Liberal Democrats"}
    assert sheet.offers("Network status") >= {"Invited", "Joined"}
    assert sheet.offers("Branch")
    assert sheet.offers("E-mail") == set()


def plain_edits(sheet: OpenSheet) -> Cells:
    """Nine changes that nobody else makes, each in a row of its own."""
    cells = sheet.cells()
    new = [key for key in sheet.rows if cells[key, "Family name"] in FAMILIES]
    member = next(key for key in sheet.rows if cells[key, "Branch"])
    branch = min(sheet.offers("Branch") - {cells[member, "Branch"]})
    return {
        (new[0], "Network status"): "Invited",
        (new[1], "Everyday name"): "Bunny",
        (new[2], "Letters after the name"): "OBE",
        (new[3], "E-mail"): "new.address@example.org",
        (new[4], "E-mail"): "",
        (new[5], "Mobile"): "07700 900999",
        (new[6], "Telephone"): "020 7946 0999",
        (new[7], "Party"): "Liberal Democrats",
        (member, "Branch"): branch,
    }


def disputed(sheet: OpenSheet, edits: Cells) -> tuple[Cells, Cells]:
    """Three facts of three people, as the sheet is to say them and as somebody else will."""
    cells = sheet.cells()
    taken = {key for key, _ in edits}
    names = [cells[key, "Name"] for key in sheet.rows]
    title, email, ends = [
        key
        for key in sheet.rows
        if key not in taken and names.count(cells[key, "Name"]) == 1 and cells[key, "E-mail"]
        and cells[key, "Family name"] not in FAMILIES
    ][:3]  # fmt: skip
    facts = ((title, "Title"), (email, "E-mail"), (ends, "Term ends"))
    mine = ("Dr", "mine@example.org", "2029-05-03")
    theirs = ("Baroness", "theirs@example.org", "2028-05-04")
    return dict(zip(facts, mine, strict=True)), dict(zip(facts, theirs, strict=True))


def change_here(page: Page, sheet: OpenSheet, theirs: Cells) -> None:
    """Another user changes the three facts on the pages of the people."""
    cells = sheet.cells()
    for (key, heading), value in theirs.items():
        open_person(page, cells[key, "Name"])
        CHANGES[heading](page, value)


def open_person(page: Page, name: str) -> None:
    page.goto(f"/councillors?text={name}")
    page.locator("#results tbody th").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", name="Timeline")).to_be_visible()


def _change_title(page: Page, value: str) -> None:
    page.get_by_role("link", name="Change title").click()
    page.get_by_label("Title").fill(value)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#fact-title")).to_contain_text(value)


def _add_email(page: Page, value: str) -> None:
    page.get_by_role("link", name="Add an address or number").click()
    page.get_by_label("Kind").select_option(label="E-mail")
    page.get_by_label("Address or number").fill(value)
    page.get_by_label("The best way to reach them").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text(value)


def _change_end(page: Page, value: str) -> None:
    page.get_by_role("link", name="Change the office").click()
    page.get_by_label("Term expected to end on").fill(value)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Timeline")).to_be_visible()


CHANGES = {"Title": _change_title, "E-mail": _add_email, "Term ends": _change_end}


def bring_back(page: Page, sheet: OpenSheet) -> None:
    page.goto("/imports")
    page.get_by_role("link", name="Working sheet").click()
    page.get_by_label("Working sheet").set_input_files(sheet.path)
    page.get_by_role("button", name="Compare with the books").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(sheet.path.name, timeout=LONG)


def shown(page: Page, cells: int) -> set[tuple[str, ...]]:
    """Who, which cell, when taken out, here now, in the sheet: the comparison of so many cells."""
    rows = page.locator("main tbody tr")
    expect(rows).to_have_count(cells)
    words = rows.evaluate_all(
        "rows => rows.map(row => [...row.children].slice(0, 5).map("
        "cell => cell.innerText.split('\\n')[0].replace(/ Row \\d+$/, '').trim()))"
    )
    return {tuple(row) for row in words}


def compared(before: Cells, edits: Cells, theirs: Cells) -> set[tuple[str, ...]]:
    """What the comparison must show of these edits."""
    return {
        (
            before[at[0], "Name"],
            at[1],
            *(_in_words(one[at]) for one in (before, before | theirs, edits)),
        )
        for at in edits
    }


def _in_words(text: str) -> str:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        day = date.fromisoformat(text)
        return f"{day.day} {day:%B %Y}"
    return text or "Empty"


def decide(page: Page, decision: str, name: str, heading: str) -> None:
    """Accept or refuse one cell, and see that it is said."""
    page.get_by_role("button", name=f"{decision} {heading} of {name}", exact=True).click()
    row = page.locator("main tbody tr").filter(has_text=name).filter(has_text=heading)
    expect(row).to_contain_text("Accepted" if decision == "Accept" else "Refused")


def settle(page: Page, before: Cells, conflicts: Cells, kept: tuple[str, str]) -> None:
    """Settle every conflict for the sheet, but for one that stays as it is here."""
    for at in conflicts:
        follow(page, page.get_by_role("link", name="Conflicts"))
        decide(page, "Refuse" if at == kept else "Accept", before[at[0], "Name"], at[1])


def test_five_hundred_rows_go_out_and_come_back_with_three_conflicts(many, enter, tmp_path):
    page, sheet = many, take_out(many, tmp_path, "before.xlsx")
    assert len(sheet.rows) >= 500
    check_the_locks(sheet)
    before, plain = sheet.cells(), plain_edits(sheet)
    mine, theirs = disputed(sheet, plain)
    change_here(enter("national", at=None), sheet, theirs)
    sheet.change(plain | mine)

    bring_back(page, sheet)
    expect(page.locator("main")).to_contain_text("Nothing has been written yet")
    expect(page.locator("main")).to_contain_text("12 changed cells: 9 accepted, 0 refused, 3 to")
    assert shown(page, 12) == compared(before, plain | mine, theirs)
    page.get_by_role("link", name="Conflicts 3").click()
    assert shown(page, 3) == compared(before, mine, theirs)
    expect(page.get_by_text("Changed here since")).to_have_count(3)
    title, *_ = mine
    settle(page, before, mine, kept=title)
    page.get_by_role("link", name="All changes").click()
    suffix = next(at for at in plain if at[1] == "Letters after the name")
    decide(page, "Refuse", before[suffix[0], "Name"], suffix[1])
    expect(page.locator("main")).to_contain_text("10 accepted, 2 refused, 0 to decide")

    page.get_by_role("button", name="Write 10 changes").click()
    expect(toast(page, "10 rows were changed")).to_be_visible(timeout=LONG)
    written = page.url
    wanted = {at: text for at, text in (plain | mine).items() if at not in (title, suffix)}
    bunny = next(key for key, heading in plain if heading == "Everyday name")
    wanted[bunny, "Name"] = f"Bunny {before[bunny, 'Family name']}"
    assert take_out(page, tmp_path, "applied.xlsx").cells() == before | theirs | wanted
    open_person(page, before[title[0], "Name"])
    expect(page.locator("#fact-title")).to_contain_text(theirs[title])

    page.goto(written)
    page.get_by_role("button", name="Take this import back").click()
    expect(page.locator("main")).to_contain_text("Taken back", timeout=LONG)
    assert take_out(page, tmp_path, "undone.xlsx").cells() == before | theirs
