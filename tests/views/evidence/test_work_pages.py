"""The work queue "After the award", and what of it stands on the home page."""

from models import clock
from models.base import db
from models.evidence.actions.reports import start_report, submit_report
from models.evidence.missing import KINDS, Case, missing_of
from tests.dom import parse


def test_a_fresh_award_asks_for_its_letter(sign_in, cast, awarded):
    page = sign_in(cast.alice).get("/afterwards").text
    assert KINDS["letter"] in page
    assert awarded.candidate_name in page
    assert "1 thing to do" in parse(page).text


def test_home_leads_to_the_list_and_tells_finance_what_it_can_do(sign_in, cast, paid):

    report = start_report(paid, by=cast.bob)
    submit_report(report, declared_by="Priya Kaur", note="Nothing spent.", by=cast.bob)
    db.session.commit()
    assert f"Judge the report: {paid.candidate_name}" in sign_in(cast.carol).get("/").text
    assert 'href="/afterwards"' in sign_in(cast.alice).get("/").text


def test_another_region_has_nothing_to_do_about_it(sign_in, cast, awarded):
    assert awarded.candidate_name not in sign_in(cast.eve).get("/afterwards").text


def test_one_kind_alone_can_be_looked_at(sign_in, cast, awarded):
    alice = sign_in(cast.alice)
    assert awarded.candidate_name in alice.get("/afterwards?kind=letter").text
    assert awarded.candidate_name not in alice.get("/afterwards?kind=register").text
    assert awarded.candidate_name in alice.get("/afterwards?kind=nonsense").text


def test_the_queue_and_the_page_of_an_award_ask_few_questions(sign_in, cast, paid, queries):
    alice = sign_in(cast.alice)
    for path in ("/afterwards", f"/afterwards/{paid.id}"):
        queries.statements.clear()
        alice.get(path)
        assert len(queries) <= 12, path


def kinds(**facts):
    return [one.kind for one in missing_of(Case(**facts), clock.today())]


def test_nothing_is_missing_of_what_lapses():
    assert kinds(status="awarded", not_nominated=True, awarded_on=clock.today()) == []


def test_a_report_that_is_in_is_judged_and_an_accepted_one_waits_for_money():
    assert kinds(status="paid", letter_sent=True, report_status="submitted") == ["judge"]
    assert kinds(status="paid", letter_sent=True, report_status="accepted") == ["unspent"]
    assert kinds(status="closed", letter_sent=True, report_status="accepted") == []
    assert kinds(status="paid", letter_sent=True, papers_missing=1) == ["receipts"]
