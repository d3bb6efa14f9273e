"""Funding applications."""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import protect, unprotect

revision = "0008"
down_revision = "0007"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "application",
        sa.Column("id", ID, nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("fund_id", ID, nullable=False),
        sa.Column("region_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("post", sa.String(length=20), nullable=False),
        sa.Column("council_id", ID, nullable=True),
        sa.Column("ward_id", ID, nullable=True),
        sa.Column("constituency_id", ID, nullable=True),
        sa.Column("poll_on", sa.Date(), nullable=True),
        sa.Column("contest_key", sa.String(length=80), nullable=True),
        sa.Column("requested_p", sa.BigInteger(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("typed", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("edited_with", sa.String(length=40), nullable=True),
        sa.Column("written_by_ids", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("node_id", ID, nullable=True),
        sa.Column("awarded_p", sa.BigInteger(), nullable=True),
        sa.Column("award_id", ID, nullable=True),
        sa.Column("payment_reference", sa.String(length=60), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("drafted_by_id", ID, nullable=False),
        sa.Column("submitted_by_id", ID, nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", ID, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status in ('draft','submitted','returned','awarded','declined','withdrawn','paid')",
            name=op.f("ck_application_status"),
        ),
        sa.CheckConstraint(
            "awarded_p is null or awarded_p between 1 and requested_p",
            name=op.f("ck_application_awarded"),
        ),
        sa.CheckConstraint(
            "requested_p is null or requested_p > 0", name=op.f("ck_application_requested")
        ),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_application_award_id")),
        sa.ForeignKeyConstraint(
            ["constituency_id"], ["constituency.id"], name=op.f("fk_application_constituency_id")
        ),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name=op.f("fk_application_council_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user.id"], name=op.f("fk_application_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by_id"], ["user.id"], name=op.f("fk_application_drafted_by_id")
        ),
        sa.ForeignKeyConstraint(["fund_id"], ["fund.id"], name=op.f("fk_application_fund_id")),
        sa.ForeignKeyConstraint(
            ["node_id"], ["budget_node.id"], name=op.f("fk_application_node_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_application_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["union_region.id"], name=op.f("fk_application_region_id")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["user.id"], name=op.f("fk_application_submitted_by_id")
        ),
        sa.ForeignKeyConstraint(["ward_id"], ["ward.id"], name=op.f("fk_application_ward_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("award_id", name=op.f("uq_application_award_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_application_reference")),
    )
    op.create_index(op.f("ix_application_council_id"), "application", ["council_id"], unique=False)
    op.create_index(
        op.f("ix_application_drafted_by_id"), "application", ["drafted_by_id"], unique=False
    )
    op.create_index(op.f("ix_application_fund_id"), "application", ["fund_id"], unique=False)
    op.create_index(
        "ix_application_region_id_status", "application", ["region_id", "status"], unique=False
    )
    op.create_index(op.f("ix_application_status"), "application", ["status"], unique=False)
    op.create_index(
        "uq_application_live",
        "application",
        ["person_id", "contest_key"],
        unique=True,
        sqlite_where=sa.text("status not in ('declined','withdrawn')"),
        postgresql_where=sa.text("status not in ('declined','withdrawn')"),
    )
    op.create_table(
        "cost_line",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=160), nullable=False),
        sa.Column("amount_p", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_p > 0", name=op.f("ck_cost_line_amount")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_cost_line_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_line")),
        sa.UniqueConstraint(
            "application_id", "position", name=op.f("uq_cost_line_application_id_position")
        ),
    )
    op.create_table(
        "application_step",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("from_status", sa.String(length=12), nullable=True),
        sa.Column("to_status", sa.String(length=12), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("amount_p", sa.BigInteger(), nullable=True),
        sa.Column("idem", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_step_application_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_application_step_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_step")),
        sa.UniqueConstraint("idem", name=op.f("uq_application_step_idem")),
    )
    op.create_index(
        op.f("ix_application_step_application_id"),
        "application_step",
        ["application_id"],
        unique=False,
    )
    protect("application_step")
    op.create_table(
        "application_number",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_application_number")),
    )


def downgrade() -> None:
    op.drop_table("application_number")
    unprotect("application_step")
    op.drop_table("application_step")
    op.drop_table("cost_line")
    op.drop_table("application")
