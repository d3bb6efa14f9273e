"""Every list can have saved views: a view names its list, and which lists there are is not stored."""

from alembic import op

from migrations.checks import reword

revision = "0029"
down_revision = "0028"

THREE = "list in ('councillors','people','funding')"
ANY = "list <> ''"


def upgrade():
    reword("saved_view", "ck_saved_view_list", old=THREE, new=ANY)


def downgrade():
    op.execute("delete from saved_view where list not in ('councillors','people','funding')")
    reword("saved_view", "ck_saved_view_list", old=ANY, new=THREE)
