"""The log, one contact, and follow-ups as pages."""

from datetime import timedelta

import pytest

from models import clock
from models.base import db
from models.contacts.actions import log_contact
from models.contacts.follow_ups.actions import Promise
from models.contacts.tables import FollowUp, Interaction


@pytest.fixture
def log(cast, people):
    def log(*who, by=None, summary="Housing motion", **values):
        at = clock.now() - timedelta(hours=1)
        contact = log_contact(
            who or (people.nia,),
            by=by or cast.bob,
            at=at,
            channel="phone",
            summary=summary,
            **values,
        )
        db.session.commit()
        return contact

    return log


def test_the_log_lists_what_the_reader_may_see(sign_in, cast, people, log):
    log(people.nia, people.sam, by=cast.alice, summary="Both of them")
    log(people.sam, by=cast.eve, summary="CANARY-SO-contact")
    page = sign_in(cast.bob).get("/contacts").text
    assert "Both of them" in page
    assert "and 1 other" in page
    assert "CANARY" not in page
    assert "1 contact<" in page
    assert "CANARY-SO-contact" in sign_in(cast.alice).get("/contacts").text


def test_filters_in_the_address_narrow_the_log(sign_in, cast, people, log):
    log(summary="About housing")
    log(people.noah, by=cast.nora, summary="About buses")
    browser = sign_in(cast.bob)
    for query, shown, hidden in (
        ("q=buses", "About buses", "About housing"),
        (f"person={people.nia.id}", "About housing", "About buses"),
        ("view=mine", "About housing", "About buses"),
        ("since=2020-01-01&channel=phone&q=nia", "About housing", "About buses"),
    ):
        page = browser.get(f"/contacts?{query}").text
        assert shown in page
        assert hidden not in page
    for nonsense in (
        "person=x",
        "since=yesterday",
        "channel=pigeon",
        "page=-1",
        "until=2026-99-99",
    ):
        assert browser.get(f"/contacts?{nonsense}").status_code == 200


def test_the_log_of_a_person_says_whose_it_is_and_leads_to_a_form_for_them(
    sign_in, cast, people, log
):
    log()
    page = sign_in(cast.bob).get(f"/contacts?person={people.nia.id}").text
    assert "Contacts with Nia Nolan." in page
    assert f"/contacts/new?person={people.nia.id}" in page
    foreign = sign_in(cast.bob).get(f"/contacts?person={people.sam.id}").text
    assert "CANARY" not in foreign


def test_a_confidential_contact_is_marked_in_the_log(sign_in, cast, log):
    log(confidential=True)
    assert "Confidential" in sign_in(cast.bob).get("/contacts").text.split("<main")[1]
    assert "Housing motion" not in sign_in(cast.nora).get("/contacts").text


def test_an_empty_log_says_how_to_begin(sign_in, cast):
    assert "No contacts yet" in sign_in(cast.bob).get("/contacts").text
    page = sign_in(cast.grace).get("/contacts").text
    assert "/contacts/new" not in page.split("<main")[1]
    assert "Nothing fits these filters" in sign_in(cast.bob).get("/contacts?q=x").text


def test_a_contact_of_another_region_is_not_there(sign_in, cast, people, log):
    contact = log(people.sam, by=cast.eve, summary="CANARY")
    browser = sign_in(cast.bob)
    address = f"/contacts/{contact.id}"
    for path in (address, f"{address}/edit"):
        assert browser.get(path).status_code == 404
    for path in ("edit", "undo", "restore", "follow-ups"):
        answer = browser.post(f"{address}/{path}", data={"what": "x"})
        assert answer.status_code == 404
        assert "CANARY" not in answer.text


def test_one_contact_with_its_follow_ups(sign_in, cast, people, log):
    contact = log(follow_up=Promise("Send the briefing", cast.bob, clock.today()))
    page = sign_in(cast.bob).get(f"/contacts/{contact.id}").text
    for words in ("Phone call with Nia Nolan", "Housing motion", "Send the briefing", "Due today"):
        assert words in page
    national = log(by=cast.alice)
    page = sign_in(cast.bob).get(f"/contacts/{national.id}").text
    assert "Take back" not in page
    assert "Add the follow-up" not in page
    assert sign_in(cast.bob).get(f"/contacts/{national.id}/edit").status_code == 403


def test_correcting_a_contact(sign_in, cast, people, log):
    contact = log()
    browser = sign_in(cast.bob)
    page = browser.get(f"/contacts/{contact.id}/edit").text
    assert "Housing motion" in page
    data = {
        "channel": "meeting",
        "people": [str(people.noah.id)],
        "summary": "Corrected",
        "at": "2026-01-05T10:30",
        "version": "1",
    }
    answer = browser.post(f"/contacts/{contact.id}/edit", data=data)
    assert answer.location == f"/contacts/{contact.id}"
    assert "Meeting with Noah Nolan" in browser.get(answer.location).text
    stale = browser.post(f"/contacts/{contact.id}/edit", data={**data, "summary": "Late"})
    assert stale.status_code == 422
    assert "Somebody changed this contact" in stale.text
    assert "Late" in stale.text


def test_a_follow_up_can_be_added_on_the_contacts_page(sign_in, cast, people, log):
    contact = log(people.nia, people.noah)
    browser = sign_in(cast.bob)
    path = f"/contacts/{contact.id}/follow-ups"
    assert browser.post(path, data={"what": "", "due": "week"}).status_code == 422
    data = {"what": "Ring Noah", "due": "week", "person": str(people.noah.id)}
    assert browser.post(path, data=data).status_code == 302
    assert db.session.query(FollowUp).one().person_id == people.noah.id


def test_my_follow_ups_by_state(sign_in, cast, log):
    log(follow_up=Promise("Ring tomorrow", cast.bob, clock.today() + timedelta(days=1)))
    log(follow_up=Promise("For Nora", cast.nora, clock.today()))
    browser = sign_in(cast.bob)
    page = browser.get("/contacts/follow-ups").text
    assert "Ring tomorrow" in page
    assert "For Nora" not in page
    assert "For Nora" in browser.get("/contacts/follow-ups?owner=all").text
    assert "For Nora" in browser.get(f"/contacts/follow-ups?owner={cast.nora.id}").text
    assert "Ring tomorrow" not in browser.get("/contacts/follow-ups?state=done").text
    assert "Ring tomorrow" in browser.get(f"/contacts/follow-ups?owner={cast.eve.id}").text


def test_done_reopened_handed_over_and_cancelled(sign_in, cast, log):
    log(follow_up=Promise("Ring", cast.bob, clock.today()))
    follow_up = db.session.query(FollowUp).one()
    browser, path = sign_in(cast.bob), f"/contacts/follow-ups/{follow_up.id}"
    answer = browser.post(f"{path}/done")
    assert answer.location == "/contacts/follow-ups"
    assert "Undo" in browser.get(answer.location).text
    assert follow_up.status == "done"
    browser.post(f"{path}/reopen")
    assert follow_up.status == "open"
    assert "Ring" in browser.get(f"{path}/edit").text
    due = clock.today() + timedelta(days=3)
    data = {"what": "Ring again", "owner": str(cast.nora.id), "due_on": due.isoformat()}
    assert browser.post(f"{path}/edit", data=data).status_code == 302
    assert (follow_up.owner_id, follow_up.due_on) == (cast.nora.id, due)
    foreign = browser.post(f"{path}/edit", data={**data, "owner": str(cast.eve.id)})
    assert foreign.status_code == 422
    browser.post(f"{path}/cancel")
    assert follow_up.status == "cancelled"


def test_another_region_cannot_touch_a_follow_up(sign_in, cast, log):
    log(follow_up=Promise("Ring", cast.bob, clock.today()))
    follow_up = db.session.query(FollowUp).one()
    browser, path = sign_in(cast.eve), f"/contacts/follow-ups/{follow_up.id}"
    assert browser.get(f"{path}/edit").status_code == 404
    for act in ("done", "reopen", "cancel", "edit"):
        assert browser.post(f"{path}/{act}").status_code == 404
    assert follow_up.status == "open"


def test_readers_without_contacts_are_kept_out(sign_in, cast, log):
    contact = log()
    for user in (cast.carol, cast.terry):
        browser = sign_in(user)
        for path in ("", f"/{contact.id}", "/follow-ups"):
            assert browser.get(f"/contacts{path}").status_code == 403


def test_taking_back_from_the_contacts_own_page_leads_to_the_log(sign_in, cast, log):
    contact = log()
    answer = sign_in(cast.bob).post(
        f"/contacts/{contact.id}/undo",
        headers={"Referer": f"http://localhost/contacts/{contact.id}"},
    )
    assert answer.location == "/contacts"
    assert db.session.get(Interaction, contact.id).removed_at is not None


def test_a_page_of_the_log_takes_few_queries(sign_in, cast, log, queries):
    for _ in range(5):
        log()
    browser = sign_in(cast.bob)
    for path in ("/contacts", "/contacts/follow-ups", "/contacts/new"):
        db.session.expire_all()
        begun = len(queries)
        assert browser.get(path).status_code == 200
        assert len(queries) - begun <= 12, queries.statements[begun:]
