"""The contact log."""

from models.accounts.roles import Permit
from models.contacts.list import CONTACTS
from views.contacts.counter import bp
from views.workshop.lists import Button, ListPage, show

LIST = ListPage(
    CONTACTS,
    "contacts.index",
    cells="contacts/cells.html",
    facts="Who was in contact with whom, newest first",
    buttons=(
        Button(
            "My follow-ups",
            "contacts.follow_ups",
            Permit.CONTACTS_READ,
            icon="calendar-due",
            kind="secondary",
        ),
        Button(
            "Log a contact",
            "contacts.new",
            Permit.CONTACTS_WRITE,
            icon="phone",
            shortcut="C",
            carries=("person",),
        ),
    ),
    widths={"at": "place", "who": "name", "outcome": "status", "author": "status"},
    cards={"who": "title", "at": "under", "outcome": "end"},
    empty="No contacts yet",
    hint="Log a call, a meeting or a message: it is listed here and on the person’s record.",
    links={"contact": ("contacts.show", "interaction_id"), "person": ("people.show", "person_id")},
)
show(bp, LIST)
