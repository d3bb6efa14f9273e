"""What follow-ups add to the lists below: whom somebody still owes something."""

from sqlalchemy import ColumnElement, select

from models.contacts.follow_ups.queries import owners_for
from models.contacts.tables import FollowUp
from models.councillors.list import COUNCILLORS
from models.people.tables import Person
from models.workshop.listing import Filter, Found


def promised_by(owner_id: int) -> ColumnElement[bool]:
    """True for people with an open follow-up of this user."""
    promised = select(FollowUp.person_id).where(
        FollowUp.status == "open", FollowUp.owner_id == owner_id
    )
    return Person.id.in_(promised)


OWNER = Filter(
    "owner",
    "Follow-up with",
    promised_by,
    "id",
    "with an open follow-up of {}",
    Found(lambda reader: [(one.id, one.name) for one in owners_for(reader)]),
)
COUNCILLORS.add(OWNER)
