"""The budget tree, its ledger, and the triggers by which the ledger alone moves the balances."""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import protect, unprotect

revision = "0007"
down_revision = "0006"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "budget_node",
        sa.Column("id", ID, nullable=False),
        sa.Column("parent_id", ID, nullable=True),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("region_id", ID, nullable=True),
        sa.Column("cap_p", sa.BigInteger(), nullable=False),
        sa.Column("handed_p", sa.BigInteger(), nullable=False),
        sa.Column("committed_p", sa.BigInteger(), nullable=False),
        sa.Column("paid_p", sa.BigInteger(), nullable=False),
        sa.Column("returned_p", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("level in ('fund','head','region')", name=op.f("ck_budget_node_level")),
        sa.CheckConstraint(
            "committed_p + paid_p - returned_p <= cap_p", name=op.f("ck_budget_node_cap")
        ),
        sa.CheckConstraint("committed_p >= 0", name=op.f("ck_budget_node_committed")),
        sa.CheckConstraint("handed_p between 0 and cap_p", name=op.f("ck_budget_node_handed")),
        sa.CheckConstraint("parent_id < id", name=op.f("ck_budget_node_parent")),
        sa.CheckConstraint("returned_p between 0 and paid_p", name=op.f("ck_budget_node_returned")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["budget_node.id"], name=op.f("fk_budget_node_parent_id")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["union_region.id"], name=op.f("fk_budget_node_region_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_node")),
        sa.UniqueConstraint("code", name=op.f("uq_budget_node_code")),
    )
    op.create_index(op.f("ix_budget_node_parent_id"), "budget_node", ["parent_id"], unique=False)
    op.create_index(op.f("ix_budget_node_region_id"), "budget_node", ["region_id"], unique=False)
    op.create_table(
        "budget_path",
        sa.Column("node_id", ID, nullable=False),
        sa.Column("ancestor_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["ancestor_id"], ["budget_node.id"], name=op.f("fk_budget_path_ancestor_id")
        ),
        sa.ForeignKeyConstraint(
            ["node_id"], ["budget_node.id"], name=op.f("fk_budget_path_node_id")
        ),
        sa.PrimaryKeyConstraint("node_id", "ancestor_id", name=op.f("pk_budget_path")),
    )
    op.create_index(
        op.f("ix_budget_path_ancestor_id"), "budget_path", ["ancestor_id"], unique=False
    )
    op.create_table(
        "fund",
        sa.Column("id", ID, nullable=False),
        sa.Column("node_id", ID, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("fund_type", sa.String(length=10), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("max_grant_p", sa.BigInteger(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.CheckConstraint("fund_type in ('political','general')", name=op.f("ck_fund_type")),
        sa.ForeignKeyConstraint(["node_id"], ["budget_node.id"], name=op.f("fk_fund_node_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund")),
        sa.UniqueConstraint("node_id", name=op.f("uq_fund_node_id")),
    )
    op.create_table(
        "award",
        sa.Column("id", ID, nullable=False),
        sa.Column("node_id", ID, nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("committed_p", sa.BigInteger(), nullable=False),
        sa.Column("paid_p", sa.BigInteger(), nullable=False),
        sa.Column("returned_p", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("committed_p >= 0", name=op.f("ck_award_committed")),
        sa.CheckConstraint("returned_p between 0 and paid_p", name=op.f("ck_award_returned")),
        sa.ForeignKeyConstraint(["node_id"], ["budget_node.id"], name=op.f("fk_award_node_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
        sa.UniqueConstraint("id", "node_id", name=op.f("uq_award_id_node_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_award_reference")),
    )
    op.create_index(op.f("ix_award_node_id"), "award", ["node_id"], unique=False)
    op.create_table(
        "ledger",
        sa.Column("id", ID, nullable=False),
        sa.Column("node_id", ID, nullable=False),
        sa.Column("award_id", ID, nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("amount_p", sa.BigInteger(), nullable=False),
        sa.Column(
            "d_cap",
            sa.BigInteger(),
            sa.Computed(
                "case when kind in ('allot','vire') then amount_p else 0 end", persisted=True
            ),
            nullable=False,
        ),
        sa.Column(
            "d_committed",
            sa.BigInteger(),
            sa.Computed(
                "case kind when 'commit' then amount_p when 'release' then -amount_p when 'pay' then -amount_p else 0 end",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.Column(
            "d_paid",
            sa.BigInteger(),
            sa.Computed("case kind when 'pay' then amount_p else 0 end", persisted=True),
            nullable=False,
        ),
        sa.Column(
            "d_returned",
            sa.BigInteger(),
            sa.Computed("case kind when 'return' then amount_p else 0 end", persisted=True),
            nullable=False,
        ),
        sa.Column("reverses_id", ID, nullable=True),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("idem", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind in ('allot','vire')) = (award_id is null)", name=op.f("ck_ledger_award")
        ),
        sa.CheckConstraint(
            "amount_p > 0 or kind in ('allot','vire') or reverses_id is not null",
            name=op.f("ck_ledger_sign"),
        ),
        sa.CheckConstraint(
            "kind in ('allot','vire','commit','release','pay','return')",
            name=op.f("ck_ledger_kind"),
        ),
        sa.CheckConstraint("amount_p <> 0", name=op.f("ck_ledger_amount")),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_ledger_actor_id")),
        sa.ForeignKeyConstraint(
            ["award_id", "node_id"],
            ["award.id", "award.node_id"],
            name=op.f("fk_ledger_award_id_node_id"),
        ),
        sa.ForeignKeyConstraint(["node_id"], ["budget_node.id"], name=op.f("fk_ledger_node_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["ledger.id"], name=op.f("fk_ledger_reverses_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
        sa.UniqueConstraint("idem", name=op.f("uq_ledger_idem")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_ledger_reverses_id")),
    )
    op.create_index(op.f("ix_ledger_award_id"), "ledger", ["award_id"], unique=False)
    op.create_index(op.f("ix_ledger_node_id"), "ledger", ["node_id"], unique=False)
    protect("ledger")
    for statement in SQLITE if _on_sqlite() else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    unprotect("ledger")
    for name in ("ledger_apply", "ledger_leaf", "ledger_mirror"):
        op.execute(f"drop trigger {name}" if _on_sqlite() else f"drop trigger {name} on ledger")
        if not _on_sqlite():
            op.execute(f"drop function {name}()")
    op.drop_table("ledger")
    op.drop_table("award")
    op.drop_table("fund")
    op.drop_table("budget_path")
    op.drop_table("budget_node")


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


SQLITE = (
    """
    create trigger ledger_leaf before insert on ledger
    when new.award_id is not null
      and exists (select 1 from budget_node where parent_id = new.node_id)
    begin select raise(abort, 'ledger_leaf: awards are made against leaves'); end
    """,
    """
    create trigger ledger_mirror before insert on ledger
    when new.reverses_id is not null and not exists (
      select 1 from ledger where id = new.reverses_id and kind = new.kind
        and award_id is new.award_id and node_id = new.node_id and amount_p = -new.amount_p)
    begin select raise(abort, 'ledger_mirror: a reversal mirrors the row it names'); end
    """,
    """
    create trigger ledger_apply after insert on ledger begin
      update award set committed_p = committed_p + new.d_committed,
        paid_p = paid_p + new.d_paid, returned_p = returned_p + new.d_returned
        where id = new.award_id;
      update budget_node set committed_p = committed_p + new.d_committed,
        paid_p = paid_p + new.d_paid, returned_p = returned_p + new.d_returned
        where new.award_id is not null
          and id in (select ancestor_id from budget_path where node_id = new.node_id);
      update budget_node set handed_p = handed_p + new.d_cap where new.award_id is null
        and id = (select parent_id from budget_node where id = new.node_id);
      update budget_node set cap_p = cap_p + new.d_cap
        where new.award_id is null and id = new.node_id;
    end
    """,
)

# Rows are changed in one order everywhere, or two writers wait for each other: the award first,
# then the nodes from the root down (a parent has the lower id).
POSTGRESQL = (
    """
    create function ledger_leaf() returns trigger language plpgsql as $$ begin
      if new.award_id is not null
        and exists (select 1 from budget_node where parent_id = new.node_id) then
        raise exception 'awards are made against leaves'
          using errcode = 'check_violation', constraint = 'ledger_leaf';
      end if;
      return new;
    end $$
    """,
    """
    create trigger ledger_leaf before insert on ledger
    for each row execute function ledger_leaf()
    """,
    """
    create function ledger_mirror() returns trigger language plpgsql as $$ begin
      if new.reverses_id is not null and not exists (
        select 1 from ledger where id = new.reverses_id and kind = new.kind
          and award_id is not distinct from new.award_id and node_id = new.node_id
          and amount_p = -new.amount_p) then
        raise exception 'a reversal mirrors the row it names'
          using errcode = 'check_violation', constraint = 'ledger_mirror';
      end if;
      return new;
    end $$
    """,
    """
    create trigger ledger_mirror before insert on ledger
    for each row execute function ledger_mirror()
    """,
    """
    create function ledger_apply() returns trigger language plpgsql as $$
    declare place bigint;
    begin
      if new.award_id is null then
        update budget_node set handed_p = handed_p + new.d_cap
          where id = (select parent_id from budget_node where id = new.node_id);
        update budget_node set cap_p = cap_p + new.d_cap where id = new.node_id;
        return null;
      end if;
      update award set committed_p = committed_p + new.d_committed,
        paid_p = paid_p + new.d_paid, returned_p = returned_p + new.d_returned
        where id = new.award_id;
      for place in
        select ancestor_id from budget_path where node_id = new.node_id order by ancestor_id
      loop
        update budget_node set committed_p = committed_p + new.d_committed,
          paid_p = paid_p + new.d_paid, returned_p = returned_p + new.d_returned
          where id = place;
      end loop;
      return null;
    end $$
    """,
    """
    create trigger ledger_apply after insert on ledger
    for each row execute function ledger_apply()
    """,
)
