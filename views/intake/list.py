"""The list of imports."""

from models.accounts.roles import Permit
from models.intake.list import IMPORTS
from views.intake.room import TONES, bp
from views.workshop.lists import Button, ListPage, show

LIST = ListPage(
    IMPORTS,
    "intake.index",
    cells="intake/cells.html",
    facts="Spreadsheets of councillors and people. Nothing is written before you have seen what "
    "would change.",
    buttons=(
        Button("Working sheet", "sheets.new", Permit.IMPORT, icon="upload", kind="secondary"),
        Button("Import a file", "intake.new", Permit.IMPORT, icon="file-import"),
    ),
    widths={
        "file_name": "name",
        "state": "moment",
        "rows": "short",
        "created": "short",
        "changed": "short",
        "unchanged": "code",
        "refused": "short",
        "name": "name",
        "at": "moment",
    },
    cards={"file_name": "title", "name": "under", "state": "state", "at": "end"},
    empty="No imports yet",
    hint="Bring in a spreadsheet of councillors: its columns are recognised, and you see every "
    "change first.",
    words={"tones": TONES},
    links={"batch": ("intake.show", "batch_id")},
)
show(bp, LIST)
