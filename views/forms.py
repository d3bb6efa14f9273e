"""The base form and the fields that know our kinds: pounds, days, moments, lookups."""

import re
import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import Any

from flask_wtf import FlaskForm
from markupsafe import Markup, escape
from wtforms import (
    DateField,
    DateTimeLocalField,
    Form,
    HiddenField,
    PasswordField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import Choice
from wtforms.validators import DataRequired, InputRequired, Length, StopValidation, ValidationError

from models import clock
from models.clock import LONDON
from models.days import said_day
from models.query_args import FIRST_DAY, LAST_DAY, cleaned, is_blank, whole
from reports.cells import CellError, to_day, to_pence

WHOLE = re.compile(r"\d{1,9}|\d{1,3}(,\d{3}){1,2}", re.ASCII)
TIME = re.compile(r"(?P<day>.*\D)\s*(?P<hour>\d{1,2})[:.](?P<minute>\d{2})", re.ASCII)
ENTER_DAY = "Enter a date like 14 May 2026."
ENTER_MOMENT = "Enter a date and a time like 14 May 2026, 10:30."
FAR_DAY = "The year {} cannot be meant. Enter a day from {} to {}."

NOT_OFFERED = "Choose one of those offered."
TOO_LONG = "Use at most %(max)d characters."
SHOWN = 40

# WTForms' own sentences in the words of this house.
SENTENCES = {
    "This field is required.": "This must be filled in.",
    "Not a valid choice.": NOT_OFFERED,
    "Invalid Choice: could not coerce.": NOT_OFFERED,
    "One or more data inputs could not be coerced.": "Choose only those offered.",
    "Invalid choice(s): one or more data inputs could not be coerced.": (
        "Choose only those offered."
    ),
    "'%(value)s' is not a valid choice for this field.": "Choose only those offered.",
    "'%(value)s' are not valid choices for this field.": "Choose only those offered.",
    "Not a valid integer value.": "Enter a whole number, like 12.",
    "Not a valid date value.": ENTER_DAY,
    "Not a valid datetime value.": ENTER_MOMENT,
    "Number must be at least %(min)s.": "Enter a number of at least %(min)s.",
    "Number must be at most %(max)s.": "Enter a number of at most %(max)s.",
    "Number must be between %(min)s and %(max)s.": "Enter a number from %(min)s to %(max)s.",
    "Field cannot be longer than %(max)d character.": TOO_LONG,
    "Field cannot be longer than %(max)d characters.": TOO_LONG,
    "Field must be at least %(min)d character long.": "Use at least %(min)d character.",
    "Field must be at least %(min)d characters long.": "Use at least %(min)d characters.",
    "Field must be between %(min)d and %(max)d characters long.": (
        "Use between %(min)d and %(max)d characters."
    ),
}


class Required(InputRequired):
    """Something must be there once it is understood: a lone blank, or a wrong word, is nothing.

    What the field said about a word that it did not understand stays, and is said alone. Nought
    is something, unless `nought` says that it is not; what stood there before is no answer, unless
    `sent` says that it is.
    """

    def __init__(
        self, message: str | None = None, *, nought: bool = True, sent: bool = True
    ) -> None:
        super().__init__(message)
        self.nought, self.sent = nought, sent

    def __call__(self, _form: Any, field: Any) -> None:
        if field.process_errors:
            raise StopValidation
        unsent = self.sent and not (field.raw_data and str(field.raw_data[0]).strip())
        if unsent or self._is_nothing(field.data):
            field.errors[:] = []
            raise StopValidation(self.message or field.gettext("This field is required."))

    def _is_nothing(self, data: Any) -> bool:
        if isinstance(data, int) and not isinstance(data, bool):
            return data == 0 and not self.nought
        return not data or (isinstance(data, str) and is_blank(data))


class _Words:
    """What WTForms says, said as we say it: of a field, with what was sent in it."""

    def __init__(self, field: Any = None) -> None:
        self.field = field

    def gettext(self, text: str) -> str:
        said = SENTENCES.get(text, text)
        sent = str(self.field.raw_data[0]) if self.field and self.field.raw_data else ""
        if said == NOT_OFFERED and sent:
            cut = sent if len(sent) <= SHOWN else f"{sent[:SHOWN]}…"
            return f"“{cut}” is not offered here. {said}"
        if said == TOO_LONG and self.field:
            most = next(one.max for one in self.field.validators if isinstance(one, Length))
            characters = "character" if most == 1 else "characters"
            return f"Use at most {most:,} {characters}; this has {len(self.field.data):,}."
        return said

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)


class _Binding:
    """Every text trimmed and clean, and what is required judged as it was understood."""

    def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
        kwargs = unbound_field.kwargs
        filters, kind = list(kwargs.get("filters", ())), unbound_field.field_class
        # A password is taken exactly as it was typed.
        if issubclass(kind, StringField) and not issubclass(kind, PasswordField):
            filters.append(_trimmed if issubclass(kind, MANY_LINES) else _one_line)
        given = dict(options, form=form, filters=filters)
        if kwargs.get("validators"):
            given["validators"] = [_judging(one) for one in kwargs["validators"]]
        field = unbound_field.bind(**given)
        field._translations = _Words(field)
        return field

    def get_translations(self, _form: Any) -> Any:
        return _Words()


class BaseForm(FlaskForm):
    """Every form of ours: CSRF on, texts trimmed, required after it was understood."""

    class Meta(_Binding, FlaskForm.Meta):
        """Trim what people type; an empty text is None-like for optional fields."""


def new_key() -> str:
    """A fresh key for one open form: a second click sends it again and changes nothing."""
    return secrets.token_urlsafe(16)


class SafeForm(BaseForm):
    """A form that may be sent twice, and knows which version of its subject it shows."""

    key = HiddenField(default=new_key)
    version = HiddenField()

    def seen(self) -> dict[str, Any]:
        """`key` and `version` as the actions take them."""
        return {
            "key": (self.key.data or "")[:40] or None,
            "version": whole(self.version.data or ""),
        }


class PartForm(Form):
    """A part of a form that comes several times, like a cost line: its texts as in BaseForm."""

    class Meta(_Binding):
        """As in BaseForm."""


MANY_LINES = (TextAreaField, HiddenField)


def _judging(validator: Any) -> Any:
    # A file's own kind of DataRequired looks at the file's name, and stays.
    if type(validator) is InputRequired:
        return Required(validator.message)
    return (
        Required(validator.message, nought=False, sent=False)
        if type(validator) is DataRequired
        else validator
    )


def one_id(value: Any) -> int:
    """A choice that is the number of a record; raises ValueError for anything else."""
    found = whole(value)
    if found is None:
        raise ValueError("That is the number of no record.")
    return found


def _trimmed(value: Any) -> Any:
    """A text as it is kept: clean, trimmed, and "" where nothing of it can be seen."""
    if not isinstance(value, str):
        return value
    text = cleaned(value).strip()
    return "" if is_blank(text) else text


def _one_line(value: Any) -> Any:
    return re.sub(r"[\n\t]+", " ", _trimmed(value)) if isinstance(value, str) else value


class PoundsField(StringField):
    """An amount typed in pounds; `data` is pence. Shows again exactly what was typed."""

    def process_data(self, value: int | None) -> None:
        self.data = value

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data / 100:,.2f}"

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text = (valuelist[0] if valuelist else "").strip()
        if not text:
            self.data = None
            return
        try:
            self.data = to_pence(text)
        except CellError as error:
            self.data = None
            raise ValidationError(str(error)) from error


class Days(Enum):
    """How far ahead a day may lie, in days from today, and what is said of one that lies beyond."""

    PAST = (0, "That day has not come yet.")
    YEAR = (366, "That is more than a year ahead. Check the year.")
    TERM = (3653, "That is more than 10 years ahead. Check the year.")
    ANY = (None, "")

    def last(self) -> date:
        """The last day that may be meant, seen from today."""
        ahead = self.value[0]
        return LAST_DAY if ahead is None else clock.today() + timedelta(days=ahead)

    def check(self, day: date) -> None:
        """Raise ValidationError for a day that lies too far ahead."""
        if day > self.last():
            raise ValidationError(self.value[1])


class DayField(DateField):
    """A day from the browser's own date picker, or typed as people write it.

    It lies between `first` and `last`: a year of two digits is no year of the first century. How
    far ahead it may lie `days` says.
    """

    def __init__(
        self,
        label: str | None = None,
        *,
        first: date = FIRST_DAY,
        last: date = LAST_DAY,
        days: Days = Days.ANY,
        **kwargs: Any,
    ) -> None:
        bounds = {"min": first.isoformat(), "max": min(last, days.last()).isoformat()}
        kwargs["render_kw"] = {**bounds, **(kwargs.get("render_kw") or {})}
        super().__init__(label, **kwargs)
        self.first, self.last, self.days = first, last, days

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text = (valuelist[0] if valuelist else "").strip()
        self.data = None
        if text:
            day = _within(_read_day(text), self.first, self.last)
            self.days.check(day)
            self.data = day


class MomentField(DateTimeLocalField):
    """A moment typed in London time; `data` is aware UTC. How far ahead it may lie `days` says."""

    def __init__(self, label: str | None = None, *, days: Days = Days.ANY, **kwargs: Any) -> None:
        bounds = {"min": f"{FIRST_DAY}T00:00", "max": f"{days.last()}T23:59"}
        kwargs["render_kw"] = {**bounds, **(kwargs.get("render_kw") or {})}
        super().__init__(label, **kwargs)
        self.days = days

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.astimezone(LONDON).strftime("%Y-%m-%dT%H:%M") if self.data else ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text = (valuelist[0] if valuelist else "").strip()
        self.data = None
        if text:
            moment = _read_moment(text)
            self.days.check(_within(moment.date(), FIRST_DAY, LAST_DAY))
            self.data = moment.replace(tzinfo=LONDON).astimezone(UTC)


def _read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        typed = to_day(text)
    except CellError as error:
        raise ValidationError(ENTER_DAY) from error
    if typed.day is None or typed.approximate:
        raise ValidationError(ENTER_DAY)
    return typed.day


def _read_moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    typed = TIME.fullmatch(text)
    if typed is None:
        raise ValidationError(ENTER_MOMENT)
    try:
        day = _read_day(typed["day"].strip(" ,"))
        return datetime.combine(day, time(int(typed["hour"]), int(typed["minute"])))
    except ValueError as error:
        raise ValidationError(ENTER_MOMENT) from error


def _within(day: date, first: date, last: date) -> date:
    if not first <= day <= last:
        raise ValidationError(FAR_DAY.format(day.year, said_day(first), said_day(last)))
    return day


class ChoiceField(SelectField):
    """A select whose empty first line says what to do; empty becomes None."""

    def __init__(self, label: str, *, empty: str = "Choose one", **kwargs: Any) -> None:
        kwargs.setdefault("coerce", _text_or_none)
        super().__init__(label, **kwargs)
        self.empty = empty

    def iter_choices(self) -> Any:
        yield Choice("", self.empty, self.data in (None, ""), {})
        yield from super().iter_choices()

    def lines(self) -> Markup:
        """The lines of the select and no more, for a list's filters, which have dozens of them."""
        drawn = []
        for choice in self.iter_choices():
            chosen = " selected" if choice.selected else ""
            value, label = escape(choice.value), escape(choice.label or choice.value)
            drawn.append(f'<option{chosen} value="{value}">{label}</option>')
        return Markup("".join(drawn))  # noqa: S704 each value is escaped

    def pre_validate(self, form: Any) -> None:
        if self.data in (None, ""):
            return
        super().pre_validate(form)


def _text_or_none(value: Any) -> str | None:
    return None if value is None else str(value).strip() or None


class WholeField(StringField):
    """A whole number, with or without commas; anything else is refused in words."""

    def process_data(self, value: int | None) -> None:
        self.data = value

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data}"

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text = (valuelist[0] if valuelist else "").strip()
        self.data = int(text.replace(",", "")) if WHOLE.fullmatch(text) else None
        if text and self.data is None:
            raise ValidationError("Enter a whole number, like 7500.")


class LookupField(StringField):
    """A text field with live suggestions of one kind: council, ward, person, constituency."""

    def __init__(self, label: str, *, kind: str, **kwargs: Any) -> None:
        extra = {
            **(kwargs.pop("render_kw", None) or {}),
            "data-lookup": f"/search/lookup?kind={kind}",
        }
        super().__init__(label, render_kw=extra, **kwargs)
        self.kind = kind
