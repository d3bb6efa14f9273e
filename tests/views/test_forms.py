"""The base of every form: what is typed is cleaned, bounded, and judged as it was understood."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import (
    HiddenField,
    PasswordField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from models import clock
from views.forms import BaseForm, ChoiceField, DayField, Days, MomentField, PoundsField, WholeField


class SampleForm(BaseForm):
    """One field of each kind."""

    class Meta(BaseForm.Meta):
        csrf = False

    name = StringField("Name", validators=[Optional(), Length(max=5)])
    words = TextAreaField("Words")
    hidden = HiddenField("Hidden")
    secret = PasswordField("Secret")
    day = DayField("Day", validators=[Optional()])
    recent = DayField("Recent", first=date(2020, 1, 1), validators=[Optional()])
    at = MomentField("At", validators=[Optional()])
    seen = DayField("Seen", days=Days.PAST, validators=[Optional()])
    due = DayField("Due", days=Days.YEAR, validators=[Optional()])
    term = DayField("Term", days=Days.TERM, validators=[Optional()])
    met = MomentField("Met", days=Days.PAST, validators=[Optional()])


class AskingForm(BaseForm):
    """Everything is asked."""

    class Meta(BaseForm.Meta):
        csrf = False

    amount = PoundsField("Amount", validators=[InputRequired("Enter the amount.")])
    day = DayField("Day", validators=[InputRequired("Enter the day.")])
    choice = ChoiceField(
        "Choice", choices=[SelectChoice("1", "One")], validators=[InputRequired("Choose.")]
    )
    number = WholeField("Number", validators=[DataRequired("Enter the number.")])
    words = StringField("Words", validators=[DataRequired()])


@pytest.fixture(autouse=True)
def context():
    app = Flask(__name__)
    app.secret_key = "a-secret-for-tests-only"
    with app.test_request_context("/", method="POST"):
        yield


def sample(**typed) -> SampleForm:
    form = SampleForm(MultiDict(typed))
    form.validate()
    return form


def test_what_no_hand_types_is_taken_out_of_every_text():
    form = sample(name=" a\0b\n", words="one\r\ntwo\tthree\x1b\n", hidden="k\0\ud800")
    assert (form.name.data, form.words.data, form.hidden.data) == ("ab", "one\ntwo\tthree", "k")


@pytest.mark.parametrize("typed", ["\u200b", "\u202e", "\u2060\ufeff", "\u00ad", "\u200d \u200c"])
def test_what_nobody_sees_is_no_answer(typed):
    form = AskingForm(MultiDict({"words": typed}))
    form.validate()
    assert list(form.words.errors) == ["This must be filled in."]
    assert sample(name=typed).name.data == ""


def test_a_password_stays_as_it_was_typed():
    assert sample(secret=" two words ").secret.data == " two words "


@pytest.mark.parametrize(
    "typed", ["2026-05-14", " 2026-05-14 ", "14 May 2026", "14/05/2026", "Thursday 14 May 2026"]
)
def test_a_day_is_taken_as_people_write_it(typed):
    form = sample(day=typed)
    assert (form.day.data, form.day.errors) == (date(2026, 5, 14), [])


@pytest.mark.parametrize("typed", ["soon", "May 2026", "²", "0", "2026-02-30", "31 June 2026"])
def test_what_is_no_day_is_told_with_a_day_that_is_taken(typed):
    form = sample(day=typed)
    assert (form.day.data, list(form.day.errors)) == (None, ["Enter a date like 14 May 2026."])
    assert sample(day="14 May 2026").day.data


@pytest.mark.parametrize("typed", ["0001-01-01", "0026-11-29", "1899-12-31", "9999-12-31"])
def test_a_year_that_cannot_be_meant_is_told(typed):
    form = sample(day=typed, at=f"{typed}T10:00")
    year = int(typed[:4])
    told = f"The year {year} cannot be meant. Enter a day from 1 January 1900 to 31 December 2200."
    assert (form.day.data, list(form.day.errors)) == (None, [told])
    assert (form.at.data, list(form.at.errors)) == (None, [told])


def test_a_field_may_have_bounds_of_its_own():
    assert "1 January 2020" in sample(recent="2019-12-31").recent.errors[0]
    assert 'min="2020-01-01"' in sample().recent()


@pytest.mark.parametrize(
    ("name", "last", "told"),
    [
        ("seen", 0, "That day has not come yet."),
        ("due", 366, "That is more than a year ahead. Check the year."),
        ("term", 3653, "That is more than 10 years ahead. Check the year."),
    ],
)
def test_a_day_lies_as_far_ahead_as_its_field_says(name, last, told):
    day = clock.today() + timedelta(days=last)
    form = sample(**{name: day.isoformat()})
    assert (form[name].data, list(form[name].errors)) == (day, [])
    assert f'max="{day}"' in form[name]()
    beyond = sample(**{name: (day + timedelta(days=1)).isoformat()})
    assert (beyond[name].data, list(beyond[name].errors)) == (None, [told])


def test_how_far_ahead_a_day_lies_is_judged_by_the_clock_of_now():
    with clock.set_to(datetime(2020, 5, 1, 12, tzinfo=UTC)):
        assert sample(seen="2020-05-01").seen.data
        assert list(sample(seen="2020-05-02").seen.errors) == ["That day has not come yet."]
        assert list(sample(met="2020-05-02T10:00").met.errors) == ["That day has not come yet."]


@pytest.mark.parametrize("typed", ["2026-05-14T10:30", "14 May 2026, 10:30", "14/05/2026 10.30"])
def test_a_moment_is_taken_as_people_write_it(typed):
    assert sample(at=typed).at.data == datetime(2026, 5, 14, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["10:30", "14 May 2026, 25:00", "soon"])
def test_what_is_no_moment_is_told(typed):
    told = "Enter a date and a time like 14 May 2026, 10:30."
    form = sample(at=typed)
    assert form.at.data is None
    assert list(form.at.errors) in ([told], ["Enter a date like 14 May 2026."])


def test_what_was_typed_is_shown_again():
    form = sample(day="soon", at="later", name="too long")
    assert 'value="soon"' in form.day()
    assert 'value="later"' in form.at()
    assert 'value="too long"' in form.name()


def test_a_text_that_is_too_long_is_told_in_our_words():
    told = ["Use at most 5 characters; this has 6."]
    assert list(sample(name="abcdef").name.errors) == told
    assert "this has 5,000." in sample(name="x" * 5000).name.errors[0]


@pytest.mark.parametrize(("sent", "shown"), [("9%d", "9%d"), ("x" * 99, "x" * 40 + "…")])
def test_a_choice_that_is_not_offered_is_told(sent, shown):
    form = AskingForm(MultiDict({"choice": sent}))
    form.validate()
    told = f"“{shown}” is not offered here. Choose one of those offered."
    assert list(form.choice.errors) == [told]


@pytest.mark.parametrize("blank", ["", " ", "\t", None])
def test_a_blank_is_never_an_answer_to_what_is_asked(blank):
    names = ("amount", "day", "choice", "number", "words")
    form = AskingForm(MultiDict({name: blank for name in names if blank is not None}))
    assert not form.validate()
    assert {name: list(form[name].errors) for name in names} == {
        "amount": ["Enter the amount."],
        "day": ["Enter the day."],
        "choice": ["Choose."],
        "number": ["Enter the number."],
        "words": ["This must be filled in."],
    }


def test_a_word_that_is_not_understood_is_told_alone():
    typed = {"amount": "lots", "day": "soon", "choice": "2", "number": "²", "words": "x"}
    form = AskingForm(MultiDict(typed))
    assert not form.validate()
    assert [len(form[name].errors) for name in typed] == [1, 1, 1, 1, 0]
    assert "Enter the amount." not in form.amount.errors
    assert list(form.day.errors) == ["Enter a date like 14 May 2026."]
    assert "Choose one of those offered." in form.choice.errors[0]


@pytest.mark.parametrize("typed", [["9"], ["9", "10"], ["1", "9"], ["²"]])
def test_choices_that_are_not_offered_are_refused_in_our_words(typed):
    class ManyForm(BaseForm):
        class Meta(BaseForm.Meta):
            csrf = False

        many = SelectMultipleField("Many", choices=[SelectChoice("1", "One")])

    form = ManyForm(MultiDict([("many", one) for one in typed]))
    assert not form.validate()
    assert list(form.many.errors) == ["Choose only those offered."]


def test_nought_is_an_amount():
    answers = {"amount": "0", "day": "2026-05-14", "choice": "1", "number": "1", "words": "x"}
    form = AskingForm(MultiDict(answers))
    assert form.validate(), form.errors
    assert form.amount.data == 0


def test_what_stood_there_before_is_no_answer():
    form = AskingForm(MultiDict({"day": "2026-05-14"}), amount=5_00)
    form.validate()
    assert list(form.amount.errors) == ["Enter the amount."]
