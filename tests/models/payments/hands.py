"""Which natural person has which account in hand, for the machine that looks for one alone.

Whoever makes an account alone, or a link into one, has it in hand whatever name stands on it. An
account that two people agreed to is somebody new's: that is what the second person is for.
"""

from collections import Counter
from dataclasses import dataclass, field
from itertools import count

from models.accounts.permits import may
from models.accounts.roles import Role
from models.accounts.tables import User
from models.base import db
from models.errors import DomainError

DONE, REFUSED = Counter(), Counter()


@dataclass
class Hands:
    """Every account by its id, with the people who can act as it."""

    held: dict[int, frozenset[str]] = field(default_factory=dict)
    owners: dict[int, frozenset[str]] = field(default_factory=dict)
    strangers: count = field(default_factory=lambda: count(1))

    def own(self, user: User) -> None:
        """An account of one person who is nobody else."""
        self.owners[user.id] = self.held[user.id] = frozenset({user.name})

    def agreed(self, user: User) -> None:
        """Two people agreed to it and its old password is gone: it is whom both mean."""
        if user.id not in self.owners:
            self.owners[user.id] = frozenset({f"somebody new ({next(self.strangers)})"})
        self.held[user.id] = self.owners[user.id]

    def taken(self, user: User, by: User) -> None:
        """`by` made it, or a link into it, alone."""
        self.held[user.id] = self.held.get(user.id, frozenset()) | self.held[by.id]

    def of(self, *user_ids: int | None) -> frozenset[str]:
        """Everybody who can act as one of these accounts."""
        return frozenset().union(*(self.held[one] for one in user_ids if one is not None))

    def people(self) -> list[str]:
        """Every natural person, in a fixed order."""
        return sorted(frozenset().union(*self.held.values()))

    def pick(self, draw: int, permit: object, only: str | None) -> User:
        """An account for an act: mostly one that may do it; of one person alone where `only` is.

        The draw decides, so that the same draws do the same in every run.
        """
        users = db.session.query(User).order_by(User.id).all()
        mine = [user for user in users if only is None or only in self.held[user.id]]
        able = [user for user in mine if may(user, permit) and user.disabled_at is None]
        pool = able if able and draw % 16 else mine
        return (pool or users)[draw // 16 % len(pool or users)]


def attempt(verb: str, act):
    """The act's result, or None where the product refused it."""
    try:
        with db.session.begin_nested():
            done = act()
            db.session.flush()
    except DomainError:
        REFUSED[verb] += 1
        db.session.expire_all()
        return None
    DONE[verb] += 1
    # The next act is another request: it reads everything afresh.
    db.session.expire_all()
    return done


def make_person(first: str, role: Role) -> User:
    """One more of a role, beside the cast."""
    user = User(email=f"{first.lower()}@example.org", name=first, role=role)
    db.session.add(user)
    db.session.flush()
    return user
