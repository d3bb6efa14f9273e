"""What was spent, what became of the candidate, and what is still to come in."""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import protect, unprotect

revision = "0015"
down_revision = "0014"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def key(length):
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    _outcomes()
    _letters()
    _reports()
    _receipts()


def _outcomes() -> None:
    op.create_table(
        "outcome",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("nominated", sa.Boolean(), nullable=True),
        sa.Column("elected", sa.Boolean(), nullable=True),
        sa.Column("votes", sa.Integer(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("took_office_on", sa.Date(), nullable=True),
        sa.Column("register_by", sa.Date(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("registered_by_id", ID, nullable=True),
        sa.Column("recorded_by_id", ID, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "elected is not true or nominated is true", name=op.f("ck_outcome_elected")
        ),
        sa.CheckConstraint("votes is null or votes >= 0", name=op.f("ck_outcome_votes")),
        sa.CheckConstraint(
            "registered_on is null or elected is true", name=op.f("ck_outcome_registered")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_outcome_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["registered_by_id"], ["user.id"], name=op.f("fk_outcome_registered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["user.id"], name=op.f("fk_outcome_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("application_id", name=op.f("uq_outcome_application_id")),
    )


def _letters() -> None:
    op.create_table(
        "letter_template",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=160), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_by_id", ID, nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["user.id"], name=op.f("fk_letter_template_written_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_template")),
        sa.UniqueConstraint("number", name=op.f("uq_letter_template_number")),
    )
    protect("letter_template")
    op.create_table(
        "award_letter",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("template_number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("amount_p", sa.BigInteger(), nullable=False),
        sa.Column("made_by_id", ID, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outbox_id", sa.Text(), nullable=True),
        sa.Column("sent_to", sa.String(length=254), nullable=True),
        sa.Column("asked_by_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_award_letter_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user.id"], name=op.f("fk_award_letter_made_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["outbox_id"], ["outbox.id"], name=op.f("fk_award_letter_outbox_id")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user.id"], name=op.f("fk_award_letter_asked_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_letter")),
        sa.UniqueConstraint(
            "application_id", "number", name=op.f("uq_award_letter_application_id_number")
        ),
        sa.UniqueConstraint("outbox_id", name=op.f("uq_award_letter_outbox_id")),
    )


def _reports() -> None:
    op.create_table(
        "spending_report",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("declared_by", sa.String(length=160), nullable=True),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("return_on", sa.Date(), nullable=True),
        sa.Column("submitted_by_id", ID, nullable=True),
        sa.Column("judged_by_id", ID, nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("unspent_p", sa.BigInteger(), nullable=True),
        sa.Column("asked_back_on", sa.Date(), nullable=True),
        sa.Column("link_hash", sa.String(length=64), nullable=True),
        sa.Column("link_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status in ('open','submitted','sent-back','accepted')",
            name=op.f("ck_spending_report_status"),
        ),
        sa.CheckConstraint(
            "unspent_p is null or unspent_p >= 0", name=op.f("ck_spending_report_unspent")
        ),
        sa.CheckConstraint(
            "(link_hash is null) = (link_ends_at is null)", name=op.f("ck_spending_report_link")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_spending_report_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["user.id"], name=op.f("fk_spending_report_submitted_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["judged_by_id"], ["user.id"], name=op.f("fk_spending_report_judged_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spending_report")),
        sa.UniqueConstraint("application_id", name=op.f("uq_spending_report_application_id")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_spending_report_link_hash")),
    )
    op.create_index(op.f("ix_spending_report_status"), "spending_report", ["status"], unique=False)
    op.create_table(
        "reminder",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("outbox_id", sa.Text(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_reminder_application_id")
        ),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_reminder_outbox_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("application_id", "kind", name=op.f("uq_reminder_application_id_kind")),
    )


def _receipts() -> None:
    op.create_table(
        "invoice",
        sa.Column("id", ID, nullable=False),
        sa.Column("supplier", sa.String(length=160), nullable=False),
        sa.Column("supplier_key", key(160), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("number_key", key(60), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("net_p", sa.BigInteger(), nullable=False),
        sa.Column("vat_p", sa.BigInteger(), nullable=False),
        sa.Column("gross_p", sa.BigInteger(), nullable=False),
        sa.Column("shared_p", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "net_p > 0 and vat_p >= 0 and gross_p = net_p + vat_p",
            name=op.f("ck_invoice_amounts"),
        ),
        sa.CheckConstraint("shared_p between 0 and gross_p", name=op.f("ck_invoice_shared")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice")),
        sa.UniqueConstraint(
            "supplier_key",
            "number_key",
            "gross_p",
            name=op.f("uq_invoice_supplier_key_number_key_gross_p"),
        ),
    )
    op.create_table(
        "receipt",
        sa.Column("id", ID, nullable=False),
        sa.Column("report_id", ID, nullable=False),
        sa.Column("invoice_id", ID, nullable=False),
        sa.Column("category", sa.String(length=12), nullable=False),
        sa.Column("share_p", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("late", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("attachment_id", ID, nullable=True),
        sa.Column("added_by_id", ID, nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("share_p > 0", name=op.f("ck_receipt_share")),
        sa.CheckConstraint("late is null or answer is not null", name=op.f("ck_receipt_answer")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["spending_report.id"], name=op.f("fk_receipt_report_id")
        ),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_receipt_invoice_id")),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_receipt_attachment_id")
        ),
        sa.ForeignKeyConstraint(["added_by_id"], ["user.id"], name=op.f("fk_receipt_added_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint(
            "report_id", "invoice_id", name=op.f("uq_receipt_report_id_invoice_id")
        ),
    )
    op.create_index(op.f("ix_receipt_invoice_id"), "receipt", ["invoice_id"], unique=False)


def downgrade() -> None:
    op.drop_table("receipt")
    op.drop_table("invoice")
    op.drop_table("reminder")
    op.drop_table("spending_report")
    op.drop_table("award_letter")
    unprotect("letter_template")
    op.drop_table("letter_template")
    op.drop_table("outcome")
