"""The forms of the contact log: one quick form, its filters, and a follow-up's."""

import secrets
from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from models import clock
from models.accounts.tables import User
from models.contacts import rules
from models.contacts.follow_ups.actions import Promise
from models.contacts.follow_ups.queries import owners_for
from models.contacts.queries import seen_by
from models.folding import fold
from models.people.queries.people import find_people
from models.people.tables import Person
from models.query_args import whole
from views.forms import BaseForm, ChoiceField, DayField, Days, LookupField, MomentField, one_id

CANDIDATES = 8
SEVERAL = "Several people are called that. Tick the right one above."
NOBODY = "Nobody you can see is called that. Check the spelling, or add the person first."


class TicksField(SelectMultipleField):
    """Several choices as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ContactForm(BaseForm):
    """How, who, when, what about: everything but the words has an answer already.

    People are ticked, and one more may be named in `who`; `find` turns that name into a person.
    """

    unsaved = False

    channel = RadioField(
        "How were you in contact?",
        choices=[SelectChoice(choice.key, choice.label) for choice in rules.CHANNELS],
        default=rules.CHANNELS[0].key,
    )
    people = TicksField("Who with?", coerce=one_id, validators=[Optional()])
    who = LookupField("Who with?", kind="person", render_kw={"data-lookup-id": "who_id"})
    who_id = HiddenField()
    # The words for which several people have been offered: a tick among those answers them.
    offered_for = HiddenField()
    summary = TextAreaField(
        "What was it about?",
        validators=[Length(max=rules.SUMMARY_LIMIT)],
        render_kw={"rows": 3},
    )
    outcome = ChoiceField(
        "Outcome",
        empty="Not said",
        choices=[SelectChoice(choice.key, choice.label) for choice in rules.OUTCOMES],
        validators=[Optional()],
    )
    at = MomentField(
        "When", days=Days.PAST, default=clock.now, validators=[InputRequired("Enter when it was.")]
    )
    confidential = BooleanField("Confidential: only you and the national officers can read it")
    add = SubmitField("Add this person")
    back = HiddenField()

    def find(self, user: User) -> None:
        """Offer the people who were ticked, and whoever `who` may mean; call before validating."""
        # Enter in any text box presses the first button, which is this one: without a name to add
        # it means what Enter means.
        self.names_another = bool(self.add.data and self.who.data)
        ticked = self.people.data or []
        known = seen_by(user, ticked)
        found = self._named(user)
        if len(found) == 1:
            known += [person for person in found if person.id not in ticked]
            self.people.data = [*ticked, *(person.id for person in found)]
            self._forget_name()
        elif self._is_ticked_among(found):
            found = []
            self._forget_name()
        self.offered_for.data = self.who.data if len(found) > 1 else ""
        self.chosen = [person for person in known if person.id in (self.people.data or [])]
        offered = {person.id: person for person in [*known, *found]}
        self.people.choices = [SelectChoice(person.id, person.name) for person in offered.values()]
        if offered:
            self.who.label.text = "Somebody else"
        self.unclear = SEVERAL if len(found) > 1 else NOBODY if self.who.data else None

    def _named(self, user: User) -> list[Person]:
        if (chosen := whole(self.who_id.data)) is not None:
            return seen_by(user, [chosen])
        if not self.who.data:
            return []
        found = list(find_people(user, self.who.data, limit=CANDIDATES))
        exact = [person for person in found if fold(person.name) == fold(self.who.data)]
        return exact if len(exact) == 1 else found

    def _is_ticked_among(self, found: list[Person]) -> bool:
        ticked = self.people.data or []
        asked = self.who.data and self.offered_for.data == self.who.data
        return bool(asked and any(person.id in ticked for person in found))

    def _forget_name(self) -> None:
        for field in (self.who, self.who_id):
            field.data, field.raw_data = "", None

    def validate_who(self, _field: Any) -> None:
        """Somebody must be there, and every name must be understood."""
        if self.unclear:
            raise ValidationError(self.unclear)
        if not self.chosen:
            raise ValidationError("Say who you were in contact with.")

    def values(self) -> dict[str, Any]:
        """What the actions take."""
        names = ("at", "channel", "summary", "outcome", "confidential")
        return {name: self[name].data for name in names}

    def begin(self) -> None:
        """Put the cursor where a fresh form goes on: the words, or who it was with."""
        self._start_in(self.summary if self.chosen else self.who)

    def go_on(self) -> None:
        """Put the cursor back into the box for names; what was typed is not saved yet."""
        self.unsaved = True
        self._start_in(self.who)

    @staticmethod
    def _start_in(field: Any) -> None:
        field.render_kw = {**(field.render_kw or {}), "autofocus": True}


class FollowUpFields:
    """A promise: what, when, by whom."""

    what = StringField("What is to be done", validators=[Length(max=rules.WHAT_LIMIT)])
    due = RadioField(
        "Due",
        choices=[SelectChoice(choice.key, choice.label) for choice in rules.DUE_CHOICES],
        default="week",
    )
    due_on = DayField("Or on this day", days=Days.TERM, validators=[Optional()])
    owner = ChoiceField("Who does it", empty="Me", validators=[Optional()])

    def offer_owners(self, user: User) -> None:
        """Who may be given the follow-up; call before validating."""
        self.owners = {str(one.id): one for one in owners_for(user)}
        self.owner.choices = [
            SelectChoice(key, one.name) for key, one in self.owners.items() if one.id != user.id
        ]

    def promise(self, user: User) -> Promise | None:
        """What was promised; None where the form says nothing of it."""
        if not self.what.data and not self.due_on.data:
            return None
        due_on = self.due_on.data or rules.due_after(self.due.data, clock.today())
        return Promise(self.what.data or "", self.owners.get(self.owner.data or "", user), due_on)


class NewContactForm(FollowUpFields, ContactForm):
    """A new contact; `form_key` makes a second click harmless."""

    form_key = HiddenField(default=lambda: secrets.token_urlsafe(16))


class EditContactForm(ContactForm):
    """A contact to correct, as it was when the form was opened."""

    version = HiddenField()


class FollowUpForm(FollowUpFields, BaseForm):
    """A new follow-up to a contact there is."""

    person = SelectField("For whom")


class EditFollowUpForm(BaseForm):
    """A follow-up to hand over, put off or word anew."""

    what = StringField("Follow-up", validators=[InputRequired("Say what is to be done.")])
    owner = ChoiceField("Who does it", validators=[InputRequired("Choose who does it.")])
    due_on = DayField(
        "Due", days=Days.TERM, validators=[InputRequired("Enter a date like 14 May 2026.")]
    )
    back = HiddenField()
