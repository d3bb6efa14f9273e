"""The statements of a list: a page of it, all of it, how many, and whom it is about."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.sql.util import find_tables

from models.accounts.permits import Actor
from models.base import db
from models.workshop.asking import Question
from models.workshop.listing import Column, Join, Listing
from models.workshop.remembered import remembered

AT_ONCE = 1_000  # ids in one statement: PostgreSQL takes 65,535 at most


def page(question: Question, *, number: int = 1, size: int = 50) -> tuple[Any, ...]:
    """The lines of one page, in order."""
    what = (*question.key, "page", question.sort, question.descending, number, size)
    return remembered(what, lambda: _page(question, number, size))


def _page(question: Question, number: int, size: int) -> tuple[Any, ...]:
    asked = lines(question).limit(size).offset((number - 1) * size)
    return tuple(map(question.listing.line._make, db.session.execute(asked)))


def everything(question: Question) -> Iterator[Any]:
    """All lines of the list, in order."""
    return map(question.listing.line._make, db.session.execute(lines(question)))


def lines(question: Question) -> Select[Any]:
    """The statement of the list; each row makes a line."""
    listing = question.listing
    reads = listing.reads(question.reader) if callable(listing.reads) else listing.reads
    asked = select(*reads).select_from(listing.source)
    asked = _joined(asked, listing.joins, question.reader)
    return asked.where(*clauses(question)).order_by(*_order(question))


def ids(question: Question, *, most: int) -> list[int]:
    """The ids of the people (or things) whom the list is about, each once, `most` and one more at
    most: whoever gets more than `most` may say that these are too many."""
    listing = question.listing
    about = listing.key if listing.about is None else listing.about
    asked = _needed(select(about).distinct().select_from(listing.source), question)
    return list(db.session.scalars(asked.order_by(about).limit(most + 1)))


def count(question: Question) -> int:
    """How many lines the list has."""
    return counts([question])[0]


def counts(questions: Sequence[Question]) -> list[int]:
    """How many lines each question lists, in one statement."""
    if not questions:
        return []
    whole = tuple(one.key for one in questions)
    return list(remembered((*whole, "counts"), lambda: _counts(questions)))


def _counts(questions: Sequence[Question]) -> tuple[int, ...]:
    counted = (_needed(_how_many(one.listing), one).scalar_subquery() for one in questions)
    return tuple(map(int, db.session.execute(select(*counted)).one()))


def _how_many(listing: Listing) -> Select[Any]:
    return select(func.count(listing.key)).select_from(listing.source)


def clauses(question: Question, *, counted: bool = False) -> list[ColumnElement[bool]]:
    """What the question asks of a line, within what its reader may see."""
    listing = question.listing
    visible = (listing.counted if counted else None) or listing.visible
    found = list(visible(question.reader))
    for one in listing.filters:
        value = one.standing(question.values)
        if value is not None:
            found.append(one.condition(value, question.reader))
    return found


def _needed(asked: Select[Any], question: Question) -> Select[Any]:
    """A statement with its conditions, joined with what these ask about and with nothing else."""
    wanted = clauses(question, counted=True)
    tables = set(find_tables(and_(*wanted), check_columns=True))
    needed: list[Join] = []
    for one in reversed(question.listing.joins):
        if not one.outer or one.table.__table__ in tables:
            needed.append(one)
            tables |= set(find_tables(one.on_for(question.reader), check_columns=True))
    return _joined(asked, needed[::-1], question.reader).where(*wanted)


def _joined(asked: Select[Any], joins: Sequence[Join], reader: Actor) -> Select[Any]:
    for one in joins:
        asked = asked.join(one.table, one.on_for(reader), isouter=one.outer)
    return asked


def _order(question: Question) -> list[Any]:
    column = question.listing.sorted_by(question.sort)
    # Said in so many words, because the two databases differ in where they put what is unknown.
    last = question.descending or not column.unknown_first
    order: list[Any] = []
    for part in column.sort:
        if not _always_known(part, question.listing):
            order.append(case((part.is_(None), 1 if last else -1), else_=0))
        order.append(part.desc() if question.descending else part.asc())
    return [*order, question.listing.key]


def _always_known(part: Any, listing: Listing) -> bool:
    """True for a column of the list's own table that is never empty: an index may then sort it."""
    own = getattr(part, "table", None) is listing.source.__table__
    return own and not part.nullable


def loaded(
    columns: Sequence[Column], found: Sequence[Any], reader: Actor | None = None
) -> dict[str, Mapping[int, Any]]:
    """What the columns bring beside the lines, by column."""
    return {one.key: _loaded(one, found, reader) for one in columns if one.load is not None}


def _loaded(column: Column, found: Sequence[Any], reader: Actor | None) -> dict[int, Any]:
    who = (reader,) if column.by_reader else ()
    numbers = sorted({getattr(line, column.by) for line in found} - {None})
    brought: dict[int, Any] = {}
    for first in range(0, len(numbers), AT_ONCE):
        if column.load is not None:
            brought |= column.load(numbers[first : first + AT_ONCE], *who)
    return brought
