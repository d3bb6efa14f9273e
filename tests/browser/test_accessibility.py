"""Axe finds nothing on any key page in any state, and no page scrolls sideways."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import applications
from tests.browser.desk import councillors, follow, toast
from tests.browser.seeing import axe_violations, overflow

WIDTHS = (1280, 375)
SIGNED_OUT = ("/sign-in", "/forgotten-password")
# Long lists are filtered: axe looks at each row alike, and takes its time.
NATIONAL = (
    "/",
    "/councillors?text=ma",
    "/delegates?state=soon",
    "/delegates/new",
    "/contacts?view=mine",
    "/contacts/new",
    "/contacts/follow-ups",
    "/funding?status=paid",
    "/funding/new",
    "/budget",
    "/imports/new",
    "/reports/budget",
    "/users",
    "/account",
    "/search",
    "/no-such-page",
)
REGIONAL = ("/", "/funding", "/budget")
OTHERS = ("/councillors", "/places", "/places/councils", "/audit", "/help", "/reports", "/access")


def record(page: Page) -> str:
    return councillors(page)[0].href


def decision(page: Page) -> str:
    applications.open_one(page, "endorsed")
    return page.url


def at_both_widths(page: Page) -> None:
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(it => it.id)")
    assert len(ids) == len(set(ids)), f"{page.url}: an id is given twice"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert axe_violations(page) == [], f"{page.url} at {width} px"


def test_axe_finds_nothing_in_the_gallery_of_macros(open_page):
    page = open_page()
    for path in ("/_ui", "/_ui/list"):
        page.goto(path)
        at_both_widths(page)
        assert overflow(page) <= 0


def test_axe_finds_nothing_on_the_pages_before_signing_in(open_page):
    page = open_page()
    for path in SIGNED_OUT:
        page.goto(path)
        at_both_widths(page)


@pytest.mark.parametrize(("who", "paths"), [("national", NATIONAL), ("london", REGIONAL)])
def test_axe_finds_nothing_on_key_pages(enter, who, paths):
    page = enter(who, at=None)
    for path in [*paths, record(page), decision(page)]:
        page.goto(path)
        at_both_widths(page)


def test_axe_finds_nothing_on_forms_with_errors(enter, open_page):
    page = enter("london", at=None)
    applications.start(page)
    page.get_by_label("Amount asked for").fill("ten")
    follow(page, page.get_by_role("button", name="Continue"))
    expect(page.locator(".h-errors")).to_be_visible()
    at_both_widths(page)
    page.goto("/contacts/new")
    follow(page, page.get_by_role("button", name="Log the contact").first)
    expect(page.locator(".h-errors")).to_be_visible()
    at_both_widths(page)
    signed_out = open_page()
    signed_out.goto("/sign-in")
    follow(signed_out, signed_out.get_by_role("button", name="Sign in"))
    expect(signed_out.locator(".h-errors")).to_be_visible()
    at_both_widths(signed_out)


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_with_palette_shortcuts_suggestions_or_message_open(enter, width):
    page = enter("national", width=width)
    page.keyboard.press("Control+k")
    page.keyboard.type("ma", delay=5)
    expect(page.locator("#palette-list")).to_contain_text("People")
    assert axe_violations(page) == [], "palette"
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()  # until then the key would go to its box
    page.keyboard.press("Shift+Slash")
    expect(page.locator("#shortcut-sheet")).to_be_visible()
    assert axe_violations(page) == [], "shortcuts"
    page.goto("/contacts/new")
    page.get_by_role("combobox", name="Who with?").press_sequentially("ma", delay=5)
    expect(page.locator("#who-list [role=option]").first).to_be_visible()
    assert axe_violations(page) == [], "suggestions"
    page.keyboard.press("Enter")
    page.get_by_label("What was it about?").fill("Nothing but a word.")
    follow(page, page.get_by_role("button", name="Log the contact").first)
    expect(page.locator("[data-toast][data-still]")).to_be_visible()
    assert axe_violations(page) == [], "message"
    toast(page, "Contact logged").get_by_role("button", name="Undo").click()
    expect(toast(page, "The contact was taken back")).to_be_visible()


def test_axe_finds_nothing_with_the_phone_menu_and_filters_open(enter):
    page = enter("national", width=375)
    page.get_by_text("Menu").click()
    expect(page.get_by_role("navigation", name="Areas")).to_be_visible()
    assert axe_violations(page) == [], "menu"
    page.goto("/councillors")
    page.locator("summary").get_by_text("Filter", exact=True).click()
    assert axe_violations(page) == [], "filters"
    page.get_by_role("link", name="Council", exact=True).click()
    expect(page.get_by_label("Council", exact=True)).to_be_focused()
    assert axe_violations(page) == [], "one filter being chosen"


def test_no_page_scrolls_sideways_narrow_zoomed_or_with_large_text(enter):
    page = enter("national", at=None)
    for path in [*NATIONAL, *OTHERS, record(page), decision(page)]:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert overflow(page) <= 0, f"{path} with text at 200 %"
        page.evaluate("document.documentElement.style.fontSize = ''")
        for width in (320, 375, 640):
            page.set_viewport_size({"width": width, "height": 900})
            assert overflow(page) <= 0, f"{path} at {width} px"


def test_rows_keep_their_table_roles_on_a_phone(enter):
    page = enter("national", at="/councillors", width=375)
    table = page.get_by_role("table", name="Councillors")
    expect(table.get_by_role("rowheader").first).to_be_visible()
    expect(table.get_by_role("cell").first).to_be_visible()
    expect(table.get_by_role("columnheader", name="Party")).to_have_count(1)
