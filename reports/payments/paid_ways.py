"""Which way the money of each row went, told from all rows of a file together. Pure.

What a row says itself comes first. Where only a sign tells, the sign of the other rows says which
sign means money out; where that is not certain nobody guesses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

COMES_IN = "This is money that came in, not a payment."
UNSURE = "The file does not say whether this money went out or came in."


@dataclass(frozen=True)
class Told:
    """A row's signed pence, its way, the balance after it.

    `way` is "out", "in", "unsure", None where only the sign tells, and "open" where the row's type
    may mean either and a minus in a signed file would tell.
    """

    pence: int
    way: str | None = None
    balance: int | None = None


def ways(
    rows: Sequence[Told], *, statement: bool, named_out: bool, signed: bool = False
) -> list[str]:
    """ "out", "in" or "unsure" for each row.

    `statement` says that the file has a balance, `named_out` that the column is one of money out,
    `signed` that a minus is known to mean money out, and nothing else does.
    """
    if signed:
        return [_way(row, -1, -1) for row in rows]
    meant = _out_sign(rows, statement=statement, named_out=named_out)
    usual = _most(_signs(rows, "out"))
    return [_way(row, meant, usual) for row in rows]


def _sign(pence: int) -> int:
    return (pence > 0) - (pence < 0)


def _signs(rows: Sequence[Told], way: str | None) -> list[int]:
    return [_sign(row.pence) for row in rows if row.way == way and row.pence]


def _way(row: Told, out_sign: int | None, usual: int | None) -> str:
    sign = _sign(row.pence)
    if row.way in ("in", "unsure"):
        return row.way
    if row.way == "out":
        # Where its sign is not the others', it is a payment taken back.
        return "unsure" if sign and sign != usual else "out"
    if row.way == "open":
        return "out" if sign == out_sign == -1 else "unsure"
    if out_sign is None:
        return "unsure"
    return "out" if sign in (out_sign, 0) else "in"


def _most(signs: Sequence[int]) -> int | None:
    """The sign of more than half of them, None where there is none."""
    return _sign(sum(signs)) or None


def _out_sign(rows: Sequence[Told], *, statement: bool, named_out: bool) -> int | None:
    """The sign that money out has among the rows that do not say it; None where it is open."""
    out, into, plain = (set(_signs(rows, way)) for way in ("out", "in", None))
    unsigned = len(out | into | plain) == 1
    proved = _by_balance(rows)
    if proved:
        return proved
    if out or into:
        return _by_the_others(out, into, unsigned=unsigned, statement=statement)
    if statement and not named_out:
        return None if plain == {1} else -1
    most = _most(_signs(rows, None))
    if plain == {1, -1} and not named_out:
        # Where a minus stands it is money out, and a plus money that came. Where most came, it may
        # as well be a list of payments with one taken back.
        return -1 if most == -1 else None
    return most


def _by_the_others(out: set[int], into: set[int], *, unsigned: bool, statement: bool) -> int | None:
    """The same where some rows say their way: by their signs, if these are not all alike."""
    if unsigned and (into or statement):
        return None  # the file tells by words, and the other rows have none
    if len(out) == 1 and not out & into:
        return next(iter(out))
    return -next(iter(into)) if len(into) == 1 and not out else None


def _by_balance(rows: Sequence[Told]) -> int | None:
    """The sign of money out as the running balance proves it, whichever end is the newest."""
    lowers = raises = 0
    for above, below in pairwise(rows):
        if above.balance is None or below.balance is None or not (above.pence and below.pence):
            continue
        oldest_first = below.balance - above.balance
        for change, pence in ((oldest_first, below.pence), (-oldest_first, above.pence)):
            raises += change == pence
            lowers += change == -pence
    if bool(raises) == bool(lowers):
        return None
    return -1 if raises else 1
