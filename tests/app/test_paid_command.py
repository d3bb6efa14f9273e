"""`hustings import paid`: counts, exit codes, and nothing paid twice."""

import json

import pytest

from app.cli.paid import paid
from models.errors import Invalid
from models.payments.actions.batches import make_batch
from models.payments.actions.paying import release
from models.payments.queries.lists import payments_for
from tests.payment_factories import make_desk, make_planned, make_sent, pay_day


@pytest.fixture
def sent(cast):
    desk = make_desk(cast)
    application, both, _batch = make_sent(cast, desk.frank, desk.payee, 100_00, 200_00)
    return application, [one.reference for one in both]


@pytest.fixture
def bring(app, database, monkeypatch):
    """Run the command's function inside the test's transaction."""
    from contextlib import contextmanager

    @contextmanager
    def inside():
        yield app

    monkeypatch.setattr("app.cli.edge.transaction", inside)
    return paid


def file_of(tmp_path, *rows, name="paid.csv"):
    path = tmp_path / name
    path.write_text("\n".join(["Reference,Amount", *rows]) + "\n")
    return path


def test_a_file_that_fits_is_matched_by_the_operator(sent, bring, tmp_path):
    application, references = sent
    path = file_of(tmp_path, f"{references[0]},100.00", f"{references[1]},£200.00")
    outcome = bring(path, None, False)
    assert json.loads(outcome.as_json()) == {
        "rows": 2, "matched": 2, "differing": 0, "unknown": 0, "returned": 0,
    }  # fmt: skip
    assert outcome.refused == 0
    assert application.status == "paid"
    assert json.loads(bring(path, None, False).as_json())["matched"] == 2
    assert application.award.paid_p == 300_00


def test_what_does_not_fit_is_named_and_the_rest_is_missing(sent, bring, tmp_path):
    _, references = sent
    path = file_of(tmp_path, f'{references[0]},"£1,2O0"', "RENT,5.00")
    outcome = bring(path, None, False)
    assert (outcome.rows, outcome.matched, outcome.differing, outcome.unknown) == (2, 0, 1, 1)
    words = outcome.as_words()
    assert "letter among its digits" in words
    assert f"Not in the file, of the same batches: {references[1]}." in words


def test_a_file_that_is_no_paid_file_is_refused_whole(sent, bring, tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("Name,Town\nAnn,Ambridge\n")
    with pytest.raises(Invalid, match="our payment reference"):
        bring(path, None, False)
    with pytest.raises(Invalid, match="cannot be read"):
        bring(tmp_path / "not-there.csv", None, False)


def test_a_workbook_is_read_like_a_text_file(sent, bring, tmp_path, cast):
    from openpyxl import Workbook

    _, references = sent
    book = Workbook()
    book.active.append(["Date", "Narrative", "Paid out"])
    day = payments_for(cast.carol)[0][0].batch.pay_on
    book.active.append([day, f"BACS {references[0]}", -100.0])
    book.active.append(["Total", None, -100.0])
    path = tmp_path / "paid.xlsx"
    book.save(path)
    outcome = bring(path, "carol@example.org", False)
    assert outcome.rows == 1


def test_what_came_back_is_named_first_and_not_paid(sent, bring, tmp_path):
    application, references = sent
    path = tmp_path / "paid.csv"
    lines = ("Reference,Amount,Status", "RENT,5.00,Paid", f"{references[0]},100.00,Rejected")
    path.write_text("\n".join(lines) + "\n")
    outcome = bring(path, None, False)
    assert (outcome.matched, outcome.returned, outcome.refused) == (0, 1, 2)
    assert outcome.notes[0].startswith(f"Row 3: returned - look at this: {references[0]}: ")
    assert application.award.paid_p == 0


def test_whoever_released_it_does_not_book_it_on_the_command_line_either(cast, bring, tmp_path):
    desk = make_desk(cast)
    _, planned = make_planned(cast, desk.payee, 50_00)
    release(planned[0], by=cast.carol)
    make_batch([planned[0].id], pay_on=pay_day(), by=desk.frank)
    path = file_of(tmp_path, f"{planned[0].reference},50.00")
    outcome = bring(path, "carol@example.org", False)
    assert (outcome.matched, outcome.returned) == (0, 1)
    assert "look at this" in outcome.notes[0]
    assert "somebody else in finance" in outcome.notes[0]
    assert bring(path, "frank@example.org", False).matched == 1
