"""Long files are read and compared by the worker: a state of its own."""

from alembic import op

from migrations.checks import reword

revision = "0022"
down_revision = "0021"

OLD = "state in ('uploaded','previewed','applying','applied','undoing','undone','discarded')"
NEW = (
    "state in ('uploaded','previewing','previewed','applying','applied','undoing','undone',"
    "'discarded')"
)


def upgrade() -> None:
    reword("import_batch", "ck_import_batch_state", old=OLD, new=NEW)


def downgrade() -> None:
    # What was being compared can be compared again from its columns.
    op.execute("update import_batch set state = 'uploaded' where state = 'previewing'")
    reword("import_batch", "ck_import_batch_state", old=NEW, new=OLD)
