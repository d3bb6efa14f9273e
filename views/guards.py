"""Marks on routes. They only mark; the door (app/door.py) reads them before each request."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask_login import current_user

from models.accounts.roles import Permit
from models.accounts.tables import User

View = TypeVar("View", bound=Callable[..., Any])


def needs(permit: Permit) -> Callable[[View], View]:
    """Only who holds the permit may come in."""

    def mark(view: View) -> View:
        view.permit = permit  # type: ignore[attr-defined]
        return view

    return mark


def open_to_all(because: str) -> Callable[[View], View]:
    """Anybody may come in, signed in or not; `because` says why that is right."""

    def mark(view: View) -> View:
        view.open_because = because  # type: ignore[attr-defined]
        return view

    return mark


def keeps_refusals(view: View) -> View:
    """A form whose refused tries are remembered: what it wrote is kept although it answers 4xx."""
    view.keeps_refusals = True  # type: ignore[attr-defined]
    return view


def keeps_register(view: View) -> View:
    """A download that may write its line into the export register although it is a GET.

    It reads first: the file is made before the writing transaction begins (views/downloads.py).
    """
    view.keeps_register = True  # type: ignore[attr-defined]
    return view


def reads_first(view: View) -> View:
    """A form with slow work to do: it reads until `models.base.begin_writing` is called.

    What it changes before that is refused by an error; what it does not write is not kept.
    """
    view.reads_first = True  # type: ignore[attr-defined]
    return view


def reads_slowly(view: View) -> View:
    """As `reads_first`, for what takes seconds: it is served in the slow lane (app/lanes.py)."""
    view.reads_slowly = True  # type: ignore[attr-defined]
    return reads_first(view)


def reads_only(view: View) -> View:
    """A POST that writes nothing: it is one only to keep what is asked out of the address."""
    view.reads_only = True  # type: ignore[attr-defined]
    return view


def reader() -> User:
    """The signed-in user, for queries and actions; only inside a route that the gate let pass."""
    user: User = current_user._get_current_object()
    return user
