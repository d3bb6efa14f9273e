"""The list of users, the page of one, the access page and the audit page."""

import re

from models import audit
from models.accounts import MATRIX, Permit, Role, User
from models.base import db


def test_a_national_officer_invites_somebody_and_hands_over_the_link(sign_in, cast, client):
    browser = sign_in(cast.alice)
    answer = browser.post(
        "/users/new",
        data={"email": "new@example.org", "name": "Nell New", "role": "finance"},
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
    assert "No user fits" in browser.get("/users?q=zzz").text


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
    assert "No entry fits" in browser.get("/audit?day=2001-01-01").text
    assert "Enter a date" in browser.get("/audit?day=yesterday").text


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
