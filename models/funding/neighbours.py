"""What the rooms above this one say to a step of an application.

This room cannot import them, so they join it: one function that says what stands in the way of
which step, and one that hears of every step in the transaction that takes it.
"""

from collections.abc import Callable, Mapping, Sequence

from models.accounts.tables import User
from models.funding.tables import Application, ApplicationStep

Hinder = Callable[[Application], Mapping[str, str]]
Follow = Callable[[Application, ApplicationStep, User], None]
FollowMany = Callable[[Sequence[tuple[Application, ApplicationStep]], User], None]

_joined: list[tuple[Hinder, Follow, FollowMany]] = []


def join(hinder: Hinder, follow: Follow, follow_awards: FollowMany) -> None:
    """Ask `hinder` what stands in the way of steps, and tell `follow` of each step taken.

    `follow_awards` hears of many first awards, made together, at once.
    """
    if (hinder, follow, follow_awards) not in _joined:
        _joined.append((hinder, follow, follow_awards))


def hindrances(application: Application) -> dict[str, str]:
    """What stands in the way, in words, by the step's name."""
    found: dict[str, str] = {}
    for hinder, _follow, _many in _joined:
        found |= hinder(application)
    return found


def tell(application: Application, taken: ApplicationStep, *, by: User) -> None:
    """Let the rooms above follow a step that was taken."""
    for _hinder, follow, _many in _joined:
        follow(application, taken, by)


def tell_of_awards(taken: Sequence[tuple[Application, ApplicationStep]], *, by: User) -> None:
    """Let the rooms above follow many first awards that were made together."""
    for _hinder, _follow, many in _joined:
        many(taken, by)
