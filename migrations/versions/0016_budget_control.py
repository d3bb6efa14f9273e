"""Virements to be approved, plans, forecasts and the year's end."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("fund", sa.Column("approve_above_p", sa.BigInteger(), nullable=True))
    op.add_column("fund", sa.Column("closed_on", sa.Date(), nullable=True))
    op.add_column("ledger", sa.Column("authority", sa.Text(), nullable=True))
    _requests()
    _plan()
    _carried()
    _year_end()


def _requests() -> None:
    op.create_table(
        "budget_request",
        sa.Column("id", ID, nullable=False),
        sa.Column("fund_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("source_id", ID, nullable=False),
        sa.Column("target_id", ID, nullable=True),
        sa.Column("amount_p", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("asked_by_id", ID, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", ID, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("idem", sa.String(length=80), nullable=False),
        sa.CheckConstraint(
            "kind in ('virement','cap','take-back')", name=op.f("ck_budget_request_kind")
        ),
        sa.CheckConstraint(
            "status in ('waiting','approved','refused','withdrawn')",
            name=op.f("ck_budget_request_status"),
        ),
        sa.CheckConstraint(
            "(kind = 'virement') = (target_id is not null)", name=op.f("ck_budget_request_target")
        ),
        sa.CheckConstraint(
            "kind <> 'cap' or authority is not null", name=op.f("ck_budget_request_authority")
        ),
        sa.CheckConstraint("amount_p > 0", name=op.f("ck_budget_request_amount")),
        sa.CheckConstraint(
            "status not in ('approved','refused') or"
            " (decided_by_id is not null and decided_by_id <> asked_by_id)",
            name=op.f("ck_budget_request_two_people"),
        ),
        *_foreign_keys(
            "budget_request",
            fund_id="fund.id",
            source_id="budget_node.id",
            target_id="budget_node.id",
            asked_by_id="user.id",
            decided_by_id="user.id",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_request")),
        sa.UniqueConstraint("idem", name=op.f("uq_budget_request_idem")),
    )
    op.create_index(op.f("ix_budget_request_fund_id"), "budget_request", ["fund_id"])
    op.create_index(op.f("ix_budget_request_status"), "budget_request", ["status"])


def _plan() -> None:
    op.create_table(
        "budget_plan",
        sa.Column("id", ID, nullable=False),
        sa.Column("node_id", ID, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("amount_p", sa.BigInteger(), nullable=False),
        sa.Column("set_by_id", ID, nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount_p >= 0", name=op.f("ck_budget_plan_amount")),
        *_foreign_keys("budget_plan", node_id="budget_node.id", set_by_id="user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_plan")),
        sa.UniqueConstraint("node_id", "month", name=op.f("uq_budget_plan_node_id_month")),
    )


def _carried() -> None:
    """Which award of the next fund goes on with an award of a closed one."""
    op.create_table(
        "award_carried",
        sa.Column("award_id", ID, nullable=False),
        sa.Column("from_id", ID, nullable=False),
        sa.CheckConstraint("from_id < award_id", name=op.f("ck_award_carried_order")),
        *_foreign_keys("award_carried", award_id="award.id", from_id="award.id"),
        sa.PrimaryKeyConstraint("award_id", name=op.f("pk_award_carried")),
        sa.UniqueConstraint("from_id", name=op.f("uq_award_carried_from_id")),
    )


def _year_end() -> None:
    """The closing of a fund: proposed by one, approved by another, with a line for each award."""
    op.create_table(
        "year_end",
        sa.Column("id", ID, nullable=False),
        sa.Column("fund_id", ID, nullable=False),
        sa.Column("next_fund_id", ID, nullable=False),
        sa.Column("balance_p", sa.BigInteger(), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("proposed_by_id", ID, nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", ID, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("idem", sa.String(length=80), nullable=False),
        sa.CheckConstraint(
            "status in ('waiting','approved','refused','withdrawn')",
            name=op.f("ck_year_end_status"),
        ),
        sa.CheckConstraint("balance_p >= 0", name=op.f("ck_year_end_balance")),
        sa.CheckConstraint("fund_id <> next_fund_id", name=op.f("ck_year_end_funds")),
        sa.CheckConstraint(
            "status not in ('approved','refused') or"
            " (decided_by_id is not null and decided_by_id <> proposed_by_id)",
            name=op.f("ck_year_end_two_people"),
        ),
        *_foreign_keys(
            "year_end",
            fund_id="fund.id",
            next_fund_id="fund.id",
            proposed_by_id="user.id",
            decided_by_id="user.id",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_end")),
        sa.UniqueConstraint("idem", name=op.f("uq_year_end_idem")),
    )
    still = sa.text("status in ('waiting','approved')")
    op.create_index(
        "uq_year_end_open",
        "year_end",
        ["fund_id"],
        unique=True,
        sqlite_where=still,
        postgresql_where=still,
    )
    op.create_table(
        "year_end_line",
        sa.Column("id", ID, nullable=False),
        sa.Column("year_end_id", ID, nullable=False),
        sa.Column("award_id", ID, nullable=False),
        sa.Column("amount_p", sa.BigInteger(), nullable=False),
        sa.Column("choice", sa.String(length=8), nullable=False),
        sa.CheckConstraint("choice in ('carry','release')", name=op.f("ck_year_end_line_choice")),
        sa.CheckConstraint("amount_p > 0", name=op.f("ck_year_end_line_amount")),
        *_foreign_keys("year_end_line", year_end_id="year_end.id", award_id="award.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_end_line")),
        sa.UniqueConstraint(
            "year_end_id", "award_id", name=op.f("uq_year_end_line_year_end_id_award_id")
        ),
    )


def _foreign_keys(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))
        for column, target in columns.items()
    ]


def downgrade() -> None:
    op.drop_table("year_end_line")
    op.drop_table("year_end")
    op.drop_table("award_carried")
    op.drop_table("budget_plan")
    op.drop_table("budget_request")
    op.drop_column("ledger", "authority")
    op.drop_column("fund", "closed_on")
    op.drop_column("fund", "approve_above_p")
