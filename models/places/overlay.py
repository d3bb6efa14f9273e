"""Corrections of the public register, as data: what it has wrong, or not yet.

Each says how sure we are: `seen` in an official page, or `known` (general knowledge that nobody
has checked against a source; have a person check it before relying on the day).
A later register that states these facts itself makes the entry superfluous, and harmless.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from models.places.register import CouncilFacts


@dataclass(frozen=True)
class Correction:
    """New values for one council of the register (spellings are added), why, and how certain."""

    code: str
    because: str
    certainty: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Addition:
    """A council that the register does not have yet."""

    council: CouncilFacts
    because: str
    certainty: str


_SINCE_2024 = "Replaced by the North East Mayoral Combined Authority in May 2024."

CORRECTIONS: tuple[Correction, ...] = (
    Correction(
        "AGY",
        "The register's Welsh name has a broken letter.",
        "seen",
        {"spellings": ("Ynys Môn", "Sir Ynys Môn")},
    ),
    Correction(
        "NECA",
        _SINCE_2024,
        "known",
        {"ends_on": date(2024, 5, 7), "replaced_by": ("NEMCA",), "name": "North East (2014–2024)"},
    ),
    Correction(
        "NTCA", _SINCE_2024, "known", {"ends_on": date(2024, 5, 7), "replaced_by": ("NEMCA",)}
    ),
    *(
        Correction(code, _SINCE_2024, "known", {"combined_code": "NEMCA"})
        for code in ("DUR", "GAT", "SND", "STY", "NBL", "NET", "NTY")
    ),
)


def _combined(code: str, name: str, official: str, region: str, **values: Any) -> CouncilFacts:
    return CouncilFacts(
        code=code,
        name=name,
        official_name=official,
        kind="combined authority",
        nation="England",
        ons_region=region,
        **values,
    )


def _shadow(code: str, name: str) -> CouncilFacts:
    return CouncilFacts(
        code=code,
        name=name,
        official_name=f"{name} Council",
        kind="shadow authority",
        nation="England",
        ons_region="South East",
        starts_on=date(2026, 5, 7),
        spellings=(f"{name} Shadow Authority", f"{name} Unitary"),
    )


_SURREY = "Shadow unitary elected on 7 May 2026; vesting day 1 April 2027; next election 2031."

ADDITIONS: tuple[Addition, ...] = (
    Addition(
        _combined(
            "NEMCA",
            "North East",
            "North East Mayoral Combined Authority",
            "North East",
            starts_on=date(2024, 5, 7),
            spellings=("North East CA", "North East MCA", "NEMCA"),
        ),
        _SINCE_2024,
        "known",
    ),
    Addition(_shadow("ESURR", "East Surrey"), _SURREY, "seen"),
    Addition(_shadow("WSURR", "West Surrey"), _SURREY, "seen"),
    Addition(
        _combined(
            "DTCCA",
            "Devon and Torbay",
            "Devon and Torbay Combined County Authority",
            "South West",
        ),
        "Newer than the register.",
        "known",
    ),
    Addition(
        _combined("LCCA", "Lancashire CCA", "Lancashire Combined County Authority", "North West"),
        "Newer than the register.",
        "known",
    ),
    Addition(
        _combined("CUMCA", "Cumbria CA", "Cumbria Combined Authority", "North West"),
        "Newer than the register.",
        "known",
    ),
    Addition(
        _combined(
            "CWCA",
            "Cheshire and Warrington",
            "Cheshire and Warrington Combined Authority",
            "North West",
        ),
        "Newer than the register.",
        "known",
    ),
)


def corrected(councils: Iterable[CouncilFacts]) -> tuple[list[CouncilFacts], list[CouncilFacts]]:
    """The register's councils with their corrections, and the councils it lacks.

    An addition whose code the register has by now is left to the register. Nothing is added to a
    file that is not the whole register (one without the councils that are to be corrected).
    """
    by_code: dict[str, list[Correction]] = {}
    for one in CORRECTIONS:
        by_code.setdefault(one.code, []).append(one)
    mended = [_mended(council, by_code.get(council.code, ())) for council in councils]
    codes = {council.code for council in mended}
    whole = codes.issuperset(by_code)
    return mended, [a.council for a in ADDITIONS if whole and a.council.code not in codes]


def _mended(council: CouncilFacts, corrections: Iterable[Correction]) -> CouncilFacts:
    values: dict[str, Any] = {}
    for one in corrections:
        values |= one.values
    spellings = (*council.spellings, *values.pop("spellings", ()))
    return replace(council, **values, spellings=spellings)
