"""Reference data that every installation needs: the union's regions, and parties.

Regions as the union names them in 2026; parties as the Electoral Commission registers them.
Both are rows, not constants: this is only what an empty database starts with.
"""

from dataclasses import dataclass

REGIONS: dict[str, str] = {
    "BM": "Birmingham & Midland",
    "LO": "London",
    "NEYH": "North East, Yorkshire & Humber",
    "NWI": "North West & Irish",
    "SC": "Scotland",
    "SO": "Southern",
    "WSW": "Wales & South West",
}


@dataclass(frozen=True)
class PartyFacts:
    """A party: the Electoral Commission's id, its name, and how people write it."""

    ec_id: str | None
    name: str
    spellings: tuple[str, ...] = ()


PARTIES: tuple[PartyFacts, ...] = (
    PartyFacts("PP53", "Labour Party", ("Labour", "Lab", "The Labour Party", "LAB", "Llafur")),
    PartyFacts(
        "joint-party:53-119",
        "Labour and Co-operative Party",
        (
            "Labour and Co-operative",
            "Labour & Co-operative",
            "Labour & Co-operative Party",
            "Labour/Co-operative",
            "Labour Co-operative",
            "Labour & Coop",
            "Labour Co-op",
            "Labour and Co-op",
            "Lab Co-op",
            "Lab/Co-op",
        ),
    ),
    PartyFacts("PP119", "Co-operative Party", ("Co-operative", "Co-op", "Co-op Party")),
    PartyFacts(
        "PP52",
        "Conservative and Unionist Party",
        (
            "Conservative",
            "Conservatives",
            "Con",
            "Conservative Party",
            "Tory",
            "Conservative Group",
        ),
    ),
    PartyFacts(
        "PP90",
        "Liberal Democrats",
        ("Liberal Democrat", "Lib Dem", "Lib Dems", "LibDem", "LD", "The Liberal Democrats"),
    ),
    PartyFacts(
        "PP63",
        "Green Party",
        ("Green", "Greens", "The Green Party", "Green Party of England and Wales", "GPEW"),
    ),
    PartyFacts("PP130", "Scottish Green Party", ("Scottish Greens", "Scottish Green")),
    PartyFacts("PP7931", "Reform UK", ("Reform", "Reform UK Party", "The Reform Party")),
    PartyFacts(
        "PP102",
        "Scottish National Party (SNP)",
        ("SNP", "Scottish National Party", "Scottish Nationalist"),
    ),
    PartyFacts(
        "PP77",
        "Plaid Cymru - The Party of Wales",
        ("Plaid Cymru", "Plaid", "Party of Wales", "PC"),
    ),
    PartyFacts(
        "ynmp-party:2",
        "Independent",
        ("Ind", "Independents", "No description", "Non-aligned", "Unaligned"),
    ),
    PartyFacts("PP243", "Social Democratic Party", ("SDP",)),
    PartyFacts("PP804", "Trade Unionist and Socialist Coalition", ("TUSC",)),
    PartyFacts("PP11382", "Workers Party of Britain", ("Workers Party", "WPB")),
    PartyFacts("PP39", "Sinn Féin", ("Sinn Fein", "SF")),
    PartyFacts("PP55", "Democratic Unionist Party - D.U.P.", ("Democratic Unionist Party", "DUP")),
    PartyFacts(
        "PP103", "Alliance - Alliance Party of Northern Ireland", ("Alliance Party", "APNI")
    ),
    PartyFacts(
        "PP101",
        "SDLP (Social Democratic & Labour Party)",
        ("SDLP", "Social Democratic and Labour Party"),
    ),
    PartyFacts("PP83", "Ulster Unionist Party", ("UUP",)),
)
