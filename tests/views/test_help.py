"""Help is there for every topic, and says what the workflow does."""

from models.funding.workflow import STEPS
from views.help import TOPICS


def test_every_topic_opens(sign_in, cast):
    terry = sign_in(cast.terry)
    index = terry.get("/help").get_data(as_text=True)
    for topic, (title, _about) in TOPICS.items():
        assert f'href="/help/{topic}"' in index
        page = terry.get(f"/help/{topic}")
        assert page.status_code == 200
        assert title in page.get_data(as_text=True)


def test_the_funding_topic_lists_every_step_of_the_workflow(sign_in, cast):
    page = sign_in(cast.bob).get("/help/funding").get_data(as_text=True)
    assert all(step.label in page for step in STEPS)


def test_an_unknown_topic_is_not_found(sign_in, cast):
    assert sign_in(cast.bob).get("/help/astrology").status_code == 404
