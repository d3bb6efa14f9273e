"""The candidate's link: for one application, good once, for two weeks, and for nothing else."""

from datetime import timedelta

import pytest

from models import clock
from models.base import db
from models.errors import Gone, NotFound, Refused
from models.funding.actions.answers import (
    application_of_link,
    invite_candidate,
    save_answers,
    save_by_link,
    save_file_by_link,
    send_by_link,
    withdraw_links,
)
from models.funding.actions.draft import submit
from models.funding.queries.one import problems_of
from models.outbox import OutboxRow
from models.rounds.forms import Form
from models.rounds.links import candidate_desk
from models.rounds.tables import Invitation
from tests.funding_factories import make_draft, make_fund
from tests.round_factories import (
    CANDIDATE_ANSWERS,
    FORM,
    PDF,
    REGION_ANSWERS,
    answer,
    make_round,
    make_round_draft,
)

DESK = candidate_desk("a secret for this test", "https://hustings.example", mails=True)


@pytest.fixture
def draft(cast, fund):
    round_ = make_round(by=cast.alice, fund=fund)
    return make_round_draft(by=cast.bob, region=cast.regions["NWI"], round_=round_)


def invite(draft, cast, **values):
    address = invite_candidate(draft, by=cast.bob, desk=DESK, **values)
    db.session.commit()
    return address.rpartition("/")[2]


def come(token):
    return application_of_link(token, desk=DESK, hold_it=True)


def send(token, **changed):
    application, invitation, by = come(token)
    given = {**CANDIDATE_ANSWERS, **changed}
    save_by_link(application, answers=given, typed={}, by=by)
    send_by_link(application, invitation, by=by)
    db.session.commit()
    return application


def mails():
    return [row.payload for row in db.session.query(OutboxRow).filter_by(kind="mail")]


def test_the_link_leads_to_one_application(cast, draft):
    application, _invitation, by = come(invite(draft, cast))
    assert application is draft
    assert by.region_ids == {draft.region_id}


def test_the_candidate_s_part_comes_to_the_region_which_completes_and_submits(cast, draft):
    send(invite(draft, cast))
    assert draft.sheet.candidate_at is not None
    assert "For better buses." in draft.sheet.answers.values()
    save_answers(draft, section=FORM.sections[0], answers=REGION_ANSWERS, by=cast.bob)
    assert problems_of(draft) == ()
    assert submit(draft, by=cast.bob).status == "endorsed"


def test_whoever_made_the_link_hears_that_it_was_used_without_the_candidate_s_name(cast, draft):
    send(invite(draft, cast))
    (mail,) = mails()
    assert mail["to"] == cast.bob.email
    assert draft.reference in mail["subject"]
    assert draft.person.family_name not in str(mail)


def test_the_link_is_mailed_where_an_address_is_given(cast, draft):
    token = invite(draft, cast, sent_to="priya@example.org")
    (mail,) = mails()
    assert mail["to"] == "priya@example.org"
    assert token in mail["text"]


def test_a_used_link_is_dead(cast, draft):
    token = invite(draft, cast)
    send(token)
    with pytest.raises(Gone, match="was used"):
        come(token)


def test_a_link_is_dead_after_two_weeks(cast, draft):
    token = invite(draft, cast)
    with clock.set_to(clock.now() + timedelta(days=13, hours=23)):
        assert come(token)
    with (
        clock.set_to(clock.now() + timedelta(days=14, minutes=1)),
        pytest.raises(Gone, match="old"),
    ):
        come(token)


def test_a_new_link_withdraws_the_old_one(cast, draft):
    first, second = invite(draft, cast), invite(draft, cast)
    with pytest.raises(Gone, match="withdrawn"):
        come(first)
    assert come(second)
    assert withdraw_links(draft, by=cast.bob) == 1
    with pytest.raises(Gone, match="withdrawn"):
        come(second)


def test_an_altered_link_is_not_ours(cast, draft):
    token = invite(draft, cast)
    other = candidate_desk("another secret", DESK.base_url, mails=True)
    for wrong in (token[:-1], token[1:], token + "x", "", "a.b", other.token("x"), DESK.token("x")):
        with pytest.raises(NotFound, match="not one of ours"):
            come(wrong)


def test_only_the_hash_of_a_link_is_stored(cast, draft):
    token = invite(draft, cast)
    nonce = DESK.read(token)
    stored = db.session.query(Invitation).one()
    assert nonce
    assert nonce not in str(vars(stored))


def test_a_link_is_dead_once_the_region_has_sent_the_application(cast, draft):
    token = invite(draft, cast)
    answer(draft, by=cast.bob)
    submit(draft, by=cast.bob)
    with pytest.raises(Gone, match="sent the application off"):
        come(token)


def test_half_a_part_is_kept_and_the_link_stays_good(cast, draft):
    token = invite(draft, cast)
    application, invitation, by = come(token)
    save_by_link(application, answers={"q5": "Buses."}, typed={"q6": "in May"}, by=by)
    with pytest.raises(Refused, match="not understood"):
        send_by_link(application, invitation, by=by)
    assert (draft.sheet.answers, draft.sheet.typed) == ({"q5": "Buses."}, {"q6": "in May"})
    assert come(token)


def test_the_candidate_writes_in_their_part_alone(cast, draft):
    application, _invitation, by = come(invite(draft, cast))
    save_by_link(application, answers={"q1": "Mine now.", "q5": "x"}, typed={}, by=by)
    assert draft.sheet.answers == {"q5": "x"}
    with pytest.raises(Refused, match="for the region"):
        save_file_by_link(application, question="q4", name="a.pdf", content=PDF, by=by)


def test_a_link_is_made_for_one_s_own_region_and_where_the_candidate_is_asked(cast, fund, draft):
    with pytest.raises(NotFound):
        invite_candidate(draft, by=cast.eve, desk=DESK)
    form = Form(FORM.sections[:1])
    silent = make_round(by=cast.alice, fund=fund, form=form, code="SILENT")
    other = make_round_draft(by=cast.bob, region=cast.regions["NWI"], round_=silent)
    with pytest.raises(Refused, match="asks nothing of the candidate"):
        invite_candidate(other, by=cast.bob, desk=DESK)


def test_there_is_no_link_outside_rounds(cast):
    make_fund(by=cast.alice, code="OLD")
    plain = make_draft(by=cast.bob, region=cast.regions["NWI"])
    with pytest.raises(Refused, match="in no round"):
        invite_candidate(plain, by=cast.bob, desk=DESK)
