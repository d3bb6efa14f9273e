"""The statement for the agent, read back from each of its files: the same figures in all three."""

import io
from datetime import date

import docx
import openpyxl
import pypdf
import pytest

from models import clock
from models.evidence.actions.receipts import save_receipt
from models.evidence.actions.reports import start_report
from models.evidence.queries.reports import report_of
from models.evidence.spending import Bill
from reports.letters import statement
from tests.funding_factories import make_awarded, make_contest, make_fund
from tests.payment_factories import pay_outright


@pytest.fixture
def paid(cast, database):
    make_fund(by=cast.alice)
    made = make_awarded(by=cast.bob, region=cast.regions["NWI"], officer=cast.alice)
    pay_outright(cast, made, reference="P-1")
    return made


@pytest.fixture
def said(cast, paid):
    """£300.00 given; an invoice of £240.00 of which another candidate has £40.00."""
    bill = Bill("Ambridge Print", "INV-001", clock.today(), "leaflets", 200_00, 40_00, 150_00)
    save_receipt(start_report(paid, by=cast.bob), bill, by=cast.bob)
    other = make_awarded(
        by=cast.bob,
        region=cast.regions["NWI"],
        officer=cast.alice,
        amount_p=100_00,
        poll_on=date(2099, 6, 4),
        contest=make_contest(cast.regions["NWI"], name="Tom Archer"),
    )
    shared = Bill("Ambridge Print", "INV-001", clock.today(), "leaflets", 200_00, 40_00, 40_00)
    save_receipt(start_report(other, by=cast.bob), shared, by=cast.bob)
    return statement.statement_of(paid, report_of(paid))


WANTED = ("£300.00", "£240.00", "£150.00", "£40.00", "£50.00", "INV-001", "Ambridge CLP")


def test_word_and_pdf_say_the_same_figures(paid, said):
    document = docx.Document(io.BytesIO(statement.as_docx(said)))
    cells = " ".join(
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    )
    pages = pypdf.PdfReader(io.BytesIO(statement.as_pdf(said))).pages
    printed = " ".join("".join(page.extract_text() for page in pages).split())
    for words in (*WANTED, paid.candidate_name, paid.reference):
        assert words in cells
        assert words.replace(" ", "") in printed.replace(" ", "")


def test_the_workbook_has_support_and_split_in_pounds(paid, said):
    book = openpyxl.load_workbook(io.BytesIO(statement.as_xlsx(said)))
    values = {
        name: [cell.value for row in book[name].iter_rows() for cell in row]
        for name in ("Support", "Invoice split")
    }
    assert 300 in values["Support"]
    for amount in (200, 40, 240, 150, 50):
        assert amount in values["Invoice split"]


def test_before_anything_is_paid_it_says_so(cast, database):
    make_fund(by=cast.alice)
    made = make_awarded(by=cast.bob, region=cast.regions["NWI"], officer=cast.alice)
    parts = statement.parts(statement.statement_of(made, None))
    assert "Nothing is paid yet." in [part.text for part in parts]
    assert "No invoices are reported yet." in [part.text for part in parts]
