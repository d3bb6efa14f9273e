"""What every page keeps: its policy, its address, its Back button, its true drawings.

That no page writes to the console or asks another site is checked at the end of every journey.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import applications
from tests.browser.desk import councillors
from tests.browser.office import sign_in

CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
PATHS = (
    "/",
    "/councillors",
    "/contacts/new",
    "/funding",
    "/budget",
    "/imports",
    "/reports",
    "/_ui",
)


def test_every_page_carries_exactly_the_policy(enter, open_page):
    page = enter("national", at=None)
    for path in (*PATHS, "/no-such-page"):
        assert page.goto(path).headers["content-security-policy"] == CSP, path
    assert open_page().goto("/sign-in").headers["content-security-policy"] == CSP


def test_the_policy_stops_a_script_and_a_style_that_were_smuggled_in(chromium, office):
    page = chromium.new_page(base_url=office.address)  # unwatched: the browser shall complain
    page.goto("/sign-in")
    ran = page.evaluate(
        """() => {
          const script = document.createElement('script');
          script.textContent = 'window.smuggled = true';
          document.body.append(script);
          const box = document.createElement('div');
          box.setAttribute('style', 'width: 67px');
          document.body.append(box);
          return [window.smuggled === true, box.style.width === '67px'];
        }"""
    )
    page.close()
    assert ran == [False, False]


def whole(page: Page) -> None:
    expect(page.get_by_role("navigation", name="Areas")).to_be_visible()
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_back_after_a_live_filter_gives_the_whole_page(enter):
    page = enter("officer", at=None)
    name = councillors(page)[0].name
    page.get_by_label("Name, ward or number").press_sequentially(name, delay=5)
    expect(page.locator("#results tbody tr")).to_have_count(1)
    page.locator("#results tbody th a").click()
    page.wait_for_url("**/people/*")
    page.go_back()
    page.wait_for_url(re.compile(r"/councillors\?"))
    whole(page)
    expect(page.locator("#results tbody tr")).to_have_count(1)
    expect(page.get_by_label("Name, ward or number")).to_have_value(name)
    page.go_back()
    page.wait_for_url("**/councillors")
    whole(page)
    expect(page.locator("#results tbody tr").nth(1)).to_be_visible()
    page.wait_for_load_state()  # until then nobody hears that one goes forward
    page.go_forward()
    page.wait_for_url(re.compile(r"/councillors\?"))
    whole(page)
    expect(page.locator("#results tbody tr")).to_have_count(1)


def test_a_filtered_address_opened_anew_shows_the_same(enter):
    page = enter("officer", at=None)
    name = councillors(page)[1].name
    page.get_by_label("Name, ward or number").press_sequentially(name, delay=5)
    expect(page.locator("#results tbody tr")).to_have_count(1)
    address = page.url
    again = enter("officer")
    again.goto(address)
    whole(again)
    expect(again.locator("#results tbody tr")).to_have_count(1)


# Every part of every bar: where it is drawn, and which figures say so.
BARS = """bars => bars.map(bar => {
  const frame = bar.getBoundingClientRect();
  return {
    width: frame.width,
    parts: [...bar.querySelectorAll('[data-part]')].map(part => {
      const box = part.getBBox();
      return {part: part.dataset.part, pence: Number(part.dataset.pence),
              x: box.x, width: box.width};
    }),
  };
})"""


@pytest.mark.parametrize("width", [1280, 375, 320])
def test_the_budget_bar_is_drawn_to_its_figures_to_the_pixel(enter, width):
    page = enter("national", at=None, width=width)
    applications.open_one(page, "endorsed")
    for path in ("/", "/budget", page.url):
        page.goto(path)
        for bar in page.locator("svg.h-budget-bar").evaluate_all(BARS):
            whole_p = sum(part["pence"] for part in bar["parts"])
            x = 0.0
            assert whole_p > 0
            for part in bar["parts"]:
                due = bar["width"] * part["pence"] / whole_p
                assert abs(part["width"] - due) < 0.5, (path, part)
                assert abs(part["x"] - x) < 0.5, (path, part)
                x += due


def test_the_bar_says_in_words_what_it_draws(enter):
    page = enter("national")
    bar = page.locator("svg.h-budget-bar").first
    words = bar.get_attribute("aria-label")
    for figure in ("paid £", "committed £", "waiting for a decision £", "left £"):
        assert figure in words
    key = page.locator(".h-budget-key").first.inner_text()
    assert set(re.findall(r"£[\d,.]+", key)) <= set(re.findall(r"£[\d,.]*\d", words))


def test_signing_out_leaves_nothing_behind(open_page):
    page = open_page()
    sign_in(page, "auditor@example.org")
    name = councillors(page)[0].name
    page.get_by_label("Name, ward or number").press_sequentially(name, delay=5)
    expect(page.locator("#results tbody tr")).to_have_count(1)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in*")
    kept = page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")
    assert "councillors" not in kept
    assert name.split()[0] not in kept
    page.go_back()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
