"""Changing GMB groups: begun, joined, led, met, ended."""

from datetime import date

from sqlalchemy.exc import IntegrityError

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db, hold_row
from models.councillors.groups import queries, rules
from models.councillors.groups.tables import UnionGroup, UnionGroupMeeting, UnionGroupMember
from models.councillors.queries.offices import open_term
from models.errors import Conflict, Invalid, Refused
from models.people.tables import Person
from models.places.queries.regions import regions_of_council
from models.places.tables import Council


def begin_group(council: Council, *, by: Actor, starts_on: date | None = None) -> UnionGroup:
    """A group on a council; Conflict where it has one."""
    require(by, Permit.COUNCILLORS_WRITE, regions=regions_of_council(council.id))
    group = UnionGroup(council_id=council.id, starts_on=starts_on)
    try:
        with db.session.begin_nested():
            db.session.add(group)
    except IntegrityError as error:
        raise Conflict(f"{council.name} has a group already.") from error
    audit.record("group.begun", group, by=by, after={"council_id": council.id})
    return group


def join_group(
    group: UnionGroup,
    person: Person,
    *,
    by: Actor,
    role: str = "member",
    whip: str = "held",
    starts_on: date | None = None,
) -> UnionGroupMember:
    """Put a councillor of this council into its group; one convenor at a time."""
    _may(group, by=by)
    hold_row(group)
    _check_words(role, whip)
    if queries.open_place(group, person) is not None:
        raise Refused(f"{person.name} is in the group already.", field="person")
    if open_term(person, council_id=group.council_id, post="councillor") is None:
        raise Refused(f"{person.name} does not sit on this council now.", field="person")
    if role == "convenor":
        _step_down(group, by=by)
    member = UnionGroupMember(
        group_id=group.id, person_id=person.id, role=role, whip=whip, starts_on=starts_on
    )
    db.session.add(member)
    db.session.flush()
    audit.record("group.joined", member, by=by, after={"person_id": person.id, "role": role})
    return member


def change_member(member: UnionGroupMember, *, by: Actor, role: str, whip: str) -> UnionGroupMember:
    """Another role, or where they stand with the whip."""
    group = db.session.get_one(UnionGroup, member.group_id)
    _may(group, by=by)
    hold_row(group)
    _check_words(role, whip)
    if role == "convenor" and member.role != "convenor":
        _step_down(group, by=by)
    before, after = audit.changes(member, {"role": role, "whip": whip})
    if after:
        db.session.flush()
        audit.record("group.member_changed", member, by=by, before=before, after=after)
    return member


def leave_group(member: UnionGroupMember, *, by: Actor, on: date) -> UnionGroupMember:
    """Say when somebody left the group."""
    _may(db.session.get_one(UnionGroup, member.group_id), by=by)
    hold_row(member)
    if member.ends_on is not None:
        raise Refused("They have left the group already.")
    if on > clock.today() or (member.starts_on is not None and on < member.starts_on):
        raise Invalid("The day must lie between joining and today.", field="on")
    member.ends_on = on
    db.session.flush()
    audit.record("group.left", member, by=by, after={"ends_on": on})
    return member


def note_meeting(
    group: UnionGroup,
    *,
    on: date,
    by: Actor,
    attended: int | None = None,
    about: str | None = None,
) -> UnionGroupMeeting:
    """Note a meeting of the group, held or planned."""
    _may(group, by=by)
    _check_attended(attended)
    meeting = UnionGroupMeeting(
        group_id=group.id, on=on, attended=attended, about=(about or "").strip() or None
    )
    db.session.add(meeting)
    db.session.flush()
    audit.record("group.met", meeting, by=by, after={"on": on, "attended": attended})
    return meeting


def correct_meeting(
    meeting: UnionGroupMeeting,
    *,
    on: date,
    by: Actor,
    attended: int | None = None,
    about: str | None = None,
) -> UnionGroupMeeting:
    """Put right what was noted of a meeting."""
    _may(db.session.get_one(UnionGroup, meeting.group_id), by=by)
    hold_row(meeting)
    _check_attended(attended)
    values = {"on": on, "attended": attended, "about": (about or "").strip() or None}
    before, after = audit.changes(meeting, values)
    if after:
        db.session.flush()
        audit.record("group.meeting_corrected", meeting, by=by, before=before, after=after)
    return meeting


def remove_meeting(meeting: UnionGroupMeeting, *, by: Actor) -> None:
    """Take out a meeting that was noted by mistake; the audit keeps what was noted."""
    _may(db.session.get_one(UnionGroup, meeting.group_id), by=by)
    hold_row(meeting)
    noted = {"on": meeting.on, "attended": meeting.attended, "about": meeting.about}
    audit.record("group.meeting_removed", meeting, by=by, before=noted)
    db.session.delete(meeting)
    db.session.flush()


def _check_attended(attended: int | None) -> None:
    if attended is not None and not 0 <= attended <= 200:
        raise Invalid("Enter how many came, from 0 to 200.", field="attended")


def _step_down(group: UnionGroup, *, by: Actor) -> None:
    for former in queries.convenors(group):
        former.role = "member"
        audit.record(
            "group.member_changed",
            former,
            by=by,
            before={"role": "convenor"},
            after={"role": "member"},
        )
    db.session.flush()


def _check_words(role: str, whip: str) -> None:
    if role not in rules.ROLES:
        raise Invalid("Choose the role.", field="role")
    if whip not in rules.WHIPS:
        raise Invalid("Choose where they stand with the whip.", field="whip")


def _may(group: UnionGroup, *, by: Actor) -> None:
    require(by, Permit.COUNCILLORS_WRITE, regions=regions_of_council(group.council_id))
    if group.ends_on is not None:
        raise Refused("This group has ended.")
