"""Freshness by keyboard alone: twenty facts, one key each; and a link that is answered."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.desk import press_key
from tests.browser.seeing import overflow


def due(page) -> int:
    """How many facts the page says are due."""
    words = page.locator("#results").get_by_text(re.compile(r"facts? due$")).first.inner_text()
    return int(words.split()[0].replace(",", ""))


def test_twenty_facts_are_verified_by_one_key_each(enter):
    page = enter("london", at="/freshness")
    before = due(page)
    assert before > 20, "the demonstration has enough to check"
    page.keyboard.press("j")
    for number in range(1, 21):
        first = page.locator("tbody tr").first.inner_text()
        press_key(page, "v")
        expect(page.locator("tbody tr").first).not_to_have_text(first)
        assert due(page) == before - number
    page.get_by_role("button", name="Undo").last.press("Enter")
    expect(page.get_by_text("Taken back.")).to_be_visible()
    assert due(page) == before - 19


@pytest.mark.parametrize("width", [1280, 375])
def test_change_is_drawn_as_the_quiet_buttons_are(enter, width):
    page = enter("london", at="/freshness", width=width)
    row = page.locator("tbody tr").first
    change = row.get_by_role("link", name="Change the").bounding_box()
    beside = row.get_by_role("button", name="Cannot reach").bounding_box()
    assert change["height"] == beside["height"]
    assert change["y"] == beside["y"] or width == 1280, "a phone has all in one line"


def test_a_councillor_confirms_their_own_details_on_a_telephone(enter, open_page):
    page = enter("london", at="/freshness")
    page.locator("tbody tr").first.get_by_role("link").first.click()
    page.get_by_role("button", name="Ask them to confirm their details").click()
    link = page.locator("code").inner_text()
    phone = open_page(width=375)
    phone.goto(link[link.index("/confirm/") :])
    expect(phone.get_by_role("heading", name="Are your details right?")).to_be_visible()
    assert overflow(phone) == 0
    for answer in phone.get_by_label("Right", exact=True).all():
        answer.check()
    phone.get_by_role("button", name="Send my answer").click()
    expect(phone.get_by_role("heading", name=re.compile("Thank you"))).to_be_visible()


def test_the_office_takes_over_what_somebody_said(enter):
    page = enter("officer", at="/freshness/answers")
    page.locator("tbody").get_by_role("link").first.click()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name=re.compile("Take over")).click()
    expect(page.get_by_text("The answer is settled.")).to_be_visible()
