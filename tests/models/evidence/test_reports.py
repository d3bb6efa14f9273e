"""The spending report: filled in, linked, sent in, judged; unspent money; the last step."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from models import audit, clock
from models.attachments.queries import content_of
from models.base import db
from models.errors import Invalid, NotAllowed, NotFound, Refused
from models.evidence.actions.receipts import remove_receipt, save_receipt
from models.evidence.actions.reports import (
    accept_report,
    make_link,
    note_return,
    send_back,
    settle_report,
    start_report,
    submit_report,
)
from models.evidence.links import ByLink, report_desk
from models.evidence.queries.reports import report_by_link, report_for, report_of
from models.evidence.spending import Bill
from models.evidence.tables import Invoice
from models.funding.actions.undo import withdraw
from models.funding.queries.one import steps_of
from models.outbox import OutboxRow
from models.people.tables import ContactPoint
from tests.factories import saved
from tests.funding_factories import make_awarded, make_contest
from tests.payment_factories import pay_outright

PDF = ("invoice.pdf", b"%PDF-1.7 a receipt")
BILL = Bill("Ambridge Print", "INV-001", date(2027, 4, 20), "leaflets", 200_00, 40_00)
DESK = report_desk("secret", "https://hustings.example.org", mails=True)


@pytest.fixture
def paid(cast, awarded, after_poll):
    """£300.00, paid before the poll."""
    pay_outright(cast, awarded, paid_on=date(2027, 4, 14), reference="P-1")
    db.session.commit()
    return awarded


@pytest.fixture
def report(cast, paid):
    return start_report(paid, by=cast.bob)


def sent_in(report, by, bill=BILL):
    save_receipt(report, bill, by=by, file=PDF)
    return submit_report(report, declared_by="Priya Kaur", by=by)


def test_there_is_one_report_for_an_award_due_with_the_agent_s_return(cast, paid, report):
    assert start_report(paid, by=cast.alice) is report
    assert report.due_on == date(2027, 6, 11)
    assert report_of(paid) is report


def test_nothing_is_reported_on_what_was_not_awarded(cast, awarded, after_poll):
    withdraw(awarded, by=cast.bob)
    with pytest.raises(Refused):
        start_report(awarded, by=cast.bob)


def test_a_receipt_keeps_its_paper_until_six_years_after_the_poll(cast, report):
    receipt = save_receipt(report, BILL, by=cast.bob, file=PDF)
    assert report.spent_p == 240_00
    assert content_of(receipt.attachment) == PDF[1]
    assert receipt.attachment.keep_until == date(2033, 12, 31)
    assert receipt.attachment.region_id == report.application.region_id


@pytest.mark.parametrize(
    "file", [("invoice.pdf", b"MZ\x90"), ("invoice.png", PDF[1]), ("empty.pdf", b"")]
)
def test_a_paper_that_lies_or_is_empty_leaves_nothing_behind(cast, report, file):
    db.session.commit()
    with pytest.raises(Invalid) as refusal:
        save_receipt(report, BILL, by=cast.bob, file=file)
    assert refusal.value.field == "file"
    db.session.rollback()
    assert report_of(report.application).receipts == []


def test_the_same_invoice_spelled_otherwise_is_a_duplicate(cast, report):
    save_receipt(report, BILL, by=cast.bob)
    again = replace(BILL, supplier="AMBRIDGE  PRINT", number="inv 001")
    with pytest.raises(Invalid, match="in the report already") as refusal:
        save_receipt(report, again, by=cast.bob)
    assert refusal.value.field == "number"
    save_receipt(report, replace(BILL, number="INV-002"), by=cast.bob)
    assert len(report.receipts) == 2


def test_an_invoice_claimed_in_full_elsewhere_is_a_duplicate(cast, report, nwi):
    save_receipt(report, BILL, by=cast.bob)
    other = start_report(another_award(cast, nwi), by=cast.bob)
    with pytest.raises(Invalid, match="claimed in full in another report"):
        save_receipt(other, BILL, by=cast.bob)


def test_candidates_share_an_invoice_as_long_as_the_shares_fit(cast, report, nwi):
    save_receipt(report, replace(BILL, share_p=140_00), by=cast.bob)
    other = start_report(another_award(cast, nwi), by=cast.bob)
    with pytest.raises(Invalid, match=r"£100.00 of it are left") as refusal:
        save_receipt(other, replace(BILL, share_p=100_01), by=cast.bob)
    assert refusal.value.field == "share"
    with pytest.raises(Invalid, match="another day or other VAT"):
        save_receipt(other, replace(BILL, net_p=240_00, vat_p=0, share_p=100_00), by=cast.bob)
    save_receipt(other, replace(BILL, share_p=100_00), by=cast.bob)
    assert db.session.query(Invoice).one().shared_p == 240_00


def another_award(cast, nwi):
    """An award to another candidate of the same day, so small that no threshold is passed."""
    return make_awarded(
        by=cast.bob,
        region=nwi,
        officer=cast.alice,
        poll_on=date(2027, 6, 3),
        amount_p=150_00,
        contest=make_contest(nwi, name="Tom Archer"),
    )


def test_a_changed_or_removed_receipt_gives_its_share_back(cast, report):
    receipt = save_receipt(report, BILL, by=cast.bob, file=PDF)
    save_receipt(report, replace(BILL, share_p=10_00), by=cast.bob, receipt=receipt)
    assert db.session.query(Invoice).one().shared_p == 10_00
    save_receipt(report, replace(BILL, number="INV-9"), by=cast.bob, receipt=receipt)
    assert [one.number for one in db.session.query(Invoice)] == ["INV-9"]
    paper = receipt.attachment
    remove_receipt(receipt, by=cast.bob)
    assert db.session.query(Invoice).count() == 0
    assert paper.content is None
    assert report.receipts == []


def test_a_late_bill_is_answered_by_a_person_and_both_are_kept(cast, report):
    with clock.set_to(datetime(2027, 6, 10, 9, tzinfo=UTC)):
        late = replace(BILL, on=date(2027, 5, 29))
        with pytest.raises(Invalid, match="Say what you answer") as refusal:
            save_receipt(report, late, by=cast.bob)
        assert refusal.value.field == "answer"
        receipt = save_receipt(report, late, by=cast.bob, answer="The court allowed it.")
    assert "28 May 2027" in receipt.late
    assert receipt.answer == "The court allowed it."


def test_a_report_without_receipts_says_why(cast, report):
    with pytest.raises(Invalid) as refusal:
        submit_report(report, declared_by="Priya Kaur", by=cast.bob)
    assert refusal.value.field == "note"
    submit_report(report, declared_by="Priya Kaur", note="Nothing was spent.", by=cast.bob)
    assert report.status == "submitted"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"declared_by": " "}, "declared_by"),
        ({"declared_by": "x" * 161}, "declared_by"),
        ({"return_on": date(2027, 5, 11)}, "return_on"),
        ({"note": "x" * 4001}, "note"),
    ],
)
def test_a_declaration_that_cannot_be_is_refused_at_its_field(cast, report, changed, field):
    save_receipt(report, BILL, by=cast.bob)
    with pytest.raises(Invalid) as refusal:
        submit_report(report, **{"declared_by": "Priya Kaur", **changed}, by=cast.bob)
    assert refusal.value.field == field
    assert report.status == "open"


def test_what_was_sent_in_stays_as_it_is_until_it_is_sent_back(cast, report):
    sent_in(report, cast.bob)
    receipt = report.receipts[0]
    for change in (
        lambda: save_receipt(report, replace(BILL, number="X"), by=cast.bob),
        lambda: remove_receipt(receipt, by=cast.bob),
        lambda: make_link(report, desk=DESK, by=cast.bob),
    ):
        with pytest.raises(Refused):
            change()
    with pytest.raises(Invalid):
        send_back(report, reason=" ", by=cast.alice)
    send_back(report, reason="The VAT is missing.", by=cast.alice)
    save_receipt(report, replace(BILL, number="X"), by=cast.bob)


def test_nobody_judges_what_they_sent_in(cast, report):
    sent_in(report, cast.alice)
    with pytest.raises(Refused, match="somebody else"):
        accept_report(report, by=cast.alice)
    with pytest.raises(NotAllowed):
        accept_report(report, by=cast.bob)
    accept_report(report, by=cast.olive)


def test_unspent_money_is_asked_back_and_the_award_closes_when_it_came(cast, paid, report):
    from models.budget.actions.money import give_back

    sent_in(report, cast.bob)
    accept_report(report, by=cast.alice)
    assert (report.unspent_p, paid.status) == (60_00, "paid")
    asked = db.session.query(OutboxRow).filter(OutboxRow.dedupe_key.like("unspent:%")).one()
    assert "£60.00" in asked.payload["text"]
    assert paid.candidate_name not in asked.payload["text"]
    with pytest.raises(Refused, match=r"£60.00 have not come back"):
        settle_report(report, by=cast.carol)
    give_back(award=paid.award, amount_p=60_00, by=cast.carol, key="r1")
    settle_report(report, by=cast.carol)
    assert paid.status == "closed"


def test_an_award_spent_in_full_is_closed_with_the_report(cast, paid, report):
    sent_in(report, cast.bob, replace(BILL, net_p=300_00, vat_p=60_00))
    accept_report(report, by=cast.carol)
    assert (report.unspent_p, paid.status) == (0, "closed")
    assert steps_of(paid)[0].step == "close"


def test_a_receipt_without_its_paper_is_accepted_with_a_reason_only(cast, report):
    save_receipt(report, BILL, by=cast.bob)
    submit_report(report, declared_by="Priya Kaur", by=cast.bob)
    with pytest.raises(Invalid, match="1 receipt has no file"):
        accept_report(report, by=cast.alice)
    accept_report(report, reason="Lost in the post; the supplier confirmed it.", by=cast.alice)


def test_what_is_not_paid_yet_is_not_accepted(cast, awarded, after_poll):
    report = start_report(awarded, by=cast.bob)
    sent_in(report, cast.bob)
    with pytest.raises(Refused, match="not paid yet"):
        accept_report(report, by=cast.alice)


def test_the_agent_s_return_is_noted(cast, report):
    with pytest.raises(Invalid):
        note_return(report, return_on=date(2027, 5, 11), by=cast.bob)
    note_return(report, return_on=date(2027, 5, 9), by=cast.bob)
    assert report.return_on == date(2027, 5, 9)


def test_another_region_has_no_part_in_it(cast, report):
    for change in (
        lambda: save_receipt(report, BILL, by=cast.eve),
        lambda: submit_report(report, declared_by="x", by=cast.eve),
        lambda: make_link(report, desk=DESK, by=cast.eve),
        lambda: report_for(cast.eve, report.application_id),
    ):
        with pytest.raises(NotFound):
            change()


def opened(address):
    return report_by_link(address.rsplit("/", 1)[1], desk=DESK)


def test_a_link_opens_its_report_for_somebody_without_an_account(cast, report):
    address = make_link(report, desk=DESK, by=cast.bob)
    assert address.startswith("https://hustings.example.org/afterwards/report-link/")
    assert opened(address) is report
    candidate = ByLink(name="Priya Kaur", region_id=report.application.region_id)
    sent_in(report, candidate)
    assert (report.submitted_by_id, report.declared_by) == (None, "Priya Kaur")
    db.session.commit()
    with pytest.raises(NotFound):
        opened(address)
    assert list(audit.broken_links()) == []


def test_an_altered_an_older_and_an_expired_link_open_nothing(cast, report):
    first = make_link(report, desk=DESK, by=cast.bob)
    second = make_link(report, desk=DESK, by=cast.bob)
    for address in (first, second[:-1], second + "x", second.replace(".", "!")):
        with pytest.raises(NotFound, match="does not open anything"):
            opened(address)
    with pytest.raises(NotFound):
        report_by_link(second.rsplit("/", 1)[1], desk=report_desk("another", "", mails=True))
    with clock.set_to(clock.now() + timedelta(days=61)), pytest.raises(NotFound, match="expired"):
        opened(second)
    assert opened(second) is report


def test_a_link_is_mailed_to_the_candidate_s_own_address_only(cast, report):
    person_id = report.application.person_id
    saved(ContactPoint(person_id=person_id, kind="email", value="p@example.org", value_key="p"))
    with pytest.raises(Invalid):
        make_link(report, desk=DESK, by=cast.bob, to="somebody@example.org")
    address = make_link(report, desk=DESK, by=cast.bob, to="p@example.org")
    row = db.session.query(OutboxRow).filter(OutboxRow.dedupe_key.like("report-link:%")).one()
    assert row.payload["to"] == "p@example.org"
    assert address in row.payload["text"]
