"""Writing an application in the browser, and finding one that stands at a step."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from models import clock
from tests.browser.desk import Councillor, choose, councillors

PURPOSE = "To win the ward: two leaflets and a stall at the market."


def start(page: Page, region: str | None = None) -> str:
    """A new, empty draft; answers with its reference and stands on its form."""
    page.goto("/funding/new")
    if region:
        page.get_by_role("radio", name=region).check()
    # Another journey may have opened a round beside the demonstration's.
    own = page.get_by_role("radio", name=re.compile("Local elections"))
    if own.count():
        own.check()
    page.get_by_role("button", name="Start the application").click()
    page.wait_for_url("**/edit")
    found = re.search(r"FA-\d{4}-\d+", page.locator("h1").inner_text())
    assert found
    return found[0]


def fill(page: Page, someone: Councillor, pounds: str = "1,250.50") -> None:
    """All answers for a councillor who stands again in the same ward."""
    choose(page, "Candidate", someone.name, someone.name)
    choose(page, "Council", someone.council, someone.council)
    choose(page, "Ward", someone.ward, someone.ward)
    poll = page.get_by_label("Date of the poll")
    if not poll.input_value():  # a round brings its own
        poll.fill((clock.today() + timedelta(days=150)).isoformat())
    page.locator("#lines-0-what").fill("Leaflets, two drops")
    page.locator("#lines-0-amount").fill(pounds)
    page.get_by_label("What the money is for").fill(PURPOSE)


def go_on(page: Page) -> None:
    """From the form to the check, over the parts that the round asks."""
    answer = {"s1": answer_for_the_region, "s2": answer_for_the_candidate}
    _continue(page)
    while "/parts/" in page.url:
        answer.get(page.url.rpartition("/")[2], lambda _page: None)(page)
        _continue(page)
    assert page.url.endswith("/check")


def _continue(page: Page) -> None:
    here = page.url
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(lambda address: address != here)


def answer_for_the_region(page: Page) -> None:
    """The standard questions about the campaign."""
    page.get_by_role("radio", name="Held by us").check()
    page.get_by_label("What will the money change?").fill("Two drops instead of one.")
    page.get_by_role("radio", name="No").check()


def answer_for_the_candidate(page: Page) -> None:
    """The standard questions to the candidate, on whatever page they are asked."""
    page.get_by_label("Why are you standing?").fill("For better buses.")
    page.get_by_label("When were you selected?").fill(clock.today().isoformat())
    page.get_by_role("radio", name="No").check()


def submit(page: Page) -> None:
    """From the form over its round's parts and the check to the application's page."""
    go_on(page)
    page.get_by_role("button", name="Submit").click()
    page.wait_for_url(re.compile(r"/funding/\d+$"))
    expect(page.locator("[data-toast]")).to_contain_text("is submitted to the national office")


def apply_for(page: Page, number: int = 0, region: str | None = None) -> str:
    """A submitted application for the councillor at this place of the list; its reference."""
    query = {"London": "?region=LO", None: ""}[region]
    someone = councillors(page, query)[number]
    reference = start(page, region)
    fill(page, someone)
    submit(page)
    return reference


def open_one(page: Page, status: str, region: str = "") -> str:
    """Open the newest application in this state; its reference."""
    page.goto(f"/funding?status={status}&region={region}")
    link = page.locator("#results tbody th a").first
    reference = link.inner_text()
    link.click()
    page.wait_for_url(re.compile(r"/funding/\d+$"))
    return reference
