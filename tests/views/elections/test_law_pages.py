"""The page of the law: who sees it, what stands beside each figure, and changing one."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from models import clock
from models.base import db
from tests.dom import parse
from tests.law import figure_named, load_law


@pytest.fixture
def law(cast):
    load_law(cast.alice)


def typed(**values):
    return {
        "base_p": "1,000",
        "elector_tenths": "8.5",
        "from_on": "2027-01-01",
        "rule": "£1,000 and 8.5p for each elector.",
        "source": "S.I. 2026/1",
        "checked": clock.today().isoformat(),
        "certainty": "seen",
        **values,
    }


def change(browser, **values):
    figure = figure_named("limit.local.england")
    return browser.post(f"/law/{figure.id}/change", data=typed(**values))


@pytest.mark.parametrize("who", ["alice", "olive", "bob", "carol", "grace"])
def test_who_sees_funding_sees_every_figure_with_its_source_and_check(sign_in, cast, law, who):
    page = parse(sign_in(getattr(cast, who)).get("/law").text)
    assert "£960.00 + 8p for each elector" in page.text
    assert "Checked on 31 May 2026" in page.text
    assert page.text.count("Not known") >= 3
    assert [head.text for head in page.all("h2", "h-card-title")][:2] == [
        "What a candidate may spend",
        "The union's own campaigning for a candidate (section 75)",
    ]


@pytest.mark.parametrize("who", ["dan", "nora", "terry"])
def test_who_does_not_see_funding_is_turned_away(sign_in, cast, law, who):
    assert sign_in(getattr(cast, who)).get("/law").status_code == 403


@pytest.mark.parametrize("who", ["olive", "bob", "carol", "grace"])
def test_only_the_national_officer_has_the_way_to_a_change(sign_in, cast, law, who):
    figure = figure_named("s75.ward")
    browser = sign_in(getattr(cast, who))
    assert "Enter a change" not in browser.get(f"/law/{figure.id}").text
    assert browser.get(f"/law/{figure.id}/change").status_code == 403
    assert browser.post(f"/law/{figure.id}/checked").status_code == 403


def test_the_national_officer_enters_a_change_and_the_history_shows_both(sign_in, cast, law):
    alice = sign_in(cast.alice)
    answer = change(alice)
    assert answer.status_code == 302, answer.text
    page = parse(alice.get(answer.headers["Location"]).text)
    assert "£1,000.00 + 8.5p for each elector" in page.text
    assert "31 Dec 2026" in page.text
    assert "Alice Ash" in page.text
    assert figure_named("limit.local.england").valid_from == date(2027, 1, 1)


def test_a_part_of_the_whole_days_and_words_are_asked_as_such(sign_in, cast, law):
    alice = sign_in(cast.alice)
    sent = {name: value for name, value in typed().items() if "_p" not in name}
    for key, values, value in (
        ("limit.local.joint.more", {"parts": "33", "whole": "100"}, "33 %"),
        ("return.local.days", {"days": "40"}, "40 days"),
        ("ar21.due", {"words": "before 1 July"}, "before 1 July"),
        ("s75.constituency", {"amount_p": "750"}, "£750.00"),
    ):
        data = {**sent, **values}
        answer = alice.post(f"/law/{figure_named(key).id}/change", data=data)
        assert answer.status_code == 302, answer.text
        assert figure_named(key).value == value


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"base_p": "£1,2O0"}, "base_p"),
        ({"base_p": "-5"}, "base_p"),
        ({"base_p": "1.234"}, "base_p"),
        ({"base_p": "1000000000000"}, "base_p"),
        ({"base_p": ""}, "base_p"),
        ({"elector_tenths": "8.55"}, "elector_tenths"),
        ({"elector_tenths": "-8"}, "elector_tenths"),
        ({"elector_tenths": "eight"}, "elector_tenths"),
        ({"from_on": "2027-13-01"}, "from_on"),
        ({"from_on": "2020-01-01"}, "from_on"),
        ({"from_on": ""}, "from_on"),
        ({"checked": "2099-01-01"}, "checked"),
        ({"rule": " "}, "rule"),
        ({"source": ""}, "source"),
        ({"certainty": "sure"}, "certainty"),
    ],
)
def test_bad_input_is_said_at_its_field_and_nothing_is_stored(sign_in, cast, law, values, field):
    answer = change(sign_in(cast.alice), **values)
    assert answer.status_code == 422
    page = parse(answer.text)
    links = [link["href"] for link in page.one("div", "h-errors").all("a")]
    assert links == [f"#{field}"]
    for name, value in values.items():
        if name not in ("certainty", "rule"):
            assert page.by_id(name)["value"] == value
    db.session.expire_all()
    figure = figure_named("limit.local.england")
    assert (figure.base_p, figure.valid_from) == (960_00, None)


def test_a_check_of_over_a_year_ago_warns_until_somebody_looks_again(sign_in, cast, law):
    figure = figure_named("s75.ward")
    figure.checked_on = clock.today() - timedelta(days=366)
    db.session.commit()
    alice = sign_in(cast.alice)
    assert "1 figure not checked for over a year" in alice.get("/law").text
    assert "Not checked for over a year" in alice.get(f"/law/{figure.id}").text
    alice.post(f"/law/{figure.id}/checked")
    assert "not checked for over a year" not in alice.get("/law").text.lower()


def test_years_later_every_figure_warns(sign_in, cast, law):
    with time_machine.travel(datetime(2027, 6, 15, 12, tzinfo=UTC), tick=False):
        assert "figures not checked for over a year" in sign_in(cast.alice).get("/law").text


def test_there_is_no_such_figure(sign_in, cast, law):
    assert sign_in(cast.alice).get("/law/987654").status_code == 404


def test_before_init_the_page_says_where_figures_come_from(sign_in, cast):
    assert "No figures yet" in sign_in(cast.alice).get("/law").text
