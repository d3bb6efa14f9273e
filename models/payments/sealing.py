"""Bank details under seal: what stands in the database opens only with the installation's key.

The models read no environment: the roof hands in where the keys come from. The first key seals,
every key opens, so that a key can be changed. The payee's id is sealed in with the details, so that
a sealed account cannot be moved to another payee in the database.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from models.errors import Refused

Keys = Callable[[], Sequence[str]]

NO_KEY = "There is no key for bank details. Set HUSTINGS_BANK_KEY, or restart Hustings."
WRONG_KEY = (
    "These bank details were sealed with another key. Put the key back that this installation had "
    "(the file bank.key, or HUSTINGS_BANK_KEY), or enter the account again."
)
_source: list[Keys] = []


@dataclass(frozen=True, repr=False)
class Details:
    """A sort code of six digits and an account number of eight; never printed by accident."""

    sort_code: str
    number: str


def take_keys_from(source: Keys) -> None:
    """Say where the secrets come from; the last call counts."""
    _source[:] = [source]


def seal(payee_id: int, details: Details) -> str:
    """The details as they may be stored."""
    plain = json.dumps([payee_id, details.sort_code, details.number])
    return _ring().encrypt(plain.encode()).decode()


def unseal(payee_id: int, sealed: str) -> Details:
    """What was sealed for this payee; Refused where the key is another or the row was changed."""
    try:
        whose, sort_code, number = json.loads(_ring().decrypt(sealed.encode()))
    except (InvalidToken, ValueError, TypeError) as fault:
        raise Refused(WRONG_KEY) from fault
    if whose != payee_id:
        raise Refused("These bank details belong to another payee. Tell the operator at once.")
    return Details(sort_code, number)


def _ring() -> MultiFernet:
    secrets = _source[0]() if _source else ()
    if not secrets:
        raise Refused(NO_KEY)
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(secret.encode()).digest())
