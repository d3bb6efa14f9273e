"""A form is data: sections and questions are added, moved and taken away, and stay answerable."""

import pytest

from models.errors import Invalid, NotFound
from models.rounds.forms import (
    KINDS,
    Condition,
    Form,
    Question,
    Section,
    add_question,
    add_section,
    change_question,
    change_section,
    checked,
    from_json,
    move,
    remove,
    to_json,
)
from models.rounds.standard import STANDARD
from tests.round_factories import FORM


def keys(form):
    return [[section.key, *(q.key for q in section.questions)] for section in form.sections]


@pytest.mark.parametrize("form", [FORM, STANDARD, Form()])
def test_a_form_is_stored_and_read_back_as_it_was(form):
    assert from_json(to_json(form)) == form
    assert checked(form) is form


def test_a_section_and_a_question_get_keys_that_were_never_given():
    form = add_section(FORM, Section("", "More"))
    assert form.sections[-1] == Section("s3", "More")
    form = add_question(form, "s3", Question("", "One more?"))
    assert form.question("q7").label == "One more?"
    assert form.section_of("q7").key == "s3"


def test_the_words_of_a_section_change_and_its_questions_stay():
    form = change_section(FORM, "s1", title="The seat", help="Short.", who="candidate")
    assert form.section("s1").questions == FORM.section("s1").questions
    assert (form.section("s1").title, form.section("s1").who) == ("The seat", "candidate")


def test_a_question_is_replaced_in_its_place():
    form = change_question(FORM, Question("q1", "What will change?", "text"))
    assert keys(form) == keys(FORM)
    assert form.question("q1").label == "What will change?"


def test_questions_move_up_and_down():
    assert keys(move(FORM, "q1", 1))[0] == ["s1", "q2", "q1", "q3", "q4"]
    assert keys(move(FORM, "q4", -1))[0] == ["s1", "q1", "q2", "q4", "q3"]


def test_a_question_moves_over_the_edge_into_the_next_section():
    assert keys(move(FORM, "q4", 1)) == [["s1", "q1", "q2", "q3"], ["s2", "q4", "q5", "q6"]]
    assert keys(move(FORM, "q5", -1)) == [["s1", "q1", "q2", "q3", "q4", "q5"], ["s2", "q6"]]


def test_what_is_first_or_last_stays_where_it_is():
    assert move(FORM, "q1", -1) == FORM
    assert move(FORM, "q6", 1) == FORM
    assert move(FORM, "s1", -1) == FORM


def test_sections_move_with_their_questions():
    assert [section.key for section in move(FORM, "s1", 1).sections] == ["s2", "s1"]


def test_a_section_goes_with_its_questions():
    assert keys(remove(FORM, "s1")) == [["s2", "q5", "q6"]]
    assert keys(remove(FORM, "q4"))[0] == ["s1", "q1", "q2", "q3"]
    with pytest.raises(NotFound):
        remove(FORM, "q99")


@pytest.mark.parametrize("change", [lambda: remove(FORM, "q2"), lambda: move(FORM, "q3", -1)])
def test_what_another_question_waits_for_stays_above_it(change):
    with pytest.raises(Invalid, match="How much do they pay") as refusal:
        change()
    assert refusal.value.field == "show_if"


def test_a_condition_waits_for_an_answer_that_is_offered():
    question = Question("q3", "How much?", "money", show_if=Condition("q2", "Perhaps"))
    with pytest.raises(Invalid, match="does not offer"):
        change_question(FORM, question)


def test_a_condition_waits_for_a_question_with_known_answers():
    assert [q.key for q in FORM.before("q5")] == ["q2"]
    assert FORM.before("q1") == ()
    with pytest.raises(Invalid):
        change_question(FORM, Question("q3", "How?", show_if=Condition("q1", "x")))


@pytest.mark.parametrize(
    ("question", "field"),
    [
        (Question("", " "), "label"),
        (Question("", "What?", "colour"), "kind"),
        (Question("", "Which?", "choice", choices=("One",)), "choices"),
        (Question("", "Which?", "choices", choices=("One", "One")), "choices"),
        (Question("", "When?", "date", days="tomorrow"), "days"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_at_its_field(question, field):
    with pytest.raises(Invalid) as refusal:
        add_question(FORM, "s1", question)
    assert refusal.value.field == field


def test_a_section_without_a_title_is_refused():
    with pytest.raises(Invalid) as refusal:
        add_section(FORM, Section("", ""))
    assert refusal.value.field == "title"


def test_the_standard_form_asks_every_party_and_knows_all_its_kinds():
    assert {section.who for section in STANDARD.sections} == {"region", "candidate"}
    assert {question.kind for question in STANDARD.questions} <= KINDS.keys()
