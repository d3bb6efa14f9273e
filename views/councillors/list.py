"""The list of office holders."""

from models.accounts.roles import Permit
from models.councillors import rules, workflow
from models.councillors.list import COUNCILLORS
from views.councillors.counter import bp
from views.workshop.lists import Button, ListPage, show

SHAPES = {"joined": "tick", "invited": "half", "declined": "cross"}
LIST = ListPage(
    COUNCILLORS,
    "councillors.index",
    cells="councillors/cells.html",
    facts="Everybody in office, and the Councillors’ Network",
    buttons=(
        Button("Add a councillor", "councillors.new", Permit.COUNCILLORS_WRITE, icon="user-plus"),
    ),
    exports={"councillors": "To Excel", "working-sheet": "Working sheet"},
    widths={
        "name": "name",
        "council": "place",
        "party": "short",
        "status": "status",
        "mobile": "phone",
        "end": "day",
        "contact": "day",
        "act": "acts",
    },
    cards={"name": "title", "council": "under", "status": "state", "contact": "end", "act": "acts"},
    empty="No councillors yet",
    hint="Add one, or import a spreadsheet.",
    words={"tones": workflow.TONES, "shapes": SHAPES, "posts": rules.POSTS},
    links={
        "person": ("people.show", "person_id"),
        "council": ("places.council", "council_id"),
        "log": ("contacts.new", "person"),
    },
)
show(bp, LIST)
