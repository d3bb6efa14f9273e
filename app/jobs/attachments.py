"""What may go with an e-mail: the outbox names a kind and an id, and here is who makes the file."""

from collections.abc import Callable, Mapping
from pkgutil import resolve_name
from typing import Any

from app.mail import Attachment
from models.errors import NotFound

Maker = Callable[[int], tuple[str, str, bytes]]

# kind → the function that makes (name, media type, content) of an id ("module:function").
MAKERS: dict[str, str] = {"award-letter": "reports.letters.award:attachment"}


def made(wanted: Mapping[str, Any] | None) -> Attachment | None:
    """The file that an e-mail asks for, or None; NotFound for a kind that nobody makes."""
    if wanted is None:
        return None
    if wanted["kind"] not in MAKERS:
        raise NotFound(f"Nobody makes attachments of the kind “{wanted['kind']}”.")
    make: Maker = resolve_name(MAKERS[wanted["kind"]])
    return Attachment(*make(int(wanted["id"])))
