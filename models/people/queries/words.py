"""What the search index is made of: the words that are stored, and the texts they come from."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Integer, String, column, select, table

from models.people.tables import ContactPoint, KnownWord, Person, PersonWord, UnionMembership

Rows = Sequence[Any]
# SQLite's trigram index of the known words, each between ^ and $.
GRAMS = table("known_word_gram", column("rowid", Integer), column("word", String), column("rank"))


def sources_of(connection: Connection, person_ids: Collection[int]) -> tuple[Rows, Rows, Rows]:
    """Of these people: (id, names…), (id, e-mail address) and (id, membership number)."""
    ids = sorted(person_ids)
    names = select(Person.id, Person.given_name, Person.family_name, Person.known_as)
    emails = select(ContactPoint.person_id, ContactPoint.value_key)
    numbers = select(UnionMembership.person_id, UnionMembership.number)
    return (
        connection.execute(names.where(Person.id.in_(ids))).all(),
        connection.execute(
            emails.where(ContactPoint.person_id.in_(ids), ContactPoint.kind == "email")
        ).all(),
        connection.execute(
            numbers.where(UnionMembership.person_id.in_(ids), UnionMembership.number.is_not(None))
        ).all(),
    )


def stored_words(connection: Connection, person_ids: Collection[int]) -> dict[int, set[str]]:
    """The words by which each of these people is found at present."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = connection.execute(
        select(PersonWord.person_id, PersonWord.word).where(
            PersonWord.person_id.in_(sorted(person_ids))
        )
    )
    for person_id, word in rows:
        found[person_id].add(word)
    return found


def known_among(connection: Connection, words: Collection[str]) -> dict[str, int]:
    """Those of the words that are known, with their ids."""
    rows = connection.execute(
        select(KnownWord.word, KnownWord.id).where(KnownWord.word.in_(sorted(words)))
    )
    return {row.word: row.id for row in rows}


def unheld_among(connection: Connection, words: Collection[str]) -> list[int]:
    """The ids of those of the known words that nobody has."""
    held = select(PersonWord.word).where(PersonWord.word == KnownWord.word).exists()
    query = select(KnownWord.id).where(KnownWord.word.in_(sorted(words)), ~held)
    return list(connection.execute(query).scalars())
