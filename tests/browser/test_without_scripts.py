"""The main job without JavaScript: nothing needs a script, it only goes quicker with one."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import applications
from tests.browser.desk import councillors


@pytest.fixture
def plain(enter):
    """`plain("officer")` is a window without JavaScript in which that user is signed in."""

    def come_in(who: str, **options) -> Page:
        return enter(who, java_script_enabled=False, **options)

    return come_in


def test_officer_logs_a_contact_and_takes_it_back(plain, enter):
    page = plain("officer", at=None)
    someone = councillors(enter("officer", at=None))[6]
    page.goto("/contacts/new")
    page.get_by_role("textbox", name="Who with?").fill(someone.name)
    page.get_by_role("button", name="Add this person").click()
    expect(page.get_by_role("checkbox", name=re.compile(someone.name))).to_be_checked()
    page.get_by_label("What was it about?").fill("Spoke about the depot, without any script.")
    page.get_by_label("What is to be done").fill("Ring the depot")
    page.get_by_role("button", name="Log the contact").first.click()
    expect(page.locator("[data-toast]")).to_contain_text("Contact logged")
    page.goto(someone.href)
    expect(page.locator("#timeline")).to_contain_text("Spoke about the depot")
    page.goto("/contacts/follow-ups?state=due")
    expect(page.locator("#results")).to_contain_text("Ring the depot")
    page.goto("/contacts?view=mine")
    page.locator("#results tbody th a").first.click()
    page.get_by_role("button", name="Take back").click()
    expect(page.locator("[data-toast]")).to_contain_text("taken back")


def test_region_drafts_and_submits_an_application(plain, enter):
    someone = councillors(enter("scotland", at=None))[1]
    page = plain("scotland", at=None)
    applications.start(page)
    page.get_by_role("textbox", name="Candidate").fill(someone.name)
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator("[data-toast]")).to_contain_text("is saved as a draft")
    page.get_by_role("link", name="Change the answers").click()
    assert someone.name in page.get_by_role("textbox", name="Candidate").input_value()
    page.get_by_role("textbox", name="Council").fill(someone.council)
    page.get_by_role("textbox", name="Ward").fill(someone.ward)
    page.locator("#lines-0-what").fill("Posters")
    page.locator("#lines-0-amount").fill("300")
    page.get_by_label("What the money is for").fill("To be seen on every street.")
    page.get_by_role("button", name="Add another cost line").click()
    page.locator("#lines-1-what").fill("Stakes")
    page.locator("#lines-1-amount").fill("80.20")
    applications.go_on(page)
    expect(page.locator("main")).to_contain_text("£380.20")
    page.get_by_role("button", name="Submit").click()
    expect(page.locator("[data-toast]")).to_contain_text("is submitted")


def test_a_list_is_filtered_by_enter_and_by_choice(plain):
    page = plain("officer", at=None)
    name = councillors(page)[2].name
    page.get_by_label("Name, ward or number").fill(name)
    page.get_by_label("Name, ward or number").press("Enter")
    expect(page.locator("#results tbody tr")).to_have_count(1)
    page.locator("summary").get_by_text("Filter", exact=True).click()
    page.get_by_role("link", name="Not contacted for").click()
    page.get_by_label("Not contacted for").select_option("30 days")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="Not contacted for: 30 days").first).to_be_visible()
    expect(page.get_by_label("Name, ward or number")).to_have_value(name)
    page.get_by_role("link", name="Take away Not contacted for").click()
    expect(page.locator("#results tbody tr")).to_have_count(1)


def test_the_phone_menu_and_filters_open(plain):
    page = plain("officer", width=375)
    areas = page.get_by_role("navigation", name="Areas")
    expect(areas).to_be_hidden()
    page.get_by_text("Menu").click()
    areas.get_by_role("link", name="Councillors").click()
    page.wait_for_url("**/councillors")
    page.locator("summary").get_by_text("Filter", exact=True).click()
    page.get_by_role("search").get_by_role("link", name="Party", exact=True).click()
    expect(page.get_by_label("Party", exact=True)).to_be_visible()


def test_search_is_a_page_of_its_own(plain):
    page = plain("officer", at=None)
    someone = councillors(page)[3]
    page.get_by_role("link", name=re.compile("Search or go to")).click()
    page.get_by_label("Name, place, reference").fill(someone.name)
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=someone.name).first.click()
    page.wait_for_url(f"**{someone.href}")


def test_error_links_lead_to_the_field(plain):
    page = plain("officer", at="/contacts/new")
    page.get_by_role("button", name="Log the contact").first.click()
    page.locator(".h-errors").get_by_role("link").first.click()
    page.wait_for_url(re.compile("#who$"))


def test_a_delegate_is_added_moved_on_and_taken_back(plain, enter):
    page = plain("officer", at=None)
    someone = councillors(enter("officer", at=None))[5]
    page.goto("/delegates")
    page.get_by_role("link", name="Add a delegate").click()
    page.get_by_role("textbox", name="Who is the delegate?").fill(someone.name)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("textbox", name="Constituency").fill("Blackburn")
    page.get_by_label("Next annual meeting").fill("2030-07-06")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-toast]")).to_contain_text("as delegate to Blackburn CLP")
    page.get_by_role("link", name="Move on at Blackburn CLP").click()
    page.get_by_label("The branch secretary certified them").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-toast]")).to_contain_text("Blackburn CLP: certified.")
    expect(page.locator("#timeline")).to_contain_text("Certified as delegate")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator("[data-toast]")).to_contain_text("Blackburn CLP: nominated again.")
