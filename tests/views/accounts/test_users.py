"""The list of users, the page of one, the access page and the audit page."""

import dataclasses
import re

import pytest

from models import audit
from models.accounts.audit.list import AUDIT
from models.accounts.roles import MATRIX, Permit, Role
from models.accounts.tables import User
from models.base import db
from models.clock import today
from models.outbox import OutboxRow
from tests import lists


def test_a_national_officer_invites_somebody_and_hands_over_the_link(sign_in, cast, client):
    browser = sign_in(cast.alice)
    answer = browser.post(
        "/users/new",
        data={"email": "new@example.org", "name": "Nell New", "role": "training"},
        follow_redirects=True,
    )
    link = re.search(r"http://127\.0\.0\.1:5000(/set-password/[\w.-]+)", answer.text).group(1)
    assert link not in browser.get(answer.request.path).text, "it is shown once"
    client.get(link)
    assert client.post("/set-password", data={"password": "quilt oven lantern"}).status_code == 303
    assert "Nell New" in client.get("/account").text


def test_wrong_input_is_told_at_its_field(sign_in, cast):
    browser = sign_in(cast.alice)
    for data, words in (
        ({}, "Enter the person&#39;s e-mail address."),
        ({"email": "bob@example.org", "name": "B", "role": "finance"}, "already a user"),
        ({"email": "x@example.org", "name": "B", "role": "emperor"}, "Choose one of those offered"),
        (
            {"email": "x@example.org", "name": "B", "role": "regional-officer"},
            "at least one region",
        ),
    ):
        answer = browser.post("/users/new", data=data)
        assert answer.status_code == 422
        assert words in answer.text


def test_extra_fields_change_nothing(sign_in, cast):
    sign_in(cast.alice).post(
        f"/users/{cast.carol.id}",
        data={"name": "Carol C", "role": "finance", "email": "x@x.org", "epoch": "99", "id": "1"},
    )
    carol = db.session.get(User, cast.carol.id)
    assert (carol.name, carol.email, carol.epoch) == ("Carol C", "carol@example.org", 1)


def test_a_user_is_moved_to_another_region(sign_in, cast):
    browser = sign_in(cast.alice)
    page = browser.get(f"/users/{cast.bob.id}").text
    assert re.search(rf'checked[^>]*value="{cast.regions["NWI"].id}"', page)
    data = {"name": "Bob", "role": "regional-officer", "regions": [cast.regions["SC"].id]}
    assert browser.post(f"/users/{cast.bob.id}", data=data).status_code == 303
    assert db.session.get(User, cast.bob.id).scope_words == "Scotland"


def test_disable_and_enable(sign_in, cast):
    browser, path = sign_in(cast.alice), f"/users/{cast.bob.id}"
    assert browser.post(f"{path}/disable").status_code == 303
    assert browser.post(f"{path}/disable").status_code == 409
    assert browser.post(f"{path}/link").status_code == 409
    assert "Disabled" in browser.get("/users?state=disabled").text
    assert browser.post(f"{path}/enable").status_code == 303
    assert browser.post(f"{path}/end-sessions").status_code == 303
    assert browser.post(f"/users/{cast.alice.id}/disable").status_code == 409


def test_a_political_officer_cannot_touch_a_national_officer(sign_in, cast):
    browser, path = sign_in(cast.olive), f"/users/{cast.alice.id}"
    for verb in ("disable", "link", "end-sessions"):
        assert browser.post(f"{path}/{verb}").status_code == 403
    assert browser.post(path, data={"name": "A", "role": "finance"}).status_code in (403, 422)
    assert db.session.get(User, cast.alice.id).role == Role.NATIONAL_OFFICER


def test_the_list_is_filtered_by_address(sign_in, cast):
    browser = sign_in(cast.alice)
    page = browser.get("/users?q=nora&role=support").text
    assert "Nora Nutt" in page
    assert "Dan Damson" not in page
    assert "Nothing fits these filters" in browser.get("/users?q=zzz").text


def test_the_access_page_is_the_matrix(sign_in, cast):
    page = sign_in(cast.terry).get("/access").text
    for permit in Permit:
        assert str(permit.value).replace("'", "&#39;") in page
    for role in Role:
        assert role.label in page
    cells = re.findall(r'<td[^>]*data-label="[^"]*"[^>]*>\s*(Yes|No)\s*</td>', page)
    assert cells.count("Yes") == sum(len(permits) for permits in MATRIX.values())
    assert len(cells) == len(Permit) * len(Role)


def note(cast, count=1):
    for number in range(count):
        before, after = (
            {"amount_p": 100 * number, "open": True},
            {"amount_p": 124000, "open": False},
        )
        audit.record("application.awarded", cast.bob, by=cast.olive, before=before, after=after)
    db.session.commit()


def test_the_audit_says_who_did_what_before_and_after(sign_in, cast):
    note(cast)
    page = sign_in(cast.grace).get("/audit").text
    for words in ("Olive Oak", "Application awarded", f"user {cast.bob.id}", "£0.00 → £1,240.00"):
        assert words in page
    assert "Open: yes → no" in page


def test_the_audit_is_paged_and_filtered(sign_in, cast):
    note(cast, 60)
    audit.record("user.disabled", cast.eve, by=cast.alice)
    db.session.commit()
    browser = sign_in(cast.alice)
    assert "1–50 of 61" in browser.get("/audit").text
    assert "51–61 of 61" in browser.get("/audit?page=2").text
    assert "1 entry" in browser.get("/audit?event=user.disabled").text
    assert "60 entries" in browser.get(f"/audit?user={cast.olive.id}").text
    assert "1 entry" in browser.get(f"/audit?kind=user&id={cast.eve.id}").text
    assert "1 entry" in browser.get(f"/audit?kind=user&event=user.disabled&day={today()}").text
    assert "Nothing fits these filters" in browser.get("/audit?day=2001-01-01").text
    assert "asks for day “yesterday”" in browser.get("/audit?day=yesterday").text


def test_what_no_person_did_stands_alone(sign_in, cast):
    note(cast)
    audit.record("user.disabled", cast.eve, by=None)
    db.session.commit()
    assert lists.tabs(AUDIT, cast.grace) == {"All": 2, "Command line or system": 1}
    page = sign_in(cast.grace).get("/audit?by=system").text
    assert "User disabled" in page
    assert "Application awarded" not in page


def test_an_erased_entry_says_so(sign_in, cast):
    import sqlalchemy as sa

    note(cast)
    db.session.execute(
        sa.text("update audit set before = null, after = null, salt = null where seq = 1")
    )
    db.session.commit()
    assert "Erased for data protection" in sign_in(cast.grace).get("/audit").text


def test_only_those_with_the_permit_read_the_audit(sign_in, cast):
    for user in (cast.bob, cast.eve, cast.nora, cast.dan, cast.carol, cast.terry):
        assert sign_in(user).get("/audit").status_code == 403


@pytest.fixture
def mails(app):
    """The app, as if a mail server were set up."""
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = dataclasses.replace(before, smtp_host="mail.example.org")
    yield
    app.config["SETTINGS"] = before


NEW = {"email": "fay@example.org", "name": "Fay Fir", "role": "finance"}
PROPOSAL = re.compile(r'action="(/users/waiting/\d+/(?:agree|refuse|withdraw))"')


def links():
    rows = (row.payload for row in db.session.query(OutboxRow))
    return [row["to"] for row in rows if "/set-password/" in row["text"]]


def test_a_political_officer_who_invites_two_puppets_as_finance_has_none(sign_in, cast, mails):
    browser = sign_in(cast.olive)
    for number in (1, 2):
        data = {**NEW, "email": f"puppet{number}@example.org"}
        answer = browser.post("/users/new", data=data, follow_redirects=True)
        assert "waits for a second person" in answer.text
        assert "/set-password/" not in answer.text
    assert db.session.query(User).filter(User.email.like("puppet%")).count() == 0
    assert links() == []
    for path in PROPOSAL.findall(browser.get("/users").text):
        assert path.endswith("withdraw")
        for verb in ("agree", "refuse"):
            forced = path.replace("withdraw", verb)
            assert browser.post(forced).status_code == 403


@pytest.mark.parametrize("with_mail", [True, False])
def test_no_link_of_the_real_finance_user_is_shown_to_an_officer(
    sign_in, cast, app, request, with_mail
):
    if with_mail:
        request.getfixturevalue("mails")
    for officer in (cast.olive, cast.alice):
        browser, path = sign_in(officer), f"/users/{cast.carol.id}"
        answer = browser.post(f"{path}/link", follow_redirects=True)
        assert "/set-password/" not in answer.text + browser.get(path).text
        assert answer.status_code == (200 if with_mail and officer is cast.olive else 409)
    assert links() == []
    if not with_mail:
        assert "hustings user link carol@example.org" in browser.get(path).text


def test_another_agrees_on_the_page_that_the_home_page_names(sign_in, cast, mails):
    sign_in(cast.olive).post("/users/new", data=NEW)
    browser = sign_in(cast.carol)
    assert 'href="/users/waiting"' in browser.get("/").text
    page = browser.get("/users/waiting").text
    assert "Fay Fir &lt;fay@example.org&gt; gets an account as Finance." in page
    assert "Olive Oak" in page
    agree = next(path for path in PROPOSAL.findall(page) if path.endswith("agree"))
    answer = browser.post(agree, follow_redirects=True)
    assert "A link to set a password goes to fay@example.org alone." in answer.text
    assert links() == ["fay@example.org"]
    assert browser.post(agree).status_code == 409
    assert 'href="/users/waiting"' not in browser.get("/").text


def test_refusing_and_withdrawing_change_nothing(sign_in, cast):
    alice, grace = sign_in(cast.alice), sign_in(cast.grace)
    alice.post("/users/new", data=NEW)
    withdraw = PROPOSAL.search(alice.get("/users").text).group(1)
    assert grace.post(withdraw).status_code == 403
    assert sign_in(cast.olive).post(withdraw).status_code == 409
    assert "Withdrawn" in alice.post(withdraw, follow_redirects=True).text
    alice.post("/users/new", data=NEW)
    paths = PROPOSAL.findall(grace.get("/users/waiting").text)
    refuse = next(path for path in paths if path.endswith("refuse"))
    assert "Refused" in grace.post(refuse, follow_redirects=True).text
    assert db.session.query(User).filter(User.email == "fay@example.org").count() == 0


def test_a_new_role_that_checks_waits_while_the_name_is_saved(sign_in, cast):
    browser, path = sign_in(cast.alice), f"/users/{cast.dan.id}"
    answer = browser.post(path, data={"name": "Dan D", "role": "auditor"}, follow_redirects=True)
    assert "Dan D &lt;dan@example.org&gt; becomes Auditor." in answer.text
    dan = db.session.get(User, cast.dan.id)
    assert (dan.name, dan.role) == ("Dan D", Role.SUPPORT)
    assert "Waits for a second person" in browser.get(path).text
    again = browser.post(path, data={"name": "Dan D", "role": "finance"})
    assert again.status_code == 422
    assert "waits for a second person already" in again.text


def test_a_disabled_checker_comes_back_by_two(sign_in, cast):
    alice, path = sign_in(cast.alice), f"/users/{cast.carol.id}"
    alice.post(f"{path}/disable")
    assert "Propose to enable" in alice.get(path).text
    assert "waits for a second person" in alice.post(f"{path}/enable", follow_redirects=True).text
    assert db.session.get(User, cast.carol.id).disabled_at
    agree = PROPOSAL.search(sign_in(cast.grace).get("/users/waiting").text).group(1)
    sign_in(cast.grace).post(agree)
    assert db.session.get(User, cast.carol.id).disabled_at is None


def test_an_invitation_without_a_mail_server_names_the_way_out(sign_in, cast):
    sign_in(cast.olive).post("/users/new", data=NEW)
    grace = sign_in(cast.grace)
    agree = PROPOSAL.search(grace.get("/users/waiting").text).group(1)
    answer = grace.post(agree, follow_redirects=True)
    assert "hustings user link fay@example.org" in answer.text
    assert "/set-password/" not in answer.text
