"""The contact log and follow-ups."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "interaction",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=30), nullable=True),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("region_id", ID, nullable=True),
        sa.Column("logged_by_id", ID, nullable=False),
        sa.Column("logged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["logged_by_id"], ["user.id"], name=op.f("fk_interaction_logged_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["union_region.id"], name=op.f("fk_interaction_region_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interaction")),
        sa.UniqueConstraint("form_key", name=op.f("uq_interaction_form_key")),
    )
    op.create_index(op.f("ix_interaction_at"), "interaction", ["at"], unique=False)
    op.create_index(
        op.f("ix_interaction_logged_by_id"), "interaction", ["logged_by_id"], unique=False
    )
    op.create_index(op.f("ix_interaction_region_id"), "interaction", ["region_id"], unique=False)
    op.create_table(
        "interaction_person",
        sa.Column("interaction_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interaction.id"],
            name=op.f("fk_interaction_person_interaction_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_interaction_person_person_id")
        ),
        sa.PrimaryKeyConstraint("interaction_id", "person_id", name=op.f("pk_interaction_person")),
    )
    op.create_index(
        "ix_interaction_person_person_id", "interaction_person", ["person_id"], unique=False
    )
    op.create_table(
        "follow_up",
        sa.Column("id", ID, nullable=False),
        sa.Column("interaction_id", ID, nullable=True),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status in ('open','done','cancelled')", name=op.f("ck_follow_up_status")
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interaction.id"], name=op.f("fk_follow_up_interaction_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_follow_up_owner_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_follow_up_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
    )
    op.create_index(
        op.f("ix_follow_up_interaction_id"), "follow_up", ["interaction_id"], unique=False
    )
    op.create_index(
        "ix_follow_up_owner_id_status_due_on",
        "follow_up",
        ["owner_id", "status", "due_on"],
        unique=False,
    )
    op.create_index(op.f("ix_follow_up_person_id"), "follow_up", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("follow_up")
    op.drop_table("interaction_person")
    op.drop_table("interaction")
