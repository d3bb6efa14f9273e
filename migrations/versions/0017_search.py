"""Search: the words of people with the known words beside them; saved views; bulk acts.

On PostgreSQL the trigram index needs the extension pg_trgm. Where the role may not create it, the
schema stands without: slips of one letter are forgiven all the same, and `hustings doctor` says so.
"""

import re
import unicodedata
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True)
KEY = sa.String(80).with_variant(sa.String(80, collation="C"), "postgresql")
WORD = re.compile("[a-z]+")
MARKS = {"email": "@", "number": "#"}
ENDINGS = {"uk", "com", "org", "net", "gov", "co", "ac", "cymru", "scot", "wales"}
LETTERS = str.maketrans({"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ð": "d", "đ": "d", "þ": "th"})


def upgrade() -> None:
    op.drop_table("person_word")
    _words(new=True)
    op.create_table(
        "known_word",
        sa.Column("id", ID, nullable=False),
        sa.Column("word", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_word")),
        sa.UniqueConstraint("word", name=op.f("uq_known_word_word")),
    )
    _index_trigrams()
    _fill(_all_words)
    _learn()
    _saved_views()
    _bulk_acts()


def downgrade() -> None:
    op.drop_table("bulk_part")
    op.drop_table("bulk_act")
    op.drop_table("saved_view")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("drop table known_word_gram")
    op.drop_table("known_word")
    op.drop_table("person_word")
    _words(new=False)
    _fill(_name_words)


def _words(*, new: bool) -> None:
    op.create_table(
        "person_word",
        sa.Column("word", KEY, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_word_person_id")
        ),
        sa.PrimaryKeyConstraint("word", "person_id", name=op.f("pk_person_word")),
        sqlite_with_rowid=not new,
    )
    if new:
        op.create_index("ix_person_word_person_id_word", "person_word", ["person_id", "word"])
    else:
        op.create_index(op.f("ix_person_word_person_id"), "person_word", ["person_id"])


def _index_trigrams() -> None:
    """SQLite writes a virtual table by no trigger of ours (trusted_schema is off), so that the
    application keeps it, and the known words, in the transaction that writes the person."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("create virtual table known_word_gram using fts5(word, tokenize='trigram')")
        return
    schema = _trigrams()
    if schema is not None:
        ops = f'"{schema}".gin_trgm_ops'
        op.execute(f"create index ix_known_word_trigram on known_word using gin (word {ops})")


def _trigrams() -> str | None:
    """Where the extension pg_trgm stands, made if it may be; None where it may not."""
    bind = op.get_bind()
    place = sa.text(
        "select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace "
        "where e.extname = 'pg_trgm'"
    )
    for statement in (
        "create extension if not exists pg_trgm with schema public",
        "create extension if not exists pg_trgm",
    ):
        found: str | None = bind.execute(place).scalar()
        if found is not None:
            return found
        try:
            with bind.begin_nested():
                bind.execute(sa.text(statement))
        except sa.exc.DBAPIError:
            continue  # not allowed, not installed, or somebody else was quicker
    last: str | None = bind.execute(place).scalar()
    return last


def _saved_views() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", ID, nullable=False),
        sa.Column("list", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("filters", JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "list in ('councillors','people','funding')", name=op.f("ck_saved_view_list")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_saved_view_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint(
            "owner_id", "list", "name", name=op.f("uq_saved_view_owner_id_list_name")
        ),
    )


def _bulk_acts() -> None:
    op.create_table(
        "bulk_act",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("selection", sa.String(length=400), nullable=False),
        sa.Column("details", JSON, nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", ID, nullable=True),
        sa.CheckConstraint(
            "kind in ('tag','follow-up','contact','invite')", name=op.f("ck_bulk_act_kind")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_bulk_act_by_id")),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["user.id"], name=op.f("fk_bulk_act_undone_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_act")),
        sa.UniqueConstraint("form_key", name=op.f("uq_bulk_act_form_key")),
    )
    op.create_index(op.f("ix_bulk_act_by_id"), "bulk_act", ["by_id"])
    op.create_table(
        "bulk_part",
        sa.Column("id", ID, nullable=False),
        sa.Column("act_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("thing_id", ID, nullable=True),
        sa.CheckConstraint(
            "outcome in ('done','mailed','already','not possible')",
            name=op.f("ck_bulk_part_outcome"),
        ),
        sa.ForeignKeyConstraint(["act_id"], ["bulk_act.id"], name=op.f("fk_bulk_part_act_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_bulk_part_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_part")),
    )
    op.create_index(op.f("ix_bulk_part_act_id"), "bulk_part", ["act_id"])
    op.create_index(op.f("ix_bulk_part_person_id"), "bulk_part", ["person_id"])


# The words of whoever is stored already, as the application makes them at this revision.


def _fill(words_of_all) -> None:
    bind = op.get_bind()
    word = sa.table("person_word", sa.column("word"), sa.column("person_id"))
    rows = sorted(set(words_of_all(bind)))
    for start in range(0, len(rows), 5_000):
        part = [{"word": one, "person_id": person} for one, person in rows[start : start + 5_000]]
        bind.execute(sa.insert(word), part)


def _learn() -> None:
    bind = op.get_bind()
    words = bind.execute(sa.text("select distinct word from person_word")).scalars()
    rows = [{"word": one} for one in sorted(filter(WORD.fullmatch, words))]
    if rows:
        known = sa.table("known_word", sa.column("word"))
        bind.execute(sa.insert(known), rows)
    if bind.dialect.name == "sqlite":
        op.execute(
            "insert into known_word_gram (rowid, word) select id, '^' || word || '$' from known_word"
        )


def _name_words(bind: sa.Connection) -> Iterator[tuple[str, int]]:
    query = sa.text("select id, given_name, family_name, known_as from person")
    for person, *names in bind.execute(query):
        for name in filter(None, names):
            for part in _fold(name).split():
                yield part[:80], person


def _all_words(bind: sa.Connection) -> Iterator[tuple[str, int]]:
    query = sa.text("select id, given_name, family_name, known_as from person")
    for person, *names in bind.execute(query):
        for name in filter(None, names):
            for spelt in (name, name.translate(str.maketrans("'’‘", "   "))):
                parts = _plain(spelt).split()
                together = ["".join(parts)] if 1 < len(parts) < 4 else []
                yield from ((part[:80], person) for part in [*parts, *together])
    emails = sa.text("select person_id, value_key from contact_point where kind = 'email'")
    for person, address in bind.execute(emails):
        for part in set(_plain(address).split()) - ENDINGS:
            yield MARKS["email"] + part[:79], person
    numbers = sa.text("select person_id, number from union_membership where number is not null")
    for person, number in bind.execute(numbers):
        yield (MARKS["number"] + _plain(number).replace(" ", ""))[:80], person


def _plain(text: str) -> str:
    return _fold(text.casefold().translate(LETTERS).replace("‘", "'"))


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    kept = (c for c in decomposed if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " if c not in "'’" else "" for c in kept)
    return " ".join(words.split())
