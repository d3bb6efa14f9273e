"""A further fund and a fund's terms need two people; a conflict is lifted by somebody else."""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import protect, unprotect
from migrations.checks import reword

revision = "0024"
down_revision = "0023"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OLD_KINDS = "kind in ('virement','cap','take-back')"
NEW_KINDS = (
    "kind in ('virement','cap','take-back','fund','terms')"
    " and (kind in ('fund','terms')) = (terms is not null)"
)
OLD_AUTHORITY = "kind <> 'cap' or authority is not null"
NEW_AUTHORITY = "kind not in ('cap','fund') or authority is not null"


def upgrade() -> None:
    op.add_column("budget_request", sa.Column("terms", sa.JSON(none_as_null=True), nullable=True))
    reword("budget_request", "ck_budget_request_kind", old=OLD_KINDS, new=NEW_KINDS)
    reword("budget_request", "ck_budget_request_authority", old=OLD_AUTHORITY, new=NEW_AUTHORITY)
    op.add_column("application", sa.Column("kept_max_grant_p", sa.BigInteger(), nullable=True))
    op.create_table(
        "interest_lifted",
        sa.Column("declaration_id", ID, autoincrement=False, nullable=False),
        sa.Column("declared_by_id", ID, nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("by_id <> declared_by_id", name=op.f("ck_interest_lifted_two_people")),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["interest_declaration.id"],
            name=op.f("fk_interest_lifted_declaration_id"),
        ),
        sa.ForeignKeyConstraint(
            ["declared_by_id"], ["user.id"], name=op.f("fk_interest_lifted_declared_by_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_interest_lifted_by_id")),
        sa.PrimaryKeyConstraint("declaration_id", name=op.f("pk_interest_lifted")),
    )
    protect("interest_lifted")


def downgrade() -> None:
    unprotect("interest_lifted")
    op.drop_table("interest_lifted")
    op.drop_column("application", "kept_max_grant_p")
    op.execute("delete from budget_request where kind in ('fund','terms')")
    reword("budget_request", "ck_budget_request_authority", old=NEW_AUTHORITY, new=OLD_AUTHORITY)
    reword("budget_request", "ck_budget_request_kind", old=NEW_KINDS, new=OLD_KINDS)
    op.drop_column("budget_request", "terms")
