"""Delegates to constituency parties."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = "ended_on is null"


def upgrade() -> None:
    op.create_table(
        "delegate_term",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("constituency_id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=True),
        sa.Column("status", sa.String(length=14), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("certified_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_from", sa.String(length=14), nullable=True),
        sa.Column("why", sa.String(length=200), nullable=True),
        sa.Column("source", sa.String(length=120), nullable=True),
        sa.CheckConstraint(
            "status in ('nominated','certified','credentialled',"
            "'ended','rejected','resigned','lapsed')",
            name=op.f("ck_delegate_term_status"),
        ),
        sa.CheckConstraint(
            "(ended_on is null) = (status in ('nominated','certified','credentialled'))",
            name=op.f("ck_delegate_term_over"),
        ),
        sa.CheckConstraint(
            "(ended_on is null) = (ended_from is null)", name=op.f("ck_delegate_term_ended_from")
        ),
        sa.CheckConstraint(
            "ends_on is null or starts_on is null or ends_on > starts_on",
            name=op.f("ck_delegate_term_dates"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_delegate_term_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["constituency_id"], ["constituency.id"], name=op.f("fk_delegate_term_constituency_id")
        ),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["union_branch.id"], name=op.f("fk_delegate_term_branch_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegate_term")),
    )
    op.create_index(op.f("ix_delegate_term_person_id"), "delegate_term", ["person_id"])
    op.create_index(op.f("ix_delegate_term_branch_id"), "delegate_term", ["branch_id"])
    op.create_index(op.f("ix_delegate_term_ends_on"), "delegate_term", ["ends_on"])
    op.create_index(
        "ix_delegate_term_constituency_id_ended_on",
        "delegate_term",
        ["constituency_id", "ended_on"],
    )
    op.create_index(
        "uq_delegate_term_current",
        "delegate_term",
        ["person_id", "constituency_id"],
        unique=True,
        sqlite_where=sa.text(OPEN),
        postgresql_where=sa.text(OPEN),
    )


def downgrade() -> None:
    op.drop_table("delegate_term")
