"""Asks: one request put to many office holders, and what each of them answered."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from models import clock
from models.base import Base
from models.contacts.tables import Interaction
from models.kinds import Id, UtcDateTime, internal, special
from models.people.tables import Person
from models.places.tables import Constituency, Council


class Ask(Base):
    """One request in a dispute. It belongs to the region of whoever asked, as a contact does."""

    __tablename__ = "ask"

    id: Mapped[int] = internal(Id, primary_key=True)
    title: Mapped[str] = internal(String(120))
    body: Mapped[str] = special(Text)
    council_id: Mapped[int | None] = internal(ForeignKey("council.id"), index=True)
    council: Mapped[Council | None] = relationship()
    constituency_id: Mapped[int | None] = internal(ForeignKey("constituency.id"), index=True)
    constituency: Mapped[Constituency | None] = relationship()
    employer: Mapped[str | None] = internal(String(120))
    region_id: Mapped[int | None] = internal(ForeignKey("union_region.id"), index=True)
    wanted_by: Mapped[date | None] = internal()
    asked_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    asked_by_id: Mapped[int] = internal(ForeignKey("user.id"))
    closed_at: Mapped[datetime | None] = internal(UtcDateTime)
    form_key: Mapped[str | None] = internal(String(64), unique=True)


class AskPerson(Base):
    """One person who was asked: the contact that says so, and their reply."""

    __tablename__ = "ask_person"
    __table_args__ = (
        UniqueConstraint("ask_id", "person_id"),
        CheckConstraint("reply in ('waiting','yes','partly','no','unreachable')", name="reply"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    ask_id: Mapped[int] = internal(ForeignKey("ask.id"))
    person_id: Mapped[int] = special(ForeignKey("person.id"), index=True)
    person: Mapped[Person] = relationship()
    interaction_id: Mapped[int | None] = internal(ForeignKey("interaction.id"), index=True)
    interaction: Mapped[Interaction | None] = relationship()
    reply: Mapped[str] = special(String(12), default="waiting")
    said: Mapped[str | None] = special(Text)
    replied_on: Mapped[date | None] = special()
