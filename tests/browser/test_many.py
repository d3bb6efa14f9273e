"""Many at once: a shared view shows each reader their own rows, and an invitation asks first."""

import re

from playwright.sync_api import Locator, expect


def test_a_saved_view_shared_with_a_region_shows_it_only_its_own_rows(enter):
    officer = enter("officer", at="/councillors?quiet_days=30")
    officer.locator("summary").get_by_text("Saved views").click()
    officer.get_by_role("link", name="Save these filters as a view").click()
    officer.get_by_label("Name of the view").fill("Quiet this month")
    officer.get_by_label("Share it").check()
    officer.get_by_role("button", name="Save").click()
    officer.locator("summary").get_by_text("Quiet this month").click()
    view = officer.get_by_role("link", name=re.compile("^Quiet this month"))
    expect(view).to_have_attribute("aria-current", "true")
    region = enter("scotland", at="/councillors")
    region.locator("summary").get_by_text("Saved views").click()
    region.get_by_role("link", name=re.compile("^Quiet this month")).click()
    count = region.locator("[data-announce]")
    expect(count).to_contain_text("not contacted for 30 days")
    ours, all_of_them = number(count.inner_text()), number(view.inner_text().split()[-1])
    assert 0 < ours < all_of_them


def test_people_are_ticked_by_keyboard_and_invited_after_a_page_that_says_how_many(enter):
    page = enter("scotland", at="/councillors?status=none")
    first = page.locator(".h-table tbody th a").first
    expect(first).to_be_visible()
    assert on_one_line(page.locator("[data-pick]").first, first)
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator("[data-bulk-words]")).to_have_text("2 ticked")
    page.get_by_role("button", name="Invite to the network").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Invite to the network: 2 people")
    page.get_by_role("button", name="Invite them").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Invited 2 people")


def on_one_line(left: Locator, right: Locator) -> bool:
    """True if the middle of the right one is as high as the left one."""
    mark, name = left.bounding_box(), right.bounding_box()
    middle = name["y"] + name["height"] / 2
    return mark["y"] < middle < mark["y"] + mark["height"]


def number(words: str) -> int:
    return int(re.search(r"[\d,]+", words).group().replace(",", ""))
