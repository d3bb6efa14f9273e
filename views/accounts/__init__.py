"""The accounts counter: signing in and out, one's own account, users, access and the audit."""

from views.accounts import account, audit, proposals, signing_in, users
from views.accounts.room import bp

__all__ = ["account", "audit", "bp", "proposals", "signing_in", "users"]
