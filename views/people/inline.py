"""One fact of a record at a time, and putting back what a change replaced."""

from flask import abort, flash
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, SelectChoice, StringField
from wtforms.validators import Length, Optional

from models.accounts.roles import Permit
from models.accounts.tables import User
from models.people.actions.history import undo_change
from models.people.actions.records import change_person
from models.people.queries.people import person_for
from models.places.queries import regions as places
from models.query_args import whole
from views.forms import BaseForm, ChoiceField
from views.guards import needs, reader
from views.pages import render_form, submitted
from views.people.counter import back_to, bp

# What may be changed in its row, with its label.
FACTS = {
    "title": "Title",
    "known_as": "Everyday name",
    "suffix": "Letters after the name",
    "home_region_id": "Home region",
}


class TextFact(BaseForm):
    """A fact in words."""

    value = StringField("Value", validators=[Optional(), Length(max=80)])
    version = HiddenField()

    def offer(self, _user: User) -> None:
        """Nothing to choose from."""


class RegionFact(BaseForm):
    """A region."""

    value = ChoiceField("Value", empty="Not known", validators=[Optional()])
    version = HiddenField()

    def offer(self, user: User) -> None:
        """The regions, the reader's own first."""
        own = user.region_ids or frozenset()
        regions = sorted(places.regions(), key=lambda one: (one.id not in own, one.name))
        self.value.choices = [SelectChoice(str(one.id), one.name) for one in regions]


@bp.route("/<int:person_id>/facts/<string:fact>", methods=["GET", "POST"])
@needs(Permit.PEOPLE_WRITE)
def one_fact(person_id: int, fact: str) -> ResponseReturnValue:
    """Change one fact: a page, or with scripts the row alone."""
    if fact not in FACTS:
        abort(404)
    person = person_for(reader(), person_id)
    kind = RegionFact if fact == "home_region_id" else TextFact
    form = kind(value=str(getattr(person, fact) or ""), version=str(person.version))
    form.offer(reader())
    form.value.label.text = FACTS[fact]
    typed = str(form.version.data or "")
    done = submitted(
        form,
        lambda: change_person(
            person,
            by=reader(),
            values={fact: _value(fact, form.value.data)},
            version=whole(typed) or 0,
        ),
    )
    if done is not None:
        return back_to(person)
    return render_form("people/one_fact.html", form, person=person, fact=fact, label=FACTS[fact])


def _value(fact: str, typed: str | None) -> str | int | None:
    if not typed:
        return None
    return int(typed) if fact == "home_region_id" else typed


@bp.post("/<int:person_id>/changes/<int:change>/undo")
@needs(Permit.PEOPLE_WRITE)
def undo(person_id: int, change: int) -> ResponseReturnValue:
    """Put back what a change of the record replaced."""
    person = undo_change(person_for(reader(), person_id), change, by=reader())
    flash("It is as it was before.")
    return back_to(person)
