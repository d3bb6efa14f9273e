"""Rounds with their forms, candidates' links, and attachments."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("region_id", ID, nullable=True),
        sa.Column("permit", sa.String(length=40), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=True),
        sa.Column("uploaded_by_id", ID, nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("size > 0", name=op.f("ck_attachment_size")),
        sa.CheckConstraint(
            "(removed_at is null) = (content is not null)", name=op.f("ck_attachment_content")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["union_region.id"], name=op.f("fk_attachment_region_id")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["user.id"], name=op.f("fk_attachment_uploaded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    for column in ("sha256", "region_id", "keep_until"):
        op.create_index(op.f(f"ix_attachment_{column}"), "attachment", [column], unique=False)

    op.create_table(
        "round",
        sa.Column("id", ID, nullable=False),
        sa.Column("fund_id", ID, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("election", sa.String(length=120), nullable=False),
        sa.Column("poll_on", sa.Date(), nullable=True),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late_allowed", sa.Boolean(), nullable=False),
        sa.Column("fast_track", sa.Boolean(), nullable=False),
        sa.Column("max_grant_p", sa.BigInteger(), nullable=True),
        sa.Column("scores_needed", sa.Integer(), nullable=False),
        sa.Column("spread_flag", sa.Integer(), nullable=False),
        sa.Column("submission_endorses", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_round_times")),
        sa.CheckConstraint("max_grant_p is null or max_grant_p > 0", name=op.f("ck_round_grant")),
        sa.CheckConstraint("scores_needed between 0 and 5", name=op.f("ck_round_scores")),
        sa.CheckConstraint("spread_flag between 1 and 100", name=op.f("ck_round_spread")),
        sa.CheckConstraint("poll_on is not null or fast_track", name=op.f("ck_round_poll")),
        sa.ForeignKeyConstraint(["fund_id"], ["fund.id"], name=op.f("fk_round_fund_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("code", name=op.f("uq_round_code")),
    )
    op.create_index(op.f("ix_round_fund_id"), "round", ["fund_id"], unique=False)
    op.create_table(
        "form_version",
        sa.Column("id", ID, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("in_use_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_form_version_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_version")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_form_version_round_id_number")),
    )
    op.create_table(
        "answer_sheet",
        sa.Column("application_id", ID, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("form_version_id", ID, nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("edited_with", sa.JSON(), nullable=False),
        sa.Column("late_reason", sa.Text(), nullable=True),
        sa.Column("candidate_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_answer_sheet_application_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_answer_sheet_round_id")),
        sa.ForeignKeyConstraint(
            ["form_version_id"], ["form_version.id"], name=op.f("fk_answer_sheet_form_version_id")
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_answer_sheet")),
    )
    op.create_index(op.f("ix_answer_sheet_round_id"), "answer_sheet", ["round_id"], unique=False)
    op.create_table(
        "answer_file",
        sa.Column("application_id", ID, nullable=False),
        sa.Column("question", sa.String(length=10), nullable=False),
        sa.Column("attachment_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["answer_sheet.application_id"],
            name=op.f("fk_answer_file_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_answer_file_attachment_id")
        ),
        sa.PrimaryKeyConstraint("application_id", "question", name=op.f("pk_answer_file")),
    )
    op.create_index(
        op.f("ix_answer_file_attachment_id"), "answer_file", ["attachment_id"], unique=False
    )
    op.create_table(
        "invitation",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("nonce_hash", sa.String(length=64), nullable=False),
        sa.Column("sent_to", sa.String(length=254), nullable=True),
        sa.Column("made_by_id", ID, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_invitation_application_id")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f("fk_invitation_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("nonce_hash", name=op.f("uq_invitation_nonce_hash")),
    )
    op.create_index(
        op.f("ix_invitation_application_id"), "invitation", ["application_id"], unique=False
    )


def downgrade() -> None:
    for table in ("invitation", "answer_file", "answer_sheet", "form_version", "round"):
        op.drop_table(table)
    op.drop_table("attachment")
