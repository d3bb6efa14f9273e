"""The fields a column can be, as data: what they are called, and how people head them."""

from models.folding import fold
from models.intake.rows import COUNCILLORS, PEOPLE, RESULTS
from reports.intake.contests import CONTEST_FIELDS
from reports.intake.field import Field
from reports.intake.listing import ADDRESS_FIELDS, OF_PEOPLE

OFFICE = (COUNCILLORS,)


PERSONAL_FIELDS: tuple[Field, ...] = (
    Field(
        "name",
        "Name (whole)",
        "name",
        (
            "name",
            "full name",
            "councillor",
            "councillor name",
            "councillors name",
            "cllr",
            "cllr name",
            "member name",
            "person",
            "representative",
            "candidate name",
            "display name",
            "elected member",
            "contact name",
        ),
        policy=False,
    ),
    Field("title", "Title", "text", ("title", "salutation", "honorific", "prefix")),
    Field(
        "given_name",
        "Given name",
        "given",
        (
            "given name",
            "given names",
            "first name",
            "first names",
            "forename",
            "forenames",
            "firstname",
            "christian name",
            "forename s",
        ),
    ),
    Field(
        "family_name",
        "Family name",
        "family",
        ("family name", "last name", "surname", "lastname", "second name", "family"),
    ),
    Field("known_as", "Everyday name", "text", ("known as", "preferred name", "nickname", "aka")),
    Field("suffix", "Letters after the name", "text", ("suffix", "honours", "post nominals")),
    Field(
        "council",
        "Council",
        "place",
        (
            "council code",
            "council",
            "council name",
            "authority",
            "local authority",
            "la",
            "local authority name",
            "authority name",
            "organisation",
            "organisation name",
            "lad",
            "council gss",
        ),
        (COUNCILLORS, RESULTS),
        policy=False,
    ),
    Field(
        "ward",
        "Ward",
        "place",
        (
            "ward",
            "ward name",
            "division",
            "electoral division",
            "ward division",
            "division name",
            "wards",
            "ward or division",
            "electoral ward",
        ),
        OFFICE,
    ),
    Field(
        "party",
        "Party",
        "place",
        (
            "party",
            "party name",
            "political party",
            "affiliation",
            "party affiliation",
            "political group",
            "group",
            "political affiliation",
        ),
        OFFICE,
    ),
    Field("post", "Post", "post", ("post", "office", "office held"), OFFICE, policy=False),
    Field(
        "group_name",
        "Council group",
        "text",
        ("group name", "council group"),
        OFFICE,
        policy=False,
    ),
    Field(
        "group_role",
        "Role in the council group",
        "group_role",
        ("group role", "role in group", "group position"),
        OFFICE,
        policy=False,
    ),
    Field(
        "roles",
        "Roles and committees",
        "roles",
        (
            "roles",
            "role",
            "committee",
            "committees",
            "positions",
            "position",
            "portfolio",
            "cabinet role",
            "cabinet post",
            "responsibilities",
            "cabinet portfolio",
        ),
        OFFICE,
        policy=False,
    ),
    Field(
        "elected_on",
        "Elected on",
        "day",
        (
            "elected",
            "elected on",
            "date elected",
            "election date",
            "term start",
            "term starts",
            "date of election",
            "start date",
            "first elected",
            "start of term",
        ),
        OFFICE,
    ),
    Field(
        "expected_end",
        "Term ends",
        "day",
        (
            "term ends",
            "term end",
            "term of office ends",
            "term expires",
            "end date",
            "end of term",
            "expected end",
            "next election",
            "up for election",
            "term ends on",
            "expiry",
        ),
        OFFICE,
    ),
    Field(
        "email",
        "E-mail address",
        "email",
        (
            "email",
            "e mail",
            "email address",
            "e mail address",
            "e mail addresses",
            "mail",
            "council email",
            "email 1",
            "emails",
        ),
    ),
    Field(
        "mobile",
        "Mobile",
        "phone",
        ("mobile", "mobile phone", "mobile number", "mobile no", "cell", "mobile telephone"),
    ),
    Field(
        "phone",
        "Telephone",
        "phone",
        (
            "phone",
            "telephone",
            "tel",
            "phone number",
            "telephone number",
            "tel no",
            "landline",
            "home phone",
            "contact number",
            "telephone no",
            "phone no",
        ),
    ),
    Field(
        "number",
        "Membership number",
        "number",
        (
            "membership number",
            "membership no",
            "member number",
            "member no",
            "mem no",
            "union membership number",
            "membership id",
            "member id",
            "union number",
        ),
        policy=False,
    ),
    Field("branch", "Branch", "place", ("branch", "union branch", "branch name", "branch code")),
    Field(
        "membership_status",
        "Membership status",
        "membership_status",
        ("membership status", "member status"),
    ),
    Field(
        "home_region",
        "Region (of the person)",
        "place",
        ("home region", "union region", "region of the branch"),
        policy=False,
    ),
    Field(
        "status",
        "Network status",
        "status",
        ("network status", "councillors network", "councillors network status"),
        OFFICE,
    ),
    Field("tags", "Tags", "tags", ("tags", "tag", "labels", "tag list"), policy=False),
)
FIELDS = (*PERSONAL_FIELDS, *ADDRESS_FIELDS, *CONTEST_FIELDS)
BY_KEY = {field.key: field for field in FIELDS}


def fields_of(kind: str) -> tuple[Field, ...]:
    """The fields that a file of this kind can have, in the order of a choice."""
    return tuple(field for field in FIELDS if kind in field.kinds)


def rank(field: Field, heading: str, kind: str = COUNCILLORS) -> int | None:
    """How well a heading fits a field: 0 is best; None where it does not."""
    key = fold(heading)
    if kind == PEOPLE and OF_PEOPLE.get(key) == field.key:
        return len(field.headings)
    return field.headings.index(key) if key in field.headings else None
