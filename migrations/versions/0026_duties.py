"""Accounts that check others need two people; how many e-mails were ever begun."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ROLES = (
    "'national-officer','political-officer','regional-officer','support','finance','training',"
    "'auditor'"
)
WAITING = "state = 'waiting'"


def upgrade() -> None:
    op.create_table(
        "user_proposal",
        sa.Column("id", ID, nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("user_id", ID, nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("region_ids", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("proposed_by_id", ID, nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", ID, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "what in ('add','change','enable','link')", name=op.f("ck_user_proposal_what")
        ),
        sa.CheckConstraint(f"role in ({ROLES})", name=op.f("ck_user_proposal_role")),
        sa.CheckConstraint(
            "state in ('waiting','agreed','refused','withdrawn')",
            name=op.f("ck_user_proposal_state"),
        ),
        sa.CheckConstraint(
            "what = 'add' or user_id is not null", name=op.f("ck_user_proposal_user")
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (decided_by_id is null)",
            name=op.f("ck_user_proposal_decided"),
        ),
        sa.CheckConstraint(
            "state <> 'agreed' or decided_by_id <> proposed_by_id",
            name=op.f("ck_user_proposal_two"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_user_proposal_user_id")),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["user.id"], name=op.f("fk_user_proposal_proposed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user.id"], name=op.f("fk_user_proposal_decided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_proposal")),
    )
    op.create_index(op.f("ix_user_proposal_user_id"), "user_proposal", ["user_id"])
    op.create_index(op.f("ix_user_proposal_state"), "user_proposal", ["state"])
    op.create_index(
        "uq_user_proposal_waiting",
        "user_proposal",
        ["email"],
        unique=True,
        sqlite_where=sa.text(WAITING),
        postgresql_where=sa.text(WAITING),
    )
    op.create_table(
        "send_count",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_send_count")),
    )
    op.execute("insert into send_count (id, number) values (1, 0)")


def downgrade() -> None:
    op.drop_table("send_count")
    op.drop_table("user_proposal")
