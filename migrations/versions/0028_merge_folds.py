"""What a merge changed in rows that are about one thing."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "person_merge_fold",
        sa.Column("id", ID, nullable=False),
        sa.Column("merge_id", ID, nullable=False),
        sa.Column("table", sa.String(length=60), nullable=False),
        sa.Column("row_id", ID, nullable=False),
        sa.Column("column", sa.String(length=60), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("beside_table", sa.String(length=60), nullable=False),
        sa.Column("beside_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["merge_id"], ["person_merge.id"], name=op.f("fk_person_merge_fold_merge_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge_fold")),
    )
    op.create_index(op.f("ix_person_merge_fold_merge_id"), "person_merge_fold", ["merge_id"])
    op.create_index("ix_person_merge_fold_table_row_id", "person_merge_fold", ["table", "row_id"])
    op.create_index(
        "ix_person_merge_fold_beside_table_beside_id",
        "person_merge_fold",
        ["beside_table", "beside_id"],
    )


def downgrade() -> None:
    op.drop_table("person_merge_fold")
