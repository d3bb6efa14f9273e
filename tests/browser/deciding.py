"""Assessing and deciding in the browser: limits, scores, recommendations, awards."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from models import clock
from tests.browser.desk import follow, toast


def set_limit(page: Page, whose: str, pounds: str) -> None:
    """The national office lets a person award up to this amount."""
    page.goto("/budget/limits")
    page.get_by_label("Whose limit").select_option(label=whose)
    page.get_by_label("Limit, in pounds").fill(pounds)
    page.get_by_label("From").fill((clock.today() - timedelta(days=1)).isoformat())
    page.get_by_role("button", name="Set the limit").click()
    expect(toast(page, "The limit is set.")).to_be_visible()


def save_criteria(page: Page) -> None:
    """From a round's page: the usual criteria, as they are proposed."""
    page.goto(f"{page.url}/criteria")
    page.get_by_role("button", name="Save the criteria").click()
    expect(toast(page, "the criteria are saved")).to_be_visible()


def declare_no_interest(page: Page, address: str) -> None:
    """Say that there is no interest: before that nobody scores or decides."""
    page.goto(f"{address}/assessment")
    page.get_by_role("radio", name="I have no interest").check()
    follow(page, page.get_by_role("button", name="Declare"))
    expect(page.locator("main")).to_contain_text("You declared that you have no interest")


def score(page: Page, address: str, points: str) -> None:
    """Declare that there is no interest, then give every criterion these points."""
    declare_no_interest(page, address)
    for choice in page.locator("select[id^=points_]").all():
        choice.select_option(points)
    for reason in page.locator("textarea[id^=reason_]").all():
        reason.fill("As the application shows.")
    follow(page, page.get_by_role("button", name="Save my scores"))
    expect(page.get_by_role("table", name="Scores out of 100")).to_contain_text(
        "As the application shows."
    )


def pass_on(page: Page, address: str, step: str, pounds: str, reason: str) -> None:
    """Recommend an amount, or approve it and pass it up, whichever the step is called."""
    page.goto(address)
    part = page.locator("details").filter(has=page.get_by_text(step, exact=True))
    part.locator("summary").click()
    part.get_by_label("Amount").fill(pounds)
    part.get_by_label("Reason").fill(reason)
    part.get_by_role("button", name=step).click()


def award(page: Page, address: str, pounds: str, recipient: str, reason: str = "") -> None:
    """Award it to a party unit, over the threshold; what the law warns of is answered."""
    page.goto(address)
    page.get_by_label("Amount to award").fill(pounds)
    page.get_by_label("What it is in law").select_option(label="Cash gift to a party unit")
    page.get_by_label("Category under section 72").select_option("a")
    page.get_by_label("Party unit that is paid").fill(recipient)
    page.locator("#award-reason").fill(reason)
    follow(page, page.get_by_role("button", name="Award"))
    for answer in page.locator("textarea[id^=award-answer]").all():
        answer.fill("The agent and the recipient have our letter.")
    follow(page, page.get_by_role("button", name="Award"))
