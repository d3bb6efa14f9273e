"""The award letter: its versions, what it says, to whom it goes, and who may."""

from datetime import UTC, datetime

import pytest

from models import clock
from models.audit import AuditEntry
from models.base import db
from models.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from models.evidence import wording
from models.evidence.actions.letters import make_letter, send_letter, write_template
from models.evidence.queries.letters import addresses_of, letter_for, letters_of, template_in_use
from models.funding.actions.undo import withdraw
from models.jobs import queries as jobs
from models.jobs.actions import begin_sending, mark_sent, message_for, note_outcome, settle
from models.jobs.rules import Outcome
from models.outbox import OutboxRow
from models.people.tables import ContactPoint
from tests.factories import saved
from tests.funding_factories import make_submitted

LATER = datetime(2027, 4, 20, 9, tzinfo=UTC)


@pytest.fixture
def at_work(awarded):
    with clock.set_to(LATER):
        yield


@pytest.fixture
def letter(cast, awarded, at_work):
    return make_letter(awarded, by=cast.alice)


def test_a_letter_says_class_category_amount_and_the_law_s_days(cast, awarded, letter):
    for words in (
        awarded.candidate_name,
        awarded.reference,
        "£300.00",
        "Cash gift to a party unit",
        "(a) Party funds or expenses",
        "Ambridge CLP",
        "Bills with the agent by: 28 May 2027",
        "Bills paid by: 4 June 2027",
        "Spending return by: 11 June 2027",
        "its entry is not recorded yet",
        "Alice Ash",
    ):
        assert words in letter.body
    assert "{{" not in letter.body
    assert letter.subject == f"Your election support grant: {awarded.reference}"


def test_the_same_words_make_no_new_version(cast, awarded, letter):
    assert make_letter(awarded, by=cast.alice) is letter
    write_template(subject="Well done", body="Dear {{candidate}},", seen=0, by=cast.alice)
    second = make_letter(awarded, by=cast.olive)
    assert (second.number, second.template_number) == (2, 1)
    assert second.body == f"Dear {awarded.candidate_name},"
    assert "Cash gift" in letter.body, "a letter that was made keeps its words"
    assert [line.letter.number for line in letters_of(awarded)] == [2, 1]


def test_a_letter_goes_once_to_an_address_that_is_held(cast, awarded, letter):
    saved(
        ContactPoint(
            person_id=awarded.person_id, kind="email", value="p@example.org", value_key="p"
        )
    )
    assert [address for address, _ in addresses_of(awarded)] == ["p@example.org", cast.bob.email]
    with pytest.raises(Invalid):
        send_letter(letter, to="agent@example.com", by=cast.alice)
    send_letter(letter, to="p@example.org", by=cast.alice)
    row = db.session.query(OutboxRow).filter_by(id=letter.outbox_id).one()
    assert row.payload["attach"] == {"kind": "award-letter", "id": letter.id}
    said = row.payload["subject"] + row.payload["text"]
    assert awarded.reference in said
    assert awarded.candidate_name not in said
    with pytest.raises(Refused):
        send_letter(letter, to="p@example.org", by=cast.alice)


def test_its_page_knows_how_far_the_e_mail_is(cast, awarded, letter):
    def state():
        db.session.expire_all()
        return letters_of(awarded)[0].state

    assert state() == "Not sent yet"
    send_letter(letter, to=cast.bob.email, by=cast.alice)
    assert state() == "Waiting to be sent"
    row = jobs.locked(letter.outbox_id)
    message = message_for(row, domain="example.org")
    begin_sending(message)
    assert state() == "Being sent"
    note_outcome(message, Outcome("uncertain", "Cut short."))
    settle(row, Outcome("uncertain", "Cut short."))
    assert state().startswith("Uncertain")
    mark_sent(row, by=cast.alice)
    assert state() == "Sent"


def test_an_older_version_is_not_sent_any_more(cast, awarded, letter):
    write_template(subject="Well done", body="Dear {{candidate}},", seen=0, by=cast.alice)
    make_letter(awarded, by=cast.alice)
    with pytest.raises(Refused, match="newer version"):
        send_letter(letter, to=cast.bob.email, by=cast.alice)


def test_only_an_award_that_stands_has_a_letter(cast, awarded, nwi, at_work):
    with pytest.raises(Refused):
        make_letter(make_submitted(by=cast.bob, region=nwi), by=cast.alice)
    withdraw(awarded, by=cast.bob)
    with pytest.raises(Refused):
        make_letter(awarded, by=cast.alice)


def test_the_office_writes_letters_and_a_region_reads_its_own(cast, awarded, letter):
    for other in (cast.bob, cast.carol, cast.dan, cast.grace):
        with pytest.raises(NotAllowed):
            make_letter(awarded, by=other)
        with pytest.raises(NotAllowed):
            send_letter(letter, to=cast.bob.email, by=other)
        with pytest.raises(NotAllowed):
            write_template(subject="x", body="x", seen=0, by=other)
    assert letter_for(cast.bob, letter.id) is letter
    with pytest.raises(NotFound):
        letter_for(cast.eve, letter.id)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"subject": " "}, "subject"),
        ({"subject": "a\nBcc: b@example.org"}, "subject"),
        ({"subject": "x" * 161}, "subject"),
        ({"subject": "{{secret}}"}, "subject"),
        ({"body": "{{ config }}"}, "body"),
        ({"body": ""}, "body"),
        ({"subject": wording.SUBJECT, "body": wording.BODY}, "body"),
    ],
)
def test_a_template_that_cannot_be_is_refused_at_its_field(cast, changed, field):
    with pytest.raises(Invalid) as refusal:
        write_template(
            **{"subject": "Hello", "body": "Dear {{candidate}}", **changed}, seen=0, by=cast.alice
        )
    assert refusal.value.field == field
    assert template_in_use().number == 0


def test_two_who_change_the_letter_at_once_do_not_lose_words(cast):
    write_template(subject="One", body="Dear {{candidate}}", seen=0, by=cast.alice)
    with pytest.raises(Conflict):
        write_template(subject="Two", body="Dear {{candidate}}", seen=0, by=cast.olive)
    assert template_in_use().subject == "One"
    db.session.commit()
    assert db.session.query(AuditEntry).filter_by(event="evidence.template").count() == 1
