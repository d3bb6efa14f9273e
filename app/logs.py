"""Structured logs without personal data.

What may be logged is a list, not what may not: a field that is not in FIELDS is dropped. Errors
give their kind and place, never their message (a database error quotes the values it refused),
and other people's libraries give their words only where these are known to be harmless.
"""

import logging
import secrets
import sys
import time
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any, TextIO

import structlog
from flask import Flask, Response, g, request
from sqlalchemy import inspect

from app.settings import BadSettings, Settings

FIELDS = (
    "timestamp",
    "level",
    "logger",
    "event",
    "request_id",
    "user_id",
    "method",
    "endpoint",
    "status",
    "ms",
    "job",
    "verdict",
    "error",
    "where",
)
# Loggers whose messages hold no data of ours.
HARMLESS = ("hustings", "waitress", "alembic")

log = logging.getLogger("hustings.requests")


def set_up(app: Flask) -> None:
    """Log in the chosen format, one line for each request."""
    set_up_logging(app.config["SETTINGS"])
    app.before_request(_begin)
    app.after_request(_end)


def set_up_logging(settings: Settings) -> None:
    """Send every logger's lines through the list above, to standard error. Safe to repeat.

    Raises BadSettings for a format or level that there is not.
    """
    if settings.log_format not in ("", "json", "text"):
        raise BadSettings("HUSTINGS_LOG_FORMAT must be json or text.")
    if settings.log_level not in ("debug", "info", "warning", "error"):
        raise BadSettings("HUSTINGS_LOG_LEVEL must be debug, info, warning or error.")
    root = logging.getLogger()
    for old in [each for each in root.handlers if isinstance(each, _ToStandardError)]:
        root.removeHandler(old)
    handler = _ToStandardError()
    handler.setFormatter(_formatter(settings.log_format or _usual_format()))
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("hustings").setLevel(settings.log_level.upper())


def _usual_format() -> str:
    return "text" if sys.stderr.isatty() else "json"


class _ToStandardError(logging.StreamHandler[TextIO]):
    """Writes to whatever standard error is now, not to what it was when this was made."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:
        return sys.stderr

    @stream.setter
    def stream(self, _stream: TextIO) -> None:
        """Fixed."""


def _formatter(log_format: str) -> logging.Formatter:
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if log_format == "json"
        else structlog.processors.LogfmtRenderer(key_order=("timestamp", "level", "event"))
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.stdlib.ExtraAdder(allow=FIELDS),
            _error_in_place_of_trace,
        ],
        processors=[_without_data, renderer],
    )


def _without_data(
    _logger: Any, _method: str, entry: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    record: logging.LogRecord = entry["_record"]
    kept = {name: _one_line(entry[name]) for name in FIELDS if name in entry}
    if record.name.split(".")[0] not in HARMLESS:
        kept["event"] = "message withheld"
        kept["where"] = f"{record.module}:{record.lineno}"
    return kept


def _error_in_place_of_trace(
    _logger: Any, _method: str, entry: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    # Here, because the formatter takes the trace off the record before its own processors run.
    kind, _error, trace = entry["_record"].exc_info or (None, None, None)
    if kind is not None:
        entry.update(error=kind.__name__, where=_place(trace))
    return entry


def _one_line(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return "".join(c if c.isprintable() else " " for c in value)


def _place(trace: TracebackType | None) -> str:
    """The last few calls as file:line:function."""
    frames = traceback.extract_tb(trace)[-5:]
    return " > ".join(f"{_short(f.filename)}:{f.lineno}:{f.name}" for f in frames)


def _short(path: str) -> str:
    return "/".join(path.replace("\\", "/").split("/")[-3:])


def _begin() -> None:
    g.request_id = secrets.token_hex(8)
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    began = g.get("began")
    if began is None:
        return response
    response.headers["X-Request-ID"] = g.request_id
    if request.endpoint == "static" or request.path.startswith("/healthz/"):
        return response
    log.info(
        "request",
        extra={
            "request_id": g.request_id,
            "user_id": _user_id(),
            "method": request.method,
            # The pattern, not the address: addresses hold ids, and queries hold names.
            "endpoint": request.url_rule.rule if request.url_rule else "unknown",
            "status": response.status_code,
            "ms": round((time.perf_counter() - began) * 1000, 1),
        },
    )
    return response


def _user_id() -> int | None:
    """The signed-in user's id, if somebody asked for it before; never a query of its own."""
    user = g.get("_login_user")
    state = inspect(user, raiseerr=False) if user is not None else None
    identity = getattr(state, "identity", None)
    return int(identity[0]) if identity else None
