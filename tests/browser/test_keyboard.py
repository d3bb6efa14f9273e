"""The keyboard alone: shortcuts that can be switched off, and focus that never gets lost."""

import re

from playwright.sync_api import Route, expect

from tests.browser.desk import councillors, focused, tab_to, toast


def test_shortcuts_switched_off_on_this_computer_do_nothing(enter):
    page = enter("officer")
    page.keyboard.press("Shift+Slash")
    page.get_by_label("Use single-key shortcuts on this computer").uncheck()
    page.keyboard.press("Escape")
    page.goto("/councillors")
    for key in ("c", "/", "Shift+Slash", "g", "b"):
        page.keyboard.press(key)
    page.wait_for_timeout(200)
    assert page.url.endswith("/councillors")
    assert page.locator("dialog[open]").count() == 0
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()


def test_shortcuts_switched_off_in_the_account_do_nothing_anywhere(enter):
    page = enter("training", at="/account")
    card = page.get_by_role("region", name="Keyboard shortcuts")
    card.get_by_role("checkbox").uncheck()
    card.get_by_role("button", name="Save").click()
    expect(toast(page, "Shortcuts are off.")).to_be_visible()
    page.goto("/councillors")
    page.keyboard.press("/")
    page.wait_for_timeout(150)
    assert page.locator("dialog[open]").count() == 0
    page.goto("/account")
    card.get_by_role("checkbox").check()
    card.get_by_role("button", name="Save").click()
    expect(toast(page, "Shortcuts are on.")).to_be_visible()
    page.goto("/councillors")
    page.keyboard.press("/")
    expect(page.locator("#palette")).to_be_visible()


def test_the_sheet_of_shortcuts_opens_on_the_account_page_too(enter):
    page = enter("officer", at="/account")
    page.get_by_role("button", name="Keyboard shortcuts").click()
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()


def test_a_key_that_comes_while_the_palette_still_has_the_focus_of_old_is_heard(enter):
    page = enter("officer", at="/councillors")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-box")).to_be_focused()
    page.evaluate(
        """() => {
          document.getElementById("palette").close();
          const key = {key: "?", shiftKey: true, bubbles: true, cancelable: true};
          document.getElementById("palette-box").dispatchEvent(new KeyboardEvent("keydown", key));
        }"""
    )
    expect(page.locator("#shortcut-sheet")).to_be_visible()


def test_shortcuts_never_act_while_typing(enter):
    page = enter("officer", at="/councillors")
    page.get_by_label("Name, ward or number").press_sequentially("cg/b")
    expect(page.get_by_label("Name, ward or number")).to_have_value("cg/b")
    assert page.locator("dialog[open]").count() == 0


def test_g_and_a_letter_go_to_an_area(enter):
    page = enter("officer")
    area = page.get_by_role("link", name="Budget", exact=True)
    page.keyboard.press("g")
    page.keyboard.press(area.get_attribute("data-key"))
    page.wait_for_url("**/budget")


def test_escape_closes_the_palette_and_focus_returns(enter):
    page = enter("officer")
    link = page.get_by_role("link", name="All your follow-ups")
    link.focus()
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-box")).to_be_focused()
    page.keyboard.type("ma")
    expect(page.locator("#palette-list [role=option]").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    expect(link).to_be_focused()


def test_palette_announces_moves_and_opens_with_arrows(enter):
    page = enter("officer")
    page.keyboard.press("Control+k")
    page.keyboard.type("ma", delay=5)
    expect(page.locator("#palette-list")).to_have_attribute("aria-busy", "false")
    expect(page.locator("#palette-list")).to_contain_text("People")
    expect(page.locator("[data-palette-count]")).to_contain_text("results")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    marked = page.locator("#palette-box").get_attribute("aria-activedescendant")
    chosen = page.locator(f"#{marked}")
    expect(chosen).to_have_attribute("aria-selected", "true")
    wanted = chosen.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{wanted}")


def test_a_late_answer_leaves_the_mark_where_the_arrows_put_it(enter):
    page = enter("officer")
    page.keyboard.press("Control+k")
    page.keyboard.type("ma")
    answers = page.locator("#palette-list")
    expect(answers).to_have_attribute("aria-busy", "false")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    marked = answers.locator("[aria-selected=true]")
    wanted = marked.get_attribute("href")
    with page.expect_response("**/search"):
        page.evaluate("htmx.trigger('#palette-box', 'palette-open')")
    page.wait_for_timeout(300)
    expect(marked).to_have_attribute("href", wanted)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{wanted}")


def test_enter_pressed_before_the_answer_opens_what_was_typed(enter):
    page = enter("officer", at=None)
    someone = councillors(page, "?sort=-name")[3]

    def slowly(route: Route) -> None:
        page.wait_for_timeout(300)
        route.continue_()

    page.route("**/search", slowly)
    page.keyboard.press("Control+k")
    page.keyboard.type(someone.name)
    page.wait_for_timeout(200)  # asked, and not answered yet
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{someone.href}")


def test_focus_stays_in_the_box_while_the_list_changes_under_it(enter):
    page = enter("officer", at=None)
    name = councillors(page)[0].name
    box = page.get_by_label("Name, ward or number")
    box.press_sequentially(name, delay=5)
    expect(page.locator("#results tbody tr")).to_have_count(1)
    expect(box).to_be_focused()
    expect(box).to_have_value(name)
    expect(page.get_by_role("status").filter(has_text="1 office")).to_have_count(1)


def test_the_skip_link_is_first_and_leads_past_the_navigation(enter):
    page = enter("officer")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('main').contains(document.activeElement)")


def test_tab_reaches_every_control_of_the_quick_form(enter):
    page = enter("officer", at="/contacts/new")
    form = page.locator("main form")
    wanted = form.evaluate(
        """form => [...new Set([...form.elements, ...form.querySelectorAll('a')]
        .filter(it => it.type !== 'hidden' && !it.matches('fieldset'))
        .map(it => it.name || it.innerText.trim()))]"""
    )
    page.locator("#channel-0").focus()
    reached = set()
    for _ in range(40):
        reached.add(
            page.evaluate("document.activeElement.name || document.activeElement.innerText.trim()")
        )
        page.keyboard.press("Tab")
    assert set(wanted) <= reached


def test_suggestions_are_left_by_escape_and_the_name_can_still_be_typed(enter):
    page = enter("officer", at="/contacts/new")
    box = page.get_by_role("combobox", name="Who with?")
    box.press_sequentially("ma", delay=5)
    expect(page.locator("#who-list [role=option]").first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#who-list")).to_be_hidden()
    assert focused(page) == "who"
    expect(box).to_have_value("ma")


def test_national_office_reaches_the_award_by_tab(enter):
    page = enter("national", at="/funding?status=endorsed")
    tab_to(page, page.locator("#results tbody th a").first, most=80)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/funding/\d+$"))
    tab_to(page, page.get_by_role("button", name="Award"), most=80)
