"""Duplicates, merges and sheets that come back."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def json() -> sa.JSON:
    """A value that is kept whole."""
    return sa.JSON(none_as_null=True)


def upgrade() -> None:
    op.create_table(
        "duplicate_pair",
        sa.Column("id", ID, nullable=False),
        sa.Column("low_id", ID, nullable=False),
        sa.Column("high_id", ID, nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reasons", json(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("because", sa.Text(), nullable=True),
        sa.Column("decided_by_id", ID, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("low_id < high_id", name=op.f("ck_duplicate_pair_order")),
        sa.CheckConstraint(
            "state in ('open','dismissed','merged')", name=op.f("ck_duplicate_pair_state")
        ),
        sa.ForeignKeyConstraint(["low_id"], ["person.id"], name=op.f("fk_duplicate_pair_low_id")),
        sa.ForeignKeyConstraint(["high_id"], ["person.id"], name=op.f("fk_duplicate_pair_high_id")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user.id"], name=op.f("fk_duplicate_pair_decided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_pair")),
        sa.UniqueConstraint("low_id", "high_id", name=op.f("uq_duplicate_pair_low_id_high_id")),
    )
    op.create_index(op.f("ix_duplicate_pair_high_id"), "duplicate_pair", ["high_id"], unique=False)
    op.create_index(
        "ix_duplicate_pair_state_score", "duplicate_pair", ["state", "score"], unique=False
    )
    op.create_table(
        "duplicate_run",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", ID, nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("pairs", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_run")),
    )
    _merges()
    _cells()


def _merges() -> None:
    op.create_table(
        "person_merge",
        sa.Column("id", ID, nullable=False),
        sa.Column("kept_id", ID, nullable=False),
        sa.Column("gone_id", ID, nullable=False),
        sa.Column("fields", json(), nullable=False),
        sa.Column("regions", json(), nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by_id", ID, nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left", json(), nullable=True),
        sa.CheckConstraint("kept_id <> gone_id", name=op.f("ck_person_merge_two")),
        sa.ForeignKeyConstraint(["kept_id"], ["person.id"], name=op.f("fk_person_merge_kept_id")),
        sa.ForeignKeyConstraint(["gone_id"], ["person.id"], name=op.f("fk_person_merge_gone_id")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_person_merge_by_id")),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["user.id"], name=op.f("fk_person_merge_undone_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge")),
    )
    op.create_index(op.f("ix_person_merge_kept_id"), "person_merge", ["kept_id"], unique=False)
    op.create_index(op.f("ix_person_merge_gone_id"), "person_merge", ["gone_id"], unique=False)
    op.create_table(
        "person_merge_row",
        sa.Column("id", ID, nullable=False),
        sa.Column("merge_id", ID, nullable=False),
        sa.Column("table", sa.String(length=60), nullable=False),
        sa.Column("column", sa.String(length=60), nullable=False),
        sa.Column("key", json(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.CheckConstraint(
            "state in ('moved','parked','back','left')", name=op.f("ck_person_merge_row_state")
        ),
        sa.ForeignKeyConstraint(
            ["merge_id"], ["person_merge.id"], name=op.f("fk_person_merge_row_merge_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge_row")),
    )
    op.create_index(
        "ix_person_merge_row_merge_id_state",
        "person_merge_row",
        ["merge_id", "state"],
        unique=False,
    )


def _cells() -> None:
    op.create_table(
        "sheet_cell",
        sa.Column("id", ID, nullable=False),
        sa.Column("batch_id", ID, nullable=False),
        sa.Column("row_id", ID, nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("base", sa.Text(), nullable=True),
        sa.Column("here", sa.Text(), nullable=True),
        sa.Column("mine", sa.Text(), nullable=True),
        sa.Column("conflict", sa.Boolean(), nullable=False),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.CheckConstraint(
            "decision in ('open','accepted','refused')", name=op.f("ck_sheet_cell_decision")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_sheet_cell_batch_id")
        ),
        sa.ForeignKeyConstraint(["row_id"], ["import_row.id"], name=op.f("fk_sheet_cell_row_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_cell")),
    )
    op.create_index(op.f("ix_sheet_cell_row_id"), "sheet_cell", ["row_id"], unique=False)
    op.create_index("ix_sheet_cell_batch_id_id", "sheet_cell", ["batch_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_table("sheet_cell")
    op.drop_table("person_merge_row")
    op.drop_table("person_merge")
    op.drop_table("duplicate_run")
    op.drop_table("duplicate_pair")
