"""The pages of freshness: the queue, the link, the scores, the map, cards and calendars."""

import pytest

from models import clock
from models.freshness.actions.scoring import keep_scores
from models.people.actions.reach import add_contact_point
from tests.dom import parse
from tests.factories import make_council, make_person, make_term, make_ward


@pytest.fixture
def priya(cast):
    region = cast.regions["NWI"]
    council = make_council("Ambridge", region=region)
    person = make_person("Priya Kaur", region=region)
    make_term(person, council, ward=make_ward(council))
    person.mail_id = add_contact_point(
        person, by=cast.bob, kind="email", value="priya@example.org"
    ).id
    return person


def test_the_queue_names_who_and_what_and_offers_three_keys(cast, sign_in, priya):
    page = sign_in(cast.bob).get("/freshness")
    assert "priya@example.org" in page.text
    keys = {node.get("data-hotkey") for node in parse(page.text).all("button")} - {""}
    assert keys == {"v", "n"}


@pytest.mark.parametrize("asked", ["region=SO", "region=x", "kind=nothing", "page=-3"])
def test_a_filter_that_makes_no_sense_narrows_nothing(cast, sign_in, priya, asked):
    page = sign_in(cast.bob).get(f"/freshness?{asked}")
    assert page.status_code == 200
    assert "priya@example.org" in page.text


def test_who_only_reads_gets_no_buttons(cast, sign_in, priya):
    assert 'data-hotkey="v"' not in sign_in(cast.terry).get("/freshness").text


def test_a_fact_is_verified_and_taken_back(cast, sign_in, priya):
    browser = sign_in(cast.bob)
    assert browser.post(f"/freshness/email/{priya.mail_id}/verify").status_code == 302
    page = browser.get("/freshness")
    assert "priya@example.org" not in page.text
    assert "Found right today." in page.text
    undo = next(
        form.get("action")
        for form in parse(page.text).all("form")
        if "undo" in (form.get("action") or "")
    )
    browser.post(undo)
    assert "priya@example.org" in browser.get("/freshness").text


def test_another_regions_fact_is_not_found(cast, sign_in, priya):
    browser = sign_in(cast.eve)
    assert browser.post(f"/freshness/email/{priya.mail_id}/verify").status_code == 404
    assert "priya@example.org" not in browser.get("/freshness").text


def test_the_link_is_answered_without_an_account(cast, sign_in, client, priya):
    asking = f"/freshness/people/{priya.id}/ask"
    page = sign_in(cast.bob).post(asking, follow_redirects=True)
    link = parse(page.text).all("code")[0].text.strip()
    path = link[link.index("/confirm/") :]
    opened = client.get(path, follow_redirects=True)
    assert "Are your details right?" in opened.text
    assert opened.request.path == "/confirm", "the token is gone from the address"
    nothing_said = client.post("/confirm", data={})
    assert nothing_said.status_code == 422
    assert "Say whether it is right." in nothing_said.text
    answers = {
        name: "right"
        for name in {node.get("name") for node in parse(opened.text).all("input")}
        if name and name.startswith(("email-", "office-")) and not name.endswith("-value")
    }
    assert "Thank you" in client.post("/confirm", data=answers).text
    assert client.get(path, follow_redirects=True).status_code == 404


def test_the_page_of_a_link_read_anew_makes_no_second_one(cast, sign_in, client, priya):
    """Reloading used to send the form again, and the link that was just mailed was dead."""
    bob, asking = sign_in(cast.bob), f"/freshness/people/{priya.id}/ask"
    made = bob.post(asking)
    assert (made.status_code, made.location) == (303, asking)
    shown = [parse(bob.get(asking).text).all("code")[0].text.strip() for _ in range(2)]
    assert shown[0] == shown[1]
    path = shown[0][shown[0].index("/confirm/") :]
    assert client.get(path, follow_redirects=True).status_code == 200


def test_another_browser_is_not_shown_the_link(cast, sign_in, priya):
    asking = f"/freshness/people/{priya.id}/ask"
    sign_in(cast.bob).post(asking)
    page = parse(sign_in(cast.alice).get(asking).text)
    assert page.all("code") == []
    assert "Make another link" in page.text


def test_an_altered_link_says_what_to_do(client):
    page = client.get("/confirm/made-up", follow_redirects=True)
    assert page.status_code == 404
    assert "Ask the political office for a new one" in page.text


def test_a_half_life_out_of_bounds_is_said_at_the_field(cast, sign_in):
    browser = sign_in(cast.alice)
    page = browser.post("/freshness/half-lives/email", data={"email-days": "3"})
    assert page.status_code == 422
    assert "between 7 and 3,650" in page.text
    assert (
        browser.post("/freshness/half-lives/email", data={"email-days": "200"}).status_code == 302
    )
    assert sign_in(cast.bob).get("/freshness/half-lives").status_code == 403


@pytest.mark.parametrize("path", ["/freshness", "/freshness/scores", "/freshness/coverage"])
def test_no_page_asks_the_database_more_than_twelve_times(cast, sign_in, priya, queries, path):
    keep_scores()
    browser = sign_in(cast.alice)
    before = len(queries)
    assert browser.get(path).status_code == 200
    assert len(queries) - before <= 12


def test_a_card_holds_no_membership_and_stands_in_the_register(cast, sign_in, priya):
    answer = sign_in(cast.bob).get(f"/people/{priya.id}/card.vcf")
    assert answer.mimetype == "text/vcard"
    assert "priya@example.org" in answer.text
    assert "BEGIN:VCARD" in answer.text
    assert sign_in(cast.eve).get(f"/people/{priya.id}/card.vcf").status_code == 404
    assert "Card of a person" in sign_in(cast.grace).get("/reports/register").text


def test_follow_ups_come_as_a_calendar(cast, sign_in, priya):
    from models.contacts.tables import FollowUp
    from tests.factories import saved

    saved(
        FollowUp(
            person_id=priya.id,
            owner_id=cast.bob.id,
            what="Send the briefing",
            due_on=clock.today(),
            status="open",
        )
    )
    answer = sign_in(cast.bob).get("/contacts/follow-ups.ics")
    assert answer.mimetype == "text/calendar"
    assert "SUMMARY:Send the briefing: Priya Kaur" in answer.text


def test_both_workbooks_can_be_taken(cast, sign_in, priya):
    browser = sign_in(cast.bob)
    for key in ("freshness", "network"):
        assert browser.get(f"/reports/{key}.xlsx").status_code == 200
