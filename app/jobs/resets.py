"""A forgotten password: who it belongs to is looked up here, where no stranger can time it."""

from collections.abc import Mapping
from typing import Any

from models.accounts.actions.passwords import mail_reset
from views.accounts.room import link_desk


def one(payload: Mapping[str, Any]) -> bool:
    """Mail a link if the address has an account. Run again it finds the link that is there."""
    mail_reset(payload["email"], desk=link_desk())
    return False
