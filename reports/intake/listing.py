"""What a list of people holds beside names and numbers: addresses, and what is not taken."""

from models.folding import fold
from models.intake.rows import PEOPLE
from reports.intake.field import Field

LIST = (PEOPLE,)
FIRST_LINES = (
    "address",
    "postal address",
    "home address",
    "address 1",
    "address line 1",
    "primary address1",
    "street address",
    "street",
)
ADDRESS_FIELDS: tuple[Field, ...] = (
    Field("address", "Address", "text", FIRST_LINES, LIST),
    Field(
        "address_2",
        "Address, second line",
        "text",
        ("address 2", "address line 2", "primary address2"),
        LIST,
        policy=False,
    ),
    Field(
        "address_3",
        "Address, third line",
        "text",
        ("address 3", "address line 3", "primary address3"),
        LIST,
        policy=False,
    ),
    Field(
        "city", "Town", "text", ("town", "city", "post town", "primary city"), LIST, policy=False
    ),
    Field(
        "postcode",
        "Postcode",
        "text",
        ("postcode", "post code", "zip", "primary zip", "postal code"),
        LIST,
        policy=False,
    ),
)
# The parts of an address in the order of its lines.
PARTS = tuple(field.key for field in ADDRESS_FIELDS)

# Headings that mean a field in a list of people only.
OF_PEOPLE = {"region": "home_region"}

ELSEWHERE = "numbers of another system are not kept"
GUESS = "a guess at somebody’s political opinion is not kept"
# What other systems keep and we do not, with the reason; by folded heading.
NOT_TAKEN = {
    "nationbuilder id": ELSEWHERE,
    "external id": ELSEWHERE,
    "civicrm id": ELSEWHERE,
    "van id": ELSEWHERE,
    "support level": GUESS,
    "inferred support level": GUESS,
    "priority level": "it says nothing outside NationBuilder",
    "sex": "it is not needed",
    "born at": "it is not needed",
    "ethnicity": "it is special category data that is not needed",
    "religion": "it is special category data that is not needed",
}


def not_taken(headers: tuple[str, ...]) -> list[str]:
    """A sentence for each column that other systems have and that is left out."""
    return [
        f"The column ‘{heading}’ is not taken: {NOT_TAKEN[fold(heading)]}."
        for heading in headers
        if fold(heading) in NOT_TAKEN
    ]
