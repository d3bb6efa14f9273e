"""A full round, by everybody who has a part in it: from its opening to the receipt.

At the end every figure is the same on the page, in the workbook and from the command line.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import applications, deciding, figures, paying, reporting, test_round
from tests.browser.desk import councillors, follow, pence, toast
from tests.browser.office import PASSWORD, Office, hustings

ROUND = "Spring round"
DEPUTY = "Dilys Quillfeather"
QUESTION = "Who drives voters to the poll?"
ANSWER = "Six cars and a minibus."
IN_PART = "One leaflet is enough in a small ward."
WHY = "The scores agree."


@dataclass(frozen=True)
class Case:
    """An application of the round: its page, whom the money is for, the party unit it goes to."""

    reference: str
    address: str
    candidate: str
    unit: str


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the downloads of the journey lie."""
    return tmp_path


def test_a_full_round_from_its_opening_to_the_receipt(enter, open_page, office, folder):
    before = figures.budget_command(office)
    add_deputy(office)
    round_is_opened(enter("national", at=None))
    phone = open_page(width=375, height=720)
    small = region_applies(enter("london", at=None), phone, 4, "900.50")
    large = region_applies(enter("london", at=None), phone, 5, "2,400.00")
    scored_twice_and_recommended(enter, small, "800.25", IN_PART)
    scored_twice_and_recommended(enter, large, "2,400.00", WHY)
    decided_within_the_limit(enter, small)
    decided_above_the_limit(enter, large)
    letter_says_what_was_awarded(enter("national", at=None), small, folder)
    paid_by_batch_with_one_difference(enter, small, large, folder)
    report_is_accepted(enter, small)
    page = enter("finance", at=None)
    told = same_everywhere(page, office, folder)
    assert moved(before, told) == {"committed": 100, "paid": 3_199_25, "available": -3_200_25}
    awards = awards_of_the_workbook(page, folder)
    assert awards[small.reference] == shown(page, small) == (800_25, 800_25)
    assert awards[large.reference] == shown(page, large) == (2_400_00, 2_399_00)


def add_deputy(office: Office) -> None:
    """A second political officer, so that who recommends need not decide."""
    words = ("user", "add", "deputy@example.org", "--name", DEPUTY, "--role", "political-officer")
    hustings(office, *words, "--password-stdin", typed=PASSWORD)


def round_is_opened(national: Page) -> None:
    deciding.set_limit(national, DEPUTY, "1,000.00")
    test_round.plan_round(national, ROUND, "SPRING", scores=2, endorses=False)
    address = national.url
    deciding.save_criteria(national)
    national.goto(address)
    test_round.edit_form(national)
    test_round.add_section(national, "Polling day")
    test_round.add_question(national, QUESTION, "s3")
    test_round.open_round(national, ROUND)


def region_applies(region: Page, phone: Page, number: int, pounds: str) -> Case:
    someone = councillors(region)[number]
    reference = test_round.start_in(region, ROUND)
    applications.fill(region, someone, pounds)
    region.get_by_role("button", name="Save draft").click()
    region.wait_for_url(re.compile(r"/funding/\d+$"))
    address = region.url
    link = test_round.make_link(region)
    test_round.fill_as_candidate(phone, link, {QUESTION: ANSWER})
    assert phone.evaluate("document.documentElement.scrollWidth") <= 375
    region.goto(f"{address}/edit")
    applications.submit(region)
    expect(region.locator("main")).to_contain_text(ANSWER)
    region.get_by_role("button", name="Endorse", exact=True).click()
    expect(toast(region, f"{reference}: endorsed")).to_be_visible()
    return Case(reference, address, someone.name, f"{someone.ward} ward campaign")


def scored_twice_and_recommended(enter: Callable[..., Page], case: Case, pounds, reason) -> None:
    officer = enter("officer", at=None)
    for page, points in ((enter("national", at=None), "4"), (officer, "5")):
        deciding.score(page, case.address, points)
    expect(officer.locator("main")).to_contain_text("2 scores of 2 needed")
    deciding.pass_on(officer, case.address, "Recommend", pounds, reason)
    expect(toast(officer, f"{case.reference}: recommended")).to_be_visible()


def decided_within_the_limit(enter: Callable[..., Page], case: Case) -> None:
    deputy = enter("deputy", at=None)
    deciding.declare_no_interest(deputy, case.address)
    deciding.award(deputy, case.address, "800.25", case.unit, IN_PART)
    expect(toast(deputy, f"{case.reference}: awarded")).to_be_visible()


def decided_above_the_limit(enter: Callable[..., Page], case: Case) -> None:
    deputy, national = enter("deputy", at=None), enter("national", at=None)
    deciding.declare_no_interest(deputy, case.address)
    deciding.award(deputy, case.address, "2,400.00", case.unit)
    expect(deputy.locator(".h-errors")).to_contain_text(
        "Your limit for one candidate in one contest is £1,000.00"
    )
    deciding.pass_on(deputy, case.address, "Approve and pass up", "2,400.00", WHY)
    expect(toast(deputy, f"{case.reference}: approved and passed up")).to_be_visible()
    deciding.award(national, case.address, "2,400.00", case.unit)
    expect(toast(national, f"{case.reference}: awarded")).to_be_visible()


def letter_says_what_was_awarded(national: Page, case: Case, folder: Path) -> None:
    words = reporting.letter(national, case.address, folder)
    for said in (case.reference, case.candidate, case.unit, "£800.25", "£900.50"):
        assert said in words


def paid_by_batch_with_one_difference(
    enter: Callable[..., Page], small: Case, large: Case, folder: Path
) -> None:
    first, second = enter("finance", at=None), enter("payments", at=None)
    tranches = []
    for case, number, amounts in (
        (small, "20419961", ("500.25", "300.00")),
        (large, "20419962", ("2,400.00",)),
    ):
        payee = paying.add_payee(first, case.unit, number)
        paying.confirm_account(second, payee, number)
        tranches += paying.plan(first, case.address, case.unit, *amounts)
    references = [paying.release(first, payment) for payment in tranches]
    file = paying.send_batch(second, references, folder)
    paying.change_amount(file, references[-1], 2_399.00)
    paying.bring_paid_file(second, file)
    expect(second.locator("main")).to_contain_text(
        "2 matched, 1 differing, 0 unknown, 0 returned or to be looked at; 0 missing"
    )
    found = second.get_by_role("table", name="Differences").locator("tbody tr")
    expect(found).to_have_count(1)
    for words in (references[-1], "£2,399.00", "£2,400.00"):
        expect(found).to_contain_text(words)
    paying.take_what_the_file_says(second)
    expect(second.get_by_role("table", name="Differences")).not_to_contain_text("Settle row")


def report_is_accepted(enter: Callable[..., Page], case: Case) -> None:
    reporting.send_report(enter("london", at=None), case.address, "666.88", "133.37")
    national = enter("national", at=None)
    reporting.accept_report(national, case.address)
    national.goto(case.address)
    expect(national.locator("main")).to_contain_text("Closed")


def same_everywhere(page: Page, office: Office, folder: Path) -> dict:
    """The figures of every region, head and the fund are alike; what the command told."""
    regions, heads = figures.tables_of_the_page(page)
    book, told = figures.download(page, folder), figures.budget_command(office)
    commanded = {one["name"]: figures.five(one) for one in told["regions"]}
    assert figures.figures_of(book["Summary"]) == regions
    assert figures.figures_of(book["Heads"]) == heads
    assert commanded == figures.alone(regions)
    assert figures.five(told) == regions["Total"]
    return told


def moved(before: dict, after: dict) -> dict[str, int]:
    """By how much London's figures moved; the fund's moved alike."""
    found = []
    for told in (before, after):
        found.append((told, next(one for one in told["regions"] if one["name"] == "London")))
    (fund, region), (later_fund, later_region) = found
    keys = ("committed", "paid", "available")
    changed = {key: later_region[key] - region[key] for key in keys}
    assert changed == {key: later_fund[key] - fund[key] for key in keys}
    return changed


def awards_of_the_workbook(page: Page, folder: Path) -> dict[str, tuple[int, int]]:
    """What is awarded and what is paid of each application, in pence, after the workbook."""
    headings, *rows = figures.download(page, folder)["Awards"].iter_rows(values_only=True)
    at = [headings.index(name) for name in ("Application", "Awarded", "Paid")]
    found = [[row[column] for column in at] for row in rows if row[0]]
    return {row[0]: (round((row[1] or 0) * 100), round((row[2] or 0) * 100)) for row in found}


def shown(page: Page, case: Case) -> tuple[int, int]:
    """What is awarded and what is paid of an application, in pence, after its pages."""
    page.goto(case.address)
    awarded = page.locator("dt", has_text=re.compile("^Awarded$")).locator("+ dd").inner_text()
    follow(page, page.locator("main").get_by_role("link", name="Payments", exact=True))
    rows = page.get_by_role("table", name="Tranches").locator("tbody tr").all_inner_texts()
    paid = [pence(row) for row in rows if re.search(r"\b(Paid|Reconciled)\b", row)]
    return pence(awarded), sum(paid)
