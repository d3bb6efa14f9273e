"""What is asked depends on what was answered; what is missing is said, each at its question."""

from datetime import date

import pytest

from models.rounds.answering import is_shown, problem, problems, seen_of, shown, tasks
from models.rounds.forms import Condition, Form, Question, Section
from tests.round_factories import CANDIDATE_ANSWERS, FORM, REGION_ANSWERS

TODAY = date(2026, 11, 25)
ALL = {**REGION_ANSWERS, **CANDIDATE_ANSWERS}


def missing(answers, **values):
    return [fault.question for fault in problems(FORM, answers, today=TODAY, **values)]


def test_nothing_is_missing_in_complete_answers():
    assert missing(ALL) == []


def test_what_is_required_is_missing_and_what_is_not_is_not():
    assert missing({}) == ["q1", "q2", "q5", "q6"]


def test_a_question_is_asked_once_its_condition_holds():
    assert missing({**ALL, "q2": "Yes"}) == ["q3"]
    assert missing({**ALL, "q2": "Yes", "q3": 0}) == []


def test_an_answer_to_a_question_that_is_no_longer_asked_does_not_count():
    form = Form((Section("s1", "A", questions=FORM.sections[0].questions),))
    assert [q.key for q in shown(form, form.sections[0], {"q2": "No", "q3": 5})] == [
        "q1",
        "q2",
        "q4",
    ]


def test_a_condition_holds_for_one_of_several_answers_and_through_others():
    form = Form(
        (
            Section(
                "s1", "A", questions=(
                    Question("q1", "Which?", "choices", choices=("Red", "Blue")),
                    Question("q2", "Sure?", "yes-no", show_if=Condition("q1", "Red")),
                    Question("q3", "Why?", show_if=Condition("q2", "Yes")),
                ),
            ),
        )
    )  # fmt: skip
    assert is_shown(form, form.question("q3"), {"q1": ["Blue", "Red"], "q2": "Yes"})
    # Its own condition holds, but the question it hangs on is not asked.
    assert not is_shown(form, form.question("q3"), {"q1": ["Blue"], "q2": "Yes"})


def test_what_is_not_understood_is_a_problem_even_where_an_old_answer_stands():
    assert missing(ALL, unread={"q5"}) == ["q5"]


@pytest.mark.parametrize(
    ("question", "value", "words"),
    [
        (Question("q", "Name"), "x" * 201, "at most 200 characters"),
        (Question("q", "Name"), "x" * 200, None),
        (Question("q", "Why", "long"), "x" * 4001, "at most 4,000 characters"),
        (Question("q", "When", "date", days="future"), "2026-11-24", "this day is over"),
        (Question("q", "When", "date", days="future"), "2026-11-25", None),
        (Question("q", "When", "date", days="past"), "2026-11-26", "still to come"),
        (Question("q", "When", "date", days="past"), "2026-11-25", None),
        (Question("q", "When", "date"), "1999-01-01", None),
        (Question("q", "Sure", "yes-no"), "Maybe", "choose from the answers"),
        (Question("q", "Which", "choices", choices=("A", "B")), ["A", "C"], "choose from"),
        (Question("q", "Which", "choices", choices=("A", "B")), ["B"], None),
        (Question("q", "File", "file"), None, "add the file"),
        (Question("q", "File", "file", required=False), None, None),
        (Question("q", "How many", "number"), 0, None),
    ],
)
def test_an_answer_is_judged_by_its_question(question, value, words):
    found = problem(question, value, TODAY)
    assert (words is None) == (found is None)
    assert words is None or words in found


def test_the_sections_are_tasks():
    campaign, you = tasks(FORM, REGION_ANSWERS, today=TODAY)
    assert (campaign.key, campaign.done, campaign.begun) == ("s1", True, True)
    assert (you.who, you.done, you.begun, len(you.faults)) == ("candidate", False, False, 2)


def test_a_section_of_which_nothing_is_asked_is_no_task():
    first, second = FORM.sections
    hidden = Section(
        "s3", "Others", questions=(Question("q9", "Who?", show_if=Condition("q2", "Yes")),)
    )
    form = Form((first, second, hidden))
    assert [task.key for task in tasks(form, {"q2": "No"}, today=TODAY)] == ["s1", "s2"]
    assert [task.key for task in tasks(form, {"q2": "Yes"}, today=TODAY)] == ["s1", "s2", "s3"]


def test_a_section_s_mark_changes_with_its_own_answers_alone():
    section = FORM.sections[0]
    before = seen_of(section, ALL, {})
    assert seen_of(section, {**ALL, "q5": "Else"}, {}) == before
    assert seen_of(section, {**ALL, "q1": "Else"}, {}) != before
    assert seen_of(section, ALL, {"q3": "about 5"}) != before
