"""A dispute, from an employer's name to the logged ask and the first reply."""

from playwright.sync_api import Page, expect

from tests.browser.desk import follow, toast


def find_sheet(page: Page) -> None:
    page.goto("/disputes")
    page.get_by_label("Employer").fill("City council")
    page.get_by_role("button", name="Find the sheet").click()
    expect(page.get_by_role("heading", name="Councils for City council")).to_be_visible()
    page.locator("main table a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dispute sheet: City council and")


def test_from_an_employers_name_to_the_logged_ask_and_a_reply(enter):
    page = enter("officer", at=None)
    find_sheet(page)
    page.get_by_role("link", name="Ask them all").click()
    page.get_by_label("The dispute in a few words").fill("No cuts to the depot")
    page.get_by_label("What do you ask of them?").fill("Write to the chief executive.")
    page.get_by_role("button", name="Log the ask").click()
    expect(toast(page, "The ask is logged")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("No cuts to the depot")
    page.get_by_role("link", name="Note a reply").first.click()
    page.get_by_label("Yes, will help").check()
    follow(page, page.get_by_role("button", name="Note the reply"))
    expect(page.locator("main")).to_contain_text("1 of")
    expect(page.locator("main")).to_contain_text("Yes, will help")
