"""Whom a typed text names, as a condition for the filters of lists; how often words are there."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, false, or_, select

from models.base import db
from models.people import spelling
from models.people.queries.near import near_words
from models.people.queries.wanting import BEGUN, ENOUGH, Want, asked, counts
from models.people.tables import Person, PersonWord
from models.places.queries.conditions import begins


def matching(typed: str) -> ColumnElement[bool]:
    """True for people whom this text names, for the filter of a list: beginnings of names in any
    order, or what they were meant as; a membership number; an e-mail address. Index-backed."""
    words = spelling.tokens(typed)
    if "@" in typed:
        words = [spelling.EMAIL + one for one in words if one not in spelling.ENDINGS]
    if not words:
        return false()
    meant: list[list[str]] = [[] for _word in words]
    if not is_key(typed) and not all(often := count(words, BEGUN)):
        near = near_words(words)
        meant = [[] if count else one for count, one in zip(often, near, strict=True)]
    named = _all_of(words, meant)
    if "@" in typed or not is_key(typed):
        return named
    return or_(named, _all_of([spelling.word_of_number(typed)], [[]]))


def _all_of(words: Sequence[str], meant: Sequence[Sequence[str]]) -> ColumnElement[bool]:
    condition: ColumnElement[bool] | None = None
    for word, near in zip(words, meant, strict=True):
        fits = begins(PersonWord.word, word)
        if near:
            fits = or_(fits, PersonWord.word.in_(near))
        held = Person.id.in_(select(PersonWord.person_id).where(fits))
        condition = held if condition is None else condition & held
    return false() if condition is None else condition


def is_key(typed: str) -> bool:
    """True for what looks like an address or a number rather than a name."""
    return "@" in typed or any(c.isdigit() for c in typed)


def count(words: Sequence[str], way: str, enough: int = ENOUGH) -> Sequence[int]:
    """How many people have each of the words in one way, up to `enough`."""
    return counted(words, [(n, way) for n in range(len(words))], enough=enough)


def counted(
    words: Sequence[str],
    wants: Sequence[Want],
    meant: Sequence[Sequence[str]] = (),
    enough: int = ENOUGH,
) -> Sequence[int]:
    """How many people have each of the words in its way, up to `enough`."""
    given = {**asked(words, meant), "enough": enough}
    return list(db.session.execute(counts(tuple(wants)), given).one())
