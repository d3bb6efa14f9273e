"""Endorsement, eligibility, assessment, conflicts and delegated limits."""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import protect, unprotect
from migrations.checks import reword

revision = "0013"
down_revision = "0012"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

OLD_STATUS = "status in ('draft','submitted','returned','awarded','declined','withdrawn','paid')"
NEW_STATUS = (
    "status in ('draft','submitted','returned','endorsed','not_endorsed','recommended',"
    "'referred','awarded','declined','withdrawn','lapsed','paid','closed')"
)
OLD_LIVE = "status not in ('declined','withdrawn')"
NEW_LIVE = "status not in ('not_endorsed','declined','withdrawn','lapsed','closed')"
NEW_STEPS = (
    "endorse",
    "send-back",
    "not-endorse",
    "take-on",
    "recommend",
    "refer",
    "reduce",
    "lapse",
    "close",
)
BACK = {
    "endorsed": "submitted",
    "recommended": "submitted",
    "referred": "submitted",
    "not_endorsed": "declined",
    "lapsed": "withdrawn",
    "closed": "paid",
}

SAID = ("score", "moderation_note", "interest_declaration")
application = sa.table("application", sa.column("status"))
application_step = sa.table("application_step", sa.column("step"))


def upgrade() -> None:
    reword("application", "ck_application_status", old=OLD_STATUS, new=NEW_STATUS)
    _live(NEW_LIVE)
    op.execute(
        "alter table application add column recommended_p bigint "
        "constraint ck_application_recommended "
        "check (recommended_p is null or recommended_p between 1 and requested_p)"
    )
    op.add_column(
        "application",
        sa.Column(
            "handled_by_ids",
            sa.JSON(none_as_null=True),
            nullable=False,
            server_default=sa.text("'[]'"),
        ),
    )
    # What was submitted until now had its region's word: it waits for the decision.
    op.execute(
        "insert into application_step (application_id, step, from_status, to_status, by_id, at) "
        "select id, 'endorse', 'submitted', 'endorsed', submitted_by_id, submitted_at "
        "from application where status = 'submitted' and submitted_by_id is not null"
    )
    op.execute("update application set status = 'endorsed' where status = 'submitted'")
    _political_fund()
    _limits()
    _overrules()
    _criteria()
    _assessments()


def _political_fund() -> None:
    op.create_table(
        "political_fund_status",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=120), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by_id", ID, nullable=True),
        sa.CheckConstraint(
            "status in ('contributes','opted-out','never-opted-in')",
            name=op.f("ck_political_fund_status_status"),
        ),
        sa.CheckConstraint(
            "ends_on is null or ends_on >= starts_on", name=op.f("ck_political_fund_status_dates")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_political_fund_status_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["verified_by_id"], ["user.id"], name=op.f("fk_political_fund_status_verified_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_political_fund_status")),
    )
    op.create_index(
        op.f("ix_political_fund_status_person_id"), "political_fund_status", ["person_id"]
    )
    op.create_index(
        "uq_political_fund_status_open",
        "political_fund_status",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("ends_on is null"),
        postgresql_where=sa.text("ends_on is null"),
    )


def _limits() -> None:
    op.create_table(
        "delegated_limit",
        sa.Column("id", ID, nullable=False),
        sa.Column("role", sa.String(length=30), nullable=True),
        sa.Column("user_id", ID, nullable=True),
        sa.Column("region_id", ID, nullable=True),
        sa.Column("amount_p", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("set_by_id", ID, nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(role is null) <> (user_id is null)", name=op.f("ck_delegated_limit_whose")
        ),
        sa.CheckConstraint("amount_p >= 0", name=op.f("ck_delegated_limit_amount")),
        sa.ForeignKeyConstraint(
            ["region_id"], ["union_region.id"], name=op.f("fk_delegated_limit_region_id")
        ),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["user.id"], name=op.f("fk_delegated_limit_set_by_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_delegated_limit_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegated_limit")),
    )
    op.create_index(op.f("ix_delegated_limit_user_id"), "delegated_limit", ["user_id"])
    # Political officers decided up to the cap until now, and go on doing so.
    op.execute(
        "insert into delegated_limit (role, amount_p, starts_on, set_at) "
        "select 'political-officer', max(budget_node.cap_p), min(fund.starts_on), "
        "'2026-11-01 00:00:00.000000' from fund join budget_node on budget_node.id = fund.node_id "
        "having count(*) > 0"
    )


def _overrules() -> None:
    op.create_table(
        "eligibility_overrule",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_eligibility_overrule_application_id"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_eligibility_overrule_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eligibility_overrule")),
    )
    op.create_index(
        op.f("ix_eligibility_overrule_application_id"), "eligibility_overrule", ["application_id"]
    )
    protect("eligibility_overrule")


def _criteria() -> None:
    op.create_table(
        "criterion",
        sa.Column("id", ID, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=160), nullable=False),
        sa.Column("guidance", sa.Text(), nullable=True),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.CheckConstraint("weight between 1 and 100", name=op.f("ck_criterion_weight")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_criterion_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion")),
        sa.UniqueConstraint("round_id", "position", name=op.f("uq_criterion_round_id_position")),
    )
    op.create_table(
        "score",
        *_said("score"),
        sa.Column("criterion_id", ID, nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("justification", sa.Text(), nullable=False),
        sa.CheckConstraint("points between 0 and 5", name=op.f("ck_score_points")),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["criterion.id"], name=op.f("fk_score_criterion_id")
        ),
    )
    op.create_index(op.f("ix_score_criterion_id"), "score", ["criterion_id"])


def _assessments() -> None:
    op.create_table(
        "moderation_note",
        *_said("moderation_note"),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_table(
        "interest_declaration",
        *_said("interest_declaration"),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "answer in ('none','self','household','branch','staff','other')",
            name=op.f("ck_interest_declaration_answer"),
        ),
    )
    op.create_index(op.f("ix_interest_declaration_by_id"), "interest_declaration", ["by_id"])
    for table in SAID:
        op.create_index(op.f(f"ix_{table}_application_id"), table, ["application_id"])
        protect(table)


def _said(table: str) -> list[sa.schema.SchemaItem]:
    """The columns of what somebody said about an application."""
    return [
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f(f"fk_{table}_application_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f(f"fk_{table}_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def downgrade() -> None:
    for table in (*SAID, "eligibility_overrule"):
        unprotect(table)
    for table in (*SAID, "criterion"):
        op.drop_table(table)
    for table in ("eligibility_overrule", "delegated_limit", "political_fund_status"):
        op.drop_table(table)
    for new, old in BACK.items():
        op.execute(application.update().where(application.c.status == new).values(status=old))
    unprotect("application_step")
    op.execute(application_step.delete().where(application_step.c.step.in_(NEW_STEPS)))
    protect("application_step")
    op.drop_column("application", "handled_by_ids")
    op.drop_column("application", "recommended_p")
    _live(OLD_LIVE)
    reword("application", "ck_application_status", old=NEW_STATUS, new=OLD_STATUS)


def _live(where: str) -> None:
    """One live application for a person and a contest, as this wording has it."""
    op.drop_index("uq_application_live", "application")
    op.create_index(
        "uq_application_live",
        "application",
        ["person_id", "contest_key"],
        unique=True,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )
