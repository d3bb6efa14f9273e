"""Links that let somebody set a password: signed, bound to a purpose, good for one use.

Pure: this file signs and reads; whether a link was used stands in the database.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from itsdangerous import BadSignature, URLSafeSerializer

LIFETIMES = {"invite": timedelta(days=7), "reset": timedelta(minutes=30)}
LIFETIME_WORDS = {"invite": "7 days", "reset": "30 minutes"}


@dataclass(frozen=True)
class LinkDesk:
    """What is needed to hand out links: the secret key, our address, and whether mail is set up.

    The address comes from the settings, never from a request: a forged Host must not end up in
    somebody's mail.
    """

    secret: str
    base_url: str
    mails: bool

    def token(self, purpose: str, nonce: str) -> str:
        """The signed token for a purpose and its secret nonce."""
        return str(self._serializer().dumps([purpose, nonce]))

    def read(self, token: str) -> tuple[str, str] | None:
        """Purpose and nonce of a token that we signed, else None."""
        try:
            purpose, nonce = self._serializer().loads(token)
        except (BadSignature, ValueError, TypeError):
            return None
        return (purpose, nonce) if purpose in LIFETIMES and isinstance(nonce, str) else None

    def address(self, token: str) -> str:
        """The whole address of the page where the password is set."""
        return f"{self.base_url.rstrip('/')}/set-password/{token}"

    def _serializer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret, salt="hustings.account-link")


def new_nonce() -> str:
    """256 random bits as text."""
    return secrets.token_urlsafe(32)
