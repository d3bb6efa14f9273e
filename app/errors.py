"""One table: each domain error has its status and its page. Nobody sees a trace.

Below it lies a net for what the database and the disk do to us (`app/faults.py`): it is said in
words as well, and what was typed into a form is shown again.
"""

import logging

from flask import Flask, Response, current_app, g, make_response, render_template, request, session
from werkzeug.exceptions import BadRequest, HTTPException

from app.faults import Fault, fault_of
from app.typed_again import came_from, typed
from models.base import db
from models.errors import DomainError, Gone, Invalid, NotAllowed, NotFound, Refused, TooMany

STATUS: dict[type[DomainError], int] = {
    NotFound: 404,
    Gone: 410,
    NotAllowed: 403,
    Invalid: 422,
    Refused: 409,
    TooMany: 429,
}

PAGES: dict[int, tuple[str, str]] = {
    400: ("We did not understand that", "Go back, reload the page and try again."),
    403: ("You may not do this", "Ask the national political office if your role should change."),
    404: ("Page not found", "Check the address, or search for what you need."),
    405: ("That does not work here", "Go back and use the buttons on the page."),
    409: ("That could not be done", "Look at the page again to see how things stand now."),
    410: ("This link has done its work", "Ask whoever sent it to you if you need another."),
    413: ("That file is too large", "Split it into smaller files and try again."),
    422: ("There is a problem", "Go back and correct what you entered."),
    429: ("Too many tries", ""),  # whoever says so says how long to wait
    500: ("Something went wrong", "Nothing was saved. Try again; if it stays, tell support."),
    503: ("Hustings is not ready", "Try again in a minute."),
}

log = logging.getLogger("hustings.errors")


def set_up(app: Flask) -> None:
    """Register the pages."""
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _crash)


def status_of(error: DomainError) -> int:
    """The HTTP status of a domain error, by its nearest listed class."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 400)


def page(status: int, message: str | None = None, fault: Fault | None = None) -> Response:
    """An error page; `message` is the sentence that says what happened here."""
    title, what_to_do = (fault.title, fault.advice) if fault else PAGES.get(status, PAGES[400])
    if status >= 500:
        # Who is signed in is known to the database, and that may be what failed: ask nobody.
        g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]
    told = fault.happened if fault else message
    words = {"status": status, "title": title, "message": told, "what_to_do": what_to_do}
    try:
        sent = {"typed": typed(), "came_from": came_from()}
        return make_response(render_template("errors/page.html", **words, **sent), status)
    except Exception as error:
        beside = fault_of(error) if status < 500 else None
        if beside is None:
            raise
        return page(beside.status, fault=beside)


def at_commit(error: Exception) -> Response:
    """The page for an error that rose when everything was done but the commit."""
    from app.door import with_headers

    # What the page has said of its success is not true.
    session.pop("_flashes", None)
    return with_headers(current_app.make_response(current_app.handle_user_exception(error)))


def _domain_error(error: DomainError) -> Response:
    _roll_back()
    return page(status_of(error), error.message)


def _http_error(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400:
        return error
    _roll_back()
    return page(error.code, _said(error))


def _said(error: HTTPException) -> str | None:
    """What we said ourselves: Werkzeug's own sentences are for programmers."""
    ours = type(error) is BadRequest and error.description != BadRequest.description
    return error.description if ours else None


def _crash(error: Exception) -> Response:
    _roll_back()
    fault = fault_of(error)
    if fault is not None:
        known = {"endpoint": request.endpoint, "verdict": fault.kind}
        log.warning("fault", extra=known, exc_info=error)
        return page(fault.status, fault=fault)
    # The message of an unknown error may quote personal data: log its kind and place only.
    log.error(
        "crash",
        extra={"endpoint": request.endpoint, "error": type(error).__name__},
        exc_info=error,
    )
    return page(500)


def _roll_back() -> None:
    try:
        db.session.rollback()
    except Exception as error:
        # A database that is away cannot be told: its connection is gone, and with it the work.
        if fault_of(error) is None:
            raise
        db.session.remove()
