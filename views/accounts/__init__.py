"""The accounts counter: signing in and out, one's own account, users, access and the audit."""

from views.accounts import (  # noqa: F401 - their routes
    account,
    audit,
    list,  # noqa: A004
    proposals,
    signing_in,
    users,
)
from views.accounts.room import bp

__all__ = ["bp"]
