"""Signed links that open one thing for somebody without an account. Pure: signs and reads.

Whether a link still stands (not used, not withdrawn, not too old) is kept by the room that handed
it out, under the hash of its nonce; the nonce itself is in the link alone.
"""

import hashlib
import secrets
from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeSerializer


@dataclass(frozen=True)
class LinkDesk:
    """What is needed to hand out links of one purpose, whose pages begin with `path`.

    The address comes from the settings, never from a request: a forged Host must not end up in
    somebody's mail. `mails` says whether mail is set up.
    """

    purpose: str
    path: str
    secret: str
    base_url: str
    mails: bool

    def token(self, nonce: str) -> str:
        """The signed token for a secret nonce."""
        return str(self._serializer().dumps(nonce))

    def read(self, token: str) -> str | None:
        """The nonce of a token that we signed for this purpose, else None."""
        try:
            nonce = self._serializer().loads(token)
        except (BadSignature, ValueError, TypeError):
            return None
        return nonce if isinstance(nonce, str) else None

    def address(self, nonce: str) -> str:
        """The whole address of the page that the link opens."""
        return f"{self.base_url.rstrip('/')}{self.path}{self.token(nonce)}"

    def _serializer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret, salt=f"hustings.{self.purpose}-link")


def new_nonce() -> str:
    """256 random bits as text."""
    return secrets.token_urlsafe(32)


def nonce_hash(nonce: str) -> str:
    """What is stored of a nonce: its SHA-256, in hex."""
    return hashlib.sha256(nonce.encode()).hexdigest()
