"""Every apostrophe and every letter with a stroke is compared as people type it.

Keys that were folded by the old rule, which knew fewer of them, are folded again: O`Brien is found
as O’Brien from now on, and Łukasz as Lukasz. Only rows that hold such a sign are touched.
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

APOSTROPHES = "'’‘`´′ʼʹʻ‛＇"
LETTERS = {"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ð": "d", "đ": "d", "þ": "th"}
WHOLE = str.maketrans({**dict.fromkeys(APOSTROPHES, ""), "&": " and "})
STROKES = str.maketrans(LETTERS)
# What the old rule read otherwise, and the accented forms of a letter with a stroke.
SIGNS = [*APOSTROPHES[2:], *LETTERS, *"".join(LETTERS).upper(), *"ǿǾǽǼǣǢ"]
# table → text column → key column
KEYS = {
    "person": {"given_name": "given_key", "family_name": "family_key"},
    "council": {"name": "name_key"},
    "ward": {"name": "name_key"},
    "constituency": {"name": "name_key"},
    "tag": {"name": "key"},
    "ballot": {"area": "area_key"},
    "candidacy": {"name": "name_key"},
    "payee": {"name": "name_key"},
    # Of these only the key is kept.
    "council_alias": {"key": "key"},
    "party_alias": {"key": "key"},
    "spelling": {"key": "key"},
}


def upgrade() -> None:
    connection = op.get_bind()
    for name, columns in KEYS.items():
        for text, key in columns.items():
            _fold_again(connection, name, text, key)


def _fold_again(connection: sa.Connection, name: str, text: str, key: str) -> None:
    table = sa.table(name, sa.column("id"), *map(sa.column, {text, key}))
    holds = sa.or_(*(table.c[text].like(f"%{sign}%") for sign in SIGNS))
    rows = connection.execute(sa.select(table.c.id, table.c[text], table.c[key]).where(holds))
    for row_id, said, old in rows.all():
        new = fold(said)[: 60 if name == "tag" else 160]
        if new == old:
            continue
        try:
            with connection.begin_nested():
                connection.execute(sa.update(table).where(table.c.id == row_id).values({key: new}))
        except sa.exc.IntegrityError:
            # Two rows that were kept apart by a sign alone: the second keeps its old key.
            continue


def fold(text: str) -> str:
    """The text as it is compared from this revision on."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(WHOLE)).translate(STROKES)
    kept = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in kept).split())


def downgrade() -> None:
    """A key folded by the new rule is one by the old rule too."""
