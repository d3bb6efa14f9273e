"""What is half written is not lost by a letter, a link or a reload; focus goes on where it was."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import choose, councillors, focused, press_key

WORDS = "She asked about the depot"


def asked(page: Page) -> list[str]:
    """Collects what the browser asks before it leaves; every question is answered with no."""
    found: list[str] = []

    def no(dialog) -> None:
        found.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", no)
    return found


def half_written(page: Page) -> None:
    page.get_by_label("What was it about?").press_sequentially(WORDS)
    page.evaluate("document.activeElement.blur()")


@pytest.mark.parametrize("keys", ["c", "gb", "gv"])
def test_no_letter_leaves_a_half_written_contact(enter, keys):
    page = enter("officer", at="/contacts/new")
    questions = asked(page)
    half_written(page)
    for key in keys:
        page.keyboard.press(key)
    expect(page.locator("#toasts")).to_contain_text("Not left")
    expect(page.get_by_label("What was it about?")).to_have_value(WORDS)
    assert questions == []


@pytest.mark.parametrize("width", [1280, 375])
def test_a_link_and_a_reload_ask_first(enter, width):
    page = enter("officer", at="/contacts/new", width=width)
    questions = asked(page)
    half_written(page)
    page.evaluate("document.querySelector('a[href=\"/councillors\"]').click()")
    page.wait_for_timeout(300)
    page.evaluate("location.reload()")
    page.wait_for_timeout(300)
    assert questions == ["beforeunload", "beforeunload"]
    expect(page.get_by_label("What was it about?")).to_have_value(WORDS)


@pytest.fixture
def in_its_row(enter):
    """A person's page whose everyday name is being typed in its row, and what the browser asks."""
    page = enter("officer", at=None)
    page.goto(councillors(page)[5].href)
    questions = asked(page)
    page.get_by_role("link", name="Change everyday name").click()
    page.get_by_label("Everyday name").press_sequentially("Half a na")
    return page, questions


def test_a_fact_half_typed_in_its_row_is_not_left_unasked(in_its_row):
    page, questions = in_its_row
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("c")
    expect(page.locator("#toasts")).to_contain_text("Not left")
    page.evaluate("location.reload()")
    page.wait_for_timeout(300)
    assert questions == ["beforeunload"]
    expect(page.get_by_label("Everyday name")).to_have_value(re.compile("Half a na$"))


def test_a_fact_refused_in_its_row_is_not_left_unasked_either(in_its_row):
    page, questions = in_its_row
    page.get_by_label("Everyday name").fill("x" * 81)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("form.h-inline")).to_contain_text("Use at most 80 characters")
    page.evaluate("location.reload()")
    page.wait_for_timeout(300)
    assert questions == ["beforeunload"]


def test_a_fact_saved_or_cancelled_in_its_row_asks_nothing(in_its_row):
    page, questions = in_its_row
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("link", name="Change everyday name").click()
    page.get_by_label("Everyday name").fill("Sam")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Change everyday name")).to_be_visible()
    page.reload()
    assert questions == []


def test_sending_cancelling_and_filtering_ask_nothing(enter):
    page = enter("officer", at=None)
    someone = councillors(page)[7]
    questions = asked(page)
    page.get_by_label("Name, ward or number").fill(someone.name)
    page.goto("/contacts/new")
    half_written(page)
    page.get_by_role("link", name="Cancel").click()
    page.wait_for_url(re.compile(r"/contacts(\?.*)?$"))
    page.goto("/contacts/new")
    choose(page, "Who with?", someone.name, someone.name)
    half_written(page)
    page.get_by_role("button", name="Log the contact").first.click()
    expect(page.locator("[data-toast]")).to_contain_text("Contact logged")
    assert questions == []


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("scripts", [True, False])
def test_after_another_person_the_cursor_is_in_the_name_box(enter, width, scripts):
    someone = councillors(enter("officer", at=None))[2]
    page = enter("officer", at="/contacts/new", width=width, java_script_enabled=scripts)
    page.get_by_label("What was it about?").fill(WORDS)
    page.locator("#who").fill(someone.name)
    page.locator("#who").press("Tab")  # what was suggested meanwhile no longer lies over the button
    page.get_by_role("button", name="Add this person").click()
    expect(page.get_by_role("checkbox", name=re.compile(someone.name))).to_be_checked()
    expect(page.locator("#who")).to_be_focused()
    page.keyboard.type("ciara")
    expect(page.locator("#who")).to_have_value("ciara")
    expect(page.get_by_label("What was it about?")).to_have_value(WORDS)
    assert page.url.endswith("/contacts/new")


def test_what_came_back_from_the_server_is_not_left_by_a_letter_either(enter):
    page = enter("officer", at=None)
    someone = councillors(page)[2]
    page.goto("/contacts/new")
    page.get_by_label("What was it about?").fill(WORDS)
    page.locator("#who").fill(someone.name)
    page.locator("#who").press("Tab")  # what was suggested meanwhile no longer lies over the button
    page.get_by_role("button", name="Add this person").click()
    expect(page.get_by_role("checkbox", name=re.compile(someone.name))).to_be_checked()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("c")
    expect(page.locator("#toasts")).to_contain_text("Not left")
    expect(page.get_by_label("What was it about?")).to_have_value(WORDS)


def test_a_key_acts_on_the_chosen_row_and_goes_on_there(enter):
    page = enter("scotland", at="/freshness")
    rows = page.locator("tbody tr")
    third, fourth = rows.nth(2).inner_text(), rows.nth(3).inner_text()
    first = rows.first.inner_text()
    for _ in range(3):
        page.keyboard.press("j")
    press_key(page, "v")
    expect(rows.nth(2)).to_have_text(fourth, use_inner_text=True)
    expect(rows.nth(2).get_by_role("link").first).to_be_focused()
    press_key(page, "v")
    expect(rows.first).to_have_text(first, use_inner_text=True)
    assert third not in rows.all_inner_texts()
    assert fourth not in rows.all_inner_texts()


def test_a_key_without_a_chosen_row_only_chooses_the_first(enter):
    page = enter("scotland", at="/freshness")
    first = page.locator("tbody tr").first
    words = first.inner_text()
    page.keyboard.press("v")
    expect(first.get_by_role("link").first).to_be_focused()
    expect(first).to_have_text(words, use_inner_text=True)
    assert focused(page) is not None
