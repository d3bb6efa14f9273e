"""The groups counter: GMB groups on councils, their members, meetings and coverage."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from models import clock
from models.accounts.roles import Permit
from models.councillors.groups.actions import (
    begin_group,
    change_member,
    correct_meeting,
    join_group,
    leave_group,
    note_meeting,
    remove_meeting,
)
from models.councillors.groups.queries import (
    councillors_without,
    coverage_for,
    group_for,
    meeting_for,
    meetings_of,
    member_for,
    members_of,
)
from models.councillors.groups.rules import ROLES, WHIPS
from models.councillors.groups.tables import UnionGroup
from models.people.queries.people import person_for
from models.places.queries.regions import own_council_for
from models.query_args import whole
from views.forms import BaseForm, ChoiceField, DayField, Days, WholeField
from views.guards import needs, reader
from views.pages import render_form, submitted
from views.records import council_href, person_href

bp = Blueprint("groups", __name__, url_prefix="/groups")


@bp.context_processor
def _shown() -> dict[str, Any]:
    permits = current_user.permits if current_user.is_authenticated else frozenset()
    return {
        "may_write": Permit.COUNCILLORS_WRITE in permits,
        "person_href": person_href,
        "council_href": council_href,
        "roles": ROLES,
        "whips": WHIPS,
    }


class MemberForm(BaseForm):
    """Somebody's place in a group."""

    role = ChoiceField(
        "Role", choices=[SelectChoice(*pair) for pair in ROLES.items()], default="member"
    )
    whip = ChoiceField(
        "Whip", choices=[SelectChoice(*pair) for pair in WHIPS.items()], default="held"
    )
    left_on = DayField(
        "Left the group on",
        days=Days.PAST,
        description="Only when they have left it.",
        validators=[Optional()],
    )


class JoinForm(BaseForm):
    """A councillor of ours who joins the group."""

    person = ChoiceField("Councillor", validators=[DataRequired("Choose the councillor.")])
    role = ChoiceField(
        "Role", choices=[SelectChoice(*pair) for pair in ROLES.items()], default="member"
    )
    whip = ChoiceField(
        "Whip", choices=[SelectChoice(*pair) for pair in WHIPS.items()], default="held"
    )
    starts_on = DayField("Since", days=Days.YEAR, validators=[Optional()])

    def offer(self, group: UnionGroup) -> None:
        """Councillors of ours on this council who are not in the group yet."""
        people = councillors_without(reader(), group)
        self.person.choices = [SelectChoice(str(one.id), one.name) for one in people]


class MeetingForm(BaseForm):
    """A meeting of the group."""

    on = DayField("Day", days=Days.PAST, validators=[DataRequired("Enter the day.")])
    attended = WholeField("How many came", validators=[Optional()])
    about = TextAreaField(
        "What about", validators=[Optional(), Length(max=2000)], render_kw={"rows": 3}
    )


@bp.get("")
@needs(Permit.COUNCILLORS_READ)
def index() -> ResponseReturnValue:
    """Councils with councillors of ours: those without a group first."""
    rows = coverage_for(reader())
    without = sum(row.group is None for row in rows)
    return render_template("groups/index.html", rows=rows, without=without)


@bp.post("/on/<int:council_id>")
@needs(Permit.COUNCILLORS_WRITE)
def begin(council_id: int) -> ResponseReturnValue:
    """A group on a council."""
    council = own_council_for(reader(), council_id)
    group = begin_group(council, starts_on=clock.today(), by=reader())
    flash(f"{council.name} has a group now. Add its members.", "ok")
    return redirect(url_for("groups.show", group_id=group.id))


@bp.get("/<int:group_id>")
@needs(Permit.COUNCILLORS_READ)
def show(group_id: int) -> ResponseReturnValue:
    """One group: members, whip, meetings, and who is missing."""
    group = group_for(reader(), group_id)
    return render_template(
        "groups/show.html",
        group=group,
        members=members_of(reader(), group, past=True),
        missing=councillors_without(reader(), group),
        meetings=meetings_of(group),
    )


@bp.route("/<int:group_id>/members", methods=["GET", "POST"])
@needs(Permit.COUNCILLORS_WRITE)
def join(group_id: int) -> ResponseReturnValue:
    """Put a councillor into the group."""
    group, form = group_for(reader(), group_id), JoinForm()
    form.offer(group)
    done = submitted(
        form,
        lambda: join_group(
            group,
            person_for(reader(), whole(form.person.data) or 0),
            role=form.role.data or "",
            whip=form.whip.data or "",
            starts_on=form.starts_on.data,
            by=reader(),
        ),
    )
    if done is None:
        return render_form("groups/edit.html", form, group=group, title="Add a member")
    return redirect(url_for("groups.show", group_id=group.id))


@bp.route("/members/<int:member_id>", methods=["GET", "POST"])
@needs(Permit.COUNCILLORS_WRITE)
def member(member_id: int) -> ResponseReturnValue:
    """Another role, another whip, or the day they left."""
    place = member_for(reader(), member_id)
    group = group_for(reader(), place.group_id)
    form = MemberForm(role=place.role, whip=place.whip, left_on=place.ends_on)

    def save() -> bool:
        change_member(place, role=form.role.data or "", whip=form.whip.data or "", by=reader())
        if form.left_on.data is not None:
            leave_group(place, on=form.left_on.data, by=reader())
        return True

    if submitted(form, save) is None:
        return render_form("groups/edit.html", form, group=group, title=place.person.name)
    return redirect(url_for("groups.show", group_id=group.id))


@bp.route("/<int:group_id>/meetings", methods=["GET", "POST"])
@needs(Permit.COUNCILLORS_WRITE)
def meeting(group_id: int) -> ResponseReturnValue:
    """Note a meeting."""
    group, form = group_for(reader(), group_id), MeetingForm()
    done = submitted(
        form,
        lambda: note_meeting(
            group,
            on=form.on.data or clock.today(),
            attended=form.attended.data,
            about=form.about.data,
            by=reader(),
        ),
    )
    if done is None:
        return render_form("groups/edit.html", form, group=group, title="Note a meeting")
    return redirect(url_for("groups.show", group_id=group.id))


@bp.route("/meetings/<int:meeting_id>", methods=["GET", "POST"])
@needs(Permit.COUNCILLORS_WRITE)
def edit_meeting(meeting_id: int) -> ResponseReturnValue:
    """Put right what was noted of a meeting."""
    noted = meeting_for(reader(), meeting_id)
    group, form = group_for(reader(), noted.group_id), MeetingForm(obj=noted)
    done = submitted(
        form,
        lambda: correct_meeting(
            noted,
            on=form.on.data or noted.on,
            attended=form.attended.data,
            about=form.about.data,
            by=reader(),
        ),
    )
    if done is None:
        return render_form("groups/edit.html", form, group=group, title="Change the meeting")
    return redirect(url_for("groups.show", group_id=group.id))


@bp.post("/meetings/<int:meeting_id>/remove")
@needs(Permit.COUNCILLORS_WRITE)
def drop_meeting(meeting_id: int) -> ResponseReturnValue:
    """Take out a meeting that was noted by mistake."""
    noted = meeting_for(reader(), meeting_id)
    group_id = noted.group_id
    remove_meeting(noted, by=reader())
    flash("The meeting was taken out.", "ok")
    return redirect(url_for("groups.show", group_id=group_id))
