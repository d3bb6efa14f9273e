"""Offices held and the Councillors' Network."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "office_term",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("post", sa.String(length=20), nullable=False),
        sa.Column("council_id", ID, nullable=True),
        sa.Column("ward_id", ID, nullable=True),
        sa.Column("constituency_id", ID, nullable=True),
        sa.Column("party_id", ID, nullable=True),
        sa.Column("elected_on", sa.Date(), nullable=True),
        sa.Column("expected_end", sa.Date(), nullable=True),
        sa.Column("actual_end", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=30), nullable=True),
        sa.Column("source", sa.String(length=120), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by_id", ID, nullable=True),
        sa.CheckConstraint(
            "council_id is not null or constituency_id is not null",
            name=op.f("ck_office_term_area"),
        ),
        sa.ForeignKeyConstraint(
            ["constituency_id"], ["constituency.id"], name=op.f("fk_office_term_constituency_id")
        ),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name=op.f("fk_office_term_council_id")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_office_term_party_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_office_term_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["verified_by_id"], ["user.id"], name=op.f("fk_office_term_verified_by_id")
        ),
        sa.ForeignKeyConstraint(["ward_id"], ["ward.id"], name=op.f("fk_office_term_ward_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_term")),
    )
    op.create_index(
        "ix_office_term_council_id_ward_id", "office_term", ["council_id", "ward_id"], unique=False
    )
    op.create_index(
        op.f("ix_office_term_expected_end"), "office_term", ["expected_end"], unique=False
    )
    op.create_index(op.f("ix_office_term_party_id"), "office_term", ["party_id"], unique=False)
    op.create_index("ix_office_term_person_id", "office_term", ["person_id"], unique=False)
    op.create_table(
        "office_role",
        sa.Column("id", ID, nullable=False),
        sa.Column("term_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("detail", sa.String(length=160), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["term_id"], ["office_term.id"], name=op.f("fk_office_role_term_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_role")),
    )
    op.create_index(op.f("ix_office_role_term_id"), "office_role", ["term_id"], unique=False)
    op.create_table(
        "network_membership",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_by_id", ID, nullable=True),
        sa.CheckConstraint(
            "status in ('prospect','invited','joined','declined','left','lapsed')",
            name=op.f("ck_network_membership_status"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["user.id"], name=op.f("fk_network_membership_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_network_membership_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_membership")),
    )
    op.create_index(
        op.f("ix_network_membership_person_id"), "network_membership", ["person_id"], unique=False
    )
    op.create_index(
        "uq_network_membership_current",
        "network_membership",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("ended_at is null"),
        postgresql_where=sa.text("ended_at is null"),
    )


def downgrade() -> None:
    op.drop_table("network_membership")
    op.drop_table("office_role")
    op.drop_table("office_term")
