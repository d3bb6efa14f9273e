"""Every table, as 28 revisions had made them before the first release; see decision 31.

A room's file holds what both databases have, in PostgreSQL's words; what only one of them has
stands in a file of its name. A blank line ends a statement, so that no body of a trigger has to be
understood. These files never change: a database that stands here already would not learn of it.
"""

import re
from pathlib import Path

from alembic import op

from migrations.append_only import protect

revision = "0028"
down_revision = None

BASE = Path(__file__).parents[1] / "base"
# A room names tables of the rooms before it only.
ROOMS = (
    "once outbox accounts audit jobs attachments places people elections delegates councillors "
    "contacts search budget funding payments evidence year_end freshness merging disputes intake "
    "exports"
).split()
# int8 is an id: SQLite counts rows by a plain integer only.
SQLITE = {
    "bigserial": "integer",
    "int8": "integer",
    "timestamptz": "datetime",
    "bytea": "blob",
    ' collate "C"': "",
    "default false": "default 0",
    "--without": "without",
}
WORDS = re.compile("|".join(SQLITE))
APPEND_ONLY = (
    "ledger application_step export_record law_answer eligibility_overrule interest_declaration "
    "score moderation_note payment_step refund_receipt letter_template interest_lifted"
).split()


def upgrade() -> None:
    bind = op.get_bind()
    for name in (*ROOMS, bind.dialect.name):
        text = (BASE / f"{name}.sql").read_text(encoding="utf-8")
        if bind.dialect.name == "sqlite":
            text = WORDS.sub(lambda found: SQLITE[found[0]], text)
        for statement in text.split("\n\n"):
            bind.exec_driver_sql(statement)
    for table in APPEND_ONLY:
        protect(table)


def downgrade() -> None:
    """Nothing stands before it."""
    raise NotImplementedError("Make a new database instead.")
