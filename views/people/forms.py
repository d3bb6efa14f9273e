"""The forms about people and the facts on their record."""

from typing import Any

from wtforms import BooleanField, HiddenField, SelectChoice, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from models import clock
from models.accounts.tables import User
from models.people import keys, rules
from models.people.actions.memberships import MembershipFacts
from models.people.actions.records import NewPerson
from models.places.queries import regions as places
from models.places.queries.parties import parties
from models.places.queries.regions import branches
from views.forms import BaseForm, ChoiceField, DayField, Days

SOURCE_HINT = "The person, a form, the council's website, the membership system."


def _choices(words: dict[str, str]) -> list[SelectChoice]:
    return [SelectChoice(key, label) for key, label in words.items()]


class PersonForm(BaseForm):
    """The names of a person and the region they belong to."""

    title = StringField("Title", validators=[Optional(), Length(max=40)])
    given_name = StringField("Given name", validators=[Optional(), Length(max=80)])
    family_name = StringField(
        "Family name", validators=[DataRequired("Enter the family name."), Length(max=80)]
    )
    known_as = StringField(
        "Everyday name",
        description="If the person goes by another name than the given one.",
        validators=[Optional(), Length(max=80)],
    )
    suffix = StringField(
        "Letters after the name", validators=[Optional(), Length(max=40)], description="MBE, OBE"
    )
    home_region_id = ChoiceField(
        "Home region",
        empty="Not known",
        description="The region of the person's branch. An office has a region of its own.",
        validators=[Optional()],
    )
    version = HiddenField()

    def offer(self, user: User) -> None:
        """Fill the choices of regions; the reader's own come first."""
        own = user.region_ids or frozenset()
        regions = sorted(places.regions(), key=lambda one: (one.id not in own, one.name))
        self.home_region_id.choices = [SelectChoice(str(one.id), one.name) for one in regions]

    def values(self) -> dict[str, Any]:
        """The facts as typed."""
        names = ("title", "given_name", "family_name", "known_as", "suffix")
        region = self.home_region_id.data
        return {
            **{name: getattr(self, name).data or None for name in names},
            "home_region_id": int(region) if region else None,
        }

    def new_person(self) -> NewPerson:
        """The person as typed."""
        values = self.values()
        return NewPerson(**{**values, "given_name": values["given_name"] or ""})


class PointForm(BaseForm):
    """A way to reach a person."""

    kind = ChoiceField(
        "Kind", choices=_choices(keys.POINT_KINDS), validators=[DataRequired("Choose the kind.")]
    )
    value = TextAreaField(
        "Address or number",
        render_kw={"rows": 2},
        validators=[DataRequired("Enter the address or number."), Length(max=400)],
    )
    source = StringField(
        "Where this comes from", description=SOURCE_HINT, validators=[Optional(), Length(max=120)]
    )
    verified_on = DayField("Found true on", days=Days.PAST, validators=[Optional()])
    preferred = BooleanField("The best way to reach them")


class VerifyForm(BaseForm):
    """When and how a fact was found true."""

    verified_on = DayField(
        "Found true on", days=Days.PAST, validators=[DataRequired("Enter the day.")]
    )
    source = StringField(
        "How",
        description="By telephone, by an answered e-mail, on the council's website.",
        validators=[DataRequired("Say how."), Length(max=120)],
    )


class MembershipForm(BaseForm):
    """A membership of the union."""

    number = StringField("Membership number", validators=[Optional(), Length(max=30)])
    branch_id = ChoiceField("Branch", empty="Not known", validators=[Optional()])
    section = ChoiceField(
        "Section",
        empty="Not known",
        choices=[SelectChoice(name, name) for name in rules.SECTIONS],
        validators=[Optional()],
    )
    employer = StringField("Employer or workplace", validators=[Optional(), Length(max=120)])
    status = ChoiceField(
        "Status",
        choices=_choices(rules.MEMBERSHIP_STATUSES),
        default="member",
        validators=[DataRequired("Choose the status.")],
    )
    starts_on = DayField("Member since", days=Days.YEAR, validators=[Optional()])
    ends_on = DayField("Ended on", days=Days.YEAR, validators=[Optional()])
    source = StringField(
        "Where this comes from", description=SOURCE_HINT, validators=[Optional(), Length(max=120)]
    )
    verified_on = DayField("Found true on", days=Days.PAST, validators=[Optional()])

    def offer(self) -> None:
        """Fill the choices of branches."""
        self.branch_id.choices = [
            SelectChoice(str(one.id), f"{one.name} ({one.code})") for one in branches()
        ]

    def facts(self) -> MembershipFacts:
        """The membership as typed."""
        branch = self.branch_id.data
        return MembershipFacts(
            number=self.number.data or None,
            branch_id=int(branch) if branch else None,
            section=self.section.data,
            employer=self.employer.data or None,
            status=self.status.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            source=self.source.data or None,
            verified_on=self.verified_on.data,
        )


class PartyForm(BaseForm):
    """A membership of a party, as the person told us."""

    party_id = ChoiceField("Party", validators=[DataRequired("Choose the party.")])
    starts_on = DayField("Since", days=Days.YEAR, validators=[Optional()])
    source = StringField(
        "Where this comes from", description=SOURCE_HINT, validators=[Optional(), Length(max=120)]
    )

    def offer(self) -> None:
        """Fill the choices of parties."""
        self.party_id.choices = [SelectChoice(str(one.id), one.name) for one in parties()]


class PoliticalFundForm(BaseForm):
    """Whether a member pays into the political fund, and since when."""

    status = ChoiceField(
        "Political fund",
        choices=[SelectChoice(key, words) for key, words in rules.POLITICAL_FUND.items()],
        validators=[DataRequired("Choose the status in the political fund.")],
    )
    starts_on = DayField("Since", days=Days.PAST, validators=[DataRequired("Say since when.")])
    source = StringField(
        "Where this comes from", description=SOURCE_HINT, validators=[Optional(), Length(max=120)]
    )


class BasisForm(BaseForm):
    """Why the person's data may be held."""

    purpose = ChoiceField(
        "Purpose",
        choices=[SelectChoice(name, name) for name in rules.PURPOSES],
        validators=[DataRequired("Choose the purpose.")],
    )
    basis = ChoiceField(
        "Lawful basis (Article 6)",
        choices=_choices(rules.BASES),
        validators=[DataRequired("Choose the lawful basis.")],
    )
    condition = ChoiceField(
        "Condition (Article 9)",
        choices=_choices(rules.CONDITIONS),
        validators=[DataRequired("Choose the condition.")],
    )
    starts_on = DayField(
        "Since", days=Days.YEAR, default=clock.today, validators=[DataRequired("Enter the day.")]
    )
    source = StringField("Where this comes from", validators=[Optional(), Length(max=120)])


class ConsentForm(BaseForm):
    """A consent as it was given."""

    purpose = ChoiceField(
        "For what",
        choices=[SelectChoice(name, name) for name in rules.PURPOSES],
        validators=[DataRequired("Choose for what.")],
    )
    wording = StringField(
        "Which wording",
        description="The version on the form that the person agreed to.",
        validators=[DataRequired("Say which wording."), Length(max=80)],
    )
    channel = ChoiceField(
        "How",
        choices=[SelectChoice(name, name.capitalize()) for name in rules.CONSENT_CHANNELS],
        validators=[DataRequired("Choose how it was given.")],
    )
    given_on = DayField(
        "When", days=Days.PAST, default=clock.today, validators=[DataRequired("Enter the day.")]
    )


class TagForm(BaseForm):
    """A tag."""

    name = StringField("Tag", validators=[DataRequired("Enter the tag."), Length(max=60)])


class NoteForm(BaseForm):
    """A note."""

    body = TextAreaField(
        "Note",
        description="Read by your region and the national office, never by another region.",
        validators=[DataRequired("Write the note."), Length(max=4000)],
        render_kw={"rows": 5},
    )


class ArchiveForm(BaseForm):
    """Why a record is put away."""

    reason = StringField("Why", validators=[DataRequired("Say why."), Length(max=200)])
