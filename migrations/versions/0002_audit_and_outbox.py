"""The hash-chained audit and the outbox."""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import unprotect

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("seq", ID, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "audit",
        sa.Column("seq", ID, autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", ID, nullable=True),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("salt", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("prev", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_audit_actor_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_actor_id"), "audit", ["actor_id"], unique=False)
    op.create_index(op.f("ix_audit_at"), "audit", ["at"], unique=False)
    op.create_index(op.f("ix_audit_event"), "audit", ["event"], unique=False)
    op.create_index(
        op.f("ix_audit_subject_kind_subject_id"),
        "audit",
        ["subject_kind", "subject_id"],
        unique=False,
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("dedupe_key", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("because", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state in ('waiting','done','failed','uncertain')", name=op.f("ck_outbox_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_outbox_dedupe_key")),
    )
    op.create_index(op.f("ix_outbox_state"), "outbox", ["state"], unique=False)
    head = sa.text("insert into audit_head (id, seq, hash) values (1, 0, :genesis)")
    op.execute(head.bindparams(genesis="0" * 64))
    _protect_audit()


def downgrade() -> None:
    _unprotect_audit()
    op.drop_table("outbox")
    op.drop_table("audit")
    op.drop_table("audit_head")


# A link of the chain never changes. The one thing that may happen to it is erasure: before, after
# and salt become null together, and everything the hash covers stays as it was.
LINK = ("seq", "at", "actor_id", "event", "subject_kind", "subject_id", "digest", "prev", "hash")


def _protect_audit() -> None:
    if op.get_bind().dialect.name == "sqlite":
        kept = " and ".join(f"new.{name} is old.{name}" for name in LINK)
        op.execute(
            "create trigger audit_no_delete before delete on audit "
            "begin select raise(abort, 'audit is append-only'); end"
        )
        op.execute(
            "create trigger audit_no_update before update on audit "
            "when not (new.before is null and new.after is null and new.salt is null "
            f"and {kept}) begin select raise(abort, 'audit is append-only'); end"
        )
        return
    kept = " and ".join(f"new.{name} is not distinct from old.{name}" for name in LINK)
    op.execute(
        "create function audit_refuse() returns trigger language plpgsql as $$ begin "
        "if tg_op = 'UPDATE' then "
        "if new.before is null and new.after is null and new.salt is null "
        f"and {kept} then return new; end if; end if; "
        "raise exception 'audit is append-only'; end $$"
    )
    op.execute(
        "create trigger audit_no_change before update or delete on audit "
        "for each row execute function audit_refuse()"
    )
    op.execute(
        "create trigger audit_no_truncate before truncate on audit "
        "for each statement execute function audit_refuse()"
    )


def _unprotect_audit() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("drop trigger audit_no_delete")
        op.execute("drop trigger audit_no_update")
        return
    unprotect("audit")
