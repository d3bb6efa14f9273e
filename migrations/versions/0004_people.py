"""People and the dated facts about them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def key(length: int) -> sa.String:
    """A folded text, compared byte by byte."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", ID, nullable=False),
        sa.Column("title", sa.String(length=40), nullable=True),
        sa.Column("given_name", sa.String(length=80), nullable=False),
        sa.Column("family_name", sa.String(length=80), nullable=False),
        sa.Column("known_as", sa.String(length=80), nullable=True),
        sa.Column("suffix", sa.String(length=40), nullable=True),
        sa.Column("name_as_printed", sa.String(length=160), nullable=True),
        sa.Column("given_key", key(160), nullable=False),
        sa.Column("family_key", key(160), nullable=False),
        sa.Column("home_region_id", ID, nullable=True),
        sa.Column("last_contacted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deceased_on", sa.Date(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into_id", ID, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["home_region_id"], ["union_region.id"], name=op.f("fk_person_home_region_id")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["person.id"], name=op.f("fk_person_merged_into_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(
        "ix_person_family_key_given_key", "person", ["family_key", "given_key"], unique=False
    )
    op.create_index("ix_person_given_key", "person", ["given_key"], unique=False)
    op.create_index(op.f("ix_person_home_region_id"), "person", ["home_region_id"], unique=False)
    op.create_index(
        op.f("ix_person_last_contacted_at"), "person", ["last_contacted_at"], unique=False
    )
    op.create_table(
        "person_word",
        sa.Column("word", key(80), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_word_person_id")
        ),
        sa.PrimaryKeyConstraint("word", "person_id", name=op.f("pk_person_word")),
    )
    op.create_index(op.f("ix_person_word_person_id"), "person_word", ["person_id"], unique=False)
    op.create_table(
        "contact_point",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("value", sa.String(length=400), nullable=False),
        sa.Column("value_key", key(400), nullable=False),
        sa.Column("preferred", sa.Boolean(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=120), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by_id", ID, nullable=True),
        sa.CheckConstraint(
            "kind in ('email','mobile','phone','address')", name=op.f("ck_contact_point_kind")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_contact_point_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["verified_by_id"], ["user.id"], name=op.f("fk_contact_point_verified_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_point")),
    )
    op.create_index(
        "ix_contact_point_kind_value_key", "contact_point", ["kind", "value_key"], unique=False
    )
    op.create_index(
        op.f("ix_contact_point_person_id"), "contact_point", ["person_id"], unique=False
    )
    op.create_table(
        "union_membership",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("number", key(20), nullable=True),
        sa.Column("branch_id", ID, nullable=True),
        sa.Column("section", sa.String(length=40), nullable=True),
        sa.Column("employer", sa.String(length=120), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=120), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by_id", ID, nullable=True),
        sa.CheckConstraint(
            "status in ('member','lapsed','left','retired')",
            name=op.f("ck_union_membership_status"),
        ),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["union_branch.id"], name=op.f("fk_union_membership_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_union_membership_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["verified_by_id"], ["user.id"], name=op.f("fk_union_membership_verified_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_union_membership")),
        sa.UniqueConstraint("number", name=op.f("uq_union_membership_number")),
    )
    op.create_index(
        op.f("ix_union_membership_branch_id"), "union_membership", ["branch_id"], unique=False
    )
    op.create_index(
        op.f("ix_union_membership_person_id"), "union_membership", ["person_id"], unique=False
    )
    op.create_table(
        "party_membership",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("party_id", ID, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=120), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_party_membership_party_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_party_membership_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["verified_by_id"], ["user.id"], name=op.f("fk_party_membership_verified_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_membership")),
    )
    op.create_index(
        op.f("ix_party_membership_person_id"), "party_membership", ["person_id"], unique=False
    )
    op.create_table(
        "lawful_basis",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("purpose", sa.String(length=80), nullable=False),
        sa.Column("basis", sa.String(length=40), nullable=False),
        sa.Column("condition", sa.String(length=80), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_lawful_basis_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lawful_basis")),
    )
    op.create_index(op.f("ix_lawful_basis_person_id"), "lawful_basis", ["person_id"], unique=False)
    op.create_table(
        "consent",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("purpose", sa.String(length=80), nullable=False),
        sa.Column("wording", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_person_id"), "consent", ["person_id"], unique=False)
    op.create_table(
        "tag",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("key", key(60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("key", name=op.f("uq_tag_key")),
    )
    op.create_table(
        "person_tag",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("tag_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_tag_person_id")),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_person_tag_tag_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_tag")),
        sa.UniqueConstraint("person_id", "tag_id", name=op.f("uq_person_tag_person_id_tag_id")),
    )
    op.create_index(op.f("ix_person_tag_tag_id"), "person_tag", ["tag_id"], unique=False)
    op.create_table(
        "person_note",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("region_id", ID, nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_by_id", ID, nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_note_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["union_region.id"], name=op.f("fk_person_note_region_id")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["user.id"], name=op.f("fk_person_note_written_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_note")),
    )
    op.create_index(op.f("ix_person_note_person_id"), "person_note", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("person_note")
    op.drop_table("person_tag")
    op.drop_table("tag")
    op.drop_table("consent")
    op.drop_table("lawful_basis")
    op.drop_table("party_membership")
    op.drop_table("union_membership")
    op.drop_table("contact_point")
    op.drop_table("person_word")
    op.drop_table("person")
