"""What a mistyped word may have been meant as, by the known words: one slip of the fingers is
looked up, and what shares most groups of three letters is taken from the trigram index."""

import json
from collections.abc import Collection, Sequence
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, String, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY

from models.base import db, is_sqlite
from models.people import spelling
from models.people.tables import KnownWord

MOST = 60
GRAM = 3
LONG = 7  # so many letters share enough groups of three with what was meant
LETTERS = "^$abcdefghijklmnopqrstuvwxyz0123456789"
# Of a word's groups of letters the rarest are looked up, until so many known words came up; but
# some of them in any case.
WORTH, ANYWAY = 1_500, 6

_trigram_schema: WeakKeyDictionary[Engine, str | None] = WeakKeyDictionary()
_given = func.json_each(bindparam("slips")).table_valued("value")
_AMONG_SQLITE = select(KnownWord.word).where(KnownWord.word.in_(select(_given.c.value)))
_AMONG_POSTGRESQL = select(KnownWord.word).where(
    KnownWord.word == func.any(bindparam("slips", type_=ARRAY(String)))
)
# One parameter again: the groups of letters. Weighing them by rank would read every word's length.
_HOW_MANY_SQLITE = text(
    "select value, (select count(*) from (select 1 from known_word_gram"
    " where known_word_gram match value limit :enough)) from json_each(:grams)"
)
_ALIKE_SQLITE = text(
    "select word from known_word where id in (select known_word_gram.rowid"
    " from json_each(:grams) cross join known_word_gram on known_word_gram match value"
    " group by 1 order by count(*) desc, 1 limit :most)"
)


def near_words(words: Sequence[str], sure: Collection[str] = ()) -> list[list[str]]:
    """For each word the known words that it may have been meant as, the nearest first. Of a word
    that is `sure`, as somebody is called that, only one slip is thought of."""
    known = set(_alike([one for one in words if spelling.slips(one) > 1 and one not in sure]))
    short = {one for one in words if 2 < len(one) < LONG}
    missed = {
        one
        for one in words
        if len(one) >= LONG and one not in sure and not spelling.nearest(one, known)
    }
    slipped = {slip for word in short | missed for slip in spelling.one_off(word)}
    known.update(_known_among(slipped) if slipped else ())
    return [spelling.nearest(word, known) for word in words]


def _known_among(words: Collection[str]) -> Sequence[str]:
    # One parameter however many words there are.
    if is_sqlite(db.session.connection()):
        return db.session.scalars(_AMONG_SQLITE, {"slips": json.dumps(sorted(words))}).all()
    return db.session.scalars(_AMONG_POSTGRESQL, {"slips": sorted(words)}).all()


def _alike(words: Sequence[str]) -> Collection[str]:
    """Known words that share most groups of three letters with one of the words."""
    if is_sqlite(db.session.connection()):
        asked = [_rarest(_grams(f"^{word}$")) for word in words]
        return {one for grams in asked if grams for one in _sharing(grams)}
    schema = trigram_schema() if words else None
    if schema is None:
        return []
    found: set[str] = set()
    for word in words:
        is_like = KnownWord.word.op(f"operator({schema}.%)")(word)
        likeness = getattr(func, schema).similarity(KnownWord.word, word)
        query = select(KnownWord.word).where(is_like).order_by(likeness.desc()).limit(MOST)
        found.update(db.session.scalars(query))
    return found


def _rarest(grams: Sequence[str]) -> list[str]:
    """Those of the groups of letters that tell most, the rarest first; each quoted."""
    asked = json.dumps([f'"{gram}"' for gram in sorted(set(grams))])
    rows = db.session.execute(_HOW_MANY_SQLITE, {"grams": asked, "enough": WORTH})
    chosen: list[str] = []
    so_far = 0
    for count, gram in sorted((count, gram) for gram, count in rows if count):
        if so_far + count > WORTH and len(chosen) >= ANYWAY:
            break
        chosen.append(gram)
        so_far += count
    return chosen


def _sharing(grams: Sequence[str]) -> Sequence[str]:
    """The known words that have most of these groups of letters."""
    return db.session.scalars(_ALIKE_SQLITE, {"grams": json.dumps(grams), "most": MOST}).all()


def _grams(padded: str) -> list[str]:
    grams = [padded[n : n + GRAM] for n in range(len(padded) - GRAM + 1)]
    return [gram for gram in grams if not gram.strip(LETTERS)]


def trigram_schema() -> str | None:
    """PostgreSQL: where its trigram extension stands, or None where there is none."""
    engine = db.engine
    if engine not in _trigram_schema:
        place = text(
            "select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace "
            "where e.extname = 'pg_trgm'"
        )
        _trigram_schema[engine] = db.session.scalar(place)
    return _trigram_schema[engine]
