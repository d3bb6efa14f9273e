"""The list: what each person sees of it, its tabs, filters, sort and pages."""

import pytest

from reports import funding
from tests.dom import parse
from tests.funding_factories import make_awarded, make_draft, make_submitted
from tests.round_factories import make_round, make_round_draft


@pytest.fixture
def theirs(cast, fund):
    """One application of each region, named so that a leak is seen."""
    north = make_submitted(by=cast.bob, region=cast.regions["NWI"])
    from tests.funding_factories import make_contest

    south_contest = make_contest(cast.regions["SO"], name="Sybil Southcanary")
    south = make_submitted(by=cast.eve, region=cast.regions["SO"], contest=south_contest)
    return north, south


def page(browser, address="/funding"):
    answer = browser.get(address)
    assert answer.status_code == 200, answer.text
    parse(answer.text)
    return answer.text


def test_the_national_office_sees_every_region(sign_in, cast, theirs):
    text = page(sign_in(cast.alice))
    assert all(one.reference in text for one in theirs)


def test_a_region_sees_its_own_and_no_trace_of_another(sign_in, cast, theirs):
    north, south = theirs
    text = page(sign_in(cast.bob))
    assert north.reference in text
    assert south.reference not in text
    assert "Southcanary" not in text
    assert "Southern" not in text


def test_finance_sees_what_was_awarded_and_nothing_before(sign_in, cast, theirs):
    awarded = make_awarded(by=cast.bob, region=cast.regions["NWI"], officer=cast.alice)
    text = page(sign_in(cast.carol))
    assert awarded.reference in text
    assert theirs[0].reference not in text


@pytest.mark.parametrize("who", ["dan", "nora", "terry"])
def test_who_may_not_read_funding_is_turned_away(sign_in, cast, fund, who):
    assert sign_in(getattr(cast, who)).get("/funding").status_code == 403


def test_the_tabs_count_what_they_show(sign_in, cast, theirs):
    make_draft(by=cast.bob, region=cast.regions["NWI"])
    tabs = parse(page(sign_in(cast.bob))).one("nav", "h-views").all("a")
    assert [tab.text for tab in tabs] == [
        "Waiting for endorsement 0",
        "Waiting for decision 1",
        "Drafts 1",
        "Awarded 0",
        "Paid 0",
        "All 2",
    ]


def test_filters_live_in_the_address(sign_in, cast, theirs):
    north, south = theirs
    alice = sign_in(cast.alice)
    assert south.reference not in page(alice, "/funding?region=NWI")
    assert south.reference in page(alice, "/funding?q=southcan")
    assert north.reference not in page(alice, "/funding?q=southcan")
    assert north.reference not in page(alice, "/funding?status=paid")
    council = page(alice, f"/funding?council={north.council.name}")
    assert north.reference in council
    assert south.reference not in council
    assert "No council is called that" in page(alice, "/funding?council=Nowhere")
    assert north.reference in page(alice, "/funding?poll=2099-05-07")
    assert north.reference not in page(alice, "/funding?poll=2098-05-07")


@pytest.mark.parametrize(
    "address", ["?sort=-requested", "?sort=candidate", "?sort=x", "?page=9", "?status=x&poll=y"]
)
def test_any_sort_page_and_nonsense_answers(sign_in, cast, theirs, address):
    page(sign_in(cast.alice), f"/funding{address}")


@pytest.fixture
def in_rounds(cast, fund):
    """A draft of Bob's in the round for the local elections, and one for a by-election."""
    made = []
    for code, values in (
        ("LOCAL-99", {}),
        ("BY-99", {"name": "By-elections", "poll_on": None, "fast_track": True}),
    ):
        round_ = make_round(by=cast.alice, fund=fund, code=code, **values)
        made.append(make_round_draft(by=cast.bob, region=cast.regions["NWI"], round_=round_))
    return made


def listed(text):
    """The references of the rows, each with True where the row has the by-election's badge."""
    rows = parse(text).one("table", "h-table").all("tr")[1:]
    return {row.all("a")[0].text: "By-election" in row.text for row in rows}


def test_the_list_is_narrowed_to_a_round(sign_in, cast, theirs, in_rounds):
    local, by_election = in_rounds
    alice = sign_in(cast.alice)
    assert list(listed(page(alice, "/funding?round=LOCAL-99"))) == [local.reference]
    assert list(listed(page(alice, "/funding?round=BY-99"))) == [by_election.reference]
    assert len(listed(page(alice, "/funding?round=NONE"))) == 4
    assert "round=BY-99" in page(alice, "/funding?round=BY-99").split("/reports/applications")[1]
    exported = funding.build(cast.alice, {"round": "BY-99"}).sheets[0].rows
    assert [row["reference"] for row in exported] == [by_election.reference]


def test_rows_of_the_fast_track_are_marked(sign_in, cast, theirs, in_rounds):
    local, by_election = in_rounds
    rows = listed(page(sign_in(cast.alice)))
    assert [reference for reference, marked in rows.items() if marked] == [by_election.reference]
    assert local.reference in rows


def test_without_rounds_there_is_no_filter_for_them(sign_in, cast, theirs):
    assert 'name="round"' not in page(sign_in(cast.alice))


def test_a_view_of_a_round_is_kept_with_its_search(sign_in, cast, in_rounds):
    alice = sign_in(cast.alice)
    kept = "round=BY-99&q=Priya"
    answer = alice.post(f"/saved-views/new/funding?{kept}", data={"name": "By-elections"})
    assert answer.headers["Location"].endswith(f"/funding?{kept}")


def test_the_list_takes_few_queries(sign_in, cast, theirs, in_rounds, queries):
    browser = sign_in(cast.alice)
    queries.statements.clear()
    page(browser)
    assert len(queries) <= 12
