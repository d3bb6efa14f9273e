"""The list of delegates."""

from models.accounts.roles import Permit
from models.delegates import rules, workflow
from models.delegates.list import DELEGATES
from views.delegates.counter import bp
from views.workshop.lists import Button, ListPage, show

LIST = ListPage(
    DELEGATES,
    "delegates.index",
    cells="delegates/cells.html",
    facts="Who sits for the union at which constituency party (CLP)",
    buttons=(
        Button("Add a delegate", "delegates.choose", Permit.COUNCILLORS_WRITE, icon="user-plus"),
    ),
    exports={"delegates": "To Excel"},
    widths={
        "name": "name",
        "clp": "place",
        "branch": "place",
        "status": "status",
        "end": "status",
        "contact": "day",
        "act": "acts",
    },
    cards={"name": "title", "clp": "under", "status": "state", "end": "end", "act": "acts"},
    empty="No delegates yet",
    hint="A delegate is added here, or on a person’s record.",
    words={
        "tones": workflow.TONES,
        "is_over": rules.is_over,
        "ends_soon": rules.ends_soon,
    },
    links={
        "person": ("people.show", "person_id"),
        "move": ("delegates.move", "delegate_id"),
    },
)
show(bp, LIST)
