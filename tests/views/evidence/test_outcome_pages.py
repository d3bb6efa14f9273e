"""The page after an award, and the form of its result."""

import pytest

from models import clock
from models.evidence.queries.outcomes import outcome_of
from tests.dom import parse
from tests.funding_factories import make_submitted


def test_a_nomination_is_recorded_and_shown(sign_in, cast, awarded):
    bob = sign_in(cast.bob)
    assert "Nothing is recorded yet." in bob.get(f"/afterwards/{awarded.id}").text
    data = {"nominated": "yes", "elected": "unknown", "on": f"{clock.today()}", "source": "SOPN"}
    done = bob.post(f"/afterwards/{awarded.id}/outcome", data=data, follow_redirects=True)
    assert "the result is recorded" in done.text
    assert outcome_of(awarded).nominated is True
    assert parse(bob.get(f"/afterwards/{awarded.id}/outcome").text).by_id("source")["value"] == (
        "SOPN"
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"elected": "yes"}, "there is no result before it"),
        ({"votes": "12O4"}, "Enter a whole number"),
        ({"on": "2199-01-01"}, "That day has not come yet."),
        ({"on": "soon"}, "Enter a date like"),
        ({"source": ""}, "Say where this is from"),
        ({"source": "x" * 201}, "at most 200 characters"),
        ({"nominated": ""}, "Say whether the candidate was nominated."),
    ],
)
def test_a_result_that_cannot_be_is_said_at_its_field(sign_in, cast, awarded, data, words):
    good = {"nominated": "yes", "elected": "unknown", "on": f"{clock.today()}", "source": "SOPN"}
    answer = sign_in(cast.bob).post(f"/afterwards/{awarded.id}/outcome", data={**good, **data})
    assert answer.status_code == 422
    assert words in answer.text
    assert outcome_of(awarded) is None


def test_there_is_no_page_before_the_award(sign_in, cast, fund):
    submitted = make_submitted(by=cast.bob, region=cast.regions["NWI"])
    assert sign_in(cast.bob).get(f"/afterwards/{submitted.id}").status_code == 404


def test_another_region_finds_nothing(sign_in, cast, awarded):
    eve = sign_in(cast.eve)
    for page in ("", "/outcome", "/registered"):
        assert eve.get(f"/afterwards/{awarded.id}{page}").status_code == 404


def test_the_application_leads_to_what_comes_after(sign_in, cast, awarded):
    page = sign_in(cast.bob).get(f"/funding/{awarded.id}").text
    assert f'href="/afterwards/{awarded.id}"' in page
