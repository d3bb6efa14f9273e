"""Every form counts once: a second click, a reload or a sending again makes nothing twice.

Each form carries a key in a hidden field, drawn by the macros in app/templates/ui, so that no room
knows of it. What is sent with a key is noted in its own transaction (models/once.py), and the same
again is led where the first was. A refusal forgets it, so that it can be corrected and sent again;
so does an answer that leads nowhere, such as a draft's that saves itself.
"""

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass

from flask import Flask, Response, abort, flash, g, make_response, redirect, request, session
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from app.edge import writes
from app.errors import at_commit
from models import once
from models.base import reads_first, writes_first, writing
from views.accounts import browsers

FIELD = "once"
UNSAID = frozenset({FIELD, "csrf_token"})
AGAIN = "This was sent twice and counts once."
PIECE = 1 << 20


@dataclass(frozen=True)
class Sending:
    """What came in with a key: hashes of the form and of all that was sent, and of who sent it."""

    form: str
    content: str
    browser: str


def set_up(app: Flask) -> None:
    """Hook it in between the door and the edge, and give the macros `form_key()`."""
    app.jinja_env.globals["form_key"] = lambda: secrets.token_urlsafe(16)
    app.before_request(_begin)
    app.after_request(_keep)


def _begin() -> ResponseReturnValue | None:
    writes_first.set(None)
    key = request.form.get(FIELD, "") if request.method == "POST" and writes() else ""
    if not key:
        return None
    sending = sent_with(key)
    if not reads_first.get():
        return _taken(sending)
    writes_first.set(lambda: _take_late(sending))
    led_to = once.led_to(sending.form, sending.content)
    return None if led_to is None else _again(led_to)


def _taken(sending: Sending) -> Response | None:
    led_to = once.take(sending.form, sending.content)
    if led_to is not None:
        return _again(led_to)
    g.sending = sending
    return None


def _take_late(sending: Sending) -> None:
    """The view has done its slow work, and begins to write."""
    writes_first.set(None)
    again = _taken(sending)
    if again is not None:
        abort(again)


def _again(led_to: str) -> Response:
    flash(AGAIN)
    return make_response(redirect(led_to, 303))


def _keep(response: Response) -> Response:
    writes_first.set(None)
    sending: Sending | None = g.pop("sending", None)
    if sending is None or not writing() or response.status_code >= 500:
        return response
    try:
        # Who signs in or out must do so each time, or the browser would not get its new cookie.
        if 300 <= response.status_code < 400 and _who() == sending.browser:
            once.keep(sending.form, sending.content, response.headers["Location"])
        else:
            once.forget(sending.form)
    except Exception as error:  # what the view left to be written may be refused here already
        return at_commit(error)
    return response


def sent_with(key: str) -> Sending:
    """What this request sends with its key, files and all."""
    who = _who()
    fields = {name: request.form.getlist(name) for name in request.form if name not in UNSAID}
    files = [
        (name, file.filename, _hash_of(file))
        for name, several in request.files.lists()
        for file in several
    ]
    content = json.dumps([request.full_path, fields, sorted(files)], sort_keys=True)
    # Hashed with the key, which is not stored: nobody finds by trying what was typed.
    return Sending(
        form=_hashed(key, f"{who} {request.path}"), content=_hashed(key, content), browser=who
    )


def _who() -> str:
    return browsers.this_session() + session.get("csrf_token", "")


def _hashed(key: str, text: str) -> str:
    return hmac.new(key.encode(), text.encode(errors="surrogatepass"), hashlib.sha256).hexdigest()


def _hash_of(file: FileStorage) -> str:
    found = hashlib.sha256()
    while piece := file.stream.read(PIECE):
        found.update(piece)
    file.stream.seek(0)
    return found.hexdigest()
