"""The door: nobody passes without a mark on the route that lets them."""


def test_a_stranger_is_sent_to_the_sign_in_page(client):
    answer = client.get("/councillors")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in?next=")


def test_a_signed_in_officer_comes_in(sign_in, cast):
    assert sign_in(cast.alice).get("/").status_code == 200


def test_a_role_without_the_permit_is_turned_away(sign_in, cast):
    assert sign_in(cast.terry).get("/budget").status_code == 403
