"""The forms of the places room."""

from wtforms import BooleanField, SelectChoice, StringField
from wtforms.validators import DataRequired, Length, Optional

from models import clock
from models.places.queries.councils import UNMAPPED, council_kinds
from models.places.queries.regions import region_by_code, regions
from models.places.register import NATIONS
from models.places.tables import UnionRegion
from views.forms import BaseForm, ChoiceField, DayField, Days

NO_REGION = "none"


class FilterForm(BaseForm):
    """What the list of councils is narrowed to; lives in the address."""

    class Meta(BaseForm.Meta):
        """A filter is a GET."""

        csrf = False

    text = StringField("Name or code", validators=[Optional(), Length(max=120)])
    region = ChoiceField("Union region", empty="All regions", validators=[Optional()])
    kind = ChoiceField("Kind", empty="All kinds", validators=[Optional()])
    nation = ChoiceField(
        "Nation",
        empty="All nations",
        choices=[SelectChoice(name, name) for name in NATIONS],
        validators=[Optional()],
    )
    ended = BooleanField("With those that have ended")

    def offer(self) -> None:
        """Fill the choices with the regions and kinds there are."""
        self.region.choices = [
            *(SelectChoice(one.code, one.name) for one in regions()),
            SelectChoice(UNMAPPED, "No region yet"),
        ]
        self.kind.choices = [SelectChoice(k, k.capitalize()) for k in council_kinds()]

    @property
    def count(self) -> int:
        """How many filters are on."""
        return sum(bool(field.data) for field in self)


class MapForm(BaseForm):
    """To which region a council belongs from a day on."""

    region = ChoiceField("Union region", validators=[DataRequired("Choose the region.")])
    from_on = DayField(
        "From", days=Days.TERM, default=clock.today, validators=[DataRequired("Enter the day.")]
    )
    reason = StringField("Why", validators=[DataRequired("Say why."), Length(max=200)])

    def offer(self) -> None:
        """Fill the choices with the regions there are."""
        self.region.choices = [
            *(SelectChoice(one.code, one.name) for one in regions()),
            SelectChoice(NO_REGION, "No region"),
        ]

    def chosen(self) -> UnionRegion | None:
        """The region, or None for no region."""
        code = self.region.data
        return None if code in (None, NO_REGION) else region_by_code(code)


class BranchForm(BaseForm):
    """A branch of the union."""

    code = StringField("Code", validators=[DataRequired("Enter the code."), Length(max=20)])
    name = StringField("Name", validators=[DataRequired("Enter the name."), Length(max=120)])
