"""The national office: awards in part with a reason, and sees the budget move."""

from playwright.sync_api import Page, expect

from tests.browser import applications
from tests.browser.desk import toast


def committed_p(page: Page) -> int:
    page.goto("/budget")
    drawn = page.locator("svg.h-budget-bar").first.locator("[data-part=committed]")
    return int(drawn.get_attribute("data-pence"))


def test_national_office_awards_in_part_with_a_reason_and_the_bar_moves(enter):
    page = enter("national", at=None)
    before = committed_p(page)
    reference = applications.open_one(page, "endorsed", "WSW")
    address = page.url
    amount = page.get_by_label("Amount to award")
    amount.fill("1,000.50")
    page.get_by_label("What it is in law").select_option(label="Cash gift to a party unit")
    page.get_by_label("Category under section 72").select_option("a")
    page.get_by_label("Party unit that is paid").fill("The ward's own campaign")
    page.get_by_label("Party unit that is paid").press("Tab")
    expect(page.locator("#law-said")).to_contain_text("lifts The ward's own campaign over £500.00")
    page.get_by_role("button", name="Award").click()
    expect(page.locator(".h-errors")).to_be_focused()
    expect(amount).to_have_value("1,000.50")
    page.get_by_label("Reason").first.fill("The room is shared with the next ward.")
    page.get_by_role("button", name="Award").click()
    expect(page.locator(".h-errors")).to_contain_text("Say what you answer to this")
    page.get_by_label("Over a threshold: your answer").fill("The letter is out.")
    page.get_by_role("button", name="Award").click()
    expect(toast(page, f"{reference}: awarded")).to_be_visible()
    expect(page.locator("main")).to_contain_text("The room is shared with the next ward.")
    expect(page.locator("main")).to_contain_text("The letter is out.")
    assert page.url == address
    assert committed_p(page) == before + 1_000_50


def test_a_refused_step_says_why_nobody_decides_on_their_own_application(enter):
    page = enter("national", at=None)
    applications.apply_for(page, 1, "London")
    main = page.locator("main")
    expect(main).to_contain_text("somebody else must decide on it")
    refused = page.get_by_role("button", name="Award")
    expect(refused).to_have_attribute("aria-disabled", "true")
    address = page.url
    refused.click(force=True)
    assert page.url == address
    expect(main).to_contain_text("Waiting for decision")
