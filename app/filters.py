"""How values look on a page: pounds, days, moments, names. The one place for pages' formats."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from flask import Flask
from markupsafe import Markup
from wtforms import Field, FieldList, FormField
from wtforms.widgets import ListWidget, Select, TextArea

from app import charts
from models.clock import LONDON, now
from models.days import said_day
from views.asked import left_out

NAMELESS = "?"
SHORT_LABEL = 16
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def pounds(pence: int | None) -> str:
    """Pence as pounds and pence: 124000 is "£1,240.00". None is an empty text."""
    if pence is None:
        return ""
    sign = "−" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


def pounds_short(pence: int | None) -> str:
    """As pounds, but without the pence where there are none: "£1,240"."""
    return pounds(pence).removesuffix(".00")


def _local(moment: date | datetime) -> date:
    """A day as the office counts it; a moment without a zone is refused, not guessed."""
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone cannot be shown")
    return moment.astimezone(LONDON).date()


def pounds_axis(pence: float) -> str:
    """Pounds for the edge of a chart: "£150k", "£2.5m", "£50"."""
    amount = pence / 100
    for size, letter in ((1_000_000, "m"), (1_000, "k")):
        if amount >= size:
            return f"£{amount / size:g}{letter}"
    return f"£{amount:g}"


def day(moment: date | datetime | None) -> str:
    """A day in full: "14 May 2026"."""
    if moment is None:
        return ""
    local = _local(moment)
    return said_day(local)


def day_short(moment: date | datetime | None) -> str:
    """A day for tables: "14 May 2026" with the month in three letters ("4 Dec 2026")."""
    if moment is None:
        return ""
    local = _local(moment)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def when(moment: datetime | None) -> str:
    """A moment in London: "Today, 09:40", "Yesterday, 17:05" or "18 Nov 2026, 14:02"."""
    if moment is None:
        return ""
    local_day = _local(moment)
    today = now().astimezone(LONDON).date()
    clock = f"{moment.astimezone(LONDON):%H:%M}"
    if local_day == today:
        return f"Today, {clock}"
    if local_day == today - timedelta(days=1):
        return f"Yesterday, {clock}"
    return f"{day_short(local_day)}, {clock}"


def initials(name: str | None) -> str:
    """The first letters of the first and last words: "Eilidh MacLeod" is "EM"."""
    words = [word for word in (name or "").split() if word[0].isalpha()]
    if not words:
        return NAMELESS
    ends = words[:1] if len(words) == 1 else [words[0], words[-1]]
    return "".join(word[0] for word in ends).upper()


def plural(count: int, word: str, words: str | None = None) -> str:
    """A count with its word: "1 councillor", "1,240 councillors", "2 people"."""
    return f"{count:,} {word if count == 1 else words or word + 's'}"


def control_kind(field: Field) -> str:
    """Which control draws a field: one of the names that the form macros know."""
    known = [
        (FormField, "group"),
        (FieldList, "list"),
    ]
    for kind, name in known:
        if isinstance(field, kind):
            return name
    if "data-lookup" in (field.render_kw or {}):
        return "lookup"
    return _kind_of_widget(field)


def _kind_of_widget(field: Field) -> str:
    widget = field.widget
    if isinstance(widget, ListWidget):
        option_kind = getattr(field.option_widget, "input_type", "radio")
        return "checkboxes" if option_kind == "checkbox" else "radios"
    if isinstance(widget, Select):
        return "select"
    if isinstance(widget, TextArea):
        return "textarea"
    return getattr(widget, "input_type", "text")


def is_optional(field: Field) -> bool:
    """Whether a label says "(optional)": the field may be left empty, and is not a mere choice."""
    if field.flags.required:
        return False
    if field.flags.optional:
        return True
    may_be_empty = {"text", "textarea", "email", "tel", "url", "date", "number", "file", "lookup"}
    return not field.validators and control_kind(field) in may_be_empty


def short_choices(field: Field) -> bool:
    """Whether a group's choices are several and short, and so stand beside each other."""
    labels = [str(option.label.text) for option in field]
    return len(labels) > 2 and max(map(len, labels)) <= SHORT_LABEL


def first_control(field: Field) -> str:
    """The id on which a link to this field lands: for a group, its first radio or checkbox."""
    if control_kind(field) in {"radios", "checkboxes"}:
        return f"{field.id}-0"
    return str(field.id)


def form_errors(form: Any) -> list[dict[str, str]]:
    """Every error of a form in page order, each with the id of the control to land on."""
    found = [{"id": "", "message": str(text)} for text in getattr(form, "form_errors", [])]
    for field in form:
        found.extend(_field_errors(field))
    return found


def _field_errors(field: Field) -> Iterable[dict[str, str]]:
    if isinstance(field, FormField):
        yield from form_errors(field.form)
        return
    if isinstance(field, FieldList):
        for entry in field.entries:
            yield from _field_errors(entry)
    for message in field.errors:
        if isinstance(message, str) or hasattr(message, "__html__"):
            hidden = control_kind(field) == "hidden"
            yield {"id": "" if hidden else first_control(field), "message": str(message)}


def own_errors(field: Field) -> list[str]:
    """The errors to print at the field itself; those of its parts are printed at the parts."""
    if isinstance(field, FormField):
        return []
    return [text for text in field.errors if isinstance(text, str) or hasattr(text, "__html__")]


def control_state(described: str, wrong: list[str]) -> dict[str, str]:
    """The attributes which tie a control to its hint and its error."""
    state = {"aria-describedby": described} if described else {}
    return {**state, "aria-invalid": "true"} if wrong else state


def page_title(words: str, form: Any = None) -> str:
    """The title of a page: it begins with "Error: " where its form came back with errors."""
    title = words.strip()
    wrong = bool(getattr(form, "errors", None)) and not title.startswith("Error: ")
    return f"Error: {title}" if wrong else title


def page_numbers(page: Any) -> list[int | None]:
    """The page numbers worth a link: ends, here and beside; None where some are left out."""
    wanted = {1, page.pages, *range(page.number - 1, page.number + 2)}
    shown = sorted(number for number in wanted if 1 <= number <= page.pages)
    numbers: list[int | None] = []
    for number in shown:
        previous = numbers[-1] if numbers else number - 1
        if previous is not None and number - previous > 1:
            numbers.append(None)
        numbers.append(number)
    return numbers


def svg_percent(value: float) -> Markup:
    """A share of the width for an SVG attribute, to a thousandth of a per cent."""
    return Markup(f"{value:.3f}".rstrip("0").rstrip(".") + "%")  # noqa: S704 a formatted number


def by_group(areas: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """The areas of the menu under their headings, in their order; home has none."""
    groups = groupby(areas, key=lambda area: area.group)
    return [(group, list(members)) for group, members in groups]


def drawn(values: Mapping[Any, tuple[Any, ...]], macro: Callable[..., Markup]) -> dict[Any, Markup]:
    """What a macro draws of each of these, by key: for a list whose rows repeat a few of them."""
    return {key: macro(*value) for key, value in values.items()}


FILTERS = {
    "drawn": drawn,
    "by_group": by_group,
    "pounds": pounds,
    "pounds_short": pounds_short,
    "pounds_axis": pounds_axis,
    "day": day,
    "day_short": day_short,
    "when": when,
    "initials": initials,
    "plural": plural,
    "control_kind": control_kind,
    "is_optional": is_optional,
    "short_choices": short_choices,
    "first_control": first_control,
    "form_errors": form_errors,
    "own_errors": own_errors,
    "page_numbers": page_numbers,
    "page_title": page_title,
    "control_state": control_state,
    "svg_percent": svg_percent,
    "budget_shares": charts.budget_shares,
    "bar_layout": charts.bar_layout,
    "line_layout": charts.line_layout,
}


def set_up(app: Flask) -> None:
    """Give templates the formats, and the macros as `ui` also where a block is drawn alone."""
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.setdefault("menu", tuple)
    app.jinja_env.globals["left_out"] = left_out
    app.context_processor(lambda: {"ui": app.jinja_env.get_template("ui/all.html").module})
