"""The figures of election law, what the law needs to know of an application, and the answers."""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import protect, unprotect

revision = "0011"
down_revision = "0010"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.String(160).with_variant(sa.String(160, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "legal_figure",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("label", sa.String(length=160), nullable=False),
        sa.Column("topic", sa.String(length=20), nullable=False),
        sa.Column("nation", sa.String(length=20), nullable=False),
        sa.Column("election", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("base_p", sa.BigInteger(), nullable=True),
        sa.Column("elector_tenths", sa.Integer(), nullable=True),
        sa.Column("amount_p", sa.BigInteger(), nullable=True),
        sa.Column("parts", sa.Integer(), nullable=True),
        sa.Column("whole", sa.Integer(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=160), nullable=True),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("in_use_by", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("certainty", sa.String(length=12), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("set_by_id", ID, nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "unit in ('formula','amount','share','days','words')", name=op.f("ck_legal_figure_unit")
        ),
        sa.CheckConstraint(
            "valid_from is null or valid_to is null or valid_from <= valid_to",
            name=op.f("ck_legal_figure_dates"),
        ),
        sa.CheckConstraint(
            "coalesce(base_p, 0) >= 0 and coalesce(amount_p, 0) >= 0",
            name=op.f("ck_legal_figure_pence"),
        ),
        sa.CheckConstraint(
            "coalesce(elector_tenths, 0) >= 0", name=op.f("ck_legal_figure_electors")
        ),
        sa.CheckConstraint("(parts is null) = (whole is null)", name=op.f("ck_legal_figure_share")),
        sa.CheckConstraint(
            "parts is null or parts between 0 and whole", name=op.f("ck_legal_figure_parts")
        ),
        sa.CheckConstraint("coalesce(days, 0) >= 0", name=op.f("ck_legal_figure_days")),
        sa.ForeignKeyConstraint(["set_by_id"], ["user.id"], name=op.f("fk_legal_figure_set_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_figure")),
    )
    op.create_index(op.f("ix_legal_figure_key"), "legal_figure", ["key"], unique=False)
    op.create_index(
        "uq_legal_figure_open",
        "legal_figure",
        ["key", "nation", "election"],
        unique=True,
        sqlite_where=sa.text("valid_to is null"),
        postgresql_where=sa.text("valid_to is null"),
    )
    op.create_table(
        "application_law",
        sa.Column("application_id", ID, nullable=False),
        sa.Column("electorate", sa.Integer(), nullable=True),
        sa.Column("joint", sa.Integer(), nullable=True),
        sa.Column("area", sa.String(length=8), nullable=True),
        sa.Column("legal_class", sa.String(length=12), nullable=True),
        sa.Column("s72_category", sa.String(length=1), nullable=True),
        sa.Column("recipient", sa.String(length=160), nullable=True),
        sa.Column("recipient_key", KEY, nullable=True),
        sa.Column("authority", sa.String(length=200), nullable=True),
        sa.Column("authority_on", sa.Date(), nullable=True),
        sa.Column("classed_by_id", ID, nullable=True),
        sa.Column("classed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "electorate is null or electorate > 0", name=op.f("ck_application_law_electorate")
        ),
        sa.CheckConstraint(
            "joint is null or joint between 1 and 3", name=op.f("ck_application_law_joint")
        ),
        sa.CheckConstraint(
            "area is null or area in ('borough','county')", name=op.f("ck_application_law_area")
        ),
        sa.CheckConstraint(
            "legal_class is null or legal_class in"
            " ('party-unit','candidate','in-kind','s75','national','training')",
            name=op.f("ck_application_law_class"),
        ),
        sa.CheckConstraint(
            "s72_category is null or s72_category in ('a','b','c','d','e','f')",
            name=op.f("ck_application_law_category"),
        ),
        sa.CheckConstraint(
            "(authority is null) = (authority_on is null)",
            name=op.f("ck_application_law_authority"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_law_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["classed_by_id"], ["user.id"], name=op.f("fk_application_law_classed_by_id")
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_application_law")),
    )
    op.create_index(
        op.f("ix_application_law_recipient_key"), "application_law", ["recipient_key"], unique=False
    )
    op.create_table(
        "law_answer",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("step_id", ID, nullable=False),
        sa.Column("warning", sa.String(length=30), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_law_answer_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["step_id"], ["application_step.id"], name=op.f("fk_law_answer_step_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_law_answer_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law_answer")),
    )
    op.create_index(
        op.f("ix_law_answer_application_id"), "law_answer", ["application_id"], unique=False
    )
    protect("law_answer")


def downgrade() -> None:
    unprotect("law_answer")
    op.drop_table("law_answer")
    op.drop_table("application_law")
    op.drop_table("legal_figure")
