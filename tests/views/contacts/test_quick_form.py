"""The quick form: logged at once, or shown again with what was typed."""

from datetime import timedelta

import pytest

from models import clock
from models.base import db
from models.contacts.follow_ups.list import FOLLOW_UPS
from models.contacts.list import CONTACTS
from models.contacts.queries import company_of
from models.contacts.tables import FollowUp, Interaction
from tests import lists
from tests.shown import forms_of


def logged():
    return db.session.query(Interaction).order_by(Interaction.id).all()


def with_whom(user):
    """Who was at the newest contact, as the log tells this user."""
    newest = lists.lines(CONTACTS, user)[0].id
    return company_of([newest], user)[newest].words


def test_the_form_opens_ready_for_the_person(sign_in, cast, people):
    page = sign_in(cast.bob).get(f"/contacts/new?person={people.nia.id}").text
    assert f'value="{people.nia.id}"' in page
    assert "Nia Nolan" in page
    assert 'name="form_key"' in page
    assert page.count("checked") >= 3


def test_the_form_does_not_name_a_foreign_person(sign_in, cast, people):
    page = sign_in(cast.bob).get(f"/contacts/new?person={people.sam.id}").text
    assert "CANARY" not in page


def test_a_contact_is_logged_and_leads_back_with_an_undo(sign_in, cast, people, typed):
    browser = sign_in(cast.bob)
    answer = browser.post("/contacts/new", data=typed(back="/councillors?page=2"))
    assert answer.location == "/councillors?page=2"
    (contact,) = logged()
    with browser.session_transaction() as session:
        ((category, message),) = session["_flashes"]
    assert category == "undo"
    assert message["action"] == f"/contacts/{contact.id}/undo"
    assert (contact.at.hour, contact.at.minute) == (10, 30)
    browser.post(message["action"])
    assert lists.lines(CONTACTS, cast.bob) == []
    browser.post(f"/contacts/{contact.id}/restore")
    assert [line.id for line in lists.lines(CONTACTS, cast.bob)] == [contact.id]


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", ""])
def test_the_way_back_is_never_another_site(sign_in, cast, typed, back):
    answer = sign_in(cast.bob).post("/contacts/new", data=typed(back=back))
    assert answer.location == "/contacts"


def test_a_second_click_logs_nothing_more(sign_in, cast, typed):
    browser = sign_in(cast.bob)
    for _ in range(2):
        assert browser.post("/contacts/new", data=typed()).status_code == 302
    assert len(logged()) == 1


def test_a_follow_up_by_a_quick_choice_is_mine(sign_in, cast, typed):
    sign_in(cast.bob).post("/contacts/new", data=typed(what="Send the briefing", due="tomorrow"))
    (line,) = lists.lines(FOLLOW_UPS, cast.bob)
    assert (line.what, line.owner) == ("Send the briefing", "Bob Birch")
    assert line.stands[0] == "Due tomorrow"


def test_a_follow_up_on_a_day_for_somebody_else(sign_in, cast, typed):
    day = clock.today() + timedelta(days=40)
    data = typed(what="Ring", due_on=day.isoformat(), owner=str(cast.nora.id))
    sign_in(cast.bob).post("/contacts/new", data=data)
    (line,) = lists.lines(FOLLOW_UPS, cast.nora)
    assert (line.due_on, line.owner) == (day, "Nora Nutt")


def test_a_follow_up_cannot_be_given_to_another_region(sign_in, cast, typed):
    data = typed(what="Ring", owner=str(cast.eve.id))
    assert sign_in(cast.bob).post("/contacts/new", data=data).status_code == 422
    assert db.session.query(FollowUp).count() == 0


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"summary": " "}, "Say in a few words what it was about."),
        ({"people": None}, "Say who you were in contact with."),
        ({"at": ""}, "Enter when it was."),
        ({"at": "2099-01-01T10:00"}, "That day has not come yet."),
        ({"what": "Ring", "due_on": "2020-01-01"}, "The due date has passed."),
        ({"who": "Xavier Unknown"}, "Nobody you can see is called that."),
        ({"who": "Nolan"}, "Several people are called that."),
    ],
)
def test_bad_input_is_answered_with_the_form_and_what_was_typed(
    sign_in, cast, typed, changed, words
):
    answer = sign_in(cast.bob).post("/contacts/new", data=typed(outcome="agreed", **changed))
    assert answer.status_code == 422
    assert words in answer.text
    assert "<title>Error: Log a contact" in answer.text
    assert 'selected value="agreed"' in answer.text
    assert logged() == []


def test_without_scripts_a_person_is_added_by_name(sign_in, cast, people, typed):
    browser = sign_in(cast.bob)
    answer = browser.post("/contacts/new", data=typed(who="noah", add="person", summary=""))
    assert answer.status_code == 200
    assert answer.text.count("Noah Nolan") == 1
    assert logged() == []
    both = [str(people.nia.id), str(people.noah.id)]
    browser.post("/contacts/new", data=typed(people=both))
    assert with_whom(cast.bob) == "Nia Nolan, Noah Nolan"


@pytest.mark.parametrize("add", [{}, {"add": "person"}])
def test_a_tick_among_several_of_a_name_settles_it(sign_in, cast, people, typed, add):
    browser = sign_in(cast.bob)
    asked = browser.post("/contacts/new", data=typed(people=None, who="Nolan"))
    assert "Several people are called that." in asked.text
    shown = next(form for form in forms_of(asked.text) if form.action == "/contacts/new")
    sent = {name: value for name, value in shown.sent() if name != "add"}
    ticked = {**sent, "people": str(people.noah.id), **add}
    answer = browser.post("/contacts/new", data=ticked)
    assert "Several people" not in answer.text
    if not add:
        assert with_whom(cast.bob) == "Noah Nolan"


def test_who_is_ticked_already_does_not_answer_for_another_of_the_name(
    sign_in, cast, people, typed
):
    data = typed(people=str(people.noah.id), who="Nolan", add="person")
    answer = sign_in(cast.bob).post("/contacts/new", data=data)
    assert "Several people are called that." in answer.text


def test_a_name_typed_and_sent_at_once_is_understood(sign_in, cast, people, typed):
    sign_in(cast.bob).post("/contacts/new", data=typed(people=None, who="Nolan, Nia"))
    assert with_whom(cast.bob) == "Nia Nolan"


def test_the_id_of_a_picked_suggestion_is_believed_only_in_scope(sign_in, cast, people, typed):
    browser = sign_in(cast.bob)
    data = typed(people=None, who="Noah Nolan", who_id=str(people.noah.id))
    assert browser.post("/contacts/new", data=data).status_code == 302
    for foreign in (
        typed(people=None, who="Sam", who_id=str(people.sam.id), form_key="b"),
        typed(people=[str(people.sam.id)], form_key="c"),
        typed(people=None, who="CANARY", form_key="d"),
    ):
        answer = browser.post("/contacts/new", data=foreign)
        assert answer.status_code == 422
        assert "Sam CANARY" not in answer.text
    assert len(logged()) == 1


def test_who_may_not_log_has_no_form(sign_in, cast, typed):
    for user in (cast.grace, cast.carol, cast.terry):
        browser = sign_in(user)
        assert browser.get("/contacts/new").status_code == 403
        assert browser.post("/contacts/new", data=typed()).status_code == 403


def test_enter_in_another_box_logs_and_does_not_ask_for_a_name(sign_in, cast, typed):
    answer = sign_in(cast.bob).post("/contacts/new", data=typed(what="Ring", add="person"))
    assert answer.status_code == 302
    assert len(logged()) == 1
