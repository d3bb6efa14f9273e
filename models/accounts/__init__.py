"""The front door of the accounts room."""

from models.accounts.actions.passwords import (
    change_password,
    give_password,
    read_link,
    request_reset,
    send_link,
    set_password_by_link,
)
from models.accounts.actions.signing_in import (
    check_password,
    end_own_session,
    end_session,
    sign_in,
    sign_out_everywhere,
    start_session,
)
from models.accounts.actions.users import (
    add_user,
    change_user,
    disable_user,
    enable_user,
    end_sessions_of,
    set_shortcuts,
)
from models.accounts.links import LinkDesk
from models.accounts.passwords import hash_password
from models.accounts.permits import OPERATOR, Actor, Operator, Scope, may, require, scope_of, within
from models.accounts.queries import (
    all_regions,
    audit_entries_for,
    audit_events,
    region_ids_of_codes,
    session_of,
    sessions_of,
    user_by_email,
    user_for,
    user_names,
    users_for,
)
from models.accounts.roles import MATRIX, SCOPED_ROLES, Permit, Role, permits_of
from models.accounts.tables import AccountLink, SignInAttempt, SignInSession, User, user_region
from models.accounts.throttle import Guard

__all__ = [
    "MATRIX",
    "OPERATOR",
    "SCOPED_ROLES",
    "AccountLink",
    "Actor",
    "Guard",
    "LinkDesk",
    "Operator",
    "Permit",
    "Role",
    "Scope",
    "SignInAttempt",
    "SignInSession",
    "User",
    "add_user",
    "all_regions",
    "audit_entries_for",
    "audit_events",
    "change_password",
    "change_user",
    "check_password",
    "disable_user",
    "enable_user",
    "end_own_session",
    "end_session",
    "end_sessions_of",
    "give_password",
    "hash_password",
    "may",
    "permits_of",
    "read_link",
    "region_ids_of_codes",
    "request_reset",
    "require",
    "scope_of",
    "send_link",
    "session_of",
    "sessions_of",
    "set_password_by_link",
    "set_shortcuts",
    "sign_in",
    "sign_out_everywhere",
    "start_session",
    "user_by_email",
    "user_for",
    "user_names",
    "user_region",
    "users_for",
    "within",
]
