"""What somebody typed into a form that could not be taken: shown again on the error's own page."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import g, request
from werkzeug.exceptions import HTTPException

from views.pages import own_referrer

# What no page shows again.
SECRET = ("password", "secret", "account", "sort_code", "iban", "token")
# What a form carries along and nobody typed.
CARRIED = frozenset(
    {"csrf_token", "once", "key", "form_key", "version", "versions", "back", "seen", "do"}
)


@dataclass(frozen=True)
class Typed:
    """The texts that were sent, for people, and all fields for sending them once more."""

    texts: list[tuple[str, str]]
    fields: list[tuple[str, str]]
    address: str

    @property
    def can_be_sent(self) -> bool:
        """False where something is missing that no page shows again, like a password or a file."""
        return bool(self.fields)


def typed() -> Typed | None:
    """What this request's form held; None where nothing was typed, or another site sent it."""
    if request.method != "POST" or (g.get("stale_form") and not _from_here()):
        return None
    try:
        sent = [(name, text) for name, texts in request.form.lists() for text in texts]
        files = [file for file in request.files.values() if file.filename]
    except HTTPException:
        return None  # too large, or broken: there is nothing to show
    texts = [(_label(name), text) for name, text in sent if text.strip() and _is_text(name)]
    if not texts:
        return None
    whole = not files and not any(_is_secret(name) for name, _text in sent)
    fields = [(name, text) for name, text in sent if name != "csrf_token"] if whole else []
    return Typed(texts, fields, request.full_path.rstrip("?"))


def came_from() -> str | None:
    """The page of ours on which a form was sent, without its question; None where it is unknown."""
    address = own_referrer() if request.method == "POST" else None
    return (address and address.path) or None


def _is_text(name: str) -> bool:
    return name not in CARRIED and not name.endswith("_id") and not _is_secret(name)


def _is_secret(name: str) -> bool:
    return any(word in name.lower() for word in SECRET) and name != "csrf_token"


def _label(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").strip().capitalize()


def _from_here() -> bool:
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host
