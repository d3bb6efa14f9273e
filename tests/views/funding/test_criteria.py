"""What a round is scored by, and that a round that needs scores has criteria before it opens."""

import pytest

from models.base import db
from models.funding.assessing.actions import declare_interest, score
from models.funding.assessing.queries.scores import criteria_of
from models.funding.assessing.rules import STANDARD
from tests.dom import parse
from tests.round_factories import make_round


@pytest.fixture
def planned(cast, fund):
    return make_round(by=cast.alice, fund=fund, published=False, scores_needed=2)


def at(round_):
    return f"/rounds/{round_.id}/criteria"


def lines(*rows):
    return {
        f"lines-{number}-{name}": value
        for number, row in enumerate(rows)
        for name, value in zip(("label", "weight", "guidance"), (*row, ""), strict=False)
    }


def test_the_usual_criteria_are_offered_and_saved(sign_in, cast, planned):
    alice = sign_in(cast.alice)
    page = alice.get(at(planned))
    assert "No criteria are saved yet" in page.text
    assert STANDARD[0].label in page.text
    data = lines(("Need", "60"), ("", ""), ("Plan", "40"))
    done = alice.post(at(planned), data=data, follow_redirects=True)
    assert "the criteria are saved" in done.text
    assert [(one.label, one.weight) for one in criteria_of(planned.id)] == [
        ("Need", 60),
        ("Plan", 40),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        (("", ""),),
        (("Need", ""),),
        (("Need", "101"),),
        (("Need", "many"),),
        (("", "10"),),
        (("Need", "60"), ("need", "40")),
    ],
)
def test_criteria_that_make_no_sense_are_refused_and_kept(sign_in, cast, planned, rows):
    answer = sign_in(cast.alice).post(at(planned), data=lines(*rows))
    assert answer.status_code == 422
    page = parse(answer.text)
    assert page.one("div", "h-errors").text
    for number, (label, weight) in enumerate(rows):
        assert page.by_id(f"lines-{number}-label").get("value", "") == label
        assert page.by_id(f"lines-{number}-weight").get("value", "") == weight
    assert criteria_of(planned.id) == []


def test_once_something_is_scored_they_stay(sign_in, cast, to_score):
    round_ = to_score.round
    declare_interest(to_score, answer="none", by=cast.olive)
    numbers = [one.id for one in criteria_of(round_.id)]
    score(
        to_score, points=dict.fromkeys(numbers, 3), reasons=dict.fromkeys(numbers, "So."),
        by=cast.olive,
    )  # fmt: skip
    db.session.commit()
    alice = sign_in(cast.alice)
    page = alice.get(at(round_)).text
    assert "scored already" in page
    assert "Save the criteria" not in page
    assert alice.post(at(round_), data=lines(("Other", "10"))).status_code == 422
    assert [one.label for one in criteria_of(round_.id)] == ["Need", "Plan"]


@pytest.mark.parametrize("who", ["bob", "dan", "carol", "terry", "grace"])
def test_only_the_office_sets_them(sign_in, cast, planned, who):
    browser = sign_in(getattr(cast, who))
    assert browser.get(at(planned)).status_code == 403
    assert browser.post(at(planned), data=lines(("Need", "60"))).status_code == 403


def test_a_round_that_is_not_there_has_none(sign_in, cast, planned):
    assert sign_in(cast.alice).get("/rounds/999999/criteria").status_code == 404


def test_a_rounds_page_leads_to_its_criteria(sign_in, cast, planned):
    alice = sign_in(cast.alice)
    page = alice.get(f"/rounds/{planned.id}").text
    assert f'href="{at(planned)}"' in page
    assert "No criteria yet" in page
    alice.post(at(planned), data=lines(("Need", "60"), ("Plan", "40")))
    page = alice.get(f"/rounds/{planned.id}").text
    assert "Need" in page
    assert "No criteria yet" not in page


def test_a_round_that_needs_scores_is_not_opened_without_criteria(sign_in, cast, planned):
    alice = sign_in(cast.alice)
    refused = alice.post(f"/rounds/{planned.id}/open", follow_redirects=True)
    assert "needs 2 scores but has no criteria" in refused.text
    db.session.expire_all()
    assert planned.published_at is None
    alice.post(at(planned), data=lines(("Need", "60")))
    alice.post(f"/rounds/{planned.id}/open")
    db.session.expire_all()
    assert planned.published_at is not None


def test_a_round_without_scores_needs_no_criteria(sign_in, cast, fund):
    round_ = make_round(by=cast.alice, fund=fund, published=False)
    sign_in(cast.alice).post(f"/rounds/{round_.id}/open")
    db.session.expire_all()
    assert round_.published_at is not None
