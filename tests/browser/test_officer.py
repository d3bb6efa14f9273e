"""The political officer: finds a councillor, logs a contact with a promise, all by keyboard."""

from playwright.sync_api import Page, expect

from tests.browser.desk import Councillor, councillors, tab_to, toast

SUMMARY = "Will second the motion on agency staffing at full council."
PROMISE = "Send the wording of the motion"


def clear_the_overdue(page: Page) -> None:
    page.goto("/contacts/follow-ups?state=overdue")
    while page.get_by_role("button", name="Done").count():
        page.get_by_role("button", name="Done").first.click()
        expect(toast(page, "done")).to_be_visible()
        page.goto("/contacts/follow-ups?state=overdue")


def find(page: Page, someone: Councillor) -> None:
    page.goto("/")
    page.keyboard.press("Control+k")
    page.keyboard.type(someone.name, delay=5)
    options = page.locator("#palette-list [role=option]")
    expect(options.first).to_contain_text(someone.name)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{someone.href}")


def log_with_follow_up(page: Page, someone: Councillor) -> None:
    page.keyboard.press("c")
    page.wait_for_url("**/contacts/new?person=*")
    expect(page.get_by_label("What was it about?")).to_be_focused()
    page.keyboard.type(SUMMARY)
    tab_to(page, page.get_by_label("What is to be done"))
    page.keyboard.type(PROMISE)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_label("Tomorrow")).to_be_checked()
    tab_to(page, page.get_by_role("button", name="Log the contact").last)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{someone.href}")


def test_officer_finds_a_councillor_and_logs_a_contact_by_keyboard_alone(enter):
    page = enter("officer", at=None)
    clear_the_overdue(page)
    someone = councillors(page, "?sort=-name")[0]
    find(page, someone)
    log_with_follow_up(page, someone)
    expect(toast(page, "Contact logged")).to_be_visible()
    expect(page.locator("#timeline")).to_contain_text(SUMMARY)
    page.goto("/")
    expect(page.locator(".h-queue")).to_contain_text(f"{PROMISE}: {someone.name}")


def test_undo_takes_the_contact_back_and_puts_it_back_again(enter):
    page = enter("officer", at=None)
    someone = councillors(page, "?sort=-name")[1]
    find(page, someone)
    log_with_follow_up(page, someone)
    undo = toast(page, "Contact logged").get_by_role("button", name="Undo")
    undo.focus()
    page.keyboard.press("Enter")
    expect(toast(page, "The contact was taken back")).to_be_visible()
    assert page.url.endswith(someone.href)
    expect(page.locator("#timeline")).not_to_contain_text(SUMMARY)
    toast(page, "taken back").get_by_role("button", name="Put it back").press("Enter")
    expect(toast(page, "The contact is back")).to_be_visible()
    expect(page.locator("#timeline")).to_contain_text(SUMMARY)


def test_the_undo_message_waits_while_it_has_focus(enter):
    page = enter("officer")
    page.clock.install()
    someone = councillors(page, "?sort=-name")[2]
    page.goto(f"/contacts/new?person={someone.href.rsplit('/', 1)[1]}")
    page.get_by_label("What was it about?").fill("A short word.")
    page.get_by_role("button", name="Log the contact").first.click()
    message = toast(page, "Contact logged")
    expect(message).to_be_visible()
    page.clock.run_for(1_000)
    message.get_by_role("button", name="Undo").focus()
    page.clock.run_for(30_000)
    expect(message).to_be_visible()
    page.get_by_role("heading", level=1).click()
    page.evaluate("document.activeElement.blur()")
    page.clock.run_for(11_000)
    expect(message).to_have_count(0)
