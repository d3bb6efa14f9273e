"""What is known how well, and who confirmed it."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "fact_check",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("fact_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("before_on", sa.Date(), nullable=True),
        sa.Column("before_source", sa.String(length=120), nullable=True),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "kind in ('email','mobile','phone','address','membership','office')",
            name=op.f("ck_fact_check_kind"),
        ),
        sa.CheckConstraint(
            "verdict in ('verified','confirmed','unreachable','bounced','returned')",
            name=op.f("ck_fact_check_verdict"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_fact_check_person_id")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_fact_check_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_check")),
    )
    op.create_index("ix_fact_check_kind_fact_id", "fact_check", ["kind", "fact_id"])
    op.create_index(op.f("ix_fact_check_person_id"), "fact_check", ["person_id"])
    op.create_index(op.f("ix_fact_check_at"), "fact_check", ["at"])
    op.create_table(
        "half_life",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("set_by_id", ID, nullable=True),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.CheckConstraint("days between 7 and 3650", name=op.f("ck_half_life_days")),
        sa.ForeignKeyConstraint(["set_by_id"], ["user.id"], name=op.f("fk_half_life_set_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_half_life")),
        sa.UniqueConstraint("kind", name=op.f("uq_half_life_kind")),
    )
    op.create_table(
        "freshness_score",
        sa.Column("region_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("facts", sa.Integer(), nullable=False),
        sa.Column("fresh", sa.Integer(), nullable=False),
        sa.CheckConstraint("fresh between 0 and facts", name=op.f("ck_freshness_score_fresh")),
        sa.ForeignKeyConstraint(
            ["region_id"], ["union_region.id"], name=op.f("fk_freshness_score_region_id")
        ),
        sa.PrimaryKeyConstraint("region_id", "day", name=op.f("pk_freshness_score")),
    )
    op.create_table(
        "confirmation",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("nonce_hash", sa.String(length=64), nullable=False),
        sa.Column("made_by_id", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("said", sa.JSON(), nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("settled_by_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_confirmation_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user.id"], name=op.f("fk_confirmation_made_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["user.id"], name=op.f("fk_confirmation_settled_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
        sa.UniqueConstraint("nonce_hash", name=op.f("uq_confirmation_nonce_hash")),
    )
    op.create_index(op.f("ix_confirmation_person_id"), "confirmation", ["person_id"])
    op.create_index(op.f("ix_confirmation_answered_at"), "confirmation", ["answered_at"])


def downgrade() -> None:
    for table in ("confirmation", "freshness_score", "half_life", "fact_check"):
        op.drop_table(table)
