"""Finance: marks an award as paid, and takes home a workbook that equals the page to the penny."""

import re

from playwright.sync_api import Page, expect

from tests.browser import applications, figures, paying
from tests.browser.desk import follow
from tests.browser.figures import alone, five


def test_finance_pays_and_the_workbook_equals_page_and_command(enter, office, tmp_path):
    page = enter("finance", at=None)
    mark_one_as_paid(page, enter("payments", at=None))
    regions, heads = figures.tables_of_the_page(page)
    workbook = figures.download(page, tmp_path)
    assert figures.figures_of(workbook["Summary"]) == regions
    assert figures.figures_of(workbook["Heads"]) == heads
    told = figures.budget_command(office)
    assert {one["name"]: five(one) for one in told["regions"]} == alone(regions)
    assert {one["name"]: five(one) for one in told["heads"]} == alone(heads)
    assert five(told) == regions["Total"]


def mark_one_as_paid(page: Page, second: Page) -> None:
    """The quick way asks for a payee whose account a second person confirmed."""
    reference = applications.open_one(page, "awarded")
    address, unit, number = page.url, "Applegarth ward campaign", "20419963"
    payee = paying.add_payee(page, unit, number)
    paying.confirm_account(second, payee, number)
    page.goto(address)
    page.locator("main").get_by_role("link", name="Payments", exact=True).click()
    page.get_by_role("link", name=re.compile("Plan the payments|Change the plan")).click()
    page.locator("#tranches-0-payee").select_option(label=unit)
    follow(page, page.get_by_role("button", name="Save the plan"))
    page.goto(address)
    page.get_by_label("Payment reference").fill("BACS 990017")
    page.get_by_role("button", name=re.compile("paid", re.I)).click()
    expect(page.locator("[data-toast]")).to_contain_text(f"{reference}: paid")
    expect(page.locator("main")).to_contain_text("BACS 990017")


def test_finance_sees_the_same_bar_as_the_national_office(enter):
    bars = [enter(who).locator("svg.h-budget-bar").first for who in ("national", "finance")]
    national, finance = (bar.get_attribute("aria-label") for bar in bars)
    assert finance == national
    assert "waiting for a decision £0" not in finance
