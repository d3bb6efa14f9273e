"""What every list and form page does alike: paging, sorting, the answer to bad input."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, quote, urlencode, urlsplit

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from models.base import stop_writing
from models.errors import DomainError
from views.asked import asked

PAGE_SIZE = 50


@dataclass(frozen=True)
class Page:
    """One page of a list. `items` are this page's rows, `total` counts all of them."""

    items: list[Any]
    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """Number of this page's first row, 0 in an empty list."""
        return min(self.total, (self.number - 1) * self.size + 1)

    @property
    def last(self) -> int:
        """Number of this page's last row."""
        return min(self.total, self.number * self.size)

    def href(self, number: int) -> str:
        """The address of another page of the same list."""
        return here(page=number)


@dataclass(frozen=True)
class Sort:
    """How a list is sorted; `href` turns the direction on a second click."""

    key: str
    direction: str

    def href(self, key: str) -> str:
        """The address of this list sorted by `key`."""
        turn = key == self.key and self.direction == "asc"
        return here(sort=f"-{key}" if turn else key, page=1)


def own_referrer() -> SplitResult | None:
    """The address of the page of ours that led here; None where it is unknown or not ours."""
    address = urlsplit(request.referrer or "")
    return address if address.netloc == request.host else None


def page_number() -> int:
    """The page asked for in the address, 1 where it makes no sense."""
    return asked().count("page", least=1, most=100_000) or 1


def sort_asked(allowed: Mapping[str, Any] | tuple[str, ...], default: str) -> Sort:
    """The sort asked for in the address (`sort=name` or `sort=-name`), else the default."""
    wanted = asked().key("sort") or default
    key = wanted.removeprefix("-")
    if key not in allowed:
        asked().refuse("sort", wanted)
        wanted, key = default, default.removeprefix("-")
    return Sort(key, "desc" if wanted.startswith("-") else "asc")


def here(**changed: Any) -> str:
    """This page's address with some query arguments changed; None takes one away.

    What the page left out is left out of the address as well.
    """
    arguments = {**request.args.to_dict(flat=False), **dict.fromkeys(asked().left_out), **changed}
    kept = {key: value for key, value in arguments.items() if value is not None}
    path = request.script_root + quote(request.path)
    return f"{path}?{urlencode(kept, doseq=True)}" if kept else path


def render_form(template: str, form: FlaskForm, **context: Any) -> ResponseReturnValue:
    """The form's page: 200 when fresh, 422 with everything that was typed when it has errors."""
    status = 422 if form.errors else 200
    return make_response(render_template(template, form=form, **context), status)


def submitted(form: FlaskForm, do: Callable[[], Any]) -> Any | None:
    """Run the action if the form is sent and valid; put its refusal on the right field.

    Returns what the action returned, or None where the form must be shown (again).
    """
    if form.validate_on_submit():
        return tried(form, do)
    if form.is_submitted():
        stop_writing()  # the page is shown again: nobody has to wait for it
    return None


def tried(form: FlaskForm, do: Callable[[], Any]) -> Any | None:
    """Run the action of a form that was judged already; put its refusal on the right field."""
    try:
        return do()
    except DomainError as refusal:
        if refusal.field and refusal.field in form:
            form[refusal.field].errors = [*form[refusal.field].errors, refusal.message]
        else:
            form.form_errors.append(refusal.message)
        stop_writing()
        return None


def wants_fragment() -> bool:
    """True if htmx asked for a part of the page."""
    return request.headers.get("HX-Request") == "true"
