"""The lock inside every action: does this actor hold the permit, for this region? Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from models.accounts.roles import Permit
from models.errors import NotAllowed, NotFound


class Actor(Protocol):
    """Whoever acts: a user, or the operator at the command line."""

    @property
    def id(self) -> int | None:
        """The user's id; None for the operator."""

    @property
    def name(self) -> str:
        """The actor's name, for covers and histories."""

    @property
    def permits(self) -> frozenset[Permit]:
        """What the actor may do."""

    @property
    def region_ids(self) -> frozenset[int] | None:
        """The regions the actor is held to; None for all."""


NOT_FOR_OPERATORS = {
    Permit.FUNDING_APPLY,
    Permit.FUNDING_DECIDE,
    Permit.FUNDING_PAY,
    Permit.BUDGET_ASK,
    Permit.BUDGET_APPROVE,
    Permit.PAYEES_WRITE,
    Permit.PAYEES_CONFIRM,
    Permit.PAYMENTS_RELEASE,
    Permit.PAYMENTS_MAKE,
    Permit.WRITE_OFF,
    Permit.USERS_AGREE,
}


@dataclass(frozen=True)
class Operator:
    """Whoever has the machine's command line. May load data and set up; never decides or pays."""

    id: int | None = None
    name: str = "Command line"
    region_ids: frozenset[int] | None = None

    @property
    def permits(self) -> frozenset[Permit]:
        """Everything but the decisions that need a named person, and bank details."""
        return frozenset(Permit) - NOT_FOR_OPERATORS


OPERATOR = Operator()


@dataclass(frozen=True)
class Scope:
    """All of an actor on which the conditions of a list depend, and nothing of who it is.

    Two people of one role and the same regions have equal scopes, so that a statement that was put
    together for one of them may be kept and serve the other. A scope may stand where an Actor is
    wanted to read; it has no id, and so does nothing.
    """

    permits: frozenset[Permit]
    region_ids: frozenset[int] | None
    id: None = None
    name: str = ""


def scope_of(actor: Actor) -> Scope:
    """What this actor may read, as a value."""
    return Scope(actor.permits, actor.region_ids)


def may(actor: Actor, permit: Permit) -> bool:
    """True if the actor holds the permit."""
    return permit in actor.permits


def require(actor: Actor, permit: Permit, *, regions: Iterable[int | None] | None = None) -> None:
    """Raise NotAllowed without the permit, NotFound where none of `regions` is the actor's.

    `regions` are the regions the thing belongs to; leave it out only for things of no region.
    """
    if not may(actor, permit):
        raise NotAllowed(f"Your role may not {permit.value}.")
    if regions is not None and not within(actor, regions):
        raise NotFound("There is no such record, or it is not in your region.")


def within(actor: Actor, regions: Iterable[int | None]) -> bool:
    """True if the actor sees all regions, or at least one of these."""
    return actor.region_ids is None or not actor.region_ids.isdisjoint(
        region for region in regions if region is not None
    )
