"""The thresholds of donations and of national campaigning: data for figures.py."""

from models.elections.rules import Figure
from models.elections.sources import DAY_NOTE, EC, ORDER, PPERA, RPA, SI_2023, figure


def _nonparty(nation: str, report_p: int, targeted_p: int) -> tuple[Figure, Figure]:
    source = f"{EC}, Code of Practice for non-party campaigners"
    return (
        figure(
            "nonparty.report",
            f"National campaigning: report spending in {nation} over",
            "amount",
            "Over this in the nation, a notified campaigner reports its spending, the totals of "
            "joint campaigns, and its own donations over £500.",
            source,
            topic="national",
            nation=nation,
            amount_p=report_p,
        ),
        figure(
            "nonparty.targeted",
            f"National campaigning: targeted on one party in {nation}",
            "amount",
            "More than this may not be spent on campaigning targeted on one party without that "
            "party's authority.",
            source,
            topic="national",
            nation=nation,
            amount_p=targeted_p,
        ),
    )


DONATIONS = (
    figure(
        "candidate.donation.over",
        "A donation to a candidate: over",
        "amount",
        "More than this toward a candidate's spending (money, a paid bill, rooms, leaflets) is a "
        "donation: the source must be permissible, and it goes into the candidate's return.",
        f"{RPA}; {EC}",
        amount_p=50_00,
    ),
    figure(
        "candidate.donation.days",
        "A donation to a candidate: check it or give it back",
        "days",
        "Days in which the agent checks the source of a donation or returns it.",
        f"{RPA}; {EC}",
        days=30,
    ),
    figure(
        "ppera.donation.min",
        "A donation to a party, party unit or holder of an office: over",
        "amount",
        "Up to this much is no donation in law; more must come from a permissible donor.",
        f"{SI_2023}; {EC}",
        valid_from=ORDER,
        amount_p=500_00,
        note=DAY_NOTE,
    ),
    figure(
        "ppera.party.report",
        "A party reports gifts of one source over",
        "amount",
        "Over this from one source in a calendar year, added up, the party reports it.",
        f"{SI_2023}; {EC}",
        valid_from=ORDER,
        amount_p=11_180_00,
        note=DAY_NOTE,
    ),
    figure(
        "ppera.party.further",
        "A party reports further gifts over",
        "amount",
        "Over this from a source that was reported already in the calendar year, the party "
        "reports it again.",
        f"{SI_2023}; {EC}",
        valid_from=ORDER,
        amount_p=2_230_00,
        note=DAY_NOTE,
    ),
    figure(
        "ppera.unit.report",
        "A party unit (CLP) reports gifts of one source over",
        "amount",
        "Over this from one source in a calendar year, the party reports the gift to its unit.",
        "Secondary sources only",
        valid_from=ORDER,
        amount_p=2_230_00,
        certainty="uncertain",
        note=DAY_NOTE,
    ),
    figure(
        "ppera.association.report",
        "A members' association reports gifts of one source over",
        "amount",
        "A members' association, such as a council group, reports gifts over this from one source "
        "in a calendar year within 30 days.",
        f"{PPERA} Sch. 7 paras 10(1A), 12",
        valid_from=ORDER,
        amount_p=11_180_00,
        note=DAY_NOTE,
    ),
    figure(
        "ppera.donee.report",
        "A party member or holder of an office reports gifts of one source over",
        "amount",
        "Over this from one source in a calendar year, the member or office holder reports it. "
        "MPs are exempt (EAA 2006 s.59); for councillors it is unclear, so they are treated as "
        "not exempt.",
        f"{PPERA} Sch. 7",
        valid_from=ORDER,
        amount_p=2_230_00,
        note=f"For councillors: uncertain. {DAY_NOTE}",
    ),
    figure(
        "ppera.return.days",
        "A gift from an impermissible or unknown source",
        "days",
        "Days in which it is returned; then it is reported.",
        f"{PPERA} s.56, Sch. 7 para. 11",
        days=30,
    ),
    figure(
        "ppera.association.register",
        "An unincorporated association registers over",
        "amount",
        "An association whose political contributions pass this in a year registers. A listed "
        "union is not one; a council group might be.",
        EC,
        valid_from=ORDER,
        amount_p=37_270_00,
        note=f"That a listed union is not one is inferred. {DAY_NOTE}",
    ),
    figure(
        "ppera.association.gifts",
        "A registered association reports gifts it received over",
        "amount",
        "Over this, a registered association reports who gave to it.",
        EC,
        valid_from=ORDER,
        amount_p=11_180_00,
        note=DAY_NOTE,
    ),
    figure(
        "ppera.association.gifts.further",
        "A registered association reports further gifts it received over",
        "amount",
        "Over this from a giver who was reported already.",
        EC,
        valid_from=ORDER,
        amount_p=2_230_00,
        note=DAY_NOTE,
    ),
)

NATIONAL = (
    figure(
        "nonparty.anyone",
        "National campaigning: anyone may spend",
        "amount",
        "Up to this much anybody may spend on regulated campaigning.",
        f"{EC}, Code of Practice for non-party campaigners",
        topic="national",
        amount_p=700_00,
    ),
    figure(
        "nonparty.notify",
        "National campaigning: notify before spending over",
        "amount",
        "Over this in the whole UK, the campaigner notifies the Electoral Commission first.",
        f"{EC}, Code of Practice for non-party campaigners",
        topic="national",
        amount_p=10_000_00,
    ),
    *_nonparty("England", 20_000_00, 58_654_00),
    *_nonparty("Scotland", 10_000_00, 6_157_00),
    *_nonparty("Wales", 10_000_00, 3_456_00),
    *_nonparty("Northern Ireland", 10_000_00, 1_944_00),
)
