"""The form that says whether a member pays into the political fund."""

from datetime import timedelta

import pytest

from models import clock
from models.base import db
from models.people.queries.facts import open_political_fund
from tests.dom import parse
from tests.factories import make_person


@pytest.fixture
def priya(cast):
    person = make_person("Priya Kaur", region=cast.regions["NWI"])
    db.session.commit()
    return person


def data(**changed):
    today = clock.today().isoformat()
    return {"status": "contributes", "starts_on": today, "source": "Branch list", **changed}


def at(person):
    return f"/people/{person.id}/political-fund"


def test_the_status_is_recorded_and_shown(sign_in, cast, priya):
    bob = sign_in(cast.bob)
    assert bob.get(at(priya)).status_code == 200
    assert bob.post(at(priya), data=data()).status_code == 302
    fact = open_political_fund(priya)
    assert (fact.status, fact.source) == ("contributes", "Branch list")
    assert "political fund" in bob.get(f"/people/{priya.id}").text.lower()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"status": ""}, "status"),
        ({"status": "perhaps"}, "status"),
        ({"starts_on": ""}, "starts_on"),
        ({"starts_on": "last spring"}, "starts_on"),
    ],
)
def test_what_makes_no_sense_is_refused_and_kept(sign_in, cast, priya, changed, field):
    answer = sign_in(cast.bob).post(at(priya), data=data(**changed))
    assert answer.status_code == 422
    page = parse(answer.text)
    assert f"#{field}" in [link["href"] for link in page.one("div", "h-errors").all("a")]
    assert page.by_id("source")["value"] == "Branch list"
    assert open_political_fund(priya) is None


def test_a_day_that_is_still_to_come_is_refused(sign_in, cast, priya):
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    answer = sign_in(cast.bob).post(at(priya), data=data(starts_on=tomorrow))
    assert answer.status_code == 422
    assert parse(answer.text).by_id("starts_on")["value"] == tomorrow
    assert open_political_fund(priya) is None


def test_another_regions_member_is_not_there(sign_in, cast, priya):
    eve = sign_in(cast.eve)
    assert eve.get(at(priya)).status_code == 404
    assert eve.post(at(priya), data=data()).status_code == 404
    assert open_political_fund(priya) is None


@pytest.mark.parametrize("who", ["carol", "grace"])
def test_other_roles_do_not_write_it(sign_in, cast, priya, who):
    browser = sign_in(getattr(cast, who))
    assert browser.get(at(priya)).status_code == 403
    assert browser.post(at(priya), data=data()).status_code == 403
