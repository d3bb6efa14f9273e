"""What waits for a second person: looking, agreeing, refusing, withdrawing."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models import clock
from models.accounts.actions.proposing import agree_to_proposal, refuse_proposal
from models.accounts.permits import may
from models.accounts.proposal_queries import (
    agreeing_to,
    checkers_disabled,
    makers_of_accounts,
    proposal_for,
    proposals_for,
    proposals_to_know,
    proposals_waiting_for,
    why_not,
)
from models.accounts.roles import Permit
from models.accounts.tables import User, UserProposal
from models.errors import Refused
from views.accounts.room import bp, link_desk
from views.guards import needs, reader

NOW = {"label": "To do", "tone": "neutral"}
KNOW = {"label": "To know", "tone": "neutral"}
DONE = {"agreed": "agreed", "refused": "refused it", "withdrawn": "withdrew it"}
# So long it is said what was decided, and who was kept out.
NEWS = timedelta(days=7)


@bp.get("/users/waiting")
@needs(Permit.USERS_AGREE)
def waiting() -> ResponseReturnValue:
    """Users that somebody proposed, for whoever may agree."""
    return render_template(
        "accounts/waiting.html",
        proposals=lines(),
        mails=link_desk().mails,
        disabled=checkers_disabled(reader(), since=clock.now() - NEWS),
    )


@bp.post("/users/waiting/<int:proposal_id>/agree")
@needs(Permit.USERS_AGREE)
def agree(proposal_id: int) -> ResponseReturnValue:
    """Let a proposal count."""
    desk = link_desk()
    proposal = proposal_for(reader(), proposal_id)
    user = agree_to_proposal(proposal, by=reader(), desk=desk)
    if user.disabled_at or (user.password_hash and proposal.what != "link"):
        flash(f"You agreed: {proposal.words}")
    elif desk.mails:
        flash(f"You agreed. A link to set a password goes to {user.email} alone.")
    else:
        flash(
            f"You agreed. Whoever runs the server makes the link: hustings user link {user.email}"
        )
    return redirect(url_for("accounts.waiting"), 303)


@bp.post("/users/waiting/<int:proposal_id>/refuse")
@needs(Permit.USERS_AGREE)
def refuse(proposal_id: int) -> ResponseReturnValue:
    """Refuse a proposal."""
    proposal = refuse_proposal(proposal_for(reader(), proposal_id), by=reader(), desk=link_desk())
    flash(f"Refused, and nothing is changed: {proposal.words}")
    return redirect(url_for("accounts.waiting"), 303)


@bp.post("/users/waiting/<int:proposal_id>/withdraw")
@needs(Permit.USERS_MANAGE)
def withdraw(proposal_id: int) -> ResponseReturnValue:
    """Take back what one proposed oneself."""
    proposal = proposal_for(reader(), proposal_id)
    if proposal.proposed_by_id != reader().id:
        raise Refused("Only whoever proposed it withdraws it.")
    refuse_proposal(proposal, by=reader(), desk=link_desk())
    flash(f"Withdrawn, and nothing is changed: {proposal.words}")
    return redirect(url_for("accounts.users"), 303)


def lines() -> list[dict[str, Any]]:
    """What waits, with what this reader may do about each, and who else may."""
    user = reader()
    makers = makers_of_accounts()
    return [_line(proposal, user, makers) for proposal in proposals_for(user)]


def _line(proposal: UserProposal, user: User, makers: Mapping[int, int | None]) -> dict[str, Any]:
    return {
        "proposal": proposal,
        "why_not": why_not(proposal, user, makers),
        "own": proposal.proposed_by_id == user.id,
        "others": [one.name for one in agreeing_to(proposal, makers) if one.id != user.id],
    }


def proposal_rows(user: User) -> list[dict[str, Any]]:
    """What waits for this reader, and what they have to know of accounts that check others, as
    rows of the home page's work queue."""
    known = proposals_to_know(user, since=clock.now() - NEWS)
    count = len(proposals_waiting_for(user, [one for one in known if one.state == "waiting"]))
    rows = [_to_decide(count)] if count else []
    return rows + [_concerning(one, user) for one in known if _is_news(one, user)]


def _is_news(proposal: UserProposal, user: User) -> bool:
    return proposal.state != "waiting" or proposal.user_id == user.id


def _to_decide(count: int) -> dict[str, Any]:
    return {
        "icon": "user-shield",
        "label": "Decide on 1 user" if count == 1 else f"Decide on {count} users",
        "detail": "Accounts that decide, pay or audit need a second person",
        "href": url_for("accounts.waiting"),
        "due": NOW,
    }


def _concerning(proposal: UserProposal, user: User) -> dict[str, Any]:
    """One line for whoever proposed it, or whose account it is about."""
    proposed = f"{proposal.proposed_by.name} proposed it on {_day(proposal.proposed_at)}"
    said = f"{proposed}, and a second person decides"
    if proposal.decided_by is not None and proposal.decided_at is not None:
        said = f"{proposal.decided_by.name} {DONE[proposal.state]} on {_day(proposal.decided_at)}"
    own, manages = proposal.user_id == user.id, may(user, Permit.USERS_MANAGE)
    return {
        "icon": "user-shield",
        "label": f"Your account: {proposal.words}" if own else proposal.words,
        "detail": said,
        "href": url_for("accounts.account" if own or not manages else "accounts.users"),
        "due": KNOW,
    }


def _day(moment: datetime) -> str:
    day = clock.london_day(moment)
    return f"{day.day} {day:%B}"
