"""The statements of the search, made once for each shape of question and kept.

A question is a list of steps; a step wants each typed word of a person in some way, and looks for
them from one of the words, the rarest. Word n is the parameter `w<n>`, its end `e<n>`, its initial
`i<n>`, and what it may have been meant as `n<n>`: see `asked`.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    func,
    intersect,
    literal,
    or_,
    select,
)
from sqlalchemy import union_all as one_after_another

from models.accounts.permits import Operator
from models.people.queries.seeing import listed, visible_people
from models.people.tables import ContactPoint, Person, PersonWord
from models.places.queries.conditions import LAST_CHARACTER

WHOLE, BEGUN = "whole", "begun"
ALIKE = "alike"  # one of the words that it may have been meant as
ONCE, AS_EVER = "force_generic_plan", "auto"  # how PostgreSQL plans
INITIAL = "initial"  # its first letter alone, as in J. Smith
LOOSE = "loose"  # begun, alike or the initial
ENOUGH = 1_000  # how far a word's people are counted, to begin with the rarest
MANY = 8_000  # and how far if all of the words are common
CANDIDATES = 40  # how many of each step are weighed against each other
WORDS: Any = PersonWord.__table__
PERSON: Any = Person.__table__
Want = tuple[int, str]  # a word's number, and the way it is wanted


class Step(NamedTuple):
    """How each word is wanted, by its number; from which word to look; how many may be missing.

    Who has the words that stand `together` with it is read whole; of the others each one is asked.
    """

    wants: tuple[Want, ...]
    driver: int = 0
    missing: int = 0
    together: tuple[int, ...] = ()


def asked(words: Sequence[str], near: Sequence[Sequence[str]] = ()) -> dict[str, Any]:
    """The parameters of any step that wants these words."""
    given: dict[str, Any] = {}
    for n, word in enumerate(words):
        given.update({f"w{n}": word, f"e{n}": word + LAST_CHARACTER, f"i{n}": word[:1]})
    given.update({f"n{n}": _evened(meant or words[n : n + 1]) for n, meant in enumerate(near)})
    return given


def _evened(meant: Sequence[str]) -> list[str]:
    """As many as a power of two, the last one again and again: fewer statements are made up."""
    most = 1 << (len(meant) - 1).bit_length()
    return [*meant, *[meant[-1]] * (most - len(meant))]


def wanted(number: int, way: str, words: Any = WORDS) -> ColumnElement[bool]:
    """The condition that a person's word is the wanted one."""
    word: BindParameter[str] = bindparam(f"w{number}")
    begun = and_(words.c.word >= word, words.c.word < bindparam(f"e{number}"))
    alike = words.c.word.in_(bindparam(f"n{number}", expanding=True))
    initial = words.c.word == bindparam(f"i{number}")
    ways: dict[str, ColumnElement[bool]] = {
        WHOLE: words.c.word == word,
        BEGUN: begun,
        ALIKE: alike,
        INITIAL: initial,
        LOOSE: or_(begun, alike, initial),
    }
    return ways[way]


@lru_cache(maxsize=256)
def counts(wants: tuple[Want, ...], mode: str = "") -> Select[Any]:
    """How many people have each word in its way, counted up to `enough`: one row."""
    enough: BindParameter[int] = bindparam("enough", ENOUGH)
    some = (
        select(literal(1)).select_from(WORDS).where(wanted(*want)).limit(enough) for want in wants
    )
    columns: list[Any] = [
        select(func.count()).select_from(one.subquery()).scalar_subquery() for one in some
    ]
    return select(*columns, *([plans(mode)] if mode else []))


def plans(mode: str) -> ColumnElement[str]:
    """PostgreSQL, beside what a statement reads: how plans are made until the transaction ends.

    Each statement of a search has one good plan whatever is looked for, and to make one for each
    search takes longer than the search itself.
    """
    return func.set_config("plan_cache_mode", mode, True)


@lru_cache(maxsize=256)
def candidates(
    steps: tuple[Step, ...], region_ids: frozenset[int] | None, _today: date
) -> Select[Any]:
    """Who fits, with what they are weighed by: id, given_key, family_key, known_as and the step.

    Only people whom these regions see; which council is whose changes by the day.
    """
    seer = Operator(region_ids=region_ids)
    parts = [
        select(part.c.person_id, literal(n).label("step"))
        for n, part in enumerate(_people(step, seer).subquery() for step in steps)
    ]
    found = (one_after_another(*parts) if len(parts) > 1 else parts[0]).subquery()
    keys = (PERSON.c.id, PERSON.c.given_key, PERSON.c.family_key, PERSON.c.known_as)
    return select(*keys, found.c.step).join_from(found, PERSON, PERSON.c.id == found.c.person_id)


@lru_cache(maxsize=256)
def namesakes(region_ids: frozenset[int] | None, _today: date) -> Select[Any]:
    """Whose given and family name begin with words 0 and 1, either way round: from the index of
    names, in its order, so that whole names come before those that are only begun."""
    seer = Operator(region_ids=region_ids)
    found = one_after_another(
        *(select(_named(seer, *pair).subquery()) for pair in ((0, 1), (1, 0)))
    ).subquery()
    return select(found)


def _named(seer: Operator, given: int, family: int) -> Select[Any]:
    one = PERSON.alias()
    return (
        select(one.c.id, one.c.given_key, one.c.family_key, one.c.known_as)
        .where(*_key_begins(one.c.family_key, family), *_key_begins(one.c.given_key, given))
        .where(_seen(seer, one.c.id))
        .order_by(one.c.family_key, one.c.given_key)
        .limit(CANDIDATES)
    )


@lru_cache(maxsize=256)
def addresses(region_ids: frozenset[int] | None, _today: date) -> Select[Any]:
    """Whose e-mail address begins with word 0 and has `within` anywhere."""
    seer = Operator(region_ids=region_ids)
    point: Any = ContactPoint.__table__
    keys = (PERSON.c.id, PERSON.c.given_key, PERSON.c.family_key, PERSON.c.known_as)
    found = (
        select(point.c.person_id)
        .where(point.c.kind == "email", *_key_begins(point.c.value_key, 0))
        .where(point.c.value_key.like(bindparam("within"), escape="\\"))
        .where(_seen(seer, point.c.person_id))
        .limit(CANDIDATES)
    ).subquery()
    return select(*keys).join_from(found, PERSON, PERSON.c.id == found.c.person_id)


def _key_begins(key: Any, number: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return key >= bindparam(f"w{number}"), key < bindparam(f"e{number}")


def _people(step: Step, seer: Operator) -> Select[Any]:
    read = (step.driver, *step.together)
    every = [_who(*step.wants[n]) for n in read]
    own = (intersect(*every) if step.together else every[0]).subquery()
    others = [_has(own.c.person_id, want) for n, want in enumerate(step.wants) if n not in read]
    query = select(own.c.person_id)
    if step.missing:
        has = sum((case((one, 1), else_=0) for one in others), literal(0))
        query = query.where(has >= len(others) - step.missing)
    else:
        query = query.where(*others)
    return query.where(_seen(seer, own.c.person_id)).limit(CANDIDATES)


def _who(number: int, way: str) -> Select[Any]:
    ways = (BEGUN, ALIKE, INITIAL) if way == LOOSE else (way,)
    each = [select(WORDS.c.person_id).where(wanted(number, one)) for one in ways]
    if len(each) == 1:
        return each[0]
    return select(one_after_another(*each).subquery().c.person_id)


# An offset keeps PostgreSQL to asking each candidate by their id: it may else begin with everybody
# who has a word, or with everybody of a region.


def _has(person_id: Any, want: Want) -> ColumnElement[bool]:
    other = WORDS.alias()
    has = select(literal(1)).where(other.c.person_id == person_id, wanted(*want, other))
    return has.offset(0).exists()


def _seen(seer: Operator, person_id: Any) -> ColumnElement[bool]:
    seen = select(literal(1)).where(Person.id == person_id, listed(), visible_people(seer))
    return seen.offset(0).exists()
