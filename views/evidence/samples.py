"""An invented award, to show a template filled in before any letter is made of it."""

from models.evidence.fields import filled_in

VALUES = {
    "reference": "FA-2027-0042",
    "candidate": "Siân Llŷr-Nicdhòmhnaill",
    "post": "Councillor",
    "place": "Abbey, Ambridge",
    "region": "North West & Irish",
    "fund": "Election fund 2027",
    "poll_date": "6 May 2027",
    "award_date": "1 March 2027",
    "today": "2 March 2027",
    "amount": "£300.00",
    "asked_for": "£450.00",
    "recipient": "Ambridge CLP",
    "legal_class": "Cash gift to a party unit",
    "s72_category": "(a) Party funds or expenses",
    "donor_listing": "Example Union, number 000T (seen on 4 January 2027)",
    "officer": "Ash Example",
    "report_by": "11 June 2027",
}
LINES = {
    "conditions": ["The agent confirms the imprint, by 1 April 2027"],
    "law_dates": ["Bills with the agent by: 28 May 2027", "Bills paid by: 4 June 2027"],
}


def example_of(body: str) -> str:
    """The template's text filled in for the invented award."""
    return filled_in(body, VALUES, LINES)
