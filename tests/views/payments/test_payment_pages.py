"""Paying on the pages: from the payee to the difference report, each by who may."""

import io

import pytest
from openpyxl import load_workbook

from models import clock
from models.base import db
from models.payments.actions.paying import mark_sent_paid, release
from models.payments.paid_files.queries import files_for
from models.payments.payees.actions import add_payee, enter_account
from models.payments.payees.queries import current_account, payee_for
from models.payments.queries.one import conditions_of, payments_of
from models.payments.refunds.queries import refunds_of, write_offs_of
from tests.dom import parse
from tests.funding_factories import make_awarded
from tests.payment_factories import (
    HOW,
    NUMBER,
    SORT_CODE,
    make_planned,
    make_sent,
    pay_day,
)


def fresh(thing):
    db.session.expire_all()
    return thing


def test_the_whole_way_over_the_pages(sign_in, cast, desk):
    """Plan, release, send, take the bank's file, bring the paid file, find the difference."""
    application = make_awarded(by=cast.bob, region=cast.regions["NWI"], officer=cast.alice)
    of_award = f"/payments/of/{application.id}"
    officer, finance = sign_in(cast.olive), sign_in(desk.frank)
    plan = {
        "tranches-0-amount": "100.00", "tranches-0-payee": str(desk.payee.id),
        "tranches-1-amount": "200.00", "tranches-1-payee": str(desk.payee.id),
    }  # fmt: skip
    assert officer.post(f"{of_award}/plan", data=plan).status_code == 302
    first, second = payments_of(fresh(application))
    for payment in (first.id, second.id):
        assert officer.post(f"/payments/{payment}/release").status_code == 302
    answer = finance.post(
        "/payments/batches/new",
        data={"payments": [first.id, second.id], "pay_on": pay_day().isoformat()},
    )
    batch = answer.headers["Location"]
    lines = finance.get(f"{batch}/bank.csv").text.splitlines()
    first = payments_of(fresh(application))[0]
    assert lines[0] == "Sort code,Account number,Account name,Amount,Reference,Date"
    assert lines[1].startswith(f"204567,{NUMBER},AMBRIDGE CLP,100.00,{first.reference},")
    paid = "Reference,Amount\n" + f"{first.reference},100.00\n{second.reference},190.00\n"
    answer = finance.post(
        "/payments/paid-files/new", data={"file": (io.BytesIO(paid.encode()), "paid.csv")}
    )
    report = answer.headers["Location"]
    text = finance.get(report).text
    assert "2 rows: 1 matched, 1 differing, 0 unknown" in text
    assert "The file says £190.00, the payment is £200.00." in text
    states = [one.status for one in payments_of(fresh(application))]
    assert states == ["reconciled", "exported"]
    book = load_workbook(io.BytesIO(finance.get(f"{report}/differences.xlsx").data))
    row = [cell.value for cell in book["Differences"][2]]
    assert row[1:3] == ["Differing", second.reference]
    assert row[5:8] == [190, 200, -10]


def test_the_workbook_of_a_batch_carries_its_reference(sign_in, cast, desk):
    *_, batch = make_sent(cast, desk.frank, desk.payee, 100_00, 200_00)
    answer = sign_in(cast.carol).get(f"/payments/batches/{batch.id}/batch.xlsx")
    sheet = load_workbook(io.BytesIO(answer.data))["Batch"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows[:2]] == [batch.reference] * 2
    assert rows[2][7] == 300
    assert NUMBER not in str(rows)


def test_two_people_enter_an_account(sign_in, cast, desk):
    carol, frank = sign_in(cast.carol), sign_in(desk.frank)
    answer = carol.post("/payments/payees/new", data={"name": "Borsetshire TUC", "kind": "branch"})
    payee = answer.headers["Location"]
    typed = {"sort_code": "60-16-13", "number": "31926819"}
    carol.post(f"{payee}/account", data={**typed, "holder": "Borsetshire TUC"})
    payee_id = int(payee.rsplit("/", 1)[1])
    account = payee_for(cast.carol, payee_id).accounts[0]
    confirm = f"/payments/accounts/{account.id}/confirm"
    own = carol.post(confirm, data={**typed, "checked_how": HOW})
    assert own.status_code == 422
    assert "somebody else must confirm it" in own.text
    wrong = frank.post(confirm, data={**typed, "number": "31926818", "checked_how": HOW})
    assert wrong.status_code == 422
    assert "not what was entered" in parse(wrong.text).by_id("number-error").text
    assert frank.post(confirm, data={**typed, "checked_how": HOW}).status_code == 302
    assert current_account(payee_id).tail == "6819"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("sort_code", "20-45-6", "You entered 5 digits"),
        ("sort_code", "2O-45-67", "letter among the digits"),
        ("number", "12", "You entered 2 digits"),
        ("number", "", "Enter the account number"),
        ("holder", "", "Enter the name"),
    ],
)
def test_a_wrong_account_is_refused_at_its_field(sign_in, cast, desk, field, typed, words):
    data = {"sort_code": SORT_CODE, "number": NUMBER, "holder": "Ambridge CLP", field: typed}
    before = len(payee_for(cast.carol, desk.payee.id).accounts)
    answer = sign_in(cast.carol).post(f"/payments/payees/{desk.payee.id}/account", data=data)
    assert answer.status_code == 422
    assert words in parse(answer.text).by_id(f"{field}-error").text
    accounts = payee_for(cast.carol, fresh(desk.payee).id).accounts
    assert len(accounts) == before


@pytest.mark.parametrize("amount", ["£1,2O0", "-5", "1.234", "1000000000000", "about 300"])
def test_a_tranche_that_is_no_amount_is_refused_and_kept(sign_in, cast, desk, amount):
    application, _ = make_planned(cast, desk.payee, 300_00)
    answer = sign_in(cast.olive).post(
        f"/payments/of/{application.id}/plan", data={"tranches-0-amount": amount}
    )
    assert answer.status_code == 422
    page = parse(answer.text)
    assert page.by_id("tranches-0-amount")["value"] == amount
    assert page.by_id("tranches-0-amount-error").text
    assert [one.amount_p for one in payments_of(fresh(application))] == [300_00]


def test_tranches_that_do_not_add_up_are_refused_in_words(sign_in, cast, desk):
    application, _ = make_planned(cast, desk.payee, 300_00)
    answer = sign_in(cast.olive).post(
        f"/payments/of/{application.id}/plan", data={"tranches-0-amount": "299.00"}
    )
    assert answer.status_code == 422
    assert "£299.00, but £300.00 of the award" in answer.text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("paid.xlsx", b"Reference,Amount\nX,1\n", ""),
        ("paid.csv", b"", ""),
        ("paid.csv", b"Name,Town\nAnn,Ambridge\n", "our payment reference"),
        ("paid.pdf", b"%PDF-1.7", ""),
        ("paid.csv", b"Reference,Amount,Date\nX,1,12/25/2026\nY,2,01/02/2026\n", "month first"),
    ],
)
def test_a_file_that_is_none_is_refused_whole(sign_in, cast, desk, name, content, words):
    answer = sign_in(cast.carol).post(
        "/payments/paid-files/new", data={"file": (io.BytesIO(content), name)}
    )
    assert answer.status_code == 422
    assert words in parse(answer.text).by_id("file-error").text
    assert files_for(cast.carol)[1] == 0


def test_a_refused_release_says_why_on_the_button(sign_in, cast, desk):
    _, [payment] = make_planned(cast, desk.payee, 300_00)
    text = sign_in(cast.alice).get(f"/payments/{payment.id}").text
    assert "You approved this award, so somebody else must release and pay it." in text


def test_a_condition_is_set_shown_met_and_dropped(sign_in, cast, desk):
    application, _ = make_planned(cast, desk.payee, 300_00)
    here = f"/payments/of/{application.id}"
    alice, olive, bob = sign_in(cast.alice), sign_in(cast.olive), sign_in(cast.bob)
    alice.post(f"{here}/conditions", data={"condition-what": "The agent is named"})
    [condition] = conditions_of(fresh(application))
    liar = {f"evidence-{condition.id}-file": (io.BytesIO(b"not a picture"), "proof.png")}
    refused = bob.post(f"/payments/conditions/{condition.id}/evidence", data=liar)
    assert refused.status_code == 422
    proof = {f"evidence-{condition.id}-file": (io.BytesIO(b"%PDF-1.7 proof"), "proof.pdf")}
    assert bob.post(f"/payments/conditions/{condition.id}/evidence", data=proof).status_code == 302
    assert "proof.pdf" in olive.get(here).text
    olive.post(f"/payments/conditions/{condition.id}/meet")
    assert conditions_of(fresh(application))[0].met_by_id == cast.olive.id


def test_a_condition_in_the_past_is_refused_at_its_field(sign_in, cast, desk):
    application, _ = make_planned(cast, desk.payee, 300_00)
    answer = sign_in(cast.alice).post(
        f"/payments/of/{application.id}/conditions",
        data={"condition-what": "Named", "condition-due_on": "2020-01-01"},
    )
    assert answer.status_code == 422
    assert "past" in parse(answer.text).by_id("condition-due_on-error").text
    assert conditions_of(fresh(application)) == []


def test_a_failed_payment_asks_for_its_reason(sign_in, cast, desk):
    _, [payment], _ = make_sent(cast, desk.frank, desk.payee, 300_00)
    browser = sign_in(cast.carol)
    assert browser.post(f"/payments/{payment.id}/fail").status_code == 422
    browser.post(f"/payments/{payment.id}/fail", data={"fail-reason": "Account closed"})
    assert fresh(payment).status == "failed"


def test_money_comes_back_and_the_rest_is_given_up(sign_in, cast, desk):
    application, [payment], _ = make_sent(cast, desk.frank, desk.payee, 300_00)
    mark_sent_paid(payment, paid_on=clock.today(), by=desk.frank)
    db.session.commit()
    carol, alice = sign_in(cast.carol), sign_in(cast.alice)
    here = f"/payments/of/{application.id}"
    too_much = {"refund-amount": "300.01", "refund-reason": "Unspent"}
    assert carol.post(f"{here}/refunds", data=too_much).status_code == 422
    carol.post(f"{here}/refunds", data={**too_much, "refund-amount": "80.00"})
    [refund] = refunds_of(fresh(application))
    prefix = f"receipt-{refund.id}"
    carol.post(
        f"/payments/refunds/{refund.id}/receive",
        data={
            f"{prefix}-amount": "50.00", f"{prefix}-received_on": clock.today().isoformat(),
            f"{prefix}-reference": "CR 1",
        },
    )  # fmt: skip
    prefix = f"writeoff-{refund.id}"
    carol.post(
        f"/payments/refunds/{refund.id}/write-off",
        data={f"{prefix}-amount": "30.00", f"{prefix}-reason": "Insolvent"},
    )
    assert "Insolvent" in alice.get("/payments/write-offs").text
    [wish] = write_offs_of(fresh(application))
    prefix = f"answer-{wish.id}"
    alice.post(
        f"/payments/write-offs/{wish.id}/decide",
        data={f"{prefix}-approve": "yes", f"{prefix}-answer": "Seen the letter"},
    )
    [refund] = refunds_of(fresh(application))
    assert (refund.returned_p, refund.written_off_p, refund.open_p) == (50_00, 30_00, 0)


def test_finance_edits_the_layout_and_a_batch_keeps_its_own(sign_in, cast, desk):
    *_, old = make_sent(cast, desk.frank, desk.payee, 300_00)
    browser = sign_in(cast.carol)
    fields = ("sort_code_dashed", "number", "amount", "reference")
    data = {f"columns-{n}-field": field for n, field in enumerate(fields)}
    data |= {f"columns-{n}-title": field for n, field in enumerate(fields)}
    data |= {"delimiter": "semicolon", "amounts": "pence", "dates": "%d/%m/%Y"}
    assert browser.post("/payments/bank-layout", data=data).status_code == 302
    *_, new = make_sent(cast, desk.frank, desk.payee, 400_00)
    first = browser.get(f"/payments/batches/{old.id}/bank.csv").text
    second = browser.get(f"/payments/batches/{new.id}/bank.csv").text
    assert first.startswith("Sort code,Account number")
    assert second.startswith(f"20-45-67;{NUMBER};40000;")
    broken = browser.post("/payments/bank-layout", data={**data, "columns-1-field": "holder"})
    assert broken.status_code == 422
    assert "The bank cannot pay without: Account number." in broken.text


def test_a_region_reads_what_became_of_its_award(sign_in, cast, desk):
    application, [payment] = make_planned(cast, desk.payee, 300_00)
    assert payment.reference in sign_in(cast.bob).get("/payments").text
    assert sign_in(cast.bob).get(f"/payments/of/{application.id}").status_code == 200
    assert payment.reference not in sign_in(cast.eve).get("/payments").text
    assert sign_in(cast.eve).get(f"/payments/of/{application.id}").status_code == 404
    assert sign_in(cast.eve).get(f"/payments/{payment.id}").status_code == 404


def test_the_work_queue_names_what_waits_for_finance(sign_in, cast, desk):
    _, [payment] = make_planned(cast, desk.payee, 300_00)
    assert "Release 1 payment" in sign_in(cast.olive).get("/").text
    release(payment, by=cast.olive)
    entered = add_payee(name="Borchester", kind="agent", by=desk.frank)
    enter_account(entered, sort_code=SORT_CODE, number=NUMBER, holder="B", by=desk.frank)
    db.session.commit()
    text = sign_in(cast.carol).get("/").text
    assert "Send 1 payment to the bank" in text
    assert "Confirm 1 bank account" in text
    assert "Confirm" not in parse(sign_in(desk.frank).get("/").text).one("main").text


def test_the_pages_ask_few_questions(sign_in, cast, desk, queries):
    application, sent, batch = make_sent(cast, desk.frank, desk.payee, 10_00, 20_00, 30_00)
    browser = sign_in(cast.carol)
    for address in (
        "/payments",
        f"/payments/{sent[0].id}",
        f"/payments/of/{application.id}",
        f"/payments/of/{application.id}/plan",
        "/payments/batches",
        "/payments/batches/new",
        f"/payments/batches/{batch.id}",
        "/payments/payees",
        f"/payments/payees/{desk.payee.id}",
        "/payments/paid-files",
        "/payments/bank-layout",
    ):
        queries.statements.clear()
        assert browser.get(address).status_code == 200, address
        assert len(queries) <= 12, (address, len(queries))


def test_finance_goes_from_part_to_part_and_others_have_one_page(sign_in, cast, desk):
    wanted = ["Payments", "Batches", "Payees", "Paid files", "Layout of the bank's file"]
    browser = sign_in(cast.carol)
    for address in ("/payments", "/payments/batches", "/payments/payees", "/payments/paid-files"):
        nav = parse(browser.get(address).text).one("nav", aria_label="Parts of payments")
        assert [link.text for link in nav.all("a")] == wanted
    page = parse(sign_in(cast.olive).get("/payments").text)
    assert page.all("nav", aria_label="Parts of payments") == []
