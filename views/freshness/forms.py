"""The forms of the freshness room."""

from collections.abc import Sequence

from wtforms import RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from models.accounts.tables import User
from models.freshness.actions.confirming import Shown
from models.freshness.queries.scores import regions_seen
from models.freshness.rules import KINDS
from views.forms import BaseForm, ChoiceField, WholeField

SAID = (
    SelectChoice("right", "Right"),
    SelectChoice("change", "It should say something else"),
    SelectChoice("gone", "No longer mine"),
)


class QueueForm(BaseForm):
    """What the queue is narrowed to; lives in the address."""

    class Meta(BaseForm.Meta):
        """A filter is a GET."""

        csrf = False

    kind = ChoiceField(
        "Kind of fact",
        empty="All kinds",
        choices=[SelectChoice(kind.key, kind.label) for kind in KINDS.values()],
        validators=[Optional()],
    )
    region = ChoiceField("Region", empty="All regions", validators=[Optional()])

    def offer(self, user: User) -> None:
        """Fill the choices with the regions that this user may see."""
        self.region.choices = [SelectChoice(str(one.id), one.name) for one in regions_seen(user)]

    @property
    def count(self) -> int:
        """How many filters are on."""
        return sum(bool(field.data) for field in (self.kind, self.region))


class HalfLifeForm(BaseForm):
    """How long one kind of fact holds."""

    days = WholeField("Days", validators=[InputRequired("Enter a number of days.")])


class TakeForm(BaseForm):
    """Nothing but the token: which changes are taken stands in the boxes of the page."""


def confirm_form(shown: Sequence[Shown]) -> BaseForm:
    """A form that asks of each fact whether it is still right; fields are named by its key."""
    fields: dict[str, object] = {}
    for fact in shown:
        fields[fact.key] = RadioField(
            f"{fact.label}: {fact.value}",
            choices=list(SAID if fact.is_point else SAID[:2]),
            validators=[DataRequired("Say whether it is right.")],
        )
        fields[f"{fact.key}-value"] = StringField(
            "What should it say?", validators=[Optional(), Length(max=400)]
        )
    fields["note"] = TextAreaField(
        "Anything else we should know? (optional)", validators=[Length(max=1000)]
    )
    made: type[BaseForm] = type("ConfirmForm", (BaseForm,), fields)
    return made()
