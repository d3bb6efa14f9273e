"""Triggers that refuse changes to append-only tables, in both dialects."""

from alembic import op


def protect(table: str) -> None:
    """Refuse UPDATE, DELETE and (on PostgreSQL) TRUNCATE on a table."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"create trigger {table}_no_{verb} before {verb} on {table} "
                f"begin select raise(abort, '{table} is append-only'); end"
            )
        return
    op.execute(
        f"create function {table}_refuse() returns trigger language plpgsql as "
        f"$$ begin raise exception '{table} is append-only'; end $$"
    )
    op.execute(
        f"create trigger {table}_no_change before update or delete on {table} "
        f"for each row execute function {table}_refuse()"
    )
    op.execute(
        f"create trigger {table}_no_truncate before truncate on {table} "
        f"for each statement execute function {table}_refuse()"
    )


def unprotect(table: str) -> None:
    """Take the triggers away again, before the table goes."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"drop trigger {table}_no_{verb}")
        return
    op.execute(f"drop trigger {table}_no_change on {table}")
    op.execute(f"drop trigger {table}_no_truncate on {table}")
    op.execute(f"drop function {table}_refuse()")
