"""A round in the browser: opened, its form built, the candidate's link filled on a telephone.

The steps are functions of their own, so that a longer journey can begin with them.
"""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from models import clock
from tests.browser import applications
from tests.browser.desk import councillors

NAME = "Second round"


def plan_round(
    page: Page, name: str = NAME, code: str = "SECOND", *, scores: int = 0, endorses: bool = True
) -> None:
    """The national office plans a round with the standard questions; ends on its page."""
    today = clock.today()
    page.goto("/rounds/new")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Code").fill(code)
    page.get_by_label("Day of the poll").fill((today + timedelta(days=160)).isoformat())
    page.get_by_label("Opens").fill(f"{today - timedelta(days=1)}T09:00")
    page.get_by_label("Closes").fill(f"{today + timedelta(days=60)}T17:00")
    page.get_by_label("Scores needed").fill(str(scores))
    page.get_by_label("A regional officer who submits").set_checked(endorses)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile(r"/rounds/\d+$"))


def edit_form(page: Page) -> None:
    """From a round's page to its form."""
    page.get_by_role("link", name="Edit the form").click()


def add_section(page: Page, title: str) -> None:
    """From a round's form: one more section for the candidate; ends at the form."""
    page.get_by_role("link", name="Add a section").click()
    page.get_by_label("Title").fill(title)
    page.get_by_role("radio", name="The candidate").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def add_question(page: Page, label: str, section: str = "s2") -> None:
    """From a round's form: one more optional question for the candidate; ends at the form."""
    page.locator(f"#{section}").get_by_role("link", name="Add a question").click()
    page.get_by_label("Question", exact=True).fill(label)
    page.get_by_label("It must be answered").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text(label)


def open_round(page: Page, name: str = NAME) -> None:
    """From the form builder: open the round to the regions."""
    page.get_by_role("link", name=name).click()
    page.get_by_role("button", name="Open the round").click()
    expect(page.locator("[data-toast]")).to_contain_text("open")


def start_in(page: Page, name: str, region: str | None = None) -> str:
    """A region starts an application in a round; ends on its form with the reference."""
    page.goto("/funding/new")
    if region:
        page.get_by_role("radio", name=region).check()
    page.get_by_role("radio", name=re.compile(name)).check()
    page.get_by_role("button", name="Start the application").click()
    page.wait_for_url("**/edit")
    found = re.search(r"FA-\d{4}-\d+", page.locator("h1").inner_text())
    assert found
    return found[0]


def make_link(page: Page) -> str:
    """From a draft's page: the candidate's link, as a path."""
    page.get_by_role("button", name=re.compile("link for the candidate")).click()
    address = page.locator("#candidate code").inner_text()
    return "/candidate/" + address.rpartition("/")[2]


def fill_as_candidate(phone: Page, link: str, further: dict[str, str] | None = None) -> None:
    """The candidate's part, filled and sent on whatever screen the page has."""
    phone.goto(link)
    for label, answer in (further or {}).items():
        phone.get_by_label(label).fill(answer)
    applications.answer_for_the_candidate(phone)
    phone.get_by_role("button", name="Send to the union").click()
    expect(phone.locator("h1")).to_have_text("Your part is sent")


def test_a_round_is_opened_its_form_built_and_the_candidate_answers_on_a_telephone(
    enter, open_page
):
    national, region = enter("national", at=None), enter("london", at=None)
    plan_round(national)
    edit_form(national)
    add_question(national, "What is your slogan?")
    open_round(national)
    someone = councillors(region)[3]
    reference = start_in(region, NAME)
    applications.fill(region, someone)
    region.get_by_role("button", name="Save draft").click()
    region.wait_for_url(re.compile(r"/funding/\d+$"))
    link = make_link(region)
    phone = open_page(width=375, height=720)
    phone.goto(link)
    expect(phone.get_by_label("What is your slogan?")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 375
    fill_as_candidate(phone, link)
    phone.goto(link)
    expect(phone.locator("main")).to_contain_text("This link was used")
    region.reload()
    expect(region.locator("main")).to_contain_text("Sent by the candidate")
    expect(region.locator("main")).to_contain_text("For better buses.")
    expect(region.locator("h1")).to_contain_text(reference)
