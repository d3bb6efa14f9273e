"""Who hears of what is done to accounts that check others: proposer, person, and who may agree.

By mail where a mail server is set up, and in any case on their home pages (`proposals_to_know`) and
on the page of what waits (`checkers_disabled`).
"""

from models import outbox
from models.accounts.links import LinkDesk
from models.accounts.permits import Actor
from models.accounts.proposal_queries import agreeing_users
from models.accounts.tables import User, UserProposal

SUBJECTS = {
    "waiting": "Hustings: a user waits for a second person",
    "agreed": "Hustings: a user was agreed to",
    "refused": "Hustings: a user was refused",
    "withdrawn": "Hustings: a proposal was withdrawn",
}
NEXT = {
    "waiting": "Nothing is changed yet. A national political officer, finance or an auditor has to "
    "agree, here:\n\n{page}\n\nDo you know nothing of this? Then refuse it, or ask somebody who "
    "may to refuse it.",
    "agreed": "{by} agreed, and it counts from now on. Is it wrong? Tell the national political "
    "office at once; the account can be disabled.",
    "refused": "{by} refused it. Nothing is changed.",
    "withdrawn": "{by} withdrew it. Nothing is changed.",
}


def tell_of(proposal: UserProposal, *, by: User, desk: LinkDesk) -> None:
    """Mail how things stand with a proposal, where mail is set up."""
    rest = NEXT[proposal.state].format(
        by=by.name, page=f"{desk.base_url.rstrip('/')}/users/waiting"
    )
    text = f"{proposal.proposed_by.name} proposed:\n\n{proposal.words}\n\n{rest}"
    concerned = [proposal.proposed_by, *([proposal.user] if proposal.user else [])]
    key = f"user-proposal:{proposal.id}:{proposal.state}"
    _mail(concerned, SUBJECTS[proposal.state], text, key, desk)


def tell_disabled(user: User, *, by: Actor, key: str, desk: LinkDesk) -> None:
    """Mail that somebody who checks others was kept out, where mail is set up."""
    text = (
        f"{by.name} disabled the account of {user.name} <{user.email}>, {user.role_label}.\n\n"
        "Is it wrong? It can be enabled again by two: one proposes, another agrees."
    )
    _mail([user], "Hustings: an account was disabled", text, key, desk)


def _mail(concerned: list[User], subject: str, text: str, key: str, desk: LinkDesk) -> None:
    if not desk.mails:
        return
    for one in {user.id: user for user in [*agreeing_users(), *concerned]}.values():
        outbox.post_mail(
            to=one.email,
            subject=subject,
            text=f"Hello {one.name},\n\n{text}\n",
            key=f"{key}:{one.id}",
        )
