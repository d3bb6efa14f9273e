"""Changing people and the dated facts about them."""

from models.people.actions.history import undo_change
from models.people.actions.marks import (
    remove_note,
    tag_person,
    untag_person,
    write_note,
)
from models.people.actions.memberships import (
    MembershipFacts,
    add_membership,
    add_party_membership,
    change_membership,
    hold_memberships,
)
from models.people.actions.political import set_political_fund
from models.people.actions.privacy import (
    add_basis,
    give_consent,
    withdraw_consent,
)
from models.people.actions.reach import (
    add_contact_point,
    end_contact_point,
    verify_contact_point,
)
from models.people.actions.records import (
    NewPerson,
    add_person,
    archive_person,
    change_person,
    restore_person,
)

__all__ = [
    "MembershipFacts",
    "NewPerson",
    "add_basis",
    "add_contact_point",
    "add_membership",
    "add_party_membership",
    "add_person",
    "archive_person",
    "change_membership",
    "change_person",
    "end_contact_point",
    "give_consent",
    "hold_memberships",
    "remove_note",
    "restore_person",
    "set_political_fund",
    "tag_person",
    "undo_change",
    "untag_person",
    "verify_contact_point",
    "withdraw_consent",
    "write_note",
]
