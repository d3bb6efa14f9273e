"""Every POST without the form's token is turned away, for everybody."""

import pytest


@pytest.fixture
def guarded(app):
    app.config["WTF_CSRF_ENABLED"] = True
    yield app
    app.config["WTF_CSRF_ENABLED"] = False


def posts(app):
    """Every address that takes a POST, with made-up values for its parameters."""
    for rule in app.url_map.iter_rules():
        if "POST" in rule.methods:
            values = dict.fromkeys(rule.arguments, 1)
            for name, converter in rule._converters.items():
                if type(converter).__name__ == "UUIDConverter":
                    values[name] = "00000000-0000-4000-8000-000000000000"
            yield rule.endpoint, app.url_map.bind("localhost").build(rule.endpoint, values, "POST")


def test_every_post_without_a_token_is_400(guarded, sign_in, client, cast):
    alice = sign_in(cast.alice)
    wrong = [
        (endpoint, browser)
        for endpoint, path in posts(guarded)
        for browser in (alice, client)
        if browser.post(path).status_code != 400
    ]
    assert wrong == []
    assert alice.get("/account").status_code == 200, "not even the sign-out was taken"


def test_the_token_of_the_page_is_taken(guarded, client, cast):
    import re

    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text).group(1)
    data = {"email": "nobody@example.org", "password": "x", "csrf_token": token}
    assert client.post("/sign-in", data=data).status_code == 422
    data["csrf_token"] = token[:-9] + ("A" if token[-9] != "A" else "B") + token[-8:]
    assert client.post("/sign-in", data=data).status_code == 400


def test_a_stale_form_says_so(guarded, client):
    answer = client.post("/sign-in", data={})
    assert "This form is no longer valid" in answer.text


def test_who_was_signed_out_meanwhile_is_told_so_and_keeps_the_text(guarded, client, cast):
    form = {"body": "Rang at noon"}
    answer = client.post("/people/1/notes/new", data=form, headers={"Origin": "http://localhost"})
    assert answer.status_code == 400
    assert "You are not signed in any more" in answer.text
    assert "Rang at noon" in answer.text
