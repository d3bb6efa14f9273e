"""What waits for a second person, who may agree, and who had an account in hand alone."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from models.accounts.permits import Actor, may
from models.accounts.roles import CHECKING_ROLES, MATRIX, Permit
from models.accounts.tables import User, UserProposal
from models.audit import AuditEntry
from models.base import db
from models.errors import NotAllowed, NotFound

AGREEING_ROLES = tuple(role for role, permits in MATRIX.items() if Permit.USERS_AGREE in permits)

# What makes an account somebody's: it was made, given its role, or a way into it was made.
MAKINGS = ("user.added", "user.changed", "user.link_made", "user.agreed")


def proposals_for(reader: Actor) -> list[UserProposal]:
    """What waits for a second person, the oldest first."""
    _check_reader(reader)
    return list(
        db.session.scalars(
            select(UserProposal)
            .where(UserProposal.state == "waiting")
            .options(joinedload(UserProposal.proposed_by), joinedload(UserProposal.user))
            .order_by(UserProposal.proposed_at, UserProposal.id)
        )
    )


def proposal_for(reader: Actor, proposal_id: int) -> UserProposal:
    """One proposal, decided or not; raises NotFound."""
    _check_reader(reader)
    proposal = db.session.get(UserProposal, proposal_id)
    if proposal is None:
        raise NotFound("There is no such proposal.")
    return proposal


def proposals_waiting_for(
    reader: User, waiting: Sequence[UserProposal] | None = None
) -> list[UserProposal]:
    """The proposals that this reader may agree to; `waiting` are all that wait, where known."""
    if not may(reader, Permit.USERS_AGREE):
        return []
    waiting = proposals_for(reader) if waiting is None else waiting
    makers = makers_of_accounts() if waiting else {}
    return [one for one in waiting if why_not(one, reader, makers) is None]


def proposals_to_know(reader: User, *, since: datetime) -> list[UserProposal]:
    """What waits and this reader may be asked to agree to; what others propose about the reader's
    account; and what others decided since then about it or what the reader proposed. The newest
    first."""
    own = UserProposal.user_id == reader.id
    concerns = or_(own, UserProposal.proposed_by_id == reader.id)
    decided = and_(UserProposal.decided_at >= since, UserProposal.decided_by_id != reader.id)
    waits = UserProposal.state == "waiting"
    if not may(reader, Permit.USERS_AGREE):
        waits = and_(waits, own)
    return list(
        db.session.scalars(
            select(UserProposal)
            .where(or_(waits, and_(concerns, decided)))
            .options(
                joinedload(UserProposal.proposed_by),
                joinedload(UserProposal.user),
                joinedload(UserProposal.decided_by),
            )
            .order_by(UserProposal.id.desc())
        )
    )


def checkers_disabled(reader: Actor, *, since: datetime) -> list[User]:
    """Who checks others and was disabled since then, by name."""
    _check_reader(reader)
    return list(
        db.session.scalars(
            select(User)
            .where(User.disabled_at >= since, User.role.in_(CHECKING_ROLES))
            .order_by(User.name, User.id)
        )
    )


def agreeing_users() -> list[User]:
    """Everybody who may be asked to agree, by name."""
    return list(
        db.session.scalars(
            select(User)
            .where(User.role.in_(AGREEING_ROLES), User.disabled_at.is_(None))
            .order_by(User.name, User.id)
        )
    )


def agreeing_to(
    proposal: UserProposal, makers: Mapping[int, int | None] | None = None
) -> list[User]:
    """Who may agree to this proposal now; empty where only the operator is left."""
    makers = makers_of_accounts() if makers is None else makers
    return [
        user
        for user in agreeing_users()
        if user.password_hash and why_not(proposal, user, makers) is None
    ]


def why_not(
    proposal: UserProposal, reader: User, makers: Mapping[int, int | None] | None = None
) -> str | None:
    """Why this reader may not agree to the proposal, as a sentence; None where they may.

    Whoever asks of several hands over `makers_of_accounts`, so that it is read once.
    """
    if not may(reader, Permit.USERS_AGREE):
        return f"Your role may not {Permit.USERS_AGREE.value}."
    if reader.id == proposal.proposed_by_id:
        return "You proposed this yourself: a colleague has to agree."
    if reader.id == proposal.user_id:
        return "This is about your own account: a colleague has to agree."
    makers = makers_of_accounts() if makers is None else makers
    if in_hand_of(reader.id, makers) == in_hand_of(proposal.proposed_by_id, makers):
        return (
            "Your account and that of the proposer were set up by the same person alone: "
            "somebody else has to agree."
        )
    return None


def in_hand_of(user_id: int, makers: Mapping[int, int | None]) -> int:
    """Who answers for an account: whoever alone made it, or its last way in; else its owner.

    An account that was made by one person alone could be that person's second face, however long
    the chain. One that two people agreed to, or the operator made, is its owner's. `makers` as
    `makers_of_accounts` gives them.
    """
    seen: list[int] = []
    maker: int | None = user_id
    while maker is not None and maker not in seen:
        seen.append(maker)
        maker = makers.get(maker)
    return seen[-1]


def makers_of_accounts() -> dict[int, int | None]:
    """Each account's last maker, in one question; None where two agreed or the operator made it."""
    entries = db.session.execute(
        select(AuditEntry.subject_id, AuditEntry.event, AuditEntry.actor_id, AuditEntry.after)
        .where(AuditEntry.subject_kind == "user", AuditEntry.event.in_(MAKINGS))
        .order_by(AuditEntry.seq)
    )
    found: dict[int, int | None] = {}
    for entry in entries:
        # A change of the name makes nothing; of an erased change nobody knows, so it counts.
        if entry.event == "user.changed" and "role" not in (entry.after or {"role": ""}):
            continue
        found[entry.subject_id] = None if entry.event == "user.agreed" else entry.actor_id
    return found


def _check_reader(reader: Actor) -> None:
    if not may(reader, Permit.USERS_MANAGE) and not may(reader, Permit.USERS_AGREE):
        raise NotAllowed(f"Your role may not {Permit.USERS_AGREE.value}.")
