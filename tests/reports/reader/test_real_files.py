"""Files of the real world, read by path from beside the checkout; skipped where they are not."""

import time
from pathlib import Path

import pytest

from reports.reader.proposing import propose, read_together, together
from reports.reader.running import read_file

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the real data are not beside the checkout"
)


GRANTS = "messy/Community-Grants-Payments-2016-17-xlsx.xlsx"
PAYMENTS = "messy/Payments-in-excess-of-2016-17_TOCLEAN.xlsx"


@pytest.mark.parametrize(
    ("path", "sheet", "header_row", "rows", "first"),
    [
        (GRANTS, "from expenditure data", 1, 69, "Doc Date"),
        (PAYMENTS, "Page 1", 2, 20, "Inv Date"),
        ("messy/Contracts-2017-8-open.xlsx", "Page 1", 2, 33, "Title/Description"),
        ("messy/Four-Oaks-Ward-Election-Results.xlsx", "Page 1", 2, 4, "Name"),
        ("messy/SCTC_councillors_pre_2018.csv", "", 1, 24, "Name"),
        ("councillors/councillors_lancashire_2026.csv", "", 1, 691, "council"),
        ("candidates/UKPGE_candidate_spending_2024.csv", "", 1, 4515, "Forename"),
        ("councils/uk_local_authorities_future.csv", "", 1, 470, "local-authority-code"),
    ],
)
def test_real_files_preview_with_their_right_number_of_rows(
    path: str, sheet: str, header_row: int, rows: int, first: str
) -> None:
    file = DATA / path
    workbook = read_file(file.name, file.read_bytes())
    proposal = propose(workbook)
    assert (proposal.sheet, proposal.header_row, proposal.rows) == (
        sheet or file.stem,
        header_row,
        rows,
    )
    assert workbook.sheet(proposal.sheet).headers[0] == first


def test_every_messy_file_is_among_those_looked_at() -> None:
    assert len(list((DATA / "messy").iterdir())) == 5


def test_the_other_tables_of_the_messy_workbooks_have_their_rows_too() -> None:
    def rows(name: str) -> dict[str, int]:
        workbook = read_file(name, (DATA / "messy" / name).read_bytes())
        return {sheet.name: len(sheet.rows) for sheet in workbook.sheets}

    grants = rows("Community-Grants-Payments-2016-17-xlsx.xlsx")
    assert grants["Community Grants Payments 2016"] == 22
    assert (grants["PIVOT"], grants["wards"], grants["201617 totals"]) == (33, 32, 0)
    assert rows("Contracts-2017-8-open.xlsx") == {"Page 1": 33, "Sheet1": 33}
    pages = rows("Payments-in-excess-of-2016-17_TOCLEAN.xlsx")
    assert list(pages.values()) == [20, 20, 20, 22, 28, 24, 23]


def test_the_pages_of_payments_without_headings_are_one_table() -> None:
    name = "Payments-in-excess-of-2016-17_TOCLEAN.xlsx"
    workbook = read_file(name, (DATA / "messy" / name).read_bytes())
    pieces = together(workbook, "Page 2")
    assert pieces == tuple(f"Page {n}" for n in range(2, 8))
    assert len(read_together(workbook, pieces).rows) == 137


def test_a_large_real_file_is_read_in_seconds() -> None:
    file = DATA / "candidates" / "dc_candidates_may2026.csv"
    began = time.monotonic()
    sheet = read_file(file.name, file.read_bytes()).sheets[0]
    assert len(sheet.rows) == 26_805
    assert sheet.rows[-1].number == 26_806
    assert time.monotonic() - began < 15
