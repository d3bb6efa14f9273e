"""Watches that nothing slow is done in a writing transaction, and nothing written in a reading one.

Tests and development are stopped by an error. A real installation goes on and says so in its log:
being slow once is better than losing what somebody did.
"""

import logging
from contextvars import ContextVar
from typing import Any

from flask import Flask, current_app, has_request_context, request
from sqlalchemy import event

from models import slow
from models.base import db, reads_first, writing

log = logging.getLogger("hustings.watch")

# Set while a step of a job runs in its one transaction.
in_step: ContextVar[bool] = ContextVar("in_step", default=False)


class WrongTransaction(RuntimeError):
    """A mistake of ours: slow work while writing, or a write while reading."""


def set_up(_app: Flask) -> None:
    """Watch from now on."""
    slow.watched_by(_not_while_writing)


def _not_while_writing(what: str) -> None:
    if not (has_request_context() or in_step.get()) or not writing():
        return
    if current_app.testing or current_app.config["SETTINGS"].debug:
        raise WrongTransaction(f"{what} while a writing transaction is open")
    log.error("slow work while writing", extra={"endpoint": _endpoint()})


@event.listens_for(db.session, "before_flush")
def _flushes_when_writing(*_given: Any) -> None:
    _only_while_writing()


@event.listens_for(db.session, "do_orm_execute")
def _executes_when_writing(state: Any) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        _only_while_writing()


def _only_while_writing() -> None:
    if reads_first.get():
        raise WrongTransaction(f"{_endpoint()} writes before begin_writing()")


def _endpoint() -> str | None:
    return request.endpoint if has_request_context() else None
