"""The forms of the disputes room."""

import secrets

from wtforms import (
    HiddenField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from models.contacts.rules import CHANNELS
from models.delegates.list import DelegateLine
from models.disputes.queries.sheet import Line, Sheet
from models.disputes.rules import REPLIES
from models.errors import Invalid
from models.places.queries.councils import council_by_text
from models.places.queries.wards import constituency_by_text
from models.places.tables import Constituency, Council
from views.forms import BaseForm, DayField, Days, LookupField, one_id

NO_COUNCIL = "There is no council “{}”. Start typing its name and choose one."
NO_AREA = "There is no constituency “{}”. Start typing its name and choose one."


class FindForm(BaseForm):
    """From which side one comes: a council, an employer or a constituency."""

    class Meta(BaseForm.Meta):
        """It only leads to a sheet."""

        csrf = False

    employer = StringField(
        "Employer",
        description="As it is written on memberships, or the name of a council.",
        validators=[Optional(), Length(max=120)],
    )
    council = LookupField("Council", kind="council", validators=[Optional(), Length(max=160)])
    area = LookupField(
        "Constituency", kind="constituency", validators=[Optional(), Length(max=120)]
    )

    def found_council(self) -> Council | None:
        """The council that was named; raises Invalid where there is none."""
        if not self.council.data:
            return None
        council = council_by_text(self.council.data)
        if council is None:
            raise Invalid(NO_COUNCIL.format(self.council.data), field="council")
        return council

    def found_area(self) -> Constituency | None:
        """The constituency that was named; raises Invalid where there is none."""
        if not self.area.data:
            return None
        area = constituency_by_text(self.area.data)
        if area is None:
            raise Invalid(NO_AREA.format(self.area.data), field="area")
        return area


class TicksField(SelectMultipleField):
    """Several choices as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class AskForm(BaseForm):
    """One ask to everybody who is ticked."""

    title = StringField(
        "The dispute in a few words",
        validators=[DataRequired("Say in a few words what the dispute is."), Length(max=120)],
    )
    body = TextAreaField(
        "What do you ask of them?",
        validators=[DataRequired("Say what they are asked to do."), Length(max=3000)],
        render_kw={"rows": 4},
    )
    channel = RadioField(
        "How are they asked?",
        choices=[SelectChoice(choice.key, choice.label) for choice in CHANNELS],
        default="email",
    )
    wanted_by = DayField("Answer wanted by", days=Days.TERM, validators=[Optional()])
    people = TicksField("Who is asked?", coerce=one_id, validators=[Optional()])
    form_key = HiddenField()

    def offer(self, sheet: Sheet) -> None:
        """Everybody on the sheet can be asked; ours are ticked to begin with."""
        lines = sheet.everybody()
        self.people.choices = [
            SelectChoice(line.person_id, f"{line.name}, {_why(line)}") for line in lines
        ]
        if not self.is_submitted():
            self.people.data = [line.person_id for line in lines]
            self.form_key.data = secrets.token_urlsafe(16)


def _why(line: Line | DelegateLine) -> str:
    if isinstance(line, DelegateLine):
        return f"delegate to {line.clp}"
    posts = [role.detail or role.kind.replace("-", " ") for role in line.executive]
    return ", ".join([*posts, line.place, line.party]).rstrip(", ")


class ReplyForm(BaseForm):
    """What somebody replied."""

    reply = RadioField(
        "Their reply",
        choices=[SelectChoice(*pair) for pair in REPLIES.items()],
        validators=[DataRequired("Choose what they replied.")],
    )
    said = TextAreaField(
        "What they said", validators=[Optional(), Length(max=3000)], render_kw={"rows": 3}
    )
    on = DayField("When", days=Days.PAST, validators=[Optional()])
