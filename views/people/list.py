"""The list of people."""

from models.accounts.roles import Permit
from models.people.list import PEOPLE
from views.people.counter import bp
from views.workshop.lists import Button, ListPage, show

LIST = ListPage(
    PEOPLE,
    "people.index",
    cells="people/cells.html",
    facts="One record for each human being, in office or not",
    buttons=(Button("Add a person", "people.new", Permit.PEOPLE_WRITE, icon="user-plus"),),
    exports={"people": "To Excel"},
    widths={
        "name": "name",
        "office": "place",
        "region": "place",
        "mobile": "phone",
        "contact": "day",
        "act": "acts",
    },
    cards={"name": "title", "office": "under", "contact": "end", "act": "acts"},
    empty="Nobody is on the books yet",
    hint="Add somebody, or import a spreadsheet.",
    links={"person": ("people.show", "person_id"), "log": ("contacts.new", "person")},
)
show(bp, LIST)
