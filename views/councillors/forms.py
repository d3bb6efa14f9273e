"""The forms of offices and of the network."""

from typing import Any

from wtforms import BooleanField, RadioField, SelectChoice, StringField
from wtforms.validators import DataRequired, Length, Optional

from models.accounts.tables import User
from models.councillors import rules
from models.councillors.actions import NewTerm, Reach
from models.errors import Invalid
from models.people.actions.records import NewPerson
from models.places.actions import ward_named
from models.places.queries import wards
from models.places.queries.councils import council_by_text
from models.places.queries.parties import parties
from models.places.queries.wards import constituency_by_text, wards_of
from models.places.tables import Constituency, Council, Party, Ward
from views.forms import BaseForm, ChoiceField, DayField, Days, LookupField

UNKNOWN_COUNCIL = "There is no council “{}”. Start typing its name and choose one."


def choices(words: dict[str, str]) -> list[SelectChoice]:
    """Options of a select from a table of words."""
    return [SelectChoice(key, label) for key, label in words.items()]


class AreaForm(BaseForm):
    """Where an office is held, for whom, and from when to when."""

    post = ChoiceField(
        "Office", choices=choices(rules.POSTS), default="councillor", validators=[DataRequired()]
    )
    council = LookupField(
        "Council",
        kind="council",
        description="Leave it empty for a member of a parliament and for a party office.",
        validators=[Length(max=160)],
    )
    ward = LookupField("Ward or division", kind="ward", validators=[Optional(), Length(max=120)])
    new_ward = BooleanField("This ward is new to Hustings")
    constituency = LookupField(
        "Constituency",
        kind="constituency",
        description="Only for members of a parliament.",
        validators=[Optional(), Length(max=120)],
    )
    body = StringField(
        "Party body",
        description="Only for a party office: the NEC, a CLP, a policy forum.",
        validators=[Optional(), Length(max=120)],
    )
    party = ChoiceField("Party", empty="Not known", validators=[Optional()])
    elected_on = DayField("Elected on", days=Days.PAST, validators=[Optional()])
    by_election = BooleanField("At a by-election")
    expected_end = DayField(
        "Term expected to end on",
        days=Days.TERM,
        description="The day of the next election for this seat.",
        validators=[Optional()],
    )
    source = StringField(
        "Where this comes from",
        description="The council's website, the person, an election result.",
        validators=[Optional(), Length(max=120)],
    )

    def offer(self) -> None:
        """Fill the choices of parties."""
        self.party.choices = [SelectChoice(str(one.id), one.name) for one in parties()]

    def new_term(self, by: User) -> NewTerm:
        """The office as it was typed; raises Invalid on the field that is not understood."""
        council = council_of(self.council.data)
        return NewTerm(
            council=council,
            ward=ward_of(council, self.ward.data, is_new=self.new_ward.data, by=by),
            constituency=_constituency(self.constituency.data),
            party=party_of(self.party.data),
            post=self.post.data or "councillor",
            elected_on=self.elected_on.data,
            expected_end=self.expected_end.data,
            source=self.source.data or None,
            by_election=self.by_election.data,
            body=self.body.data or None,
        )


def council_of(text: str | None) -> Council | None:
    """The council that was typed; raises Invalid for one that is not known."""
    council = council_by_text(text) if text else None
    if text and council is None:
        raise Invalid(UNKNOWN_COUNCIL.format(text), field="council")
    return council


def ward_of(council: Council | None, text: str | None, *, is_new: bool, by: User) -> Ward | None:
    """The ward that was typed; a new one only where somebody says so or the council has none."""
    if not text:
        return None
    if council is None:
        raise Invalid("A ward belongs to a council: enter the council.", field="council")
    known = wards.ward_of(council, text)
    if known is not None or is_new or not wards_of(council):
        return known or ward_named(council, text, by=by)
    raise Invalid(
        f"“{text}” is not a ward of {council.name} that Hustings knows. Check the spelling, or "
        "tick “This ward is new to Hustings”.",
        field="ward",
    )


def _constituency(text: str | None) -> Constituency | None:
    found = constituency_by_text(text) if text else None
    if text and found is None:
        raise Invalid(f"There is no constituency “{text}”.", field="constituency")
    return found


def party_of(value: str | None) -> Party | None:
    """The party that was chosen."""
    if not value:
        return None
    return next((party for party in parties() if str(party.id) == value), None)


class CouncillorForm(AreaForm):
    """A new councillor: person, office, how to reach them."""

    title = StringField("Title", validators=[Optional(), Length(max=40)])
    given_name = StringField("Given name", validators=[Optional(), Length(max=80)])
    family_name = StringField(
        "Family name", validators=[DataRequired("Enter the family name."), Length(max=80)]
    )
    email = StringField("E-mail", validators=[Optional(), Length(max=254)])
    phone = StringField("Telephone", validators=[Optional(), Length(max=40)])
    number = StringField("Membership number", validators=[Optional(), Length(max=30)])
    somebody_else = BooleanField("I have looked: this is somebody else")

    def new_person(self) -> NewPerson:
        """The person as typed."""
        return NewPerson(
            given_name=self.given_name.data or "",
            family_name=self.family_name.data or "",
            title=self.title.data or None,
        )

    def reach(self) -> Reach:
        """How they are reached, as typed."""
        return Reach(self.email.data or None, self.phone.data or None, self.number.data or None)


class EditTermForm(BaseForm):
    """What of an office may be corrected; another council is another office."""

    ward = LookupField("Ward or division", kind="ward", validators=[Optional(), Length(max=120)])
    new_ward = BooleanField("This ward is new to Hustings")
    party = ChoiceField("Party", empty="Not known", validators=[Optional()])
    elected_on = DayField("Elected on", days=Days.PAST, validators=[Optional()])
    by_election = BooleanField("At a by-election")
    expected_end = DayField("Term expected to end on", days=Days.TERM, validators=[Optional()])
    source = StringField("Where this comes from", validators=[Optional(), Length(max=120)])
    verified_on = DayField("Last found true on", days=Days.PAST, validators=[Optional()])

    def values(self, council: Council | None, by: User) -> dict[str, Any]:
        """The values as typed; raises Invalid on the field that is not understood."""
        return {
            "ward": ward_of(council, self.ward.data, is_new=self.new_ward.data, by=by),
            "party": party_of(self.party.data),
            "elected_on": self.elected_on.data,
            "by_election": self.by_election.data,
            "expected_end": self.expected_end.data,
            "source": self.source.data or None,
            "verified_on": self.verified_on.data,
        }


class EndTermForm(BaseForm):
    """When and why an office ended."""

    actual_end = DayField(
        "Ended on", days=Days.PAST, validators=[DataRequired("Enter the day it ended.")]
    )
    reason = ChoiceField(
        "Why it ended",
        choices=choices(rules.END_REASONS),
        validators=[DataRequired("Choose why the office ended.")],
    )


class RoleForm(BaseForm):
    """A role within an office."""

    kind = ChoiceField(
        "Role",
        choices=choices(rules.ROLE_KINDS),
        validators=[DataRequired("Choose the role.")],
    )
    detail = StringField(
        "Portfolio or committee",
        description="For a cabinet member the portfolio, for a committee its name.",
        validators=[Optional(), Length(max=160)],
    )
    starts_on = DayField("Since", days=Days.YEAR, validators=[Optional()])


class EndRoleForm(BaseForm):
    """When a role ended."""

    ends_on = DayField(
        "Ended on", days=Days.YEAR, validators=[DataRequired("Enter the day it ended.")]
    )


class NetworkForm(BaseForm):
    """A step in the network, with its reason."""

    step = RadioField("What happened?", validators=[DataRequired("Choose what happened.")])
    reason = StringField(
        "Why",
        description="Needed when somebody leaves, lapses or is invited again.",
        validators=[Optional(), Length(max=200)],
    )
