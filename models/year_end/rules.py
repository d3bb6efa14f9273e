"""Pure rules of a year's end: what must be settled, and which rows move the money across."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.budget.rules import Figures
from models.errors import Invalid
from models.money import in_pounds

CARRY, RELEASE = "carry", "release"
CHOICES = {CARRY: "Carry forward", RELEASE: "Release"}


@dataclass(frozen=True)
class Open:
    """One commitment that is not paid whole, as it stood when it was looked at."""

    award_id: int
    reference: str
    amount_p: int


def check_choices(open_now: Sequence[Open], choices: Mapping[int, str]) -> None:
    """Raise Invalid unless there is one known answer for each open commitment and no other."""
    for one in open_now:
        if choices.get(one.award_id) not in CHOICES:
            raise Invalid(
                f"Say what becomes of {one.reference}: {in_pounds(one.amount_p)} of it is not "
                "paid.",
                field=f"choice_{one.award_id}",
            )
    unknown = set(choices) - {one.award_id for one in open_now}
    if unknown:
        raise Invalid("Something was settled since this page was opened. Load it again.")


def check_balance(balance_p: int, available_p: int, released_p: int) -> None:
    """Raise Invalid where more would go with the fund than is unspent in the end."""
    most_p = available_p + released_p
    if not 0 <= balance_p <= most_p:
        raise Invalid(
            f"{in_pounds(most_p)} will be unspent once what is released came back; enter that "
            "or less.",
            field="balance",
        )


def drift(before: Mapping[int, int], now: Mapping[int, int]) -> list[int]:
    """The awards whose open amount is not what it was when the closing was proposed."""
    return sorted(key for key in before.keys() | now.keys() if before.get(key) != now.get(key))


def to_sweep(places: Sequence[tuple[int, str, Figures]]) -> list[tuple[int, int]]:
    """What is unspent in each leaf, then what that leaves in each head: node id and pence.

    Taken back in this order it gathers at the root.
    """
    leaves = [(n, f.available_p) for n, level, f in places if level == "region"]
    heads = [(n, f.available_p) for n, level, f in places if level == "head"]
    return [(node_id, amount_p) for node_id, amount_p in (*leaves, *heads) if amount_p > 0]
