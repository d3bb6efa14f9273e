"""What is remembered is given again only as long as nobody has written."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from models.accounts.permits import OPERATOR
from models.base import db, will_write
from models.people.tables import Person
from models.workshop.remembered import MOST, remembered
from tests.factories import make_person


@contextmanager
def reading() -> Iterator[None]:
    """A transaction such as a page has: it reads, and is rolled back."""
    token = will_write.set(False)
    try:
        yield
    finally:
        db.session.rollback()
        will_write.reset(token)


def people() -> int:
    return db.session.scalar(sa.select(sa.func.count(Person.id))) or 0


class Asked:
    """Counts people, and how often it had to look."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return people()


@pytest.fixture
def asked(fresh_database) -> Iterator[Asked]:
    with fresh_database.app_context():
        yield Asked()
        db.session.remove()


def add(name: str) -> None:
    make_person(name)
    db.session.commit()


def another(name: str) -> sa.Insert:
    """The statement that adds somebody like the first person."""
    row = db.session.execute(sa.select(Person.__table__).limit(1)).mappings().one()
    values = {key: value for key, value in row.items() if key != "id"}
    return sa.insert(Person.__table__).values({**values, "family_name": name})


def elsewhere(name: str) -> None:
    """Somebody is added by another connection."""
    adding = another(name)
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(adding)


def test_between_two_changes_it_is_asked_once(asked):
    add("Ann Lee")
    for _ in range(3):
        with reading():
            assert remembered("people", asked) == 1
    assert asked.times == 1


def test_what_was_written_here_is_seen_at_once(asked):
    for number in (1, 2, 3):
        add(f"Ann {number}")
        with reading():
            assert remembered("people", asked) == number
    assert asked.times == 3


def test_what_another_connection_wrote_is_seen_at_once(asked):
    add("Ann Lee")
    with reading():
        assert remembered("people", asked) == 1
    elsewhere("Moss")
    with reading():
        assert remembered("people", asked) == 2
    assert asked.times == 2


def test_whoever_may_write_neither_keeps_nor_takes(asked):
    add("Ann Lee")
    db.session.execute(another("Moss"))
    assert remembered("people", asked) == 2
    db.session.rollback()
    with reading():
        assert remembered("people", asked) == 1
    db.session.execute(another("Old"))
    assert remembered("people", asked) == 2
    db.session.rollback()
    assert asked.times == 3


def test_what_was_written_and_taken_back_leaves_no_trace(asked):
    add("Ann Lee")
    token = will_write.set(False)
    db.session.connection()
    db.session.execute(another("Moss"))
    assert remembered("people", asked) == 2
    db.session.rollback()
    will_write.reset(token)
    with reading():
        assert remembered("people", asked) == 1


def test_each_key_has_its_own_answer_and_the_oldest_go(asked):
    add("Ann Lee")
    with reading():
        assert remembered(("a", OPERATOR.id), lambda: "a") == "a"
        assert remembered(("b", OPERATOR.id), lambda: "b") == "b"
        assert remembered(("a", OPERATOR.id), lambda: "not asked") == "a"
        for number in range(MOST):
            remembered(("more", number), lambda: 0)
        assert remembered(("b", OPERATOR.id), lambda: "asked anew") == "asked anew"
