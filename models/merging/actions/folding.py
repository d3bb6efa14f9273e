"""Two rows that say one thing of one person: one of them takes over what the other knows more.

Each changed value is written down (`PersonMergeFold`) for the row beside which it was changed, so
that taking a merge back restores it.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, update

from models.base import Base, db
from models.merging import alike, rules
from models.merging.actions.storing import attempt
from models.merging.queries.children import row_at
from models.merging.queries.folds import fold_upon, folds_of, hanging_on, rows_with
from models.merging.tables import PersonMerge, PersonMergeFold
from models.plain import plain_value, stored_value

Row = Mapping[str, Any]


def take_over(done: PersonMerge, table: Table, ours: Row, theirs: Row) -> None:
    """Put their row, which stays behind, into ours; what hangs on theirs hangs on ours now."""
    change(done, table, ours, alike.together(table.name, ours, theirs), beside=(table, ours))
    for child, column in hanging_on(table):
        held = rows_with(child, column, ours["id"])
        for row in rows_with(child, column, theirs["id"]):
            if not alike.has_child(child.name, row, held):
                change(done, child, row, {column.name: ours["id"]}, beside=(table, ours))


def settle(done: PersonMerge, kept_id: int, moved: frozenset[int]) -> None:
    """After all rows were moved: one preferred address of a kind (a `moved` one gives way), and a
    consent that was withdrawn on either record is withdrawn."""
    points = Base.metadata.tables["contact_point"]
    rows = {row["id"]: row for row in rows_with(points, points.c.person_id, kept_id)}
    for point_id, stays in alike.spare_preferred([*rows.values()], moved).items():
        change(done, points, rows[point_id], {"preferred": False}, beside=(points, stays))
    consents = Base.metadata.tables["consent"]
    rows = {row["id"]: row for row in rows_with(consents, consents.c.person_id, kept_id)}
    for consent_id, by in alike.withdrawn_by([*rows.values()]).items():
        values = {"withdrawn_on": by["withdrawn_on"]}
        change(done, consents, rows[consent_id], values, beside=(consents, by))


def change(
    done: PersonMerge, table: Table, row: Row, values: Row, *, beside: tuple[Table, Row]
) -> None:
    """Change these columns of a row and write down what stood there; nothing where the database
    refuses it."""
    if not values or not attempt(update(table).where(table.c.id == row["id"]).values(values)):
        return
    for name, value in values.items():
        db.session.add(
            PersonMergeFold(
                merge_id=done.id,
                table=table.name,
                row_id=row["id"],
                column=name,
                before=plain_value(row[name]),
                after=plain_value(value),
                beside_table=beside[0].name,
                beside_id=beside[1]["id"],
            )
        )
    db.session.flush()


def unfold_all(done: PersonMerge) -> list[str]:
    """Put back whatever this merge changed in rows; sentences about what was changed since."""
    left = []
    for one in folds_of(done):
        later = fold_upon(one)
        if later is not None:
            later.before = one.before
        elif not put_back(one):
            left.append(f"{rules.words_for(one.table).capitalize()} was changed since.")
        db.session.delete(one)
        db.session.flush()
    return left


def put_back(one: PersonMergeFold) -> bool:
    """Let the column say what it said before; False where it says something else by now."""
    table = Base.metadata.tables[one.table]
    row = row_at(table, {"id": one.row_id})
    if row is None or plain_value(row[one.column]) != one.after:
        return False
    value = stored_value(table.c[one.column].type.python_type, one.before)
    return attempt(update(table).where(table.c.id == one.row_id).values({one.column: value}))


def without(row: Row, folds: list[PersonMergeFold]) -> dict[str, Any]:
    """The row as it would stand had these merges, newest first, not changed it."""
    found = dict(row)
    for one in folds:
        if one.row_id == row.get("id") and plain_value(found[one.column]) == one.after:
            found[one.column] = one.before
    return found
