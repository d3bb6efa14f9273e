"""The candidate's page: one part, without an account; a dead link says why and stores nothing."""

import io
import re

import pytest

from models import clock
from models.attachments.tables import Attachment
from models.base import db
from models.funding.tables import Application
from models.rounds.tables import Invitation
from tests.dom import parse
from tests.funding_factories import make_fund
from tests.round_factories import CANDIDATE_ANSWERS, make_round, make_round_draft

SENT = {"key": "c", "asked": "q5,q6", "do": "send", **CANDIDATE_ANSWERS}


@pytest.fixture
def draft(cast):
    round_ = make_round(by=cast.alice, fund=make_fund(by=cast.alice))
    return make_round_draft(by=cast.bob, region=cast.regions["NWI"], round_=round_)


@pytest.fixture
def bob(sign_in, cast):
    return sign_in(cast.bob)


@pytest.fixture
def link(bob, draft):
    """The path of the link, as Bob's page shows it once."""
    page = bob.post(f"/funding/{draft.id}/link", data={"invite-email": ""}, follow_redirects=True)
    shown = parse(page.text).by_id("candidate").one("code").text
    again = parse(bob.get(f"/funding/{draft.id}").text).by_id("candidate")
    assert again.all("code") == []
    return "/candidate/" + shown.rpartition("/")[2]


def sheet(draft):
    db.session.expire_all()
    return db.session.get(Application, draft.id).sheet


def test_the_candidate_fills_their_part_without_an_account(client, link, draft):
    opened = client.get(link)
    assert opened.location.endswith("/candidate")
    page = parse(client.get("/candidate").text)
    assert "Why do you stand?" in page.text
    assert "What will it change?" not in page.text  # the region's part
    answered = client.post("/candidate", data=SENT)
    assert answered.location.endswith("/candidate/sent")
    assert "Your part is sent" in client.get("/candidate/sent").text
    assert sheet(draft).answers == CANDIDATE_ANSWERS
    assert sheet(draft).candidate_at is not None


def test_the_region_sees_it_and_completes_and_submits(client, bob, link, draft):
    client.get(link)
    client.post("/candidate", data=SENT)
    page = parse(bob.get(f"/funding/{draft.id}").text)
    assert "Sent by the candidate" in page.text
    assert "For better buses." in page.text
    given = {"asked": "q1,q2,q4", "q1": "More doors.", "q2": "No", "do": "continue"}
    bob.post(f"/funding/{draft.id}/parts/s1", data=given)
    bob.post(f"/funding/{draft.id}/submit", data={"key": "k"})
    db.session.expire_all()
    assert db.session.get(Application, draft.id).status == "endorsed"


def test_the_candidate_may_come_back_before_they_send(client, link, draft):
    client.get(link)
    client.post("/candidate", data={**SENT, "q6": "in May", "do": "save"})
    client.get(link)
    page = parse(client.get("/candidate").text)
    assert page.by_id("q6")["value"] == "in May"
    assert sheet(draft).candidate_at is None


def test_what_is_wrong_is_said_at_its_question_and_nothing_is_stored(client, link, draft):
    client.get(link)
    answered = client.post("/candidate", data={**SENT, "q5": "", "q6": "2099-01-01"})
    page = parse(answered.text)
    assert answered.status_code == 422
    assert "Write an answer" in page.by_id("q5-error").text
    said = "This day is still to come. Give one that has been."
    assert said in page.by_id("q6-error").text
    assert sheet(draft).answers == {}


def test_the_candidate_s_post_touches_no_other_part(client, link, draft):
    client.get(link)
    file = (io.BytesIO(b"%PDF-1"), "a.pdf")
    client.post("/candidate", data={**SENT, "asked": "q1,q4,q5,q6", "q1": "Mine.", "q4": file})
    assert sheet(draft).answers == CANDIDATE_ANSWERS
    assert db.session.query(Attachment).count() == 0


def test_a_used_link_says_so_and_stores_nothing(client, link, draft):
    client.get(link)
    client.post("/candidate", data=SENT)
    client.get(link)
    for answered in (client.get("/candidate"), client.post("/candidate", data={**SENT, "q5": "x"})):
        assert answered.status_code == 410
        assert "was used" in answered.text
    assert sheet(draft).answers == CANDIDATE_ANSWERS


def test_a_link_that_is_too_old_says_so_and_stores_nothing(client, link, draft):
    db.session.query(Invitation).update({"expires_at": clock.now()})
    db.session.commit()
    client.get(link)
    for answered in (client.get("/candidate"), client.post("/candidate", data=SENT)):
        assert answered.status_code == 410
        assert "too old" in answered.text
    assert sheet(draft).answers == {}


def test_an_altered_link_says_so_and_stores_nothing(client, link, draft):
    for wrong in (link[:-2], f"{link}x", "/candidate/made-up.token"):
        client.get(wrong)
        for answered in (client.get("/candidate"), client.post("/candidate", data=SENT)):
            assert answered.status_code == 404
            assert "not one of ours" in answered.text
    assert sheet(draft).answers == {}


def test_a_withdrawn_link_says_so(client, bob, link, draft):
    bob.post(f"/funding/{draft.id}/link/withdraw")
    client.get(link)
    assert client.get("/candidate").status_code == 410


def test_no_page_without_a_link(client, database):
    assert client.get("/candidate").status_code == 404


def test_the_link_stands_in_no_address_and_is_kept_by_no_cache(client, link):
    opened = client.get(link)
    assert opened.headers["Referrer-Policy"] == "no-referrer"
    page = client.get("/candidate")
    assert page.headers["Cache-Control"] == "no-store"
    assert link.rpartition("/")[2] not in re.sub(r"value=\"[^\"]*\"", "", page.text)


def test_an_address_that_is_none_makes_no_link(bob, draft):
    page = bob.post(f"/funding/{draft.id}/link", data={"invite-email": "x"}, follow_redirects=True)
    assert "No link was made" in page.text
    assert db.session.query(Invitation).count() == 0


def test_another_region_makes_no_link(sign_in, cast, draft):
    assert sign_in(cast.eve).post(f"/funding/{draft.id}/link").status_code == 404
