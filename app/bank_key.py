"""The key for bank details: configured, or made once and kept in the data folder."""

import os
import secrets
from pathlib import Path

from flask import current_app

from app.settings import BadSettings, Settings
from models.payments.sealing import take_keys_from

FILE = "bank.key"
SHORTEST = 32


def set_up() -> None:
    """Tell the models where the keys are: with the application of the moment."""
    take_keys_from(lambda: bank_keys(current_app.config["SETTINGS"]))


def bank_keys(settings: Settings) -> tuple[str, ...]:
    """The keys, the sealing one first; raises BadSettings for one too short to protect anything.

    Without a setting, a key is made on first use, in a file that its owner alone can read.
    """
    if not settings.bank_key:
        return (_kept(settings.folder / FILE),)
    keys = tuple(key.strip() for key in settings.bank_key.split(","))
    if any(len(key) < SHORTEST for key in keys):
        raise BadSettings(
            f"Each key in HUSTINGS_BANK_KEY must have at least {SHORTEST} characters."
        )
    return keys


def _kept(path: Path) -> str:
    if not path.exists():
        _make(path)
    key = path.read_text(encoding="ascii").strip()
    if len(key) < SHORTEST:
        raise BadSettings(f"{path} does not hold a key. Put the right file back.")
    return key


def _make(path: Path) -> None:
    """Written beside it first and linked into place, so that of two processes one wins whole."""
    beside = path.with_name(f"{FILE}.{secrets.token_hex(6)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as target:
        target.write(secrets.token_urlsafe(48))
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
