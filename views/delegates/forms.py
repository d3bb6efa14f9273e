"""The forms of the delegates room."""

from typing import Any

from wtforms import RadioField, SelectChoice, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from models import clock
from models.accounts.tables import User
from models.delegates import workflow
from models.delegates.actions import NewDelegate
from models.errors import Invalid
from models.places.queries.regions import branches
from models.places.queries.wards import constituency_by_text
from models.places.tables import UnionBranch
from views.forms import BaseForm, ChoiceField, DayField, Days, LookupField

SOURCE_HINT = "The branch, the person, the constituency party."


class WhoForm(BaseForm):
    """Who is the delegate."""

    who = LookupField(
        "Who is the delegate?",
        kind="person",
        description="A name, an e-mail address or a membership number.",
        validators=[DataRequired("Say who it is.")],
    )


class TermForm(BaseForm):
    """The branch and the days of a term, as far as they are known."""

    branch = ChoiceField("Appointed by the branch", empty="Not known", validators=[Optional()])
    starts_on = DayField("Delegate since", days=Days.YEAR, validators=[Optional()])
    certified_on = DayField(
        "Certified on",
        days=Days.PAST,
        description="The day on which the branch secretary certified them, if that was done.",
        validators=[Optional()],
    )
    ends_on = DayField(
        "Next annual meeting",
        days=Days.TERM,
        description="The term ends with the annual meeting of the constituency party.",
        validators=[Optional()],
    )
    source = StringField(
        "Where this comes from", description=SOURCE_HINT, validators=[Optional(), Length(max=120)]
    )

    def offer(self, user: User, now: UnionBranch | None = None) -> None:
        """Fill the choices with the branches of this user's regions, and the one there is."""
        found = branches(user.region_ids)
        if now is not None and now not in found:
            found = [now, *found]
        self.branches = {str(one.id): one for one in found}
        self.branch.choices = [
            SelectChoice(key, f"{one.name} ({one.code})") for key, one in self.branches.items()
        ]

    def values(self) -> dict[str, Any]:
        """The values as typed."""
        return {
            "branch": self.branches.get(self.branch.data or ""),
            "starts_on": self.starts_on.data,
            "certified_on": self.certified_on.data,
            "ends_on": self.ends_on.data,
            "source": self.source.data or None,
        }


class NewForm(TermForm):
    """A new term."""

    constituency = LookupField(
        "Constituency",
        kind="constituency",
        description="The constituency whose Labour Party (CLP) they are delegate to.",
        validators=[DataRequired("Enter the constituency."), Length(max=120)],
    )
    status = RadioField(
        "How far are they?",
        choices=[SelectChoice(key, workflow.STATUSES[key]) for key in workflow.OPEN],
        default="nominated",
        validators=[DataRequired("Choose how far they are.")],
    )

    def new(self) -> NewDelegate:
        """The term as typed; raises Invalid for a constituency that is not known."""
        text = self.constituency.data or ""
        constituency = constituency_by_text(text)
        if constituency is None:
            words = f"There is no constituency “{text}”. Start typing its name and choose one."
            raise Invalid(words, field="constituency")
        return NewDelegate(constituency, status=self.status.data or "", **self.values())


class StepForm(BaseForm):
    """A step of the workflow, with its day and its reason."""

    step = RadioField("What happened?", validators=[DataRequired("Choose what happened.")])
    on = DayField(
        "When", days=Days.PAST, default=clock.today, validators=[InputRequired("Enter the day.")]
    )
    reason = StringField(
        "Why",
        description="Needed when somebody was rejected.",
        validators=[Optional(), Length(max=200)],
    )
