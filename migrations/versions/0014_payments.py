"""Conditions, payees, payments, batches and what came back."""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import protect, unprotect

revision = "0014"
down_revision = "0013"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.String(160).with_variant(sa.String(160, collation="C"), "postgresql")
APPEND_ONLY = ("payment_step", "refund_receipt")

# What was marked as paid before there were payments has one payment of the whole award.
PAID_BEFORE = """
insert into payment (application_id, number, reference, amount_p, waits_for, status, paid_on,
    entry_id, version)
select a.id, 1, a.reference || '-P1', l.amount_p, 'award', 'paid', a.paid_on, l.id, 1
from application a join ledger l on l.award_id = a.award_id and l.kind = 'pay'
where a.status = 'paid' and l.reverses_id is null and l.amount_p > 0
    and l.id = (select max(m.id) from ledger m where m.award_id = a.award_id and m.kind = 'pay'
        and m.reverses_id is null)
"""
# What is awarded and not paid has one payment of what is committed.
AWARDED_BEFORE = """
insert into payment (application_id, number, reference, amount_p, waits_for, status, version)
select a.id, 1, a.reference || '-P1', w.committed_p, 'award', 'scheduled', 1
from application a join award w on w.id = a.award_id
where a.status = 'awarded' and w.committed_p > 0
"""


def upgrade() -> None:
    op.create_table(
        "award_condition",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("set_by_id", ID, nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attachment_id", ID, nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("met_by_id", ID, nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_by_id", ID, nullable=True),
        sa.Column("dropped_because", sa.Text(), nullable=True),
        sa.Column("idem", sa.String(length=80), nullable=True),
        sa.CheckConstraint(
            "(met_on is null) = (met_by_id is null)", name=op.f("ck_award_condition_met")
        ),
        sa.CheckConstraint(
            "met_on is null or dropped_at is null", name=op.f("ck_award_condition_dropped")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_award_condition_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_award_condition_attachment_id")
        ),
        sa.ForeignKeyConstraint(
            ["dropped_by_id"], ["user.id"], name=op.f("fk_award_condition_dropped_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["met_by_id"], ["user.id"], name=op.f("fk_award_condition_met_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["user.id"], name=op.f("fk_award_condition_set_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_condition")),
        sa.UniqueConstraint("idem", name=op.f("uq_award_condition_idem")),
    )
    op.create_index(
        op.f("ix_award_condition_application_id"),
        "award_condition",
        ["application_id"],
        unique=False,
    )
    op.create_table(
        "payee",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("name_key", KEY, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("added_by_id", ID, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("idem", sa.String(length=80), nullable=True),
        sa.CheckConstraint(
            "kind in ('party-unit','candidate','agent','supplier','branch')",
            name=op.f("ck_payee_kind"),
        ),
        sa.ForeignKeyConstraint(["added_by_id"], ["user.id"], name=op.f("fk_payee_added_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payee")),
        sa.UniqueConstraint("idem", name=op.f("uq_payee_idem")),
    )
    op.create_index(
        "uq_payee_name_key",
        "payee",
        ["name_key"],
        unique=True,
        sqlite_where=sa.text("retired_at is null"),
        postgresql_where=sa.text("retired_at is null"),
    )
    op.create_table(
        "payee_account",
        sa.Column("id", ID, nullable=False),
        sa.Column("payee_id", ID, nullable=False),
        sa.Column("holder", sa.String(length=60), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("tail", sa.String(length=4), nullable=False),
        sa.Column("entered_by_id", ID, nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", ID, nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_how", sa.String(length=200), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("idem", sa.String(length=80), nullable=True),
        sa.CheckConstraint(
            "(confirmed_at is null) = (confirmed_by_id is null)",
            name=op.f("ck_payee_account_confirmed"),
        ),
        sa.CheckConstraint(
            "confirmed_by_id <> entered_by_id", name=op.f("ck_payee_account_two_people")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["user.id"], name=op.f("fk_payee_account_confirmed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user.id"], name=op.f("fk_payee_account_entered_by_id")
        ),
        sa.ForeignKeyConstraint(["payee_id"], ["payee.id"], name=op.f("fk_payee_account_payee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payee_account")),
        sa.UniqueConstraint("idem", name=op.f("uq_payee_account_idem")),
    )
    op.create_index(op.f("ix_payee_account_payee_id"), "payee_account", ["payee_id"], unique=False)
    op.create_index(
        "uq_payee_account_current",
        "payee_account",
        ["payee_id"],
        unique=True,
        sqlite_where=sa.text("confirmed_at is not null and ended_at is null"),
        postgresql_where=sa.text("confirmed_at is not null and ended_at is null"),
    )
    op.create_index(
        "uq_payee_account_waiting",
        "payee_account",
        ["payee_id"],
        unique=True,
        sqlite_where=sa.text("confirmed_at is null and ended_at is null"),
        postgresql_where=sa.text("confirmed_at is null and ended_at is null"),
    )
    op.create_table(
        "bank_layout",
        sa.Column("id", ID, nullable=False),
        sa.Column("layout", sa.JSON(), nullable=False),
        sa.Column("set_by_id", ID, nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["set_by_id"], ["user.id"], name=op.f("fk_bank_layout_set_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_layout")),
    )
    op.create_table(
        "payment_batch",
        sa.Column("id", ID, nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("pay_on", sa.Date(), nullable=False),
        sa.Column("payments", sa.Integer(), nullable=False),
        sa.Column("total_p", sa.BigInteger(), nullable=False),
        sa.Column("layout", sa.JSON(), nullable=False),
        sa.Column("made_by_id", ID, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("idem", sa.String(length=80), nullable=True),
        sa.CheckConstraint("payments > 0", name=op.f("ck_payment_batch_payments")),
        sa.CheckConstraint("total_p > 0", name=op.f("ck_payment_batch_total")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user.id"], name=op.f("fk_payment_batch_made_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_batch")),
        sa.UniqueConstraint("idem", name=op.f("uq_payment_batch_idem")),
        sa.UniqueConstraint("reference", name=op.f("uq_payment_batch_reference")),
    )
    op.create_table(
        "payment_batch_number",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_payment_batch_number")),
    )
    op.create_table(
        "payment",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=30), nullable=False),
        sa.Column("payee_id", ID, nullable=True),
        sa.Column("amount_p", sa.BigInteger(), nullable=False),
        sa.Column("waits_for", sa.String(length=12), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("condition_id", ID, nullable=True),
        sa.Column("nominated_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("released_by_id", ID, nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("batch_id", ID, nullable=True),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("paid_by_id", ID, nullable=True),
        sa.Column("entry_id", ID, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status in ('scheduled','released','exported','paid','reconciled','failed','reversed','cancelled')",
            name=op.f("ck_payment_status"),
        ),
        sa.CheckConstraint(
            "status not in ('exported','failed') or (batch_id is not null and account_id is not null)",
            name=op.f("ck_payment_batch"),
        ),
        sa.CheckConstraint(
            "status not in ('paid','reconciled','reversed') or entry_id is not null",
            name=op.f("ck_payment_entry"),
        ),
        sa.CheckConstraint(
            "waits_for <> 'condition' or condition_id is not null",
            name=op.f("ck_payment_condition"),
        ),
        sa.CheckConstraint(
            "waits_for <> 'date' or due_on is not null", name=op.f("ck_payment_day")
        ),
        sa.CheckConstraint(
            "waits_for in ('award','date','condition','nomination')",
            name=op.f("ck_payment_waits_for"),
        ),
        sa.CheckConstraint("amount_p > 0", name=op.f("ck_payment_amount")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["payee_account.id"], name=op.f("fk_payment_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_payment_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["payment_batch.id"], name=op.f("fk_payment_batch_id")
        ),
        sa.ForeignKeyConstraint(
            ["condition_id"], ["award_condition.id"], name=op.f("fk_payment_condition_id")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["ledger.id"], name=op.f("fk_payment_entry_id")),
        sa.ForeignKeyConstraint(["paid_by_id"], ["user.id"], name=op.f("fk_payment_paid_by_id")),
        sa.ForeignKeyConstraint(["payee_id"], ["payee.id"], name=op.f("fk_payment_payee_id")),
        sa.ForeignKeyConstraint(
            ["released_by_id"], ["user.id"], name=op.f("fk_payment_released_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint(
            "application_id", "number", name=op.f("uq_payment_application_id_number")
        ),
        sa.UniqueConstraint("entry_id", name=op.f("uq_payment_entry_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_payment_reference")),
    )
    op.create_index(op.f("ix_payment_batch_id"), "payment", ["batch_id"], unique=False)
    op.create_index(op.f("ix_payment_payee_id"), "payment", ["payee_id"], unique=False)
    op.create_index(op.f("ix_payment_status"), "payment", ["status"], unique=False)
    op.create_table(
        "payment_step",
        sa.Column("id", ID, nullable=False),
        sa.Column("payment_id", ID, nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("from_status", sa.String(length=12), nullable=True),
        sa.Column("to_status", sa.String(length=12), nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("idem", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_payment_step_by_id")),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_payment_step_payment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_step")),
        sa.UniqueConstraint("idem", name=op.f("uq_payment_step_idem")),
    )
    op.create_index(
        op.f("ix_payment_step_payment_id"), "payment_step", ["payment_id"], unique=False
    )
    op.create_table(
        "paid_file",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_paid_file_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paid_file")),
        sa.UniqueConstraint("sha256", name=op.f("uq_paid_file_sha256")),
    )
    op.create_table(
        "paid_row",
        sa.Column("id", ID, nullable=False),
        sa.Column("file_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("amount_p", sa.BigInteger(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("payment_id", ID, nullable=True),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("because", sa.Text(), nullable=True),
        sa.Column("settled", sa.Text(), nullable=True),
        sa.Column("settled_by_id", ID, nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "verdict in ('matched','differing','unknown')", name=op.f("ck_paid_row_verdict")
        ),
        sa.CheckConstraint(
            "(settled_at is null) = (settled is null)", name=op.f("ck_paid_row_settled")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["paid_file.id"], name=op.f("fk_paid_row_file_id")),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_paid_row_payment_id")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["user.id"], name=op.f("fk_paid_row_settled_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paid_row")),
        sa.UniqueConstraint("file_id", "number", name=op.f("uq_paid_row_file_id_number")),
    )
    op.create_index(op.f("ix_paid_row_payment_id"), "paid_row", ["payment_id"], unique=False)
    op.create_index(op.f("ix_paid_row_verdict"), "paid_row", ["verdict"], unique=False)
    op.create_table(
        "refund",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("amount_p", sa.BigInteger(), nullable=False),
        sa.Column("returned_p", sa.BigInteger(), nullable=False),
        sa.Column("written_off_p", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("asked_by_id", ID, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("idem", sa.String(length=80), nullable=True),
        sa.CheckConstraint("amount_p > 0", name=op.f("ck_refund_amount")),
        sa.CheckConstraint(
            "returned_p >= 0 and written_off_p >= 0 and returned_p + written_off_p <= amount_p",
            name=op.f("ck_refund_parts"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_refund_application_id")
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user.id"], name=op.f("fk_refund_asked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund")),
        sa.UniqueConstraint("idem", name=op.f("uq_refund_idem")),
    )
    op.create_index(op.f("ix_refund_application_id"), "refund", ["application_id"], unique=False)
    op.create_table(
        "refund_receipt",
        sa.Column("id", ID, nullable=False),
        sa.Column("refund_id", ID, nullable=False),
        sa.Column("amount_p", sa.BigInteger(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entry_id", ID, nullable=False),
        sa.Column("idem", sa.String(length=80), nullable=False),
        sa.CheckConstraint("amount_p > 0", name=op.f("ck_refund_receipt_amount")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_refund_receipt_by_id")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["ledger.id"], name=op.f("fk_refund_receipt_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["refund_id"], ["refund.id"], name=op.f("fk_refund_receipt_refund_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_receipt")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_refund_receipt_entry_id")),
        sa.UniqueConstraint("idem", name=op.f("uq_refund_receipt_idem")),
    )
    op.create_index(
        op.f("ix_refund_receipt_refund_id"), "refund_receipt", ["refund_id"], unique=False
    )
    op.create_table(
        "write_off",
        sa.Column("id", ID, nullable=False),
        sa.Column("refund_id", ID, nullable=False),
        sa.Column("amount_p", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by_id", ID, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("decided_by_id", ID, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("idem", sa.String(length=80), nullable=True),
        sa.CheckConstraint(
            "(approved is null) = (decided_by_id is null) and (approved is null) = (decided_at is null)",
            name=op.f("ck_write_off_decided"),
        ),
        sa.CheckConstraint("amount_p > 0", name=op.f("ck_write_off_amount")),
        sa.CheckConstraint("decided_by_id <> asked_by_id", name=op.f("ck_write_off_two_people")),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user.id"], name=op.f("fk_write_off_asked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user.id"], name=op.f("fk_write_off_decided_by_id")
        ),
        sa.ForeignKeyConstraint(["refund_id"], ["refund.id"], name=op.f("fk_write_off_refund_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_write_off")),
        sa.UniqueConstraint("idem", name=op.f("uq_write_off_idem")),
    )
    op.create_index(op.f("ix_write_off_refund_id"), "write_off", ["refund_id"], unique=False)
    op.create_index(
        "uq_write_off_open",
        "write_off",
        ["refund_id"],
        unique=True,
        sqlite_where=sa.text("approved is null"),
        postgresql_where=sa.text("approved is null"),
    )
    for table in APPEND_ONLY:
        protect(table)
    op.execute(PAID_BEFORE)
    op.execute(AWARDED_BEFORE)


def downgrade() -> None:
    for table in APPEND_ONLY:
        unprotect(table)
    for table in (
        "write_off",
        "refund_receipt",
        "refund",
        "paid_row",
        "paid_file",
        "payment_step",
        "payment",
        "payment_batch_number",
        "payment_batch",
        "bank_layout",
        "payee_account",
        "payee",
        "award_condition",
    ):
        op.drop_table(table)
