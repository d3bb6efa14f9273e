"""Keeps the words by which a person is found in step with the person, in the same flush.

A search must never be stale. Whoever writes past the session (a statement of its own over many
rows) calls `reindex` for the people concerned, in the same transaction.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, delete, event, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapper
from sqlalchemy.orm.attributes import get_history

from models.base import db, is_sqlite
from models.people.queries.words import (
    GRAMS,
    known_among,
    sources_of,
    stored_words,
    unheld_among,
)
from models.people.spelling import word_of_number, words_of_email, words_of_name
from models.people.tables import ContactPoint, KnownWord, Person, PersonWord, UnionMembership

WORD = re.compile("[a-z]+")
NAMES = ("given_name", "family_name", "known_as")
NUMBER = ("person_id", "number")


def reindex(person_ids: Collection[int]) -> None:
    """Write the words of these people anew from what is stored; flush first."""
    _renew(db.session.connection(), person_ids)


def unindex(person_ids: Collection[int]) -> None:
    """Take away the words of people who are about to be deleted."""
    connection = db.session.connection()
    gone = set().union(*stored_words(connection, person_ids).values())
    connection.execute(delete(PersonWord).where(PersonWord.person_id.in_(sorted(person_ids))))
    _forget(connection, gone)


def _renew(connection: Connection, person_ids: Collection[int]) -> None:
    names, emails, numbers = sources_of(connection, person_ids)
    wanted: dict[int, set[str]] = defaultdict(set)
    for person_id, *parts in names:
        wanted[person_id] |= words_of_name(*parts)
    for person_id, address in emails:
        wanted[person_id] |= words_of_email(address)
    for person_id, number in numbers:
        wanted[person_id].add(word_of_number(number))
    there = stored_words(connection, person_ids)
    for person_id in sorted(person_ids):
        old, new = there.get(person_id, set()), wanted[person_id]
        if old - new:
            gone = PersonWord.word.in_(sorted(old - new))
            connection.execute(delete(PersonWord).where(PersonWord.person_id == person_id, gone))
            _forget(connection, old - new)
        _add(connection, person_id, new - old)


def _add(connection: Connection, person_id: int, words: Iterable[str]) -> None:
    rows = [{"word": word, "person_id": person_id} for word in sorted(words)]
    if rows:
        dialect: Any = sqlite if is_sqlite(connection) else postgresql
        connection.execute(dialect.insert(PersonWord).on_conflict_do_nothing(), rows)
        learn(connection, words)


def learn(connection: Connection, words: Iterable[str]) -> None:
    """Take up those of the words that consist of letters and are not known yet."""
    letters = {word for word in words if WORD.fullmatch(word)}
    fresh = sorted(letters - known_among(connection, letters).keys()) if letters else []
    if not fresh:
        return
    # On PostgreSQL somebody else may be learning the same word at this moment.
    dialect: Any = sqlite if is_sqlite(connection) else postgresql
    rows = [{"word": word} for word in fresh]
    connection.execute(dialect.insert(KnownWord).on_conflict_do_nothing(), rows)
    if is_sqlite(connection):
        ids = known_among(connection, fresh)
        padded = [{"rowid": ids[word], "word": f"^{word}$"} for word in fresh]
        connection.execute(insert(GRAMS), padded)


def _forget(connection: Connection, words: Collection[str]) -> None:
    """No word stays known that nobody's name has any more."""
    letters = [word for word in words if WORD.fullmatch(word)]
    ids = sorted(unheld_among(connection, letters)) if letters else []
    if ids:
        connection.execute(delete(KnownWord).where(KnownWord.id.in_(ids)))
        if is_sqlite(connection):
            connection.execute(delete(GRAMS).where(GRAMS.c.rowid.in_(ids)))


@event.listens_for(Person, "after_insert")
def _person_added(_mapper: Mapper[Any], connection: Connection, person: Person) -> None:
    _add(connection, person.id, words_of_name(*(getattr(person, name) for name in NAMES)))


@event.listens_for(Person, "after_update")
def _person_changed(_mapper: Mapper[Any], connection: Connection, person: Person) -> None:
    if any(get_history(person, name).has_changes() for name in NAMES):
        _renew(connection, [person.id])


@event.listens_for(ContactPoint, "after_insert")
def _point_added(_mapper: Mapper[Any], connection: Connection, point: ContactPoint) -> None:
    if point.kind == "email":
        _add(connection, point.person_id, words_of_email(point.value_key))


@event.listens_for(UnionMembership, "after_insert")
def _number_added(_mapper: Mapper[Any], connection: Connection, one: UnionMembership) -> None:
    if one.number:
        _add(connection, one.person_id, [word_of_number(one.number)])


@event.listens_for(ContactPoint, "after_update")
@event.listens_for(ContactPoint, "after_delete")
@event.listens_for(UnionMembership, "after_update")
@event.listens_for(UnionMembership, "after_delete")
def _fact_changed(
    _mapper: Mapper[Any], connection: Connection, fact: ContactPoint | UnionMembership
) -> None:
    names = ("person_id", "kind", "value_key") if isinstance(fact, ContactPoint) else NUMBER
    histories = [get_history(fact, name) for name in names]
    if any(one.has_changes() for one in histories) or fact in db.session.deleted:
        moved = {fact.person_id, *(histories[0].deleted or ())}
        _renew(connection, sorted(moved))
