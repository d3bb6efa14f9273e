"""The outbox as a list: what waits, what failed, and what nobody knows the end of."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, false, func

from models.accounts.permits import Actor
from models.accounts.roles import Permit
from models.jobs.tables import Message
from models.outbox import OutboxRow
from models.workshop.listing import Column, Filter, Fixed, Join, Listing, Tab
from models.workshop.wording import containing

STATES = {"uncertain": "Uncertain", "failed": "Failed", "waiting": "Waiting"}
KINDS = {
    "mail": "E-mail",
    "import": "Import",
    "preview": "Preview of an import",
    "reset": "A forgotten password",
    "chase": "Reminders after an award",
    "daily": "A task of the day",
    "duplicates": "Search for duplicates",
    "changed-people": "Search for duplicates of whoever was changed",
}


class OutboxLine(NamedTuple):
    """One piece of work that is not done, with its e-mail where the reader may see that."""

    id: str
    kind: str
    state: str
    created_at: datetime
    not_before: datetime
    because: str | None
    subject: str | None
    to: str | None

    @property
    def what(self) -> str:
        """The e-mail, or the kind of work."""
        return f"{self.subject} to {self.to}" if self.to else KINDS.get(self.kind, self.kind)


def _letter(reader: Actor) -> ColumnElement[bool]:
    """E-mails have no region: a reader who is held to some gets the work without them."""
    return Message.outbox_id == OutboxRow.id if reader.region_ids is None else false()


OUTBOX = Listing(
    name="outbox",
    title="Outbox",
    permit=Permit.JOBS_READ,
    one="piece of work",
    many="pieces of work",
    subject="Work",
    source=OutboxRow,
    key=OutboxRow.id,
    line=OutboxLine,
    reads=(
        OutboxRow.id, OutboxRow.kind, OutboxRow.state, OutboxRow.created_at, OutboxRow.not_before,
        OutboxRow.because, Message.subject, Message.to,
    ),
    joins=(Join(Message, _letter),),
    visible=lambda _: (OutboxRow.state.in_(STATES),),
    columns=(
        Column("what", "What", sort=(func.coalesce(Message.subject, OutboxRow.kind), Message.to)),
        Column("state", "State", value=lambda it: STATES[it.state],
               sort=(OutboxRow.state, OutboxRow.created_at)),
        Column("since", "Since", "moment", value=lambda it: it.created_at,
               sort=(OutboxRow.created_at,)),
        Column("because", "Why"),
        Column("acts", "What to do", value=lambda _: None, hidden_label=True),
    ),
    filters=(
        Filter("text", "Subject or address", containing(Message.subject, Message.to), "text",
               "matching “{}”"),
        Filter("kind", "Kind", OutboxRow.kind.__eq__, "key", "of the kind “{}”", Fixed(KINDS)),
        Filter("state", "State", OutboxRow.state.__eq__, "key", "", Fixed(STATES),
               subject={"uncertain": "Work whose end nobody knows", "failed": "Work that failed",
                        "waiting": "Work that waits"}),
    ),
    tabs=(Tab("All", {}), *(Tab(words, {"state": state}) for state, words in STATES.items())),
    sort="-since",
)  # fmt: skip
