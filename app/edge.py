"""The request edge: one transaction for each request, committed once, and only by a success.

A GET runs in a read transaction and is rolled back; the only exception is a view marked
`@keeps_register`, which adds a line to the export register as it hands out a file. A refusal is
rolled back too; the only exception is a view marked `@keeps_refusals`, which counts wrong tries.

Nothing slow is done in a writing transaction. A view with slow work to do is marked `@reads_first`
(a download always is): it opens with a reading transaction, and `models.base.begin_writing` opens
the writing one for its last step; app/watch.py holds it to that. A form that is shown again gives
the writing transaction up first. A search may come as a POST, so that names stay out of addresses:
`@reads_only` rolls it back.
"""

from flask import Flask, Response, current_app, request

from app.errors import at_commit
from models.base import db, reads_first, will_write

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def set_up(app: Flask) -> None:
    """Hook the transaction into every request."""
    app.before_request(_open)
    app.after_request(_close)
    app.teardown_request(_end)


def writes() -> bool:
    """True if this request may change stored data."""
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method not in SAFE_METHODS:
        return not getattr(view, "reads_only", False)
    # A HEAD takes no file away, so that it adds no line.
    return request.method == "GET" and bool(getattr(view, "keeps_register", False))


def _reads_first() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, "reads_first", False) or getattr(view, "keeps_register", False))


def _remembers(response: Response) -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return response.status_code == 422 and getattr(view, "keeps_refusals", False)


def _open() -> None:
    first = writes() and _reads_first()
    reads_first.set(first)
    will_write.set(writes() and not first)


def _end(_error: BaseException | None) -> None:
    reads_first.set(False)


def _close(response: Response) -> Response:
    try:
        if writes() and will_write.get() and (response.status_code < 400 or _remembers(response)):
            db.session.commit()
        else:
            db.session.rollback()
    except Exception as error:
        return at_commit(error)
    return response
