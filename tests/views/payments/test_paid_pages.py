"""What a bank sent back: on the page, in the workbook, and as a step of its payment."""

import io

import pytest
from openpyxl import load_workbook

from models.base import db
from models.payments.actions.batches import make_batch
from models.payments.actions.paying import release
from models.payments.paid_files.queries import files_for, rows_of
from models.payments.tables import Payment
from tests.dom import parse
from tests.funding_factories import make_awarded
from tests.payment_factories import make_payable, make_planned, make_sent, pay_day


@pytest.fixture
def sent(cast, desk):
    _, both, batch = make_sent(cast, desk.frank, desk.payee, 100_00, 200_00)
    return [one.id for one in both], [one.reference for one in both], batch.pay_on


def bring(finance, *lines):
    data = {"file": (io.BytesIO("\n".join(lines).encode()), "statement.csv")}
    return finance.post("/payments/paid-files/new", data=data).headers["Location"]


def status_of(payment_id):
    db.session.expire_all()
    return db.session.get(Payment, payment_id).status


def test_a_returned_row_is_listed_apart_and_leads_to_the_step(sign_in, desk, sent):
    ids, references, day = sent
    finance = sign_in(desk.frank)
    lines = ("Date,Type,Description,Amount", f"{day},FPO,{references[0]},100.00")
    back = f"{day},CREDIT,RETURNED BACS {references[0]},100.00"
    report = bring(finance, *lines, back)
    page = finance.get(report)
    assert "2 rows: 1 matched, 0 differing, 0 unknown, 1 returned or to be looked at" in page.text
    assert "Returned – look at this" in page.text
    book = load_workbook(io.BytesIO(finance.get(f"{report}/differences.xlsx").data))
    row = [cell.value for cell in book["Returned"][2]]
    assert row[1:4] == ["Returned – look at this", f"RETURNED BACS {references[0]}", references[0]]
    settle = next(
        one["href"] for one in parse(page.text).all("a") if "/paid-rows/" in one.get("href", "")
    )
    assert f"It came back: reverse {references[0]}" in finance.get(settle).text
    finance.post(settle, data={"take": "take", "reason": "The account is closed."})
    assert status_of(ids[0]) == "reversed"


def test_a_rejected_row_of_a_payment_on_its_way_marks_it_as_failed(sign_in, desk, sent):
    ids, references, _ = sent
    finance = sign_in(desk.frank)
    bring(finance, "Reference,Amount,Status", f"{references[0]},100.00,Rejected")
    row = next(iter(files_for(desk.frank)[0]))[0]
    number = rows_of(row)[0].id
    page = finance.get(f"/payments/paid-rows/{number}")
    assert f"It came back: mark {references[0]} as failed" in page.text
    finance.post(f"/payments/paid-rows/{number}", data={"take": "take", "reason": "Rejected."})
    assert status_of(ids[0]) == "failed"


def test_what_is_missing_for_a_payment_is_said_and_linked(sign_in, cast, desk):
    application = make_awarded(by=cast.bob, region=cast.regions["NWI"], officer=cast.alice)
    finance = sign_in(cast.carol)
    page = finance.get(f"/funding/{application.id}")
    assert "Say first who is paid" in page.text
    assert f'href="/payments/of/{application.id}"' in page.text
    assert 'href="/payments/payees"' in page.text
    make_payable(cast, db.session.merge(application))
    page = finance.get(f"/funding/{application.id}")
    assert "Say first who is paid" not in page.text


def test_a_reference_that_stands_already_is_refused_at_its_field(sign_in, cast, desk):
    made = [make_awarded(by=cast.bob, region=cast.regions["NWI"], officer=cast.alice) for _ in "ab"]
    for one in made:
        make_payable(cast, one)
    first, second = ((one.id, one.reference) for one in made)
    finance = sign_in(cast.carol)
    typed = {"pay-paid_on": made[0].decided_at.date().isoformat(), "pay-reference": "BACS 7"}
    assert finance.post(f"/funding/{first[0]}/pay", data=typed).status_code == 302
    answer = finance.post(f"/funding/{second[0]}/pay", data={**typed, "pay-reference": "bacs7"})
    assert answer.status_code == 422
    error = parse(answer.text).by_id("pay-reference-error").text
    assert first[1] in error
    assert 'value="bacs7"' in answer.text


def row_page(finance, desk):
    file = next(iter(files_for(desk.frank)[0]))[0]
    return f"/payments/paid-rows/{rows_of(file)[0].id}"


def test_an_amount_in_another_currency_is_shown_as_it_is_written(sign_in, desk, sent):
    _, references, _ = sent
    finance = sign_in(desk.frank)
    report = bring(finance, "Reference,Amount,Currency", f'{references[0]},"100.00",EUR')
    for address in (report, row_page(finance, desk)):
        text = finance.get(address).text
        assert "The amount is not in pounds but in EUR: the file says ‘100.00’." in text
        assert text.count("£100.00") == 1, "ours alone"


def test_a_row_that_came_back_says_nothing_of_a_smaller_amount(sign_in, desk, sent):
    _, references, _ = sent
    finance = sign_in(desk.frank)
    bring(finance, "Reference,Amount,Status", f"{references[0]},90.00,Rejected")
    assert "smaller amount" not in finance.get(row_page(finance, desk)).text
    bring(finance, "Reference,Amount", f"{references[0]},90.00")
    assert "smaller amount" in finance.get(row_page(finance, desk)).text


def test_the_releaser_sees_that_somebody_else_settles_the_row(sign_in, cast, desk):
    _, planned = make_planned(cast, desk.payee, 50_00)
    release(planned[0], by=cast.carol)
    make_batch([planned[0].id], pay_on=pay_day(), by=desk.frank)
    reference, number = planned[0].reference, planned[0].id
    db.session.commit()
    carol, frank = sign_in(cast.carol), sign_in(desk.frank)
    report = bring(carol, "Reference,Amount", f"{reference},50.00")
    assert "somebody else in finance settles this row" in carol.get(report).text
    page = row_page(carol, desk)
    text = carol.get(page).text
    assert "You released this payment: somebody else in finance" in text
    assert "Settle it</button>" not in text
    typed = {"take": "take", "reason": "Seen."}
    carol.post(page, data=typed)
    assert status_of(number) == "exported"
    frank.post(page, data=typed)
    assert status_of(number) == "reconciled"


def test_a_batch_that_is_sent_from_a_second_tab_names_the_batch_of_its_payments(
    sign_in, cast, desk, sent
):
    ids, references, _ = sent
    finance = sign_in(desk.frank)
    _, planned = make_planned(cast, desk.payee, 50_00)
    waits, wait_id = planned[0].reference, planned[0].id
    typed = {"payments": [*ids, wait_id], "pay_on": pay_day().isoformat()}
    answer = finance.post("/payments/batches/new", data=typed)
    assert answer.status_code == 422
    batch = db.session.get(Payment, ids[0]).batch.reference
    assert f"{references[0]} is already in batch {batch}." in answer.text
    assert f"{waits} is “scheduled” now and waits for no batch." in answer.text
    assert "valid choice" not in answer.text
