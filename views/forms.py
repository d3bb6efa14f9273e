"""The base form and the fields that know our kinds: pounds, days, moments, lookups."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from flask_wtf import FlaskForm
from markupsafe import Markup, escape
from wtforms import DateField, DateTimeLocalField, PasswordField, SelectField, StringField
from wtforms.fields.choices import Choice
from wtforms.validators import ValidationError

from models.clock import LONDON
from reports.cells import CellError, to_pence

__all__ = [
    "BaseForm",
    "ChoiceField",
    "DayField",
    "LookupField",
    "MomentField",
    "PoundsField",
    "WholeField",
    "said_day",
]

WHOLE = re.compile(r"\d{1,9}|\d{1,3}(,\d{3}){1,2}", re.ASCII)


class BaseForm(FlaskForm):
    """Every form of ours: CSRF on, texts trimmed."""

    class Meta(FlaskForm.Meta):
        """Trim what people type; an empty text is None-like for optional fields."""

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
            filters = list(unbound_field.kwargs.get("filters", ()))
            kind = unbound_field.field_class
            # A password is taken exactly as it was typed.
            if issubclass(kind, StringField) and not issubclass(kind, PasswordField):
                filters.append(_trimmed)
            return unbound_field.bind(form=form, filters=filters, **options)


def said_day(day: date) -> str:
    """A day as people say it: 14 May 2026."""
    return f"{day.day} {day:%B %Y}"


def _trimmed(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


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


class DayField(DateField):
    """A day from the browser's own date picker."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text = (valuelist[0] if valuelist else "").strip()
        if not text:
            self.data = None
            return
        try:
            self.data = date.fromisoformat(text)
        except ValueError as error:
            self.data = None
            raise ValidationError("Enter a date like 14 May 2026.") from error


class MomentField(DateTimeLocalField):
    """A moment typed in London time; `data` is aware UTC."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.astimezone(LONDON).strftime("%Y-%m-%dT%H:%M") if self.data else ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text = (valuelist[0] if valuelist else "").strip()
        if not text:
            self.data = None
            return
        try:
            self.data = datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)
        except ValueError as error:
            self.data = None
            raise ValidationError("Enter a date and a time.") from error


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
    return None if value in (None, "") else str(value)


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
