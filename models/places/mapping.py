"""Which union region a council belongs to, as far as anybody has stated it.

Pure. Only what the union's own pages say, and what a region's own name says, is a rule. The rest
stays unmapped and is counted: an unmapped council is seen by the national office alone, while a
wrong guess would show people to the wrong region. See docs/decisions/council-regions.md.
"""

from typing import Protocol


class Placed(Protocol):
    """What the rule needs to know of a council."""

    @property
    def code(self) -> str:
        """Its code in the register."""

    @property
    def kind(self) -> str:
        """Its kind, in our words."""

    @property
    def nation(self) -> str:
        """England, Northern Ireland, Scotland or Wales."""

    @property
    def ons_region(self) -> str | None:
        """The statistical region (ONS)."""

    @property
    def county_code(self) -> str | None:
        """Its county, for a district."""


# The City and the boroughs wholly north of the Thames.
LONDON_NORTH = frozenset(
    {
        "BDG",
        "BNE",
        "BEN",
        "CMD",
        "LND",
        "EAL",
        "ENF",
        "HCK",
        "HMF",
        "HRY",
        "HRW",
        "HAV",
        "HIL",
        "HNS",
        "ISL",
        "KEC",
        "NWM",
        "RDB",
        "TWH",
        "WFT",
        "WSM",
    }
)
LONDON_SOUTH = frozenset(
    {"BEX", "BRY", "CRY", "GRE", "KTT", "LBH", "LEW", "MRT", "SWK", "STN", "WND"}
)
# Buckinghamshire and Oxfordshire: the two stated counties that lie in ONS's South East.
BUCKS_AND_OXON = frozenset({"BUC", "BKM", "MIK", "OXF"})

BY_NATION = {"Scotland": "SC", "Wales": "WSW", "Northern Ireland": "NWI"}
BY_ONS_REGION = {
    # Beds, Cambs, Essex, Herts, Norfolk and Suffolk are the whole of the East of England.
    "East of England": "LO",
    "North East": "NEYH",
    "Yorkshire and The Humber": "NEYH",
    "North West": "NWI",
    "South West": "WSW",
    "West Midlands": "BM",
    "East Midlands": "BM",
}
# Lies in two regions of ONS, or on both banks of the Thames: a person decides.
UNDECIDED = frozenset({"GLA", "GLCA", "RIC"})


def region_code_of(council: Placed) -> str | None:
    """The code of the union region by rule, or None where nothing states it."""
    if council.code in UNDECIDED:
        return None
    if council.nation in BY_NATION:
        return BY_NATION[council.nation]
    if council.code in LONDON_NORTH:
        return "LO"
    if council.code in LONDON_SOUTH:
        return "SO"
    if council.code in BUCKS_AND_OXON or council.county_code in BUCKS_AND_OXON:
        return "LO"
    return BY_ONS_REGION.get(council.ons_region or "")
