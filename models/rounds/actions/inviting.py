"""The links of candidates: made, opened, used up, withdrawn. What they lead to is funding's."""

from dataclasses import dataclass

from models import audit, clock
from models.accounts.permits import require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db
from models.errors import Gone, NotFound
from models.links import LinkDesk, new_nonce, nonce_hash
from models.rounds import queries
from models.rounds.links import LIFETIME
from models.rounds.tables import Invitation

NOT_OURS = (
    "This link is not one of ours. Open it from the e-mail again, or copy all of it, to the "
    "last letter. Otherwise ask your region for a new one."
)
USED = "This link was used: your part has been sent to your region. There is nothing more to do."
WITHDRAWN = "This link was withdrawn. Ask your region if you still have something to say."
TOO_OLD = "This link is too old. Ask your region for a new one; what you saved is still there."


@dataclass(frozen=True)
class Candidate:
    """Whoever holds a live link: may write in one application of one region, and nothing else."""

    region_ids: frozenset[int] | None
    id: int | None = None
    name: str = "The candidate, by a link"
    permits: frozenset[Permit] = frozenset({Permit.FUNDING_APPLY})


def make_invitation(
    *, application_id: int, region_id: int, sent_to: str | None, by: User, desk: LinkDesk
) -> tuple[Invitation, str]:
    """A new link for an application, and its address; earlier ones are withdrawn by it."""
    require(by, Permit.FUNDING_APPLY, regions=[region_id])
    withdraw_invitations(application_id=application_id, region_id=region_id, by=by)
    nonce = new_nonce()
    invitation = Invitation(
        application_id=application_id,
        nonce_hash=nonce_hash(nonce),
        sent_to=sent_to,
        made_by_id=by.id,
        expires_at=clock.now() + LIFETIME,
    )
    db.session.add(invitation)
    db.session.flush()
    audit.record("invitation.made", invitation, by=by, after={"application": application_id})
    return invitation, desk.address(nonce)


def withdraw_invitations(*, application_id: int, region_id: int, by: User) -> int:
    """Withdraw the links of an application that could still be used; how many they were."""
    require(by, Permit.FUNDING_APPLY, regions=[region_id])
    open_ones = queries.open_invitations(application_id)
    for invitation in open_ones:
        invitation.withdrawn_at = clock.now()
        audit.record("invitation.withdrawn", invitation, by=by)
    db.session.flush()
    return len(open_ones)


def read_invitation(token: str, *, desk: LinkDesk, hold: bool = False) -> Invitation:
    """The live link of a token. NotFound for one that is not ours or was altered, Gone with the
    reason for one that was used, withdrawn or is too old. `hold` locks it for its use.
    """
    nonce = desk.read(token)
    invitation = queries.invitation_by_hash(nonce_hash(nonce), hold=hold) if nonce else None
    if invitation is None:
        raise NotFound(NOT_OURS)
    if invitation.used_at is not None:
        raise Gone(USED)
    if invitation.withdrawn_at is not None:
        raise Gone(WITHDRAWN)
    if invitation.expires_at < clock.now():
        raise Gone(TOO_OLD)
    return invitation


def use_up(invitation: Invitation, *, by: Candidate) -> None:
    """The candidate has sent their part: the link has done its work."""
    invitation.used_at = clock.now()
    db.session.flush()
    audit.record("invitation.used", invitation, by=by)
