"""One table: each domain error has its status and its page. Nobody sees a trace."""

import logging

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

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
    409: ("That could not be done", "Reload the page to see how things stand now."),
    410: ("This link has done its work", "Ask whoever sent it to you if you need another."),
    413: ("That file is too large", "Split it into smaller files and try again."),
    422: ("There is a problem", "Go back and correct what you entered."),
    429: ("Too many tries", "Wait a few minutes and try again."),
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


def page(status: int, message: str | None = None) -> Response:
    """An error page; `message` is the sentence that says what happened here."""
    title, what_to_do = PAGES.get(status, PAGES[400])
    body = render_template(
        "errors/page.html", status=status, title=title, message=message, what_to_do=what_to_do
    )
    return make_response(body, status)


def _domain_error(error: DomainError) -> Response:
    db.session.rollback()
    return page(status_of(error), error.message)


def _http_error(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400:
        return error
    db.session.rollback()
    return page(error.code)


def _crash(error: Exception) -> Response:
    db.session.rollback()
    # The message of an unknown error may quote personal data: log its kind and place only.
    log.error(
        "crash",
        extra={"endpoint": request.endpoint, "error": type(error).__name__},
        exc_info=error,
    )
    return page(500)
