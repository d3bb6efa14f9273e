"""The figures of election money law, and the contests: elections, their ballots, who stood."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, relationship

from models import clock
from models.accounts.tables import User
from models.base import Base
from models.elections import rules
from models.kinds import Id, Key, Pence, UtcDateTime, internal, public
from models.people.tables import Person
from models.places.tables import Council, Party, Ward


class LegalFigure(Base):
    """One figure for one period. A change ends the row and adds the next; values never change.

    `unit` says which parts hold the value; where they are empty the figure is not known.
    `elector_tenths` are tenths of a penny. `set_by` is empty for rows that came with the product.
    """

    __tablename__ = "legal_figure"
    __table_args__ = (
        CheckConstraint("unit in ('formula','amount','share','days','words')", name="unit"),
        CheckConstraint(
            "valid_from is null or valid_to is null or valid_from <= valid_to", name="dates"
        ),
        CheckConstraint("coalesce(base_p, 0) >= 0 and coalesce(amount_p, 0) >= 0", name="pence"),
        CheckConstraint("coalesce(elector_tenths, 0) >= 0", name="electors"),
        CheckConstraint("(parts is null) = (whole is null)", name="share"),
        CheckConstraint("parts is null or parts between 0 and whole", name="parts"),
        CheckConstraint("coalesce(days, 0) >= 0", name="days"),
        # One open-ended row for each figure: two periods cannot run on side by side.
        Index(
            "uq_legal_figure_open",
            "key",
            "nation",
            "election",
            unique=True,
            sqlite_where=text("valid_to is null"),
            postgresql_where=text("valid_to is null"),
        ),
    )

    id: Mapped[int] = public(Id, primary_key=True)
    key: Mapped[str] = public(String(60), index=True)
    label: Mapped[str] = public(String(160))
    topic: Mapped[str] = public(String(20))
    nation: Mapped[str] = public(String(20))
    election: Mapped[str] = public(String(20))
    unit: Mapped[str] = public(String(10))
    base_p: Mapped[int | None] = public(Pence)
    elector_tenths: Mapped[int | None] = public()
    amount_p: Mapped[int | None] = public(Pence)
    parts: Mapped[int | None] = public()
    whole: Mapped[int | None] = public()
    days: Mapped[int | None] = public()
    words: Mapped[str | None] = public(String(160))
    rule: Mapped[str] = public(Text)
    valid_from: Mapped[date | None] = public()
    in_use_by: Mapped[date | None] = public()
    valid_to: Mapped[date | None] = public()
    source: Mapped[str] = public(String(300))
    checked_on: Mapped[date] = public()
    certainty: Mapped[str] = public(String(12))
    note: Mapped[str | None] = internal(Text)
    set_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    set_by: Mapped[User | None] = relationship()
    set_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)

    @property
    def value(self) -> str:
        """The figure in words."""
        return rules.in_words(self)

    @property
    def known(self) -> bool:
        """False where only the question is held."""
        return rules.is_known(self)

    @property
    def certainty_words(self) -> str:
        """How sure the office can be of it."""
        return rules.CERTAINTIES[self.certainty]


class Election(Base):
    """One election: a council's on one day, say. `code` is the Democracy Club's id of it."""

    __tablename__ = "election"
    __table_args__ = (Index("ix_election_council_id_poll_on", "council_id", "poll_on"),)

    id: Mapped[int] = public(Id, primary_key=True)
    code: Mapped[str] = public(String(160), unique=True)
    name: Mapped[str] = public(String(160))
    kind: Mapped[str] = public(String(20))
    poll_on: Mapped[date] = public(index=True)
    council_id: Mapped[int | None] = public(ForeignKey("council.id"))
    council: Mapped[Council | None] = relationship()


class Ballot(Base):
    """One contest of an election, by its ballot paper id; `area` is the ward as printed."""

    __tablename__ = "ballot"
    __table_args__ = (CheckConstraint("seats is null or seats > 0", name="seats"),)

    id: Mapped[int] = public(Id, primary_key=True)
    code: Mapped[str] = public(String(160), unique=True)
    election_id: Mapped[int] = public(ForeignKey("election.id"), index=True)
    election: Mapped[Election] = relationship()
    ward_id: Mapped[int | None] = public(ForeignKey("ward.id"), index=True)
    ward: Mapped[Ward | None] = relationship()
    area: Mapped[str] = public(String(160))
    area_key: Mapped[str] = public(Key())
    gss: Mapped[str | None] = public(String(9))
    seats: Mapped[int | None] = public()
    by_election: Mapped[bool] = public(default=False)
    cancelled: Mapped[bool] = public(default=False)


class Candidacy(Base):
    """A name on a ballot paper, as published: no record of a person, and none is made of it.

    `key` tells the lines of one ballot apart. `person_id` is set only where an office holder whom
    the office knows already was recognised, by the rules of `matching.py` or by a human.
    """

    __tablename__ = "candidacy"
    __table_args__ = (
        UniqueConstraint("ballot_id", "key"),
        CheckConstraint("votes is null or votes >= 0", name="votes"),
    )

    id: Mapped[int] = public(Id, primary_key=True)
    ballot_id: Mapped[int] = public(ForeignKey("ballot.id"))
    ballot: Mapped[Ballot] = relationship()
    key: Mapped[str] = public(Key(200))
    name: Mapped[str] = public(String(160))
    name_key: Mapped[str] = public(Key())
    party_id: Mapped[int | None] = public(ForeignKey("party.id"), index=True)
    party: Mapped[Party | None] = relationship()
    party_name: Mapped[str | None] = public(String(160))
    list_position: Mapped[int | None] = public()
    votes: Mapped[int | None] = public()
    elected: Mapped[bool | None] = public()
    person_id: Mapped[int | None] = internal(ForeignKey("person.id"), index=True)
    person: Mapped[Person | None] = relationship()
