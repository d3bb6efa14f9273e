"""The region: drafts, leaves, returns, submits; and never sees another region's application."""

import re

from playwright.sync_api import expect

from tests.browser import applications
from tests.browser.applications import PURPOSE
from tests.browser.desk import councillors


def test_region_drafts_leaves_returns_and_submits(enter):
    page = enter("london", at=None)
    someone = councillors(page)[0]
    reference = applications.start(page)
    applications.fill(page, someone)
    expect(page.locator("[data-autosave-line]")).to_contain_text(re.compile(r"Saved \d\d:\d\d"))
    page.goto("/")  # no button pressed: the draft saved itself
    page.get_by_role("link", name="All funding applications").click()
    page.get_by_role("link", name=reference).click()
    page.get_by_role("link", name="Change the answers").click()
    page.wait_for_url("**/edit")
    assert page.get_by_role("combobox", name="Candidate").input_value().startswith(someone.name)
    expect(page.get_by_role("combobox", name="Council")).to_have_value(re.compile(someone.council))
    expect(page.get_by_role("combobox", name="Ward")).to_have_value(re.compile(someone.ward))
    expect(page.locator("#lines-0-amount")).to_have_value("1,250.50")
    expect(page.get_by_label("What the money is for")).to_have_value(PURPOSE)
    applications.go_on(page)
    main = page.locator("main")
    for answer in (someone.name, someone.ward, someone.council, PURPOSE, "£1,250.50"):
        expect(main).to_contain_text(answer)
    page.get_by_role("button", name="Submit").click()
    expect(page.locator("[data-toast]")).to_contain_text(f"{reference} is submitted")
    expect(main).to_contain_text("With the national office")


def test_wrong_amount_is_said_at_the_field_and_what_was_typed_stays(enter):
    page = enter("london", at=None)
    applications.start(page)
    page.get_by_label("What the money is for").fill(PURPOSE)
    page.get_by_label("Amount asked for").fill("99,999")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name=re.compile("5,000")).click()
    amount = page.get_by_label("Amount asked for")
    expect(amount).to_be_focused()
    expect(amount).to_have_value("99,999")
    expect(page.get_by_label("What the money is for")).to_have_value(PURPOSE)
    amount.fill("twelve")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("#amount-error")).to_contain_text("is not an amount of pounds")
    expect(page.get_by_label("Amount asked for")).to_have_value("twelve")


def test_another_regions_application_is_not_found_not_listed_and_not_searchable(enter):
    national, region = enter("national", at=None), enter("london", at=None)
    reference = applications.open_one(national, "endorsed", "SC")
    path = national.url.split("/funding/")[1]
    answer = region.goto(f"/funding/{path}")
    assert answer.status == 404
    expect(region.locator("h1")).to_contain_text("not found", ignore_case=True)
    expect(region.get_by_role("navigation", name="Areas")).to_be_visible()
    region.goto("/funding")
    assert reference not in region.locator("#results").inner_text()
    region.keyboard.press("Control+k")
    region.keyboard.type(reference, delay=5)
    expect(region.locator("#palette-list")).to_contain_text("Nothing you can see is called that")
