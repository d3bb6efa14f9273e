"""Asks and their replies. Who reads comes first; an ask is read like a contact."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import joinedload

from models.accounts.permits import Actor
from models.accounts.tables import User
from models.base import db
from models.councillors.queries.offices import offices_in_words
from models.disputes.tables import Ask, AskPerson
from models.errors import NotFound
from models.people.queries.seeing import listed, visible_people
from models.people.tables import Person

STATES = {"open": "Open", "closed": "Closed", "all": "All"}


def readable(reader: Actor) -> ColumnElement[bool]:
    """True for an ask of the reader's region, or a national one put to somebody they may see."""
    if reader.region_ids is None:
        return true()
    theirs = (
        select(AskPerson.ask_id)
        .join(Person, Person.id == AskPerson.person_id)
        .where(visible_people(reader))
    )
    mine = or_(Ask.region_id.is_(None), Ask.region_id.in_(sorted(reader.region_ids)))
    return and_(mine, Ask.id.in_(theirs))


@dataclass
class AskLine:
    """An ask with how many answered what; only people whom the reader may see are counted."""

    ask: Ask
    author: str
    replies: Counter[str] = field(default_factory=Counter)

    @property
    def asked(self) -> int:
        """How many people were asked."""
        return sum(self.replies.values())

    @property
    def answered(self) -> int:
        """How many have replied."""
        return self.asked - self.replies["waiting"] - self.replies["unreachable"]


def asks_for(
    reader: Actor, *, state: str = "open", page: int = 1, size: int = 50
) -> tuple[list[AskLine], int]:
    """One page of the asks this reader may see, the latest first, and how many."""
    wanted = [readable(reader)]
    if state == "open":
        wanted.append(Ask.closed_at.is_(None))
    elif state == "closed":
        wanted.append(Ask.closed_at.is_not(None))
    total = db.session.scalar(select(func.count(Ask.id)).where(*wanted)) or 0
    return _lines(reader, wanted, size=size, offset=(page - 1) * size), total


def asks_about(
    reader: Actor,
    council_ids: Collection[int],
    *,
    employer: str | None = None,
    constituency_id: int | None = None,
    limit: int = 10,
) -> list[AskLine]:
    """Earlier asks about these councils, this employer or this constituency, the latest first."""
    about: list[ColumnElement[bool]] = [Ask.council_id.in_(sorted(council_ids))]
    if employer:
        about.append(func.lower(Ask.employer) == employer.lower())
    if constituency_id is not None:
        about.append(Ask.constituency_id == constituency_id)
    return _lines(reader, [readable(reader), or_(*about)], size=limit, offset=0)


def _lines(
    reader: Actor, wanted: Iterable[ColumnElement[bool]], *, size: int, offset: int
) -> list[AskLine]:
    rows = db.session.execute(
        select(Ask, User.name)
        .join(User, User.id == Ask.asked_by_id)
        .options(joinedload(Ask.council), joinedload(Ask.constituency))
        .where(*wanted)
        .order_by(Ask.asked_at.desc(), Ask.id.desc())
        .limit(size)
        .offset(offset)
    )
    lines = {ask.id: AskLine(ask, author) for ask, author in rows}
    if lines:
        counts = db.session.execute(
            select(AskPerson.ask_id, AskPerson.reply, func.count(AskPerson.id))
            .join(Person, Person.id == AskPerson.person_id)
            .where(AskPerson.ask_id.in_(sorted(lines)), visible_people(reader))
            .group_by(AskPerson.ask_id, AskPerson.reply)
        )
        for ask_id, reply, number in counts:
            lines[ask_id].replies[reply] = number
    return list(lines.values())


def ask_for(reader: Actor, ask_id: int) -> AskLine:
    """One ask; raises NotFound where this reader may not know of it."""
    found = _lines(reader, [readable(reader), Ask.id == ask_id], size=1, offset=0)
    if not found:
        raise NotFound("There is no such ask, or it is not in your region.")
    return found[0]


@dataclass(frozen=True)
class ReplyLine:
    """One person who was asked, with the offices they hold."""

    asked: AskPerson
    person: Person
    offices: str


def replies_for(reader: Actor, ask: Ask) -> list[ReplyLine]:
    """Who was asked, as far as the reader may see them: those without a reply first."""
    rows = db.session.execute(
        select(AskPerson, Person)
        .join(Person, Person.id == AskPerson.person_id)
        .where(AskPerson.ask_id == ask.id, visible_people(reader))
        .order_by(Person.family_key, Person.given_key, AskPerson.id)
    ).all()
    words = offices_in_words([person.id for _, person in rows])
    lines = [ReplyLine(asked, person, words.get(person.id, "")) for asked, person in rows]
    return sorted(lines, key=lambda line: line.asked.reply != "waiting")


def reply_for(reader: Actor, reply_id: int) -> tuple[AskPerson, Ask]:
    """One person's reply with its ask; raises NotFound outside the reader's reach."""
    row = db.session.execute(
        select(AskPerson, Ask)
        .join(Ask, Ask.id == AskPerson.ask_id)
        .join(Person, Person.id == AskPerson.person_id)
        .options(joinedload(AskPerson.person))
        .where(AskPerson.id == reply_id, readable(reader), visible_people(reader))
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such reply, or it is not in your region.")
    return row[0], row[1]


def asked_with(form_key: str) -> Ask | None:
    """The ask that a form with this key has logged."""
    return db.session.scalars(select(Ask).where(Ask.form_key == form_key)).one_or_none()


def people_to_ask(reader: Actor, ids: Collection[int]) -> list[Person]:
    """These people, as far as the reader may see them and they are on the books, by name."""
    return list(
        db.session.scalars(
            select(Person)
            .where(Person.id.in_(sorted(ids)), listed(), visible_people(reader))
            .order_by(Person.family_key, Person.given_key, Person.id)
        )
    )
