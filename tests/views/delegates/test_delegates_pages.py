"""The delegates counter: the list, a term from the nomination to its end, and the record."""

from datetime import timedelta

import pytest

from models import clock
from models.base import db
from models.delegates.actions import NewDelegate, add_delegate
from models.delegates.tables import DelegateTerm
from tests.factories import make_person, saved

TODAY = clock.today()


@pytest.fixture
def term(cast, priya, preston, branch):
    new = NewDelegate(preston, branch, ends_on=TODAY + timedelta(days=20))
    term = add_delegate(priya, new, by=cast.bob)
    db.session.commit()
    return term


def test_a_delegate_is_added_from_a_name_to_the_record(sign_in, cast, priya, preston, branch):
    browser = sign_in(cast.bob)
    answer = browser.post("/delegates/new", data={"who": "priya kaur"})
    assert answer.location == f"/delegates/new/{priya.id}"
    typed = {
        "constituency": "preston", "status": "certified", "branch": str(branch.id),
        "starts_on": "2026-07-01", "certified_on": "2026-06-20", "ends_on": "2027-07-03",
        "source": "The branch",
    }  # fmt: skip
    answer = browser.post(answer.location, data=typed)
    assert answer.location == f"/people/{priya.id}"
    page = browser.get(answer.location).text
    for words in ("Preston CLP", "Certified", "For Lancashire branch", "3 Jul 2027", "The branch"):
        assert words in page
    assert "Certified as delegate" in browser.get(f"/people/{priya.id}?show=offices").text


def test_a_suggestion_that_was_chosen_leads_on_at_once(sign_in, cast, priya):
    answer = sign_in(cast.bob).post("/delegates/new", data={"who": str(priya.id)})
    assert answer.location == f"/delegates/new/{priya.id}"
    assert sign_in(cast.eve).post("/delegates/new", data={"who": str(priya.id)}).status_code == 422


def test_where_several_fit_they_are_shown_to_choose_from(sign_in, cast, priya):
    twin = make_person("Priya Kaur", region=cast.regions["NWI"])
    make_person("Priya Kaur", region=cast.regions["SO"])
    page = sign_in(cast.bob).post("/delegates/new", data={"who": "priya kaur"}).text
    assert "Several people fit" in page
    for person in (priya, twin):
        assert f"/delegates/new/{person.id}" in page
    assert page.count("/delegates/new/") == 2
    assert "Nobody fits" in sign_in(cast.bob).post("/delegates/new", data={"who": "zyx"}).text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("constituency", "Nowhere", "There is no constituency “Nowhere”"),
        ("constituency", "", "Enter the constituency"),
        ("status", "", "Choose how far they are"),
        ("ends_on", "2026-07-01", "must come after the start"),
        ("certified_on", "2026-06-20", "has not been certified yet"),
        ("starts_on", "soon", "Enter a date"),
    ],
)
def test_what_is_not_understood_is_said_at_its_field(
    sign_in, cast, priya, preston, field, value, words
):
    typed = {"constituency": "Preston", "status": "nominated", "starts_on": "2026-07-01"}
    answer = sign_in(cast.bob).post(f"/delegates/new/{priya.id}", data=typed | {field: value})
    assert answer.status_code == 422
    assert words in answer.text
    assert f'href="#{field}' in answer.text
    assert db.session.query(DelegateTerm).count() == 0


def test_a_second_open_term_at_the_clp_is_said_at_the_constituency(sign_in, cast, priya, term):
    typed = {"constituency": "Preston", "status": "nominated"}
    answer = sign_in(cast.bob).post(f"/delegates/new/{priya.id}", data=typed)
    assert answer.status_code == 422
    assert "Priya Kaur has an open term at Preston CLP already" in answer.text


def test_a_step_is_taken_and_taken_back(sign_in, cast, priya, term):
    browser, path = sign_in(cast.bob), f"/delegates/{term.id}/move"
    assert "The branch secretary certified them" in browser.get(path).text
    assert browser.post(path, data={"step": "certify", "on": str(TODAY)}).status_code == 302
    assert (term.status, term.certified_on) == ("certified", TODAY)
    page = browser.get(f"/people/{priya.id}").text
    assert "Priya Kaur, Preston CLP: certified." in page
    assert f"/delegates/{term.id}/back" in page
    assert browser.post(f"/delegates/{term.id}/back").location == f"/people/{priya.id}"
    assert term.status == "nominated"


def test_an_end_stands_on_the_record_and_can_be_taken_back(sign_in, cast, priya, term):
    browser, path = sign_in(cast.bob), f"/delegates/{term.id}/move"
    ended = {"step": "resign", "on": str(TODAY), "reason": "Moved house"}
    assert browser.post(path, data=ended).status_code == 302
    page = browser.get(f"/people/{priya.id}").text
    for words in ("Resigned", "Moved house", "Take the end back"):
        assert words in page
    assert "Take the end back" in browser.get(path).text
    browser.post(f"/delegates/{term.id}/back")
    assert term.ended_on is None


def test_a_rejection_without_a_reason_is_refused_at_its_field(sign_in, cast, term):
    path = f"/delegates/{term.id}/move"
    answer = sign_in(cast.bob).post(path, data={"step": "reject", "on": str(TODAY)})
    assert answer.status_code == 422
    assert "Say why." in answer.text
    assert 'href="#reason"' in answer.text


def test_branch_and_days_are_corrected(sign_in, cast, priya, term, branch):
    browser, path = sign_in(cast.bob), f"/delegates/{term.id}/edit"
    page = browser.get(path).text
    assert f'<option selected value="{branch.id}">' in page
    typed = {"branch": "", "ends_on": "2027-06-05", "source": "The CLP"}
    assert browser.post(path, data=typed).status_code == 302
    assert (term.branch_id, str(term.ends_on), term.source) == (None, "2027-06-05", "The CLP")


def test_the_list_warns_of_what_ends_and_counts_its_tabs(sign_in, cast, priya, term):
    over = make_person("Sam West", region=cast.regions["NWI"])
    at = {"constituency_id": term.constituency_id, "ends_on": TODAY - timedelta(days=1)}
    saved(DelegateTerm(person_id=over.id, status="credentialled", **at))
    browser = sign_in(cast.bob)
    page = browser.get("/delegates").text
    for words in ("2 delegates", "Ends soon", "Over?", "Preston CLP", "Lancashire"):
        assert words in page
    assert "Sam West" not in browser.get("/delegates?state=soon").text
    assert "Priya Kaur" not in browser.get("/delegates?state=over").text
    assert "Priya Kaur" in browser.get("/delegates?status=nominated&region=NWI").text
    clp = browser.get(f"/delegates?clp={term.constituency_id}&choose=clp").text
    assert f'<option value="{term.constituency_id}" selected>Preston CLP</option>' in clp


def test_filters_that_make_no_sense_are_no_crash(sign_in, cast, term):
    for query in ("region=XX", "clp=abc", "status=x", "state=x", "sort=-x", "page=-4"):
        assert sign_in(cast.alice).get(f"/delegates?{query}").status_code == 200


def test_the_pages_take_few_queries(sign_in, cast, priya, term, queries):
    browser = sign_in(cast.bob)
    paths = (
        "",
        f"/{term.id}/move",
        f"/{term.id}/edit",
        f"/new/{priya.id}",
        "?state=soon&sort=-end",
    )
    for path in (*(f"/delegates{one}" for one in paths), f"/people/{priya.id}"):
        before = len(queries)
        assert browser.get(path).status_code == 200
        assert len(queries) - before <= 12, (path, queries.statements[before:])


def test_another_region_finds_neither_list_nor_page_about_them(sign_in, cast, priya, term):
    browser = sign_in(cast.eve)
    page = browser.get("/delegates").text
    assert "Priya" not in page
    assert "0 delegates" in page
    assert "Preston CLP" not in page
    for path in (f"/{term.id}/move", f"/{term.id}/edit", f"/new/{priya.id}"):
        assert browser.get(f"/delegates{path}").status_code == 404, path
        assert browser.post(f"/delegates{path}", data={}).status_code == 404, path
    assert browser.post(f"/delegates/{term.id}/back").status_code == 404


def test_whoever_only_reads_is_offered_no_change(sign_in, cast, priya, term):
    browser = sign_in(cast.terry)
    assert "Priya Kaur" in browser.get("/delegates").text
    for path in ("/delegates", f"/people/{priya.id}"):
        page = browser.get(path).text
        assert "Preston CLP" in page
        assert f"/delegates/{term.id}/" not in page
    assert browser.get(f"/delegates/{term.id}/move").status_code == 403
