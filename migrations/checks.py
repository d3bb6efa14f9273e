"""Another wording of a table's CHECK, in both dialects, without building the table anew.

SQLite cannot alter a constraint. Its own documentation says how it is done for changes that do not
touch the rows: the text of the schema is put right, and its version raised. Triggers, foreign keys
and rows stay as they are.
"""

from alembic import op
from sqlalchemy import text


def reword(table: str, constraint: str, *, old: str, new: str) -> None:
    """Let the named CHECK of a table say `new` where it said `old`; rows must satisfy it by now."""
    bind = op.get_bind()
    if bind.dialect.name != "sqlite":
        op.drop_constraint(op.f(constraint), table, type_="check")
        op.create_check_constraint(op.f(constraint), table, new)
        return
    where = {"table": table}
    query = text("select sql from sqlite_master where type = 'table' and name = :table")
    written = bind.execute(query, where).scalar_one()
    if written.count(old) != 1:
        raise RuntimeError(f"{table} does not say “{old}” once")
    version = bind.exec_driver_sql("pragma schema_version").scalar_one()
    bind.exec_driver_sql("pragma writable_schema = on")
    bind.execute(
        text("update sqlite_master set sql = :sql where type = 'table' and name = :table"),
        {"sql": written.replace(old, new), **where},
    )
    bind.exec_driver_sql(f"pragma schema_version = {version + 1}")
    bind.exec_driver_sql("pragma writable_schema = off")
