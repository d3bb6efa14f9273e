"""Accounts that decide, pay or audit: one person proposes, another one agrees.

So nobody who manages users can become, or take over, those who check them. Until somebody agrees
there is no account, no link and no new role. A link goes by mail to its person and is shown to
nobody; without a mail server the operator makes it (`hustings user link`), outside this rule.
"""

from collections.abc import Collection

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from models import audit, clock
from models.accounts.actions.passwords import end_links, make_link
from models.accounts.actions.telling import tell_of
from models.accounts.actions.users import insert_user, move_user
from models.accounts.links import LinkDesk
from models.accounts.permits import may, require
from models.accounts.proposal_queries import why_not
from models.accounts.queries import regions_of, user_by_email
from models.accounts.roles import Permit, Role
from models.accounts.rules import check_rank, check_regions, clean_email, clean_name, needs_two
from models.accounts.tables import User, UserProposal
from models.base import db
from models.errors import Invalid, Refused


def propose_user(
    *, email: str, name: str, role: Role, region_ids: Collection[int] = (), by: User, desk: LinkDesk
) -> UserProposal:
    """Propose an account that checks others; there is none until somebody else agrees."""
    check_rank(by.role, role)
    check_regions(role, region_ids)
    regions_of(region_ids)
    address = clean_email(email)
    if user_by_email(address):
        raise Invalid(f"There is already a user with the address {address}.", field="email")
    proposal = UserProposal(
        what="add", email=address, name=clean_name(name), role=role, region_ids=sorted(region_ids)
    )
    return _propose(proposal, by=by, desk=desk)


def propose_change(
    user: User, *, role: Role, region_ids: Collection[int] = (), by: User, desk: LinkDesk
) -> UserProposal:
    """Propose another role or other regions; the user keeps the old ones until somebody agrees."""
    check_rank(by.role, Role(user.role), role)
    check_regions(role, region_ids)
    regions_of(region_ids)
    if Role(user.role) is role and {region.id for region in user.regions} == set(region_ids):
        raise Refused(f"{user.name} has this role and these regions already.")
    return _propose(_about(user, "change", role, region_ids), by=by, desk=desk)


def propose_enabling(user: User, *, by: User, desk: LinkDesk) -> UserProposal:
    """Propose to let somebody in again who is disabled."""
    check_rank(by.role, Role(user.role))
    if not user.disabled_at:
        raise Refused(f"{user.name} is not disabled.")
    return _propose(_about(user, "enable"), by=by, desk=desk)


def propose_link(user: User, *, by: User, desk: LinkDesk) -> UserProposal:
    """Propose a new link to set a password. Refused where no mail could take it to the person."""
    check_rank(by.role, Role(user.role))
    _check_link(user, desk)
    return _propose(_about(user, "link"), by=by, desk=desk)


def agree_to_proposal(proposal: UserProposal, *, by: User, desk: LinkDesk) -> User:
    """Let a proposal count; returns the user. Of two who decide at once, one is heard.

    Raises Refused for whoever proposed it, whom it is about, or whose account the proposer made.
    """
    require(by, Permit.USERS_AGREE)
    reason = why_not(proposal, by)
    if reason:
        raise Refused(reason)
    if not may(proposal.proposed_by, Permit.USERS_MANAGE):
        raise Refused(f"{proposal.proposed_by.name} may not propose users any more: refuse it.")
    _decide(proposal, "agreed", by=by)
    user = _carry_out(proposal, desk)
    proposal.user_id = user.id
    db.session.flush()
    audit.record("user.agreed", user, by=by, after=_told(proposal))
    tell_of(proposal, by=by, desk=desk)
    return user


def refuse_proposal(proposal: UserProposal, *, by: User, desk: LinkDesk) -> UserProposal:
    """Refuse a proposal: nothing changes. Whoever proposed it withdraws it so."""
    own = by.id == proposal.proposed_by_id
    require(by, Permit.USERS_MANAGE if own else Permit.USERS_AGREE)
    _decide(proposal, "withdrawn" if own else "refused", by=by)
    audit.record(f"user.{proposal.state}", proposal, by=by, after=_told(proposal))
    tell_of(proposal, by=by, desk=desk)
    return proposal


def _about(
    user: User, what: str, role: Role | None = None, region_ids: Collection[int] | None = None
) -> UserProposal:
    if region_ids is None:
        region_ids = [region.id for region in user.regions]
    return UserProposal(
        what=what,
        user_id=user.id,
        email=user.email,
        name=user.name,
        role=role or user.role,
        region_ids=sorted(region_ids),
    )


def _propose(proposal: UserProposal, *, by: User, desk: LinkDesk) -> UserProposal:
    require(by, Permit.USERS_MANAGE)
    if proposal.user_id == by.id:
        raise Refused("You cannot do this to your own account. Ask a colleague.")
    proposal.proposed_by_id = by.id
    try:
        with db.session.begin_nested():
            db.session.add(proposal)
    except IntegrityError as error:
        words = f"Something about {proposal.email} waits for a second person already."
        raise Refused(words) from error
    audit.record("user.proposed", proposal, by=by, after=_told(proposal))
    tell_of(proposal, by=by, desk=desk)
    return proposal


def _decide(proposal: UserProposal, state: str, *, by: User) -> None:
    # The database says who was first, not what this session read before.
    done = db.session.execute(
        update(UserProposal)
        .where(UserProposal.id == proposal.id, UserProposal.state == "waiting")
        .values(state=state, decided_by_id=by.id, decided_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    if not done.rowcount:  # type: ignore[attr-defined]
        raise Refused("This was decided already.")
    db.session.refresh(proposal)


def _carry_out(proposal: UserProposal, desk: LinkDesk) -> User:
    role = Role(proposal.role)
    if proposal.what == "add":
        user = insert_user(proposal.email, proposal.name, role, proposal.region_ids)
        _mail_link(user, desk)
        return user
    user = db.session.get_one(User, proposal.user_id, populate_existing=True)
    if proposal.what == "change":
        _change(user, role, proposal.region_ids, desk)
    elif proposal.what == "enable":
        user.disabled_at = None
    else:
        _check_link(user, desk)
        _mail_link(user, desk)
    return user


def _change(user: User, role: Role, region_ids: Collection[int], desk: LinkDesk) -> None:
    """A password that somebody alone let the person choose opens nothing that checks others."""
    checked_before = needs_two(Role(user.role))
    move_user(user, role, region_ids)
    if needs_two(role) and not checked_before:
        user.password_hash = None
        end_links(user)
        if not user.disabled_at:
            _mail_link(user, desk)


def _check_link(user: User, desk: LinkDesk) -> None:
    if user.disabled_at:
        raise Refused(f"{user.name} is disabled. Enable the account first.")
    if not desk.mails:
        raise Refused(
            f"No mail server is set up, so no link reaches {user.name}. Whoever runs the server "
            f"makes it there: hustings user link {user.email}"
        )


def _mail_link(user: User, desk: LinkDesk) -> None:
    if desk.mails:
        make_link(user, purpose="reset" if user.password_hash else "invite", desk=desk)


def _told(proposal: UserProposal) -> dict[str, object]:
    return {
        "what": proposal.what,
        "email": proposal.email,
        "name": proposal.name,
        "role": str(Role(proposal.role)),
        "region_ids": proposal.region_ids,
        "proposed_by": proposal.proposed_by.name,
        "proposal": proposal.id,
    }
