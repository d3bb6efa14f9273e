"""GMB groups on councils."""

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
    Coverage,
    councillors_without,
    coverage_for,
    group_for,
    group_on,
    meeting_for,
    meetings_of,
    member_for,
    members_of,
    ours,
)
from models.councillors.groups.rules import ROLES, WHIPS
from models.councillors.groups.tables import UnionGroup, UnionGroupMeeting, UnionGroupMember

__all__ = [
    "ROLES",
    "WHIPS",
    "Coverage",
    "UnionGroup",
    "UnionGroupMeeting",
    "UnionGroupMember",
    "begin_group",
    "change_member",
    "correct_meeting",
    "councillors_without",
    "coverage_for",
    "group_for",
    "group_on",
    "join_group",
    "leave_group",
    "meeting_for",
    "meetings_of",
    "member_for",
    "members_of",
    "note_meeting",
    "ours",
    "remove_meeting",
]
