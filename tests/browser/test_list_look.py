"""A list has its first row near the top, twenty of them on a screen, and acts on what is ticked."""

import pytest
from playwright.sync_api import Page, expect

SEEN = """rows => rows.map(row => row.getBoundingClientRect())
  .filter(box => box.height && box.bottom <= innerHeight).map(box => [box.top, box.height])"""


def rows_seen(page: Page) -> list[list[float]]:
    """Top and height of the rows that are wholly on the screen."""
    return page.locator("#results tbody tr").evaluate_all(SEEN)


@pytest.mark.parametrize("path", ["/_ui/list", "/councillors"])
def test_the_first_row_is_near_the_top_and_a_screen_holds_eighteen(enter, path):
    page = enter("national", at=path, height=800)
    rows = rows_seen(page)
    assert rows[0][0] <= 160
    assert len(rows) >= 18
    assert {round(height) for _top, height in rows} == {32} or rows[0][1] <= 33


def test_a_phone_shows_cards_of_two_lines(enter):
    page = enter("national", at="/_ui/list", width=375, height=800)
    rows = rows_seen(page)
    assert all(56 <= height <= 64 for _top, height in rows)
    assert len(rows) >= 8
    acts = page.locator("#results tbody tr").first.get_by_role("link").all()
    sizes = [act.bounding_box() for act in acts[1:] if act.is_visible()]
    assert all(size["width"] >= 44 and size["height"] >= 44 for size in sizes)


@pytest.mark.parametrize("scripts", [True, False])
def test_the_bar_of_acts_floats_only_while_something_is_ticked(open_page, scripts):
    page = open_page(height=800, java_script_enabled=scripts)
    page.goto("/_ui/list")
    bar = page.get_by_role("group", name="What to do with what is ticked")
    expect(bar).to_be_hidden()
    for number in (1, 4):
        page.locator("[data-pick]").nth(number).check()
    expect(bar).to_be_visible()
    box = bar.bounding_box()
    assert box["y"] + box["height"] <= 800, "in sight, wherever one is in the list"
    bar.get_by_role("button", name="Untick all").click()
    expect(bar).to_be_hidden()
    expect(page.locator("[data-pick]:checked")).to_have_count(0)


def test_menus_open_without_scripts_and_escape_closes_them(open_page):
    for scripts in (False, True):
        page = open_page(java_script_enabled=scripts)
        page.goto("/_ui/list")
        for name in ("North West, ring before Christmas", "More", "Filter"):
            menu = page.locator("summary").filter(has_text=name).first
            menu.click()
            body = menu.locator("xpath=following-sibling::*[1]")
            expect(body).to_be_visible()
            assert body.bounding_box()["x"] + body.bounding_box()["width"] <= 1280
            if scripts:
                page.keyboard.press("Escape")
                expect(body).to_be_hidden()
                expect(menu).to_be_focused()
            else:
                menu.click()


def test_the_menu_of_areas_is_whole_without_scrolling(enter):
    page = enter("national", at="/councillors", height=800)
    side = page.locator(".h-side")
    assert side.evaluate("it => it.scrollHeight <= it.clientHeight")
    lines = page.get_by_role("navigation", name="Areas").get_by_role("link")
    heights = {round(line.bounding_box()["height"]) for line in lines.all() if line.is_visible()}
    assert heights == {26}
    expect(page.get_by_role("link", name="Imports")).to_be_hidden()
    page.goto("/imports")
    expect(page.get_by_role("link", name="Imports", exact=True)).to_be_visible()


def test_on_paper_there_is_only_the_list(enter):
    page = enter("national", at="/_ui/list")
    page.emulate_media(media="print")
    expect(page.locator(".h-side")).to_be_hidden()
    expect(page.locator(".h-chip-line")).to_be_hidden()
    expect(page.locator("#results tbody tr").first).to_be_visible()


def test_in_forced_colours_a_chosen_chip_still_differs(open_page):
    page = open_page()
    page.emulate_media(forced_colors="active")
    page.goto("/_ui")
    chips = page.locator(".h-chip")
    chips.nth(0).locator("input").check()
    drawn = [chip.evaluate("it => getComputedStyle(it).outlineStyle") for chip in chips.all()[:2]]
    assert drawn[0] != drawn[1]
