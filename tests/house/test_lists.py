"""Every list is what its declaration says: one suite for all of them, over the planted union.

A list that is added to the house is tried here by itself: each column sorted both ways, each filter
with sense and with nonsense, another region, few statements, and that page, workbook, saved view,
acts on many and sentence answer one and the same question.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from flask import current_app, url_for

from models.base import db
from models.clock import today
from models.people.queries.seeing import visible_people
from models.people.tables import Person
from models.query_args import Given
from models.search.actions.views import save_view
from models.workshop import asking, reading
from models.workshop.listing import LISTINGS, TICKED, Filter, Listing
from reports.catalogue import CATALOGUE
from tests.house.planting import plant
from views.workshop.lists import PAGES

NAMES = sorted(LISTINGS)
NONSENSE = ("-1", "²", "9" * 20, "0001-01-01", "no such thing", "a\0b")
TEXT = "a"
MOST_STATEMENTS = 12


@pytest.fixture
def union(cast):
    return plant(cast)


@pytest.fixture(params=NAMES)
def listing(request) -> Listing:
    return LISTINGS[request.param]


def values_of(one: Filter, reader) -> list[str]:
    """Some values that the filter understands."""
    if one.options is not None:
        return [value for value, _words in one.options.all(reader)][:4]
    return {
        "text": [TEXT],
        "key": [TEXT],
        "day": [str(today())],
        "count": ["30"],
        "id": ["1"],
        "ids": ["1,2,3"],
    }[one.reads]


def questions(listing: Listing, reader) -> Iterator[asking.Question]:
    """The list as it opens, each tab, and each filter with sense."""
    yield asking.ask(listing, reader, {})
    for tab in listing.tabs:
        yield asking.ask(listing, reader, tab.args)
    for one in listing.filters:
        for value in values_of(one, reader):
            given = Given({one.key: value})
            yield asking.ask(listing, reader, given)
            assert not given.left_out, (one.key, value)


def ids(question: asking.Question) -> list[int]:
    return [line.id for line in reading.everything(question)]


def test_each_column_sorts_both_ways_and_loses_nobody(listing, union, cast):
    everybody = set(ids(asking.ask(listing, cast.alice, {})))
    assert listing.sorts
    for key in listing.sorts:
        up = ids(asking.ask(listing, cast.alice, {"sort": key}))
        down = ids(asking.ask(listing, cast.alice, {"sort": f"-{key}"}))
        assert set(up) == set(down) == everybody
        assert len(up) == len(down) == len(everybody)
        assert up != down or len(everybody) < 2 or len(set(_sorted_by(listing, key, cast))) < 2


def _sorted_by(listing: Listing, key: str, cast) -> list[object]:
    column = listing.sorted_by(key)
    lines = list(reading.everything(asking.ask(listing, cast.alice, {})))
    beside = reading.loaded([column], lines, cast.alice).get(key, {})
    return [column.of(line, beside) for line in lines]


def test_a_page_is_a_part_of_the_whole_and_the_count_is_of_the_whole(listing, union, cast):
    for question in questions(listing, cast.alice):
        whole = ids(question)
        assert reading.count(question) == len(whole)
        pages = [reading.page(question, number=number, size=2) for number in (1, 2)]
        assert [line.id for page in pages for line in page] == whole[:4]


def test_what_makes_no_sense_is_left_out_and_said(listing, union, cast):
    whole = ids(asking.ask(listing, cast.alice, {}))
    for name in listing.arguments:
        for typed in NONSENSE:
            given = Given({name: typed})
            question = asking.ask(listing, cast.alice, given)
            if name in given.left_out:
                # Of what was ticked nothing else may stand in for it: acts on many follow it.
                assert ids(question) == ([] if name == TICKED else whole)
                assert name.replace("_", " ") in given.said
            else:
                reading.count(question)  # understood, and finds what it finds


def test_a_region_finds_nothing_of_another(listing, union, cast):
    # What means another thing to each reader Alice asks for at its widest, which is offered first.
    personal = {one.key: one for one in listing.filters if one.by_reader and one.options}
    widest = {key: values_of(one, cast.alice)[0] for key, one in personal.items() if one.default}
    everybody = set(ids(asking.question(listing, cast.alice, **widest)))
    for reader in (cast.bob, cast.eve):
        assert set(ids(asking.ask(listing, reader, {}))) <= everybody
        for question in questions(listing, reader):
            values = {k: value for k, value in question.values.items() if k not in personal}
            whole = asking.question(listing, cast.alice, **widest, **values)
            assert set(ids(question)) <= set(ids(whole))
            for line in reading.everything(question):
                assert _sees(reader, line), (listing.name, question.args)


def _sees(reader, line) -> bool:
    person = getattr(line, "person_id", None)
    if person is None:
        return True
    seen = sa.select(Person.id).where(Person.id == person, visible_people(reader))
    return db.session.scalar(seen) is not None


def test_the_tabs_count_what_they_list(listing, union, cast):
    asked = [asking.ask(listing, cast.alice, tab.args) for tab in listing.tabs]
    assert reading.counts(asked) == [len(ids(question)) for question in asked]


def test_page_workbook_view_acts_and_sentence_are_of_one_question(listing, union, cast, sign_in):
    browser, shown = sign_in(cast.alice), PAGES[listing.name]
    report = next((one for one in CATALOGUE.values() if one.key in shown.exports), None)
    for number, question in enumerate(questions(listing, cast.alice)):
        address = f"{_address(shown)}?{urlencode(question.args)}"
        page = browser.get(address).text
        total = reading.count(question)
        words = listing.one if total == 1 else listing.many
        assert f"{total:,} {words}" in page
        if question.is_narrowed:
            assert asking.sentence(question) in _text(page)
        if report is not None and report.listing is listing:
            book = report.build(cast.alice, dict(question.args))
            assert book.rows == total
            assert report.said(cast.alice, question.args) in (
                asking.sentence(question),
                "None, everything",
            )
        if listing.about is not None:
            people = {line.person_id for line in reading.everything(question)}
            assert reading.ids(question, most=10_000) == sorted(people)
        if question.is_narrowed and number < 12:
            save_view(listing.name, by=cast.alice, name=f"View {number}", filters=question.args)
            assert f"View {number}" in browser.get(_address(shown)).text


def _address(shown) -> str:
    with current_app.test_request_context():
        return url_for(shown.endpoint)


def _text(page: str) -> str:
    return re.sub(r"&(#34|quot);", '"', page).replace("&#39;", "'").replace("&amp;", "&")


def test_only_what_was_ticked_is_shown(listing, union, cast):
    if TICKED not in listing.arguments:
        pytest.skip("its rows have no numbers, so that none is ticked")
    about = "id" if listing.about is None else "person_id"
    asked = [{}, *(tab.args for tab in listing.tabs)]
    some = [(args, line) for args in asked for line in lines_of(listing, cast.alice, args)]
    assert some, "the planted union has a line in every list"
    args, line = some[0]
    ticked = getattr(line, about)
    found = lines_of(listing, cast.alice, {**args, TICKED: f"{ticked},0"})
    assert {getattr(one, about) for one in found} == {ticked}


def lines_of(listing: Listing, reader, args) -> list:
    return list(reading.everything(asking.ask(listing, reader, args)))


def test_no_page_of_a_list_takes_many_statements(listing, union, cast, sign_in, queries):
    browser, shown = sign_in(cast.alice), PAGES[listing.name]
    for number in range(6):
        key = TICKED if TICKED in listing.arguments else listing.filters[0].key
        filters = {key: str(number + 1)}
        save_view(listing.name, by=cast.alice, name=f"V{number}", filters=filters)
    db.session.commit()
    asked = ["", *(urlencode(tab.args) for tab in listing.tabs), f"sort=-{listing.sorts[-1]}"]
    asked += [f"choose={one.key}" for one in listing.filters if one.shown]
    for question in asked:
        queries.statements.clear()
        assert browser.get(f"{_address(shown)}?{question}").status_code == 200
        assert len(queries) <= MOST_STATEMENTS, (question, queries.statements)
