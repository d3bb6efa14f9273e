"""Which work there is: the outbox's `kind` → how it is carried out.

An e-mail is one try after another. Long work runs in chunks: a function `one(payload) -> bool`
does the next piece and says whether there is more. Each call is one transaction. After a crash a
piece may be asked for again that was already committed, so the function looks at the stored rows
for what is still to do ("the next 200 rows without applied_at").
"""

from collections.abc import Callable, Mapping
from pkgutil import resolve_name
from typing import Any

from flask import Flask

MAIL = "mail"

Whole = Callable[[Flask, Mapping[str, Any]], None]
Chunk = Callable[[Mapping[str, Any]], bool]

# kind → where its function lives ("module:function"); imported when the first such row comes.
CHUNKED: dict[str, str] = {
    "import": "app.jobs.intake:one",
    "chase": "app.jobs.chasing:one",
    "reset": "app.jobs.resets:one",
    "daily": "app.jobs.daily:one",
}
# Long work that reads long and writes shortly: `one(app, payload)` opens its own transactions, and
# may be done again from its start.
WHOLE: dict[str, str] = {
    "duplicates": "app.jobs.duplicates:everybody",
    "changed-people": "app.jobs.duplicates:changed",
    "preview": "app.jobs.previews:one",
}


def kinds() -> tuple[str, ...]:
    """Every kind that the worker can carry out."""
    return (MAIL, *CHUNKED, *WHOLE)


def kinds_ready(app: Flask) -> tuple[str, ...]:
    """The kinds that can be carried out here: no e-mails without a mail server."""
    if app.config["SETTINGS"].smtp_host:
        return kinds()
    return tuple(kind for kind in kinds() if kind != MAIL)


def chunk_of(kind: str) -> Chunk:
    """The function that does one piece of this kind of work."""
    one: Chunk = resolve_name(CHUNKED[kind])
    return one


def whole_of(kind: str) -> Whole:
    """The function that does this kind of work as a whole."""
    one: Whole = resolve_name(WHOLE[kind])
    return one
