"""A forgotten password: who it belongs to is looked up here, where no stranger can time it."""

from collections.abc import Mapping
from typing import Any

from flask import current_app

from models.accounts import LinkDesk, mail_reset


def one(payload: Mapping[str, Any]) -> bool:
    """Mail a link if the address has an account. Run again it finds the link that is there."""
    settings = current_app.config["SETTINGS"]
    desk = LinkDesk(
        str(current_app.config["SECRET_KEY"]),
        base_url=settings.base_url,
        mails=bool(settings.smtp_host),
    )
    mail_reset(payload["email"], desk=desk)
    return False
