"""The forms of a merge: which record stays, which side of each fact, and the other record."""

from typing import Any

from wtforms import HiddenField, RadioField, SelectChoice, StringField
from wtforms.validators import DataRequired, Length, Optional

from models.accounts.tables import User
from models.errors import Invalid
from models.merging import rules
from models.merging.queries.pairs import PairLine
from models.people.queries.people import find_people, person_for
from models.people.tables import Person
from models.query_args import whole
from views.forms import BaseForm, LookupField

LOW, HIGH = "low", "high"


class OtherForm(BaseForm):
    """The other record."""

    other = LookupField(
        "The other record",
        kind="person",
        description="A name, an e-mail address or a membership number.",
        validators=[DataRequired("Say which record.")],
    )

    def person(self, user: User) -> Person:
        """The record that was chosen; raises Invalid where the text names none or several."""
        text = (self.other.data or "").strip()
        if text.isdecimal():
            return person_for(user, whole(text) or 0)
        found = find_people(user, text, limit=2)
        if len(found) != 1:
            many = "Several people fit" if found else "Nobody fits"
            raise Invalid(f"{many}. Choose one from the list.", field="other")
        return found[0]


class DismissForm(BaseForm):
    """Why the two are not one person."""

    because = StringField(
        "Why are they two people?",
        description="Mother and daughter; two of the same name in one branch.",
        validators=[Optional(), Length(max=400)],
    )


class MergeForm(BaseForm):
    """Which record stays, and the side of each fact that differs (`fact_…`)."""

    keep = RadioField(
        "Which record stays?",
        description="Its page stays; the other's page leads there.",
        validators=[DataRequired("Choose the record that stays.")],
    )
    versions = HiddenField()

    def sides(self) -> tuple[dict[str, str], tuple[int, int] | None]:
        """The choices as kept or gone, and the versions of kept and gone as they were read."""
        keep = self.keep.data
        chosen = {
            name.removeprefix("fact_"): "kept" if field.data == keep else "gone"
            for name, field in self._fields.items()
            if name.startswith("fact_")
        }
        typed = (self.versions.data or "").split(".")
        read = [number for part in typed if (number := whole(part)) is not None]
        if len(typed) != 2 or len(read) != 2:
            return chosen, None
        low, high = read
        return chosen, (low, high) if keep == LOW else (high, low)


def merge_form(line: PairLine) -> MergeForm:
    """The form for this pair: one question for each fact that differs."""
    values = [_values(person) for person in (line.low, line.high)]
    fields: dict[str, Any] = {}
    given: dict[str, Any] = {"keep": LOW}
    for name in rules.differing(*values):
        shown = [_shown(person, name) for person in (line.low, line.high)]
        fields[f"fact_{name}"] = RadioField(
            rules.LABELS[name],
            choices=[SelectChoice(LOW, shown[0]), SelectChoice(HIGH, shown[1])],
            validators=[DataRequired("Choose one of the two.")],
        )
        side = rules.default_side(values[0][name], values[1][name])
        given[f"fact_{name}"] = LOW if side == "kept" else HIGH
    form: MergeForm = type("MergeForm", (MergeForm,), fields)(data=given)
    form.keep.choices = [
        SelectChoice(LOW, f"{line.low.full_name} (record {line.low.id})"),
        SelectChoice(HIGH, f"{line.high.full_name} (record {line.high.id})"),
    ]
    if form.versions.data is None:
        form.versions.data = f"{line.low.version}.{line.high.version}"
    return form


def _values(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in rules.CHOICES}


def _shown(person: Person, name: str) -> str:
    if name == "home_region_id":
        return person.home_region.name if person.home_region else "Nothing"
    value = getattr(person, name)
    return "Nothing" if value in (None, "") else str(value)
