"""What a bank's file says of each row: paid, sent back, or nothing that is certain."""

import csv
import io

import pytest
from openpyxl import Workbook

from models.errors import Invalid
from reports.payments.paid_file import read_paid, understood
from reports.reader.shapes import Row, SheetData

REF = "FA-2026-0012-P1"
DAY = "30/11/2026"


def rows(*lines):
    """The lines as the reader hands them over, but without its process of its own."""
    head, *below = csv.reader(lines)
    filled = tuple(Row(at, tuple(each or None for each in row)) for at, row in enumerate(below, 2))
    return understood(SheetData("paid", 1, tuple(head), filled), "paid.csv")


def read(*lines):
    return read_paid("paid.csv", "\n".join(lines).encode()).rows


def asides(*lines):
    """For each row "paid", "returned", "look" or "fault"."""
    return [row.aside or ("fault" if row.fault else "paid") for row in rows(*lines)]


def test_a_credit_with_our_reference_is_money_that_came_back():
    one = rows(
        "Date,Type,Description,Amount,Balance", f"{DAY},CREDIT,RETURNED BACS {REF},1910.00,5000.00"
    )[0]
    assert (one.aside, one.amount_p) == ("returned", 1910_00)
    assert one.fault == "The file says ‘RETURNED’: this was not paid, or it came back."


@pytest.mark.parametrize(
    "word",
    [
        "RETURN", "Returned", "UNPAID", "rejected", "RECALL", "Reversal", "REFUND", "Bounced",
        "FAILED", "Cancelled", "CANCELED", "DISHONOURED", "RTN", "CHARGEBACK", "Declined",
    ],
)  # fmt: skip
def test_a_word_of_return_counts_in_type_state_and_text(word):
    assert asides("Reference,Amount,Type", f"{REF},1910.00,{word}") == ["returned"]
    assert asides("Reference,Amount,Status", f"{REF},1910.00,{word}") == ["returned"]
    assert asides("Description,Amount", f"{word} {REF},1910.00") == ["returned"]
    assert asides("Description,Amount", f"{REF}/{word},1910.00") == ["returned"]
    assert asides("Reference,Amount,Notes", f"{REF},1910.00,{word} by the bank") == ["returned"]


@pytest.mark.parametrize(
    "name", ["Rejectson", "Unpaidge", "J Returnham", "Mr Failedon", "Recaller"]
)
def test_a_name_that_holds_such_a_word_is_a_payment(name):
    assert asides("Description,Amount", f"{REF} {name},1910.00") == ["paid"]


def test_the_name_of_a_payee_says_nothing_of_the_payment():
    assert asides("Payee,Reference,Amount", f"Return Ticket Print,{REF},1910.00") == ["paid"]


@pytest.mark.parametrize(
    "words", ["PAYMENT NOT PAID", "SENT BACK", "Account closed", "refer to drawer"]
)
def test_a_phrase_of_return_counts(words):
    assert asides("Description,Amount", f"{REF} {words},1910.00") == ["returned"]


@pytest.mark.parametrize(
    ("state", "comes_to"),
    [
        ("Processed", "paid"), ("PAID", "paid"), ("Completed", "paid"), ("Settled", "paid"),
        ("Sent to the bank", "paid"), ("ACSC", "paid"),
        ("Rejected", "returned"), ("Cancelled", "returned"), ("Failed", "returned"),
        ("Stopped", "returned"), ("RJCT", "returned"), ("Not processed", "returned"),
        ("Pending", "look"), ("Submitted", "look"), ("In progress", "look"), ("On hold", "look"),
        ("Awaiting approval", "look"), ("Approved", "look"), ("", "look"),
    ],
)  # fmt: skip
def test_only_a_state_that_is_done_is_paid(state, comes_to):
    found = asides("Reference,Amount,Status", f"{REF},1910.00,{state}", "OTHER,1.00,Processed")
    assert found == [comes_to, "paid"]


def test_a_column_of_states_that_says_nothing_is_left_alone():
    assert asides("Reference,Amount,Status", f"{REF},1910.00,") == ["paid"]


def test_a_column_that_asks_whether_it_was_paid_is_heard():
    lines = ("Reference,Amount,Paid", f"{REF},1910.00,Yes", "OTHER,5.00,No")
    assert asides(*lines) == ["paid", "look"]


def test_a_column_of_reasons_for_a_return_speaks_by_being_filled():
    lines = (
        "Reference,Amount,Return reason",
        f"{REF},1910.00,B: closed",
        "OTHER,5.00,",
        "X,5.00,n/a",
    )
    assert asides(*lines) == ["returned", "paid", "paid"]


@pytest.mark.parametrize("code", ["EUR", "USD", "€", "Euro", "US dollars", "GGP"])
def test_another_currency_is_never_a_payment(code):
    one = rows("Reference,Amount,Currency,Date", f"{REF},1910.00,{code},{DAY}")[0]
    assert (one.aside, one.amount_p) == ("look", None), "shown, it would have a pound sign"
    assert one.fault == f"The amount is not in pounds but in {code}: the file says ‘1910.00’."


@pytest.mark.parametrize("code", ["GBP", "gbp", "£", "", "Pounds sterling", "STG"])
def test_pounds_are_pounds_however_they_are_written(code):
    assert asides("Reference,Amount,Currency", f"{REF},1910.00,{code}") == ["paid"]


@pytest.mark.parametrize(
    "amount",
    ["€1,910.00", "1910.00 EUR", "EUR 1910", "$1910", "1.910,00 €", "1910 euros", "US$1910"],
)
def test_another_currency_beside_the_amount_is_seen(amount):
    assert asides("Reference,Amount", f'{REF},"{amount}"') == ["look"]


def test_a_heading_may_name_the_currency():
    assert asides("Reference,Amount (GBP)", f"{REF},1910.00") == ["paid"]
    assert asides("Reference,Amount (EUR)", f"{REF},1910.00") == ["look"]
    assert asides("Reference,Amount €", f"{REF},1910.00") == ["look"]


@pytest.mark.parametrize(
    ("amount", "comes_to"),
    [
        ("1910.00 DR", "paid"), ("1,910.00DR", "paid"), ("DR 1910.00", "paid"),
        ("£1,910.00 Dr.", "paid"), ("1910.00D", "paid"),
        ("1910.00 CR", "returned"), ("1,910.00CR", "returned"), ("CR 1910.00", "returned"),
        ("£1,910.00 Cr", "returned"), ("1910.00C", "returned"), ("+1910.00", "returned"),
        ("+£1,910.00", "returned"),
    ],
)  # fmt: skip
def test_a_mark_beside_the_amount_says_which_way_it_went(amount, comes_to):
    found = rows("Reference,Amount", f'{REF},"{amount}"')[0]
    assert (found.aside or "paid", found.amount_p) == (comes_to, 1910_00)


@pytest.mark.parametrize("written", ["-1910.00", "(1910.00)", "1910.00-", "−1910.00", "-£1,910.00"])
def test_less_than_nothing_is_money_out_where_all_rows_say_so(written):
    assert asides("Reference,Amount", f'{REF},"{written}"') == ["paid"]
    assert asides("Reference,Amount", f'{REF},"{written}"', "OTHER,-5.00") == ["paid", "paid"]


@pytest.mark.parametrize("written", ["-1910.00", "(1910.00)", "1910.00-"])
def test_a_plus_among_minuses_is_money_that_came_back(written):
    lines = ("Reference,Amount", "A,-5.00", f"B,{written}", f"{REF},1910.00")
    assert asides(*lines) == ["paid", "paid", "returned"]


def test_a_minus_among_pluses_may_be_the_one_payment_of_a_statement_and_nobody_guesses():
    lines = ("Reference,Amount", "A,5.00", f"{REF},6.00", "B,-1910.00")
    assert asides(*lines) == ["look", "look", "look"]


def test_a_minus_in_a_column_of_money_out_is_a_payment_taken_back():
    lines = ("Reference,Paid out", "A,5.00", "B,6.00", f"{REF},-1910.00")
    assert asides(*lines) == ["paid", "paid", "returned"]


def test_where_the_signs_are_even_nobody_guesses():
    assert asides("Reference,Amount", f"{REF},-1910.00", f"{REF},1910.00") == ["look", "look"]


def test_a_row_that_came_back_by_its_words_has_no_vote_on_the_signs():
    lines = ("Description,Amount", f"{REF},-1910.00", f"RETURNED {REF},1910.00")
    assert asides(*lines) == ["paid", "returned"]


def test_in_a_statement_a_minus_is_money_out_however_many_receipts_there_are():
    lines = ("Date,Description,Amount,Balance", f"{DAY},SUBS,50.00,", f"{DAY},DUES,60.00,")
    assert asides(*lines, f"{DAY},{REF},-1910.00,") == ["returned", "returned", "paid"]


def test_a_statement_without_signs_or_words_is_looked_at():
    assert asides("Date,Description,Amount,Balance", f"{DAY},{REF},1910.00,5000.00") == ["look"]


def test_the_balance_proves_the_way():
    down = ("Date,Description,Amount,Balance", f"{DAY},OTHER,5.00,5000.00")
    assert asides(*down, f"{DAY},{REF},1910.00,3090.00") == ["paid", "paid"]
    assert asides(*down, f"{DAY},{REF},1910.00,6910.00") == ["returned", "returned"]
    newest_first = ("Date,Description,Amount,Balance", f"{DAY},{REF},1910.00,3090.00")
    assert asides(*newest_first, f"{DAY},OTHER,5.00,5000.00") == ["paid", "paid"]


@pytest.mark.parametrize("heading", ["Debit/Credit", "DR/CR", "Direction", "Type", "In/Out"])
def test_a_column_may_say_the_way(heading):
    lines = (f"Reference,Amount,{heading}", f"{REF},1910.00,Debit", f"{REF},1910.00,Credit")
    assert asides(*lines) == ["paid", "returned"]


@pytest.mark.parametrize(
    ("code", "comes_to"),
    [
        ("FPO", "paid"), ("DD", "paid"), ("D/D", "paid"), ("SO", "paid"), ("BP", "paid"),
        ("DR", "paid"), ("D", "paid"), ("Outward payment", "paid"), ("Direct Debit", "paid"),
        ("BACS", "paid"), ("Faster Payment", "paid"), ("CHAPS", "paid"),
        ("FPI", "returned"), ("BGC", "returned"), ("CR", "returned"), ("C", "returned"),
        ("Bank Giro Credit", "returned"), ("Inward payment", "returned"),
        ("Payment received", "returned"), ("Direct Credit", "look"), ("Debit/Credit", "look"),
    ],
)  # fmt: skip
def test_codes_of_the_banks_say_the_way(code, comes_to):
    assert asides("Reference,Amount,Transaction type", f"{REF},1910.00,{code}") == [comes_to]


def test_a_word_that_may_mean_either_is_decided_by_a_minus():
    assert asides("Reference,Amount,Type", f"{REF},-1910.00,Direct Credit", "X,-1,FPO") == [
        "paid", "paid",
    ]  # fmt: skip


def test_a_debit_of_the_other_sign_is_a_payment_taken_back():
    lines = ("Reference,Amount,Type", "A,-5.00,DEB", "B,-6.00,DEB", f"{REF},1910.00,DEB")
    assert asides(*lines) == ["paid", "paid", "look"]


def test_two_things_that_contradict_each_other_are_looked_at():
    assert asides("Reference,Amount,Type", f"{REF},1910.00 CR,FPO") == ["look"]


@pytest.mark.parametrize(
    "pair", ["Debit,Credit", "Paid out,Paid in", "Money Out,Money In", "Debit Amount,Credit Amount"]
)
@pytest.mark.parametrize("nil", ["", "0.00", "-", "£-"])
def test_of_two_columns_the_filled_one_says_the_way(pair, nil):
    lines = (f"Date,Details,{pair},Balance", f"{DAY},{REF},1910.00,{nil},9.00")
    assert asides(*lines, f"{DAY},{REF},{nil},1910.00,9.00") == ["paid", "returned"]


def test_both_columns_filled_are_looked_at_and_none_is_a_fault():
    lines = ("Details,Debit,Credit", f"{REF},1910.00,1910.00", f"{REF},0.00,0.00")
    assert asides(*lines) == ["look", "fault"]


def test_money_out_may_be_less_than_nothing_in_its_own_column():
    lines = ("Details,Debit,Credit", f"{REF},-1910.00,", "OTHER,-5.00,")
    assert asides(*lines) == ["paid", "paid"]


LAYOUTS = {
    "Lloyds": (
        "Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,"
        "Debit Amount,Credit Amount,Balance",
        f"{DAY},FPO,'12-34-56,12345678,{REF},1910.00,,100.00",
    ),
    "Barclays": (
        "Number,Date,Account,Amount,Subcategory,Memo",
        f",{DAY},20-00-00 12345678,-1910.00,PAYMENT,{REF}",
    ),
    "Co-op": ("Date,Description,Type,Money In,Money Out,Balance", f"{DAY},{REF},FP,,1910.00,1.00"),
    "NatWest": (
        "Date,Type,Description,Value,Balance,Account Name,Account Number",
        f"{DAY},DPC,{REF},-1910.00,100.00,'UNION,'123456-12345678",
    ),
    "HSBC": ("Date,Type,Description,Paid out,Paid in,Balance", f"{DAY},BP,{REF},1910.00,,1.00"),
    "Starling": (
        "Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP)",
        f"{DAY},Ambridge CLP,{REF},FASTER PAYMENT,-1910.00,100.00",
    ),
    "Transaction details": ("Date,Transaction details,Paid out", f"{DAY},{REF},1910.00"),
    "A grants list": ("Payee,Our reference,£ (net)", f"Ambridge CLP,{REF},1910.00"),
}


@pytest.mark.parametrize("bank", LAYOUTS)
def test_the_files_of_the_banks_are_read_as_they_are(bank):
    one = read(*LAYOUTS[bank])[0]
    assert (one.aside, one.fault, one.reference, one.amount_p) == (None, None, REF, 1910_00)


def test_a_separator_at_the_end_of_each_line_is_no_column():
    head, row = LAYOUTS["NatWest"]
    assert [one.aside for one in read(f"{head},", f"{row},")] == [None]


def test_the_reference_is_where_one_of_the_columns_has_it():
    one = rows("Reference,Description,Amount", f",BACS {REF},1910.00")[0]
    assert one.reference == f"BACS {REF}"


def test_a_file_without_an_amount_that_was_paid_out_is_refused():
    with pytest.raises(Invalid, match="paid out"):
        rows("Reference,Paid in", f"{REF},1910.00")


def test_an_amount_that_cannot_be_read_stays_a_fault_of_its_row():
    assert asides("Reference,Amount", f'{REF},"£1,2O0"') == ["fault"]


BARCLAYS = "Number,Date,Account,Amount,Subcategory,Memo"


@pytest.mark.parametrize(
    ("amount", "subcategory", "comes_to"),
    [
        ("-1910.00", "PAYMENT", "paid"), ("-1910.00", "FT", "paid"), ("-1910.00", "", "paid"),
        ("-1910.00", "BILLPAYMENT", "paid"), ("-1910.00", "DIRECT DEBIT", "paid"),
        ("1910.00", "DIRECTDEP", "returned"), ("1910.00", "COUNTER CREDIT", "returned"),
        ("1910.00", "PAYMENT", "returned"), ("1910.00", "FT", "returned"),
        ("1910.00", "", "returned"), ("1910.00", "DIRECT DEBIT", "look"),
        ("-1910.00", "DIRECTDEP", "returned"),
    ],
)  # fmt: skip
def test_in_the_barclays_layout_only_a_minus_is_money_out(amount, subcategory, comes_to):
    row = f",{DAY},20-00-00 12345678,{amount},{subcategory},{REF}"
    assert asides(BARCLAYS, row) == [comes_to]
    assert asides(BARCLAYS.removeprefix("Number,"), row.removeprefix(",")) == [comes_to]


@pytest.mark.parametrize("word", ["DIRECTDEP", "Direct Dep", "Counter Credit", "Cash dep"])
def test_a_deposit_is_money_in_in_any_layout(word):
    assert asides("Reference,Amount,Type", f"{REF},1910.00,{word}") == ["returned"]


@pytest.mark.parametrize("heading", ["Unit", "Currency unit", "Ccy", "Account ccy", "Money"])
@pytest.mark.parametrize("said", ["euro", "EUR", "€"])
def test_a_currency_is_heard_whatever_its_column_is_called(heading, said):
    assert asides(f"Reference,Amount,{heading}", f"{REF},1910.00,{said}") == ["look"]


def test_a_unit_or_a_person_is_no_currency():
    assert asides("Reference,Amount,Unit", f"{REF},1910.00,Ambridge CLP") == ["paid"]
    assert asides("Payee,Reference,Amount", f"RON,{REF},1910.00") == ["paid"]


@pytest.mark.parametrize(
    ("line", "comes_to"),
    [
        ("Account currency: EUR", "look"), ("Account currency,EUR", "look"),
        ("Currency: euro", "look"),
        ("Statement in US dollars", "look"), ("All amounts in €", "look"), ("CCY GGP", "look"),
        ("Account currency: GBP", "paid"), ("Currency: Pounds sterling", "paid"),
        ("Statement of account", "paid"), ("Euro elections: what was paid", "paid"),
        ("Payments by RON", "paid"),
    ],
)  # fmt: skip
def test_a_line_above_the_table_may_name_the_currency(line, comes_to):
    one = read(line, "Date,Reference,Amount", f"{DAY},{REF},1910.00")[0]
    assert (one.aside or "paid") == comes_to


def test_a_line_below_the_table_counts_too():
    found = read("Date,Reference,Amount", f"{DAY},{REF},1910.00", "Account currency: EUR,,")
    assert found[0].aside == "look"


@pytest.mark.parametrize(
    ("shown", "comes_to"),
    [
        ("[$€-2] #,##0.00", "look"), ("[$$-409]#,##0.00", "look"), ("[$EUR] #,##0.00", "look"),
        ('"€"#,##0.00', "look"), ('#,##0.00 "EUR"', "look"), ("#,##0.00 [$€-407]", "look"),
        ('_-"$"* #,##0.00_-', "look"), ("[$£-809]#,##0.00", "paid"), ('"£"#,##0.00', "paid"),
        ("[$GBP] #,##0.00", "paid"), ("#,##0.00", "paid"), ("[Red]-#,##0.00", "paid"),
    ],
)  # fmt: skip
def test_what_excel_shows_before_a_number_is_its_currency(shown, comes_to):
    book = Workbook()
    book.active.append(["Date", "Reference", "Amount"])
    book.active.append([DAY, REF, 1910])
    book.active["C2"].number_format = shown
    data = io.BytesIO()
    book.save(data)
    one = read_paid("paid.xlsx", data.getvalue()).rows[0]
    assert (one.aside or "paid") == comes_to


@pytest.mark.parametrize(
    "heading",
    ["Success", "Successful", "Completed", "Paid?", "Sent?", "Was it paid (Y/N)", "Sent to bank"],
)  # fmt: skip
@pytest.mark.parametrize("no", ["No", "N", "False", "0", "No - closed", "Not yet"])
def test_no_is_no_whatever_the_question(heading, no):
    assert asides(f"Reference,Amount,{heading}", f"{REF},1910.00,{no}") == ["look"]
    found = asides(f"Reference,Amount,{heading}", f"{REF},1910.00,{no}", "OTHER,5.00,Yes")
    assert found == ["look", "paid"]


def test_a_blank_among_yes_and_no_is_no_yes_and_a_day_is_none_of_them():
    lines = ("Reference,Amount,Success", f"{REF},1910.00,", "OTHER,5.00,Yes", "X,5.00,✓")
    assert asides(*lines) == ["look", "paid", "paid"]
    assert asides("Reference,Amount,Sent", f"{REF},1910.00,29/11/2026") == ["paid"]


def test_a_column_of_what_was_not_paid_speaks_by_yes():
    lines = ("Reference,Amount,Not paid", f"{REF},1910.00,Yes", "OTHER,5.00,No")
    assert asides(*lines) == ["returned", "paid"]


@pytest.mark.parametrize(
    "words",
    [
        "Payment could not be made", "Cannot be paid", "We can't pay this", "Couldn’t be sent",
        "Unable to pay", "Not made", "Was not sent", "Has not yet been paid", "Never paid",
        "Refused by the bank", "Insufficient balance", "No funds", "R/D", "ARUDD",
    ],
)  # fmt: skip
@pytest.mark.parametrize("heading", ["Details", "Narrative", "Notes"])
def test_words_of_what_was_not_done_count_wherever_they_stand(words, heading):
    assert asides(f"Our reference,Amount,{heading}", f"{REF},1910.00,{words}") == ["returned"]


@pytest.mark.parametrize("word", ["R/D", "R.D.", "RD", "RTD", "ARUDD", "Refer to drawer"])
def test_a_type_of_return_counts(word):
    assert asides("Transaction Type,Reference,Amount", f"{word},{REF},1910.00") == ["returned"]


@pytest.mark.parametrize("words", ["B Cant campaign", "R D Smith", "Not-for-profit print", "Notes"])
def test_a_purpose_or_a_name_that_sounds_like_it_is_a_payment(words):
    assert asides("Our reference,Amount,Details", f"{REF},1910.00,{words}") == ["paid"]
