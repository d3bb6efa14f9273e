"""The edge of a job's step: an app context and one transaction, committed if the step succeeds."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from app.watch import in_step
from models.base import db, is_sqlite, reads_first, will_write

# SQLite has no queue between processes: whoever waits looks again ten times a second.
GAP_S = 0.12


def give_way(app: Flask) -> None:
    """Let the web's writers in between two pieces of long work."""
    with app.app_context():
        if is_sqlite(db.engine):
            time.sleep(GAP_S)


@contextmanager
def transaction(app: Flask) -> Iterator[None]:
    """Everything inside is one transaction: committed at the end, rolled back on any error."""
    tokens = in_step.set(True), will_write.set(not reads_first.get())
    try:
        with app.app_context():
            try:
                yield
                db.session.commit()
            except BaseException:
                db.session.rollback()
                raise
    finally:
        in_step.reset(tokens[0])
        will_write.reset(tokens[1])


@contextmanager
def reads_then_writes(app: Flask) -> Iterator[None]:
    """As `transaction`, but it only reads until `begin_writing` is called."""
    token = reads_first.set(True)
    try:
        with transaction(app):
            yield
    finally:
        reads_first.reset(token)


@contextmanager
def reading(app: Flask) -> Iterator[None]:
    """A transaction that only reads, so that it never waits for a writer."""
    token = will_write.set(False)
    try:
        with app.app_context():
            try:
                yield
            finally:
                db.session.rollback()
    finally:
        will_write.reset(token)
