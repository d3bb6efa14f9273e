"""People in NationBuilder's columns: its headings, so that the sheet can be saved as CSV there."""

from models.people.list import PEOPLE
from models.people.queries.in_lists import (
    addresses_of,
    emails_of,
    mobiles_of,
    phones_of,
    tags_in_words,
)
from models.workshop.listing import Column
from reports.listed import workbook_of

COLUMNS = (
    Column("prefix", "prefix", value=lambda it: it.title, width=10, data_class="personal"),
    Column("first_name", "first_name", value=lambda it: it.known_as or it.given_name, width=16,
           data_class="personal"),
    Column("last_name", "last_name", value=lambda it: it.family_name, width=18,
           data_class="personal"),
    Column("suffix", "suffix", width=10, data_class="personal"),
    Column("email", "email", load=emails_of, width=30, data_class="personal"),
    Column("phone_number", "phone_number", load=phones_of, width=18, data_class="personal"),
    Column("mobile_number", "mobile_number", load=mobiles_of, width=18, data_class="personal"),
    Column("primary_address1", "primary_address1", load=addresses_of, width=40,
           data_class="personal"),
    Column("tag_list", "tag_list", load=tags_in_words, width=30, data_class="special"),
)  # fmt: skip
build = workbook_of(PEOPLE, "People for NationBuilder", columns=COLUMNS)
