"""The figures of election money law as the office starts with them: data, read by nothing but init.

Each has its source and the day it was looked at. Years before 2024 are left out: the limits and
thresholds were raised by S.I. 2023/1235, and older figures are not held.
"""

from models.elections.rules import Figure
from models.elections.sources import EC, NOT_FOUND, RPA, SI_2023, TULRCA, figure
from models.elections.thresholds import DONATIONS, NATIONAL


def _unknown(nation: str, slug: str) -> Figure:
    return figure(
        f"limit.local.{slug}",
        f"A candidate's limit at a local election in {nation}",
        "formula",
        "The figures of this nation are its own; those of England do not apply.",
        NOT_FOUND,
        topic="limits",
        nation=nation,
        election="local",
        certainty="uncertain",
    )


def _notice(nation: str, days: int, mark: str) -> Figure:
    return figure(
        "timetable.local.notice",
        f"Last day for the notice of election, {nation}",
        "days",
        "Working days before the poll; Saturdays, Sundays, bank holidays and Christmas Eve do "
        "not count.",
        "Election timetables in law, computed from the bank holidays on GOV.UK",
        topic="dates",
        nation=nation,
        election="local",
        days=days,
        certainty=mark,
    )


LIMITS = (
    figure(
        "limit.local.england",
        "A candidate's limit at a local election in England",
        "formula",
        "£960 and 8p for each elector of the ward on the last day for publishing the notice of "
        "election; electors who are not 18 by polling day do not count.",
        f"{RPA} s.76; {EC}",
        topic="limits",
        nation="England",
        election="local",
        base_p=960_00,
        elector_tenths=80,
    ),
    _unknown("Wales", "wales"),
    _unknown("Scotland", "scotland"),
    _unknown("Northern Ireland", "ni"),
    figure(
        "limit.local.joint.two",
        "Two joint candidates: less",
        "share",
        "With two joint candidates, each one's limit is a quarter lower. Candidates are joint who "
        "share an agent, staff, a committee room or an address to the voters, unless by chance "
        "or in a trifle.",
        f"{RPA} s.77(1); {EC}; Hounslow 2026",
        topic="limits",
        election="local",
        parts=1,
        whole=4,
    ),
    figure(
        "limit.local.joint.more",
        "Three or more joint candidates: less",
        "share",
        "With three or more joint candidates, each one's limit is a third lower.",
        f"{RPA} s.77(1) as enacted",
        topic="limits",
        election="local",
        parts=1,
        whole=3,
        certainty="uncertain",
        note="The statute as enacted says “one-third”; official pages of 2026 say 33 %. One third "
        "gives the lower limit, so it is the safe choice until a person has settled it.",
    ),
    figure(
        "limit.ukpge.short",
        "A candidate's limit at a general election, short campaign, borough",
        "formula",
        "£11,390 and 8p for each elector in a borough (in Scotland: burgh) constituency.",
        f"{RPA} s.76 as varied by {SI_2023}; agrees with returning officers' limits of 2024",
        topic="limits",
        election="parliament-borough",
        base_p=11_390_00,
        elector_tenths=80,
    ),
    figure(
        "limit.ukpge.short",
        "A candidate's limit at a general election, short campaign, county",
        "formula",
        "£11,390 and 12p for each elector in a county constituency.",
        f"{RPA} s.76 as varied by {SI_2023}; agrees with returning officers' limits of 2024",
        topic="limits",
        election="parliament-county",
        base_p=11_390_00,
        elector_tenths=120,
    ),
    figure(
        "limit.ukpge.long",
        "A candidate's limit at a general election, long campaign at most, borough",
        "formula",
        "At most £40,220 and 8p for each elector; between 60 and 100 % of it, depending on whether "
        "the Parliament ends in its 56th to its 60th month.",
        f"{RPA} s.76ZA; secondary copies",
        topic="limits",
        election="parliament-borough",
        base_p=40_220_00,
        elector_tenths=80,
    ),
    figure(
        "limit.ukpge.long",
        "A candidate's limit at a general election, long campaign at most, county",
        "formula",
        "At most £40,220 and 12p for each elector; between 60 and 100 % of it, depending on "
        "whether the Parliament ends in its 56th to its 60th month.",
        f"{RPA} s.76ZA; secondary copies",
        topic="limits",
        election="parliament-county",
        base_p=40_220_00,
        elector_tenths=120,
    ),
    figure(
        "limit.byelection",
        "A candidate's limit at a by-election to the UK Parliament",
        "amount",
        "About this much, whatever the electorate.",
        "No official page seen",
        topic="limits",
        election="parliament",
        amount_p=180_050_00,
        certainty="uncertain",
    ),
    figure(
        "notional.discount",
        "A discount that counts as spending",
        "share",
        "Goods or services free of charge, or at a discount of more than this, count as spending "
        "and as a donation, if the candidate or agent directed, authorised or encouraged their "
        "use. That test does not apply to local elections in Scotland and Wales.",
        f"Elections Act 2022 s.20; {RPA} s.90C(1A)",
        topic="limits",
        parts=10,
        whole=100,
    ),
)

OWN_CAMPAIGN = (
    figure(
        "s75.ward",
        "The union's own campaigning for a candidate in a ward",
        "formula",
        "Up to £50 and half a penny for each elector may be spent without authority. More needs "
        "the agent's written authority, counts to the candidate's limit, and the union sends its "
        "own return within 21 days.",
        f"{RPA} s.75; {EC}",
        topic="own",
        election="local",
        base_p=50_00,
        elector_tenths=5,
    ),
    figure(
        "s75.constituency",
        "The union's own campaigning for a candidate in a constituency",
        "amount",
        "Up to this much may be spent without authority. More needs the agent's written "
        "authority, counts to the candidate's limit, and the union sends its own return within "
        "21 days.",
        f"{RPA} s.75; {EC}",
        topic="own",
        election="parliament",
        amount_p=700_00,
    ),
    figure(
        "s75.return.days",
        "The union's own return of such spending",
        "days",
        "Days after the result in which the union sends its own return of authorised spending.",
        f"{RPA} s.75; {EC}",
        topic="own",
        days=21,
    ),
)

DATES = (
    figure(
        "return.local.bills",
        "Bills to the agent, local election",
        "days",
        "Days after the result in which suppliers send their bills; later ones need the court.",
        f"{EC}; Windsor and Maidenhead council",
        topic="dates",
        election="local",
        days=21,
    ),
    figure(
        "return.local.paid",
        "Bills paid by the agent, local election",
        "days",
        "Days after the result in which the agent pays them; later payment needs the court.",
        f"{EC}; Windsor and Maidenhead council",
        topic="dates",
        election="local",
        days=28,
    ),
    figure(
        "return.local.days",
        "Spending return, local election",
        "days",
        "Days after the result; a day that is no working day rolls to the next one.",
        f"{EC}; Windsor and Maidenhead council",
        topic="dates",
        election="local",
        days=35,
    ),
    figure(
        "return.local.declaration",
        "The candidate's declaration, local election",
        "days",
        "Working days after the return.",
        f"{EC}; Windsor and Maidenhead council",
        topic="dates",
        election="local",
        days=7,
    ),
    figure(
        "return.parish.bills",
        "Bills, parish election",
        "days",
        "Days after the poll.",
        f"{EC}; Windsor and Maidenhead council",
        topic="dates",
        election="local",
        days=14,
    ),
    figure(
        "return.parish.paid",
        "Bills paid, parish election",
        "days",
        "Days after the poll.",
        f"{EC}; Windsor and Maidenhead council",
        topic="dates",
        election="local",
        days=21,
    ),
    figure(
        "return.parish.days",
        "Spending return, parish election",
        "days",
        "Days after the poll.",
        f"{EC}; Windsor and Maidenhead council",
        topic="dates",
        election="local",
        days=28,
    ),
    _notice("England", 25, "seen"),
    _notice("Wales", 25, "seen"),
    _notice("Northern Ireland", 25, "seen"),
    _notice("Scotland", 29, "seen"),
    figure(
        "dpi.days",
        "Register of interests",
        "days",
        "Days after taking office in which a councillor registers sponsorship, expressly "
        "including a trade union's payment toward election expenses.",
        "S.I. 2012/1464",
        topic="dates",
        nation="England",
        election="local",
        days=28,
        note="The “relevant period” of 12 months is uncertain.",
    ),
)

UNION = (
    figure(
        "union.listing",
        "The union's entry in the Certification Officer's list",
        "words",
        "A trade union is a permissible donor only while it is on the Certification Officer's "
        "list (PPERA s.54(2)(d)). Look it up once a year; award letters show the entry and the "
        "day on which it was seen.",
        "The Certification Officer's list of trade unions",
        topic="union",
        certainty="uncertain",
        note=NOT_FOUND,
    ),
    figure(
        "tulrca.s32zb",
        "Political spending reported in detail over",
        "amount",
        "Over this in a year, the annual return lists political spending by category, and for "
        "category (c) by election, party and named candidate.",
        "Trade Union Act 2016 s.12",
        topic="union",
        amount_p=2_000_00,
        certainty="uncertain",
        note="Perhaps repealed in 2025–26; the text was not seen. The report is optional.",
    ),
    figure(
        "ar21.due",
        "Annual return to the Certification Officer",
        "words",
        "Sent before this day; the statement to members follows within 8 weeks.",
        f"{TULRCA} s.32",
        topic="union",
        words="before 1 June each year",
    ),
)

FIGURES: tuple[Figure, ...] = (
    *LIMITS,
    *OWN_CAMPAIGN,
    *DONATIONS,
    *NATIONAL,
    *DATES,
    *UNION,
)
