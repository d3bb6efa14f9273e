"""Pure rules of the budget: amounts, how a cap is shared out, which rows a virement writes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.errors import Invalid
from models.folding import fold
from models.money import in_pounds

MAX_P = 1_000_000_000_00
NATIONAL = "NAT"
CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,15}")


@dataclass(frozen=True)
class Figures:
    """The five figures of one place in the tree, and what it handed down; all in pence."""

    name: str
    code: str
    cap_p: int = 0
    handed_p: int = 0
    committed_p: int = 0
    paid_p: int = 0
    returned_p: int = 0

    @property
    def available_p(self) -> int:
        """What can still be awarded: cap - committed - paid + returned."""
        return self.cap_p - self.committed_p - self.paid_p + self.returned_p

    @property
    def unhanded_p(self) -> int:
        """The part of the cap that no child has been given."""
        return self.cap_p - self.handed_p

    @property
    def spare_p(self) -> int:
        """What a place with children can still lose or hand down."""
        return min(self.available_p, self.unhanded_p)


def added_up(name: str, code: str, parts: Sequence[Figures]) -> Figures:
    """The figures of several places together; everything counts as handed down."""
    cap_p = sum(part.cap_p for part in parts)
    return Figures(
        name=name,
        code=code,
        cap_p=cap_p,
        handed_p=cap_p,
        committed_p=sum(part.committed_p for part in parts),
        paid_p=sum(part.paid_p for part in parts),
        returned_p=sum(part.returned_p for part in parts),
    )


@dataclass(frozen=True)
class Commitment:
    """One award to make against a leaf, under a reference and with a key of its own."""

    node_id: int
    reference: str
    amount_p: int
    key: str


@dataclass(frozen=True)
class Move:
    """One row the ledger is to get: so much on that node."""

    kind: str
    node_id: int
    amount_p: int
    award_id: int | None = None
    reverses_id: int | None = None


@dataclass(frozen=True)
class Effect:
    """What some moves would do to one place: its cap and its spare money, before and after."""

    place: str
    cap_p: int
    new_cap_p: int
    spare_p: int
    new_spare_p: int


def code_from(name: str) -> str:
    """A head's code made of its name: "Travel & rooms" is "TRAVEL-AND-ROOMS"."""
    return "-".join(fold(name).upper().split())[:16].rstrip("-")


def financial_year(day: date) -> tuple[date, date]:
    """The first and last day of the financial year (1 April to 31 March) around a day."""
    first = day.year if (day.month, day.day) >= (4, 1) else day.year - 1
    return date(first, 4, 1), date(first + 1, 3, 31)


def check_amount(amount_p: int) -> None:
    """Raise Invalid unless the amount is above nothing and within what an office could mean."""
    if amount_p <= 0:
        raise Invalid("Enter an amount above £0.00.", field="amount")
    check_size(amount_p)


def check_size(amount_p: int) -> None:
    """Raise Invalid for an amount, either way, that no office could mean."""
    if abs(amount_p) > MAX_P:
        raise Invalid(f"Enter an amount up to {in_pounds(MAX_P)}.", field="amount")


def check_authority(authority: str) -> None:
    """Raise Invalid unless somebody is named who resolved the change."""
    if not authority.strip():
        raise Invalid(
            "Say who resolved it, and when: “Executive, 12 November, minute 4”.", field="authority"
        )


def needs_second(
    kind: str, *, between_heads: bool, amount_p: int, above_p: int | None, has_awards: bool
) -> bool:
    """True where a second person has to approve a virement or money taken from a head.

    With an amount set for the fund: whatever moves more than that. Without one: once the fund has
    its first award, everything but a move between the regions of one head. A new cap always needs
    one.
    """
    if kind == "cap":
        return True
    if above_p is not None:
        return amount_p > above_p
    return has_awards and (kind != "virement" or between_heads)


def check_code(code: str, what: str, field: str) -> None:
    """Raise Invalid unless the code is short capitals, digits and hyphens."""
    if not CODE.fullmatch(code):
        raise Invalid(
            f"The code of {what} may hold capital letters, digits and hyphens, up to 16: “{code}”.",
            field=field,
        )


def check_period(starts_on: date, ends_on: date, max_grant_p: int) -> None:
    """Raise Invalid for a period that ends before it starts, or a largest grant of nothing."""
    if ends_on <= starts_on:
        raise Invalid("The period must end after it starts.", field="ends_on")
    if not 0 < max_grant_p <= MAX_P:
        raise Invalid("The largest grant must be above £0.00.", field="max_grant")


def check_heads(heads: Mapping[str, str]) -> None:
    """Raise Invalid unless there are heads (name -> code), each with a code of its own."""
    if not heads:
        raise Invalid("Enter at least one head.", field="heads")
    if len({fold(name) for name in heads}) < len(heads):
        raise Invalid("Two heads have the same name.", field="heads")
    if len(set(heads.values())) < len(heads):
        raise Invalid("Two heads have the same code.", field="heads")
    for code in heads.values():
        check_code(code, "a head", "heads")


def share_out(
    cap_p: int, heads: Sequence[str], regions: Sequence[str]
) -> dict[str, dict[str, int]]:
    """The cap shared equally over heads and regions, to the penny: head -> region -> pence.

    What does not divide goes to the first head's National share.
    """
    shares = {head: dict.fromkeys([*regions, NATIONAL], 0) for head in heads}
    parts = len(heads) * (len(regions) + 1)
    if not parts:
        return shares
    each, rest = divmod(cap_p, parts)
    for head in heads:
        for region in shares[head]:
            shares[head][region] = each
    shares[heads[0]][NATIONAL] += rest
    return shares


def check_shares(
    cap_p: int,
    heads: Mapping[str, str],
    regions: Sequence[str],
    shares: Mapping[str, Mapping[str, int]],
) -> None:
    """Raise Invalid for shares below nothing, of an unknown place, or above the cap together."""
    known = {*regions, NATIONAL}
    for head, parts in shares.items():
        if head not in heads.values():
            raise Invalid(f"There is no head “{head}” to allocate to.", field="heads")
        for region, amount_p in parts.items():
            if region not in known:
                raise Invalid(f"There is no region “{region}” to allocate to.", field="heads")
            if amount_p < 0:
                raise Invalid("An allocation cannot be below £0.00.", field="heads")
    total_p = sum(sum(parts.values()) for parts in shares.values())
    if total_p > cap_p:
        raise Invalid(
            f"The allocations come to {in_pounds(total_p)}, the cap is {in_pounds(cap_p)}.",
            field="amount",
        )


def virement_moves(
    source_path: Sequence[int], target_path: Sequence[int], amount_p: int
) -> list[Move]:
    """The rows of a virement: debits from the bottom up, then gains from the top down.

    A path lists a node and its ancestors, the node first. In this order no cap is passed midway.
    Raises Invalid where the two have no common ancestor or one stands above the other.
    """
    if source_path[0] == target_path[0]:
        raise Invalid("Choose two different places to move money between.", field="target")
    if source_path[0] in target_path or target_path[0] in source_path:
        raise Invalid(
            "One of these is part of the other: allocate instead of moving.", field="target"
        )
    common = set(source_path) & set(target_path)
    if not common:
        raise Invalid("Money moves only within one fund.", field="target")
    debits = [node for node in source_path if node not in common]
    gains = [node for node in target_path if node not in common]
    return [
        *(Move("vire", node, -amount_p) for node in debits),
        *(Move("vire", node, amount_p) for node in reversed(gains)),
    ]
