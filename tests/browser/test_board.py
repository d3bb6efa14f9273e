"""The board: a dropped card opens its step's form, and stays where it was until that is sent."""

import re

from playwright.sync_api import expect

# The exact middle of a card in the column would be neither before nor after it.
NEAR_THE_TOP = {"x": 40, "y": 20}


def test_a_dropped_card_opens_the_form_of_its_step(enter):
    page = enter("national", at="/funding/board")
    card = page.locator('[data-column="endorsed"] [data-card][data-to~="declined"]').first
    card_id = card.get_attribute("id").removeprefix("card-")
    card.drag_to(page.locator('[data-column="returned"]'), target_position=NEAR_THE_TOP)
    page.wait_for_url(re.compile(rf"/funding/{card_id}#step-return$"))
    page.go_back()
    expect(page.locator(f'[data-column="endorsed"] #card-{card_id}')).to_be_visible()


def test_a_drop_that_skips_a_step_goes_back_and_says_why(enter):
    page = enter("national", at="/funding/board")
    card = page.locator('[data-column="endorsed"] [data-card][data-to~="declined"]').first
    card_id = card.get_attribute("id")
    card.drag_to(page.locator('[data-column="submitted"]'), target_position=NEAR_THE_TOP)
    expect(page.locator("[data-toast]")).to_contain_text("cannot be moved there")
    expect(page.locator(f'[data-column="endorsed"] #{card_id}')).to_be_visible()
