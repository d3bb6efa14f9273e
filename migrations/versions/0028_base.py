"""Every table, as 28 revisions had made them before the first release; see decision 31.

A room's file holds what both databases have, in PostgreSQL's words, and names tables of the files
before it only. What one database alone has stands in a file of its name. A blank line ends a
statement, so that no trigger's body has to be understood. These files never change: a database
that stands here already would not learn of it.
"""

import re
from pathlib import Path

from alembic import op

from migrations.append_only import protect

revision = "0028"
down_revision = None

BASE = Path(__file__).parents[1] / "base"
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
    "application_step",
    "eligibility_overrule",
    "export_record",
    "interest_declaration",
    "interest_lifted",
    "law_answer",
    "ledger",
    "letter_template",
    "moderation_note",
    "payment_step",
    "refund_receipt",
    "score",
)


def upgrade() -> None:
    bind = op.get_bind()
    for path in (*sorted(BASE.glob("[0-9]*.sql")), BASE / f"{bind.dialect.name}.sql"):
        text = path.read_text(encoding="utf-8")
        if bind.dialect.name == "sqlite":
            text = WORDS.sub(lambda found: SQLITE[found[0]], text)
        for statement in text.split("\n\n"):
            bind.exec_driver_sql(statement)
    for table in APPEND_ONLY:
        protect(table)


def downgrade() -> None:
    """Nothing stands before it."""
    raise NotImplementedError("Make a new database instead.")
