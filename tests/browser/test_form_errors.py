"""A form with errors, read as a screen reader reads it: every error is linked, none gets lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import applications
from tests.browser.desk import councillors, follow

# What each error, hint and choice of the page is tied to.
LINKS = """() => {
  const by = [...document.querySelectorAll('[aria-describedby]')];
  const names = id => by.filter(it => it.getAttribute('aria-describedby').split(' ').includes(id));
  const controls = it => it.matches('fieldset')
    ? [...it.querySelectorAll('input:not([type=hidden]), select, textarea')] : [it];
  const errors = [...document.querySelectorAll('main form .h-error')].map(error => ({
    words: error.innerText,
    tied: names(error.id).length > 0,
    invalid: names(error.id).flatMap(controls).some(
      it => it.getAttribute('aria-invalid') === 'true'),
    hintFirst: names(error.id).every(it => {
      const ids = it.getAttribute('aria-describedby').split(' ');
      return ids.at(-1) === error.id && ids.every(id => document.getElementById(id));
    }),
  }));
  return {
    errors,
    looseHints: [...document.querySelectorAll('main form .h-hint')]
      .filter(hint => hint.id && !names(hint.id).length).map(hint => hint.innerText),
    hints: document.querySelectorAll('main form .h-hint').length,
    looseChoices: [...document.querySelectorAll('main form [type=radio]')]
      .filter(it => !it.closest('fieldset')?.querySelector('legend')?.innerText.trim()).length,
    bubbles: document.querySelectorAll('main form [required]').length,
    nameless: [...document.querySelectorAll(
      'main form input:not([type=hidden]), main form select, main form textarea')]
      .filter(it => !it.labels.length && !it.getAttribute('aria-label')).map(it => it.name),
  };
}"""


def signing_in(enter, open_page) -> Page:
    page = open_page()
    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in").click()
    return page


def application(enter, open_page) -> Page:
    page = enter("london", at=None)
    applications.start(page)
    page.get_by_label("Amount asked for").fill("ten")
    page.get_by_label("Cost in pounds").first.fill("5")
    page.get_by_role("button", name="Continue").click()
    return page


def quick_contact(enter, open_page) -> Page:
    page = enter("london", at="/contacts/new")
    page.get_by_label("What is to be done").fill("Send the briefing")
    page.get_by_label("Or on this day").fill("2020-01-01")
    page.get_by_role("button", name="Log the contact").first.click()
    return page


def a_group_without_answer(enter, open_page) -> Page:
    page = enter("national", at="/funding/new")
    page.get_by_role("button", name="Start the application").click()
    return page


def award_without_reason(enter, open_page) -> Page:
    page = enter("national", at=None)
    applications.open_one(page, "endorsed")
    page.get_by_label("Amount to award").fill("1")
    page.get_by_role("button", name="Award").click()
    return page


FORMS = [signing_in, application, quick_contact, a_group_without_answer, award_without_reason]


@pytest.mark.parametrize("send", FORMS, ids=lambda form: form.__name__)
def test_every_error_is_linked_and_said_twice(send, enter, open_page):
    page = send(enter, open_page)
    summary = page.locator(".h-errors")
    expect(summary).to_be_focused()
    assert page.title().startswith("Error: ")
    assert page.locator("h1").count() == 1
    seen = page.evaluate(LINKS)
    assert seen["errors"]
    for error in seen["errors"]:
        assert error["tied"], error
        assert error["invalid"], error
        assert error["hintFirst"], error
        assert error["words"].startswith("Error:") or "Error:" in error["words"], error
    assert seen["looseHints"] == []
    assert seen["looseChoices"] == seen["bubbles"] == 0
    assert seen["nameless"] == []
    links = summary.get_by_role("link").all()
    assert len(links) == len(seen["errors"])
    for link in links:
        target = link.get_attribute("href").removeprefix("#")
        link.click()
        control = page.locator(f"[id='{target}']")
        expect(control).to_be_focused()
        assert control.evaluate("it => it.matches('input, select, textarea')"), target
        assert control.get_attribute("aria-invalid") == "true", target


def test_hints_stay_when_a_form_comes_back_with_errors(enter, open_page):
    page = enter("london", at=None)
    applications.start(page)
    before = page.evaluate(LINKS)["hints"]
    follow(page, page.get_by_role("button", name="Continue"))
    expect(page.locator(".h-errors")).to_be_visible()
    assert page.evaluate(LINKS)["hints"] == before > 0


def test_what_was_typed_stays_in_a_contact_without_a_person(enter):
    page = enter("london", at="/contacts/new")
    page.get_by_label("What was it about?").fill("A long talk about the budget.")
    page.get_by_label("Meeting").check()
    page.get_by_role("button", name="Log the contact").first.click()
    expect(page.locator(".h-errors")).to_contain_text("Say who you were in contact with")
    expect(page.get_by_label("What was it about?")).to_have_value("A long talk about the budget.")
    expect(page.get_by_label("Meeting")).to_be_checked()


def test_a_second_click_logs_one_contact_only(enter):
    page = enter("support", at=None)
    someone = councillors(page)[4]
    page.goto(f"/contacts/new?person={someone.href.rsplit('/', 1)[1]}")
    page.get_by_label("What was it about?").fill("Clicked by a nervous finger.")
    page.get_by_role("button", name="Log the contact").first.dblclick()
    page.wait_for_url(lambda address: "/contacts/new" not in address)
    page.goto(someone.href)
    expect(page.locator("#timeline").get_by_text("Clicked by a nervous finger.")).to_have_count(1)
