"""Imports and the export register."""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import protect, unprotect

revision = "0009"
down_revision = "0008"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def key(length: int) -> sa.String:
    """A folded text, compared byte by byte."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("sheet", sa.String(length=400), nullable=True),
        sa.Column("header_row", sa.Integer(), nullable=True),
        sa.Column("outline", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("mapping", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("policy", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("because", sa.Text(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state in ('uploaded','previewed','applying','applied','undoing','undone','discarded')",
            name=op.f("ck_import_batch_state"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_import_batch_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_index(op.f("ix_import_batch_by_id"), "import_batch", ["by_id"], unique=False)
    op.create_index(op.f("ix_import_batch_file_hash"), "import_batch", ["file_hash"], unique=False)
    op.create_table(
        "import_row",
        sa.Column("id", ID, nullable=False),
        sa.Column("batch_id", ID, nullable=False),
        sa.Column("sheet", sa.String(length=400), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("raw", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("given", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=True),
        sa.Column("because", sa.Text(), nullable=True),
        sa.Column("field", sa.String(length=40), nullable=True),
        sa.Column("matched_by", sa.String(length=30), nullable=True),
        sa.Column("changes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("subject_id", ID, nullable=True),
        sa.Column("same_as_id", ID, nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edited", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_import_row_batch_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
        sa.UniqueConstraint(
            "batch_id", "sheet", "number", name=op.f("uq_import_row_batch_id_sheet_number")
        ),
    )
    op.create_index(
        "ix_import_row_batch_id_verdict", "import_row", ["batch_id", "verdict"], unique=False
    )
    op.create_table(
        "import_write",
        sa.Column("id", ID, nullable=False),
        sa.Column("batch_id", ID, nullable=False),
        sa.Column("row_id", ID, nullable=False),
        sa.Column("table", sa.String(length=40), nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_import_write_batch_id")
        ),
        sa.ForeignKeyConstraint(["row_id"], ["import_row.id"], name=op.f("fk_import_write_row_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_write")),
    )
    op.create_index(op.f("ix_import_write_batch_id"), "import_write", ["batch_id"], unique=False)
    op.create_index(op.f("ix_import_write_row_id"), "import_write", ["row_id"], unique=False)
    op.create_table(
        "saved_mapping",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("shape", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_mapping")),
        sa.UniqueConstraint("kind", "shape", name=op.f("uq_saved_mapping_kind_shape")),
    )
    op.create_table(
        "spelling",
        sa.Column("id", ID, nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("key", key(160), nullable=False),
        sa.Column("means", sa.String(length=160), nullable=False),
        sa.Column("taught_by_id", ID, nullable=True),
        sa.Column("taught_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["taught_by_id"], ["user.id"], name=op.f("fk_spelling_taught_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spelling")),
        sa.UniqueConstraint("field", "key", name=op.f("uq_spelling_field_key")),
    )
    op.create_table(
        "export_record",
        sa.Column("id", ID, nullable=False),
        sa.Column("report", sa.String(length=40), nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filter", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("recipient", sa.String(length=120), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_export_record_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_record")),
    )
    op.create_index(op.f("ix_export_record_by_id"), "export_record", ["by_id"], unique=False)
    protect("export_record")


def downgrade() -> None:
    unprotect("export_record")
    op.drop_table("export_record")
    op.drop_table("spelling")
    op.drop_table("saved_mapping")
    op.drop_table("import_write")
    op.drop_table("import_row")
    op.drop_table("import_batch")
