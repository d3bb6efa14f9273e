"""The spending report's pages: for the region, for the candidate by a link, for who judges it."""

import io
import re

import pytest

from models import clock
from models.base import db
from models.evidence.queries.reports import report_of
from models.people.tables import ContactPoint
from tests.factories import saved

GOOD = {
    "supplier": "Ambridge Print",
    "number": "INV-001",
    "category": "leaflets",
    "net": "200.00",
    "vat": "40.00",
}


def paper(name="invoice.pdf", content=b"%PDF-1.7 a receipt"):
    return {"file": (content, name)}


def typed(**changed):
    data = {**GOOD, "on": f"{clock.today()}", **paper(), **changed}
    content, name = data["file"]
    return {**data, "file": (io.BytesIO(content), name)}  # a request closes what it was given


@pytest.fixture
def here(sign_in, cast, paid):
    sign_in(cast.bob).post(f"/afterwards/{paid.id}/report/start")
    return f"/afterwards/{paid.id}/report"


def add(client, here, **changed):
    return client.post(f"{here}/receipts/new", data=typed(**changed), follow_redirects=True)


def declare(client, here, **changed):
    data = {"declared_by": "Priya Kaur", "true": "y", **changed}
    return client.post(f"{here}/send", data=data, follow_redirects=True)


def test_a_report_from_the_first_receipt_to_the_closed_award(sign_in, cast, paid, here):
    bob = sign_in(cast.bob)
    shown = add(bob, here, net="250", vat="50").text
    assert "Ambridge Print" in shown
    assert "£300.00" in shown
    assert "invoice.pdf" in shown
    assert "Tick this box" in bob.post(f"{here}/send", data={"declared_by": "P"}).text
    assert "Sent in, to be judged" in declare(bob, here).text
    carol = sign_in(cast.carol)
    done = carol.post(f"{here}/judge", data={"do": "accept"}, follow_redirects=True)
    assert "the report is accepted" in done.text
    db.session.expire_all()
    assert paid.status == "closed"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"net": "£1,2O0"}, "£1,2O0"),
        ({"net": "-5"}, "less than nothing"),
        ({"net": "1.234"}, "1.234"),
        ({"net": "1000000000000"}, "more than any amount"),
        ({"net": ""}, "Enter the amount."),
        ({"vat": "300"}, "The VAT cannot be more"),
        ({"share": "300"}, "at most £240.00"),
        ({"on": "2199-01-01"}, "has not come yet"),
        ({"on": "2001-01-01"}, "more than two years old"),
        ({"number": "--"}, "Enter the number"),
        ({"category": "beer"}, "Choose one of those offered"),
        (paper("invoice.pdf", b"MZ\x90\x00"), "none of the files we take"),
        (paper("invoice.png"), "is not what its name says"),
        (paper("empty.pdf", b""), "is empty"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(sign_in, cast, paid, here, changed, words):
    answer = sign_in(cast.bob).post(f"{here}/receipts/new", data=typed(**changed))
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="Ambridge Print"' in answer.text
    assert report_of(paid).receipts == []


def test_a_duplicate_is_said_at_the_number(sign_in, cast, paid, here):
    bob = sign_in(cast.bob)
    add(bob, here)
    answer = bob.post(f"{here}/receipts/new", data=typed(number="inv 001"))
    assert answer.status_code == 422
    assert "This invoice is in the report already." in answer.text


def test_a_receipt_is_changed_and_taken_out(sign_in, cast, paid, here):
    bob = sign_in(cast.bob)
    add(bob, here)
    receipt = report_of(paid).receipts[0]
    assert 'value="200.00"' in bob.get(f"{here}/receipts/{receipt.id}").text
    bob.post(f"{here}/receipts/{receipt.id}", data=typed(net="100", vat="20"))
    db.session.expire_all()
    assert report_of(paid).spent_p == 120_00
    bob.post(f"{here}/receipts/{receipt.id}/remove")
    db.session.expire_all()
    assert report_of(paid).receipts == []


def test_the_link_is_shown_once_and_opens_without_an_account(sign_in, cast, paid, here, app):
    page = sign_in(cast.bob).post(f"{here}/link", data={"to": ""}).text
    path = re.search(r"/afterwards/report-link/[\w.-]+", page)[0]
    candidate = app.test_client()
    opened = candidate.get(path, follow_redirects=True)
    assert opened.request.path == "/afterwards/my-report"
    assert "Spending report" in opened.text
    assert "Funding applications" not in opened.text
    answer = add(candidate, "/afterwards/my-report", net="250", vat="50")
    assert "Ambridge Print" in answer.text
    assert "sent in" in declare(candidate, "/afterwards/my-report").text
    again = candidate.get(path)
    assert again.status_code == 404
    assert "This link does not open anything" in again.text
    assert report_of(paid).submitted_by_id is None


def test_without_a_link_there_is_no_report(app, database):
    answer = app.test_client().get("/afterwards/my-report")
    assert answer.status_code == 404
    assert "Open the link from your e-mail first" in answer.text


def test_a_link_opens_no_other_report_s_receipts(sign_in, cast, paid, here, app):
    page = sign_in(cast.bob).post(f"{here}/link", data={"to": ""}).text
    path = re.search(r"/afterwards/report-link/[\w.-]+", page)[0]
    candidate = app.test_client()
    candidate.get(path)
    for method in (candidate.get, candidate.post):
        assert method("/afterwards/my-report/receipts/999").status_code == 404
    assert candidate.get(here).status_code == 302, "to the sign-in page"


def test_the_link_is_mailed_where_the_candidate_has_an_address(sign_in, cast, paid, here):
    saved(
        ContactPoint(person_id=paid.person_id, kind="email", value="p@example.org", value_key="p")
    )
    done = sign_in(cast.bob).post(
        f"{here}/link", data={"to": "p@example.org"}, follow_redirects=True
    )
    assert "on its way to p@example.org" in done.text
    assert "report-link/" not in done.text


def test_changes_are_asked_for_with_a_reason(sign_in, cast, paid, here):
    bob = sign_in(cast.bob)
    add(bob, here)
    declare(bob, here)
    alice = sign_in(cast.alice)
    assert alice.post(f"{here}/judge", data={"do": "back"}).status_code == 422
    alice.post(f"{here}/judge", data={"do": "back", "reason": "The VAT is wrong."})
    assert "The VAT is wrong." in sign_in(cast.bob).get(here).text


def test_unspent_money_is_said_and_what_is_still_to_come(sign_in, cast, paid, here):
    bob = sign_in(cast.bob)
    add(bob, here)
    declare(bob, here)
    carol = sign_in(cast.carol)
    done = carol.post(f"{here}/judge", data={"do": "accept"}, follow_redirects=True)
    assert "£60.00 are asked back" in done.text
    assert "£60.00 are still to come" in done.text
    assert carol.post(f"{here}/settle").status_code == 409


def test_the_return_is_noted(sign_in, cast, paid, here):
    bob = sign_in(cast.bob)
    assert bob.post(f"{here}/return", data={"return_on": "2199-01-01"}).status_code == 422
    bob.post(f"{here}/return", data={"return_on": f"{clock.today()}"})
    db.session.expire_all()
    assert report_of(paid).return_on == clock.today()


def test_another_region_finds_no_report(sign_in, cast, paid, here):
    eve = sign_in(cast.eve)
    for page in ("", "/receipts/new", "/send", "/link", "/return"):
        assert eve.get(f"{here}{page}").status_code == 404


def test_a_report_of_many_receipts_asks_few_questions(sign_in, cast, paid, here, queries):
    bob = sign_in(cast.bob)
    for number in range(8):
        add(bob, here, number=f"N-{number}", net="1", vat="0")
    queries.statements.clear()
    bob.get(here)
    assert len(queries) <= 12
