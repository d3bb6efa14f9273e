"""Which cells of a working sheet may be changed, and what a changed cell means. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from models.folding import fold
from models.people.keys import email_key, phone_key

# field → may it be emptied? In the order of the columns.
EDITABLE = {
    "title": True,
    "given_name": False,
    "family_name": False,
    "known_as": True,
    "suffix": True,
    "party": True,
    "expected_end": True,
    "status": False,
    "branch": False,
    "email": True,
    "mobile": True,
    "phone": True,
}
OF_OFFICE = frozenset({"party", "expected_end"})
OPEN, ACCEPTED, REFUSED = "open", "accepted", "refused"


@dataclass(frozen=True)
class Returned:
    """One row of a sheet that came back: `base` is what the sheet was given, `mine` what it says
    now, `values` what the changed cells mean, `faults` why one cannot be taken; all by field.

    `fault` says why the whole row cannot be taken."""

    number: int
    name: str
    term_id: int | None
    base: Mapping[str, str] = field(default_factory=dict)
    mine: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""


@dataclass(frozen=True)
class Change:
    """One changed cell. `here` is what the books say now."""

    field: str
    base: str
    here: str
    mine: str
    conflict: bool
    fault: str = ""


def same(name: str, one: str, other: str) -> bool:
    """Whether two cells of a column say the same, however they are spelt."""
    return _compared(name, one) == _compared(name, other)


def _compared(name: str, text: str) -> str:
    text = " ".join(text.split())
    if not text:
        return ""
    if name == "email":
        return email_key(text)
    if name in ("mobile", "phone"):
        return phone_key(text)
    return fold(text) if name in ("party", "branch", "status") else text


def changed(name: str, row: Returned) -> bool:
    """Whether the sheet says otherwise than it was given."""
    return not same(name, row.mine.get(name, ""), row.base.get(name, ""))


def changes(row: Returned, here: Mapping[str, str]) -> Iterable[Change]:
    """What the row says otherwise, but for what the books say too by now."""
    for name, may_be_empty in EDITABLE.items():
        mine, base, now = (one.get(name, "") for one in (row.mine, row.base, here))
        if not changed(name, row) or same(name, mine, now):
            continue
        fault = row.faults.get(name, "")
        if not mine and not may_be_empty:
            fault = "This cannot be left empty."
        yield Change(name, base, now, mine, conflict=not same(name, base, now), fault=fault)
