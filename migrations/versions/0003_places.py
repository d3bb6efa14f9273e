"""Branches, councils, wards, constituencies and parties."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def key(length: int) -> sa.String:
    """A folded text, compared byte by byte."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "union_branch",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("region_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["region_id"], ["union_region.id"], name=op.f("fk_union_branch_region_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_union_branch")),
        sa.UniqueConstraint("code", name=op.f("uq_union_branch_code")),
    )
    op.create_index(op.f("ix_union_branch_region_id"), "union_branch", ["region_id"], unique=False)
    op.create_table(
        "council",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("gss", sa.String(length=9), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_key", key(160), nullable=False),
        sa.Column("official_name", sa.String(length=160), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("nation", sa.String(length=20), nullable=False),
        sa.Column("ons_region", sa.String(length=40), nullable=True),
        sa.Column("county_code", sa.String(length=12), nullable=True),
        sa.Column("combined_code", sa.String(length=12), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council")),
        sa.UniqueConstraint("code", name=op.f("uq_council_code")),
    )
    op.create_index(op.f("ix_council_gss"), "council", ["gss"], unique=False)
    op.create_index(op.f("ix_council_name_key"), "council", ["name_key"], unique=False)
    op.create_table(
        "council_succession",
        sa.Column("id", ID, nullable=False),
        sa.Column("from_id", ID, nullable=False),
        sa.Column("to_id", ID, nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["from_id"], ["council.id"], name=op.f("fk_council_succession_from_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_id"], ["council.id"], name=op.f("fk_council_succession_to_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_succession")),
        sa.UniqueConstraint("from_id", "to_id", name=op.f("uq_council_succession_from_id_to_id")),
    )
    op.create_index(
        op.f("ix_council_succession_to_id"), "council_succession", ["to_id"], unique=False
    )
    op.create_table(
        "council_alias",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", key(160), nullable=False),
        sa.Column("council_id", ID, nullable=False),
        sa.Column("taught", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name=op.f("fk_council_alias_council_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_alias")),
        sa.UniqueConstraint("key", name=op.f("uq_council_alias_key")),
    )
    op.create_index(
        op.f("ix_council_alias_council_id"), "council_alias", ["council_id"], unique=False
    )
    op.create_table(
        "council_region",
        sa.Column("id", ID, nullable=False),
        sa.Column("council_id", ID, nullable=False),
        sa.Column("region_id", ID, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("set_by_id", ID, nullable=True),
        sa.CheckConstraint(
            "ends_on is null or starts_on is null or starts_on < ends_on",
            name=op.f("ck_council_region_dates"),
        ),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name=op.f("fk_council_region_council_id")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["union_region.id"], name=op.f("fk_council_region_region_id")
        ),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["user.id"], name=op.f("fk_council_region_set_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_region")),
    )
    op.create_index(
        "ix_council_region_council_id_region_id",
        "council_region",
        ["council_id", "region_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_council_region_region_id"), "council_region", ["region_id"], unique=False
    )
    op.create_index(
        "uq_council_region_current",
        "council_region",
        ["council_id"],
        unique=True,
        sqlite_where=sa.text("ends_on is null"),
        postgresql_where=sa.text("ends_on is null"),
    )
    op.create_table(
        "ward",
        sa.Column("id", ID, nullable=False),
        sa.Column("council_id", ID, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_key", key(160), nullable=False),
        sa.Column("gss", sa.String(length=9), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("electorate", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["council_id"], ["council.id"], name=op.f("fk_ward_council_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ward")),
        sa.UniqueConstraint("council_id", "name_key", name=op.f("uq_ward_council_id_name_key")),
    )
    op.create_index(op.f("ix_ward_gss"), "ward", ["gss"], unique=False)
    op.create_index("ix_ward_name_key", "ward", ["name_key"], unique=False)
    op.create_table(
        "constituency",
        sa.Column("id", ID, nullable=False),
        sa.Column("gss", sa.String(length=9), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_key", key(160), nullable=False),
        sa.Column("welsh_name", sa.String(length=120), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_constituency")),
        sa.UniqueConstraint("gss", name=op.f("uq_constituency_gss")),
    )
    op.create_index(op.f("ix_constituency_name_key"), "constituency", ["name_key"], unique=False)
    op.create_table(
        "party",
        sa.Column("id", ID, nullable=False),
        sa.Column("ec_id", sa.String(length=20), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("ec_id", name=op.f("uq_party_ec_id")),
        sa.UniqueConstraint("name", name=op.f("uq_party_name")),
    )
    op.create_table(
        "party_alias",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", key(160), nullable=False),
        sa.Column("party_id", ID, nullable=False),
        sa.Column("taught", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_party_alias_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_alias")),
        sa.UniqueConstraint("key", name=op.f("uq_party_alias_key")),
    )
    op.create_index(op.f("ix_party_alias_party_id"), "party_alias", ["party_id"], unique=False)


def downgrade() -> None:
    op.drop_table("party_alias")
    op.drop_table("party")
    op.drop_table("constituency")
    op.drop_table("ward")
    op.drop_table("council_region")
    op.drop_table("council_alias")
    op.drop_table("council_succession")
    op.drop_table("council")
    op.drop_table("union_branch")
