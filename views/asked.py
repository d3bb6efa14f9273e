"""What the address of a page asks for: read by its kind, and said on the page where left out."""

from typing import Any, TypeVar

from flask import has_request_context, request
from werkzeug.exceptions import BadRequest
from wtforms import Form

from models.query_args import Given

PLACE = "hustings.asked"
LONGEST = 200
NO_SENSE = "That makes no sense here and was left out."
F = TypeVar("F", bound=Form)


def asked() -> Given:
    """The arguments of this request's address; each page reads them through this one."""
    place: dict[str, Any] = request.environ
    if PLACE not in place:
        place[PLACE] = Given(request.args)
    found: Given = place[PLACE]
    return found


def heard(form: F) -> F:
    """A filter form judged: a field that is refused has no value, and the page says so."""
    form.validate()
    for field in form:
        if field.errors or (isinstance(field.data, str) and len(field.data) > LONGEST):
            typed = next((str(one) for one in field.raw_data or () if str(one).strip()), "")
            if typed:
                asked().refuse(field.name, typed)
            field.data = None
    return form


def left_out() -> str:
    """One sentence about what the address asks for and the page left out; empty where nothing."""
    if not has_request_context():
        return ""
    said = asked().said
    return f"The address asks for {said}. {NO_SENSE}" if said else ""


def nothing_left_out() -> None:
    """Stop where a filter was left out: a file or an act must not reach further than was asked.

    Raises BadRequest with the sentence.
    """
    if asked().left_out:
        raise BadRequest(left_out().replace("was left out", "nothing was done"))
