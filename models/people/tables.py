"""People: one record per human being, and the dated facts about them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, relationship

from models import clock
from models.base import Base
from models.kinds import Id, Key, UtcDateTime, internal, personal, special
from models.places.tables import Party, UnionBranch, UnionRegion


def everyday_name(known_as: str | None, given: str, family: str) -> str:
    """What a person is called: known-as, or else the given name, and the family name."""
    return f"{known_as or given} {family}".strip()


class Person(Base):
    """One human being. `home_region` is the union's (by branch); an office has its own region.

    `last_contacted_at` is kept by the contacts room, in the transaction that logs or undoes.
    """

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_family_key_given_key", "family_key", "given_key"),
        Index("ix_person_given_key", "given_key"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    title: Mapped[str | None] = personal(String(40))
    given_name: Mapped[str] = personal(String(80))
    family_name: Mapped[str] = personal(String(80))
    known_as: Mapped[str | None] = personal(String(80))
    suffix: Mapped[str | None] = personal(String(40))
    name_as_printed: Mapped[str | None] = personal(String(160))
    given_key: Mapped[str] = personal(Key())
    family_key: Mapped[str] = personal(Key())
    home_region_id: Mapped[int | None] = internal(ForeignKey("union_region.id"), index=True)
    home_region: Mapped[UnionRegion | None] = relationship()
    last_contacted_at: Mapped[datetime | None] = internal(UtcDateTime, index=True)
    deceased_on: Mapped[date | None] = personal()
    archived_at: Mapped[datetime | None] = internal(UtcDateTime)
    merged_into_id: Mapped[int | None] = internal(ForeignKey("person.id"))
    version: Mapped[int] = internal(default=1)
    created_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def name(self) -> str:
        """The everyday name: known-as (or given) and family name."""
        return everyday_name(self.known_as, self.given_name, self.family_name)

    @property
    def full_name(self) -> str:
        """Title, given, family and letters, as on an envelope."""
        parts = (self.title, self.given_name, self.family_name, self.suffix)
        return " ".join(part for part in parts if part)


class PersonWord(Base):
    """A word by which a person is found: of a name, "@" and one of an e-mail address, "#" and a
    membership number. Kept by models/people/words.py in the flush that writes them."""

    __tablename__ = "person_word"
    __table_args__ = (
        Index("ix_person_word_person_id_word", "person_id", "word"),
        {"sqlite_with_rowid": False},
    )

    word: Mapped[str] = personal(Key(80), primary_key=True)
    person_id: Mapped[int] = internal(ForeignKey("person.id"), primary_key=True)


class KnownWord(Base):
    """Each word of letters that some name has, once: what a mistyped word is held against. Kept
    by models/people/words.py as well, on SQLite with its trigram index `known_word_gram`."""

    __tablename__ = "known_word"

    id: Mapped[int] = internal(Id, primary_key=True)
    word: Mapped[str] = personal(Key(80), unique=True)


class Fact:
    """What every dated fact says: where it comes from and when it was last found true."""

    source: Mapped[str | None] = internal(String(120))
    verified_on: Mapped[date | None] = internal()
    verified_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))


class ContactPoint(Fact, Base):
    """An e-mail address, telephone number or postal address of a person."""

    __tablename__ = "contact_point"
    __table_args__ = (
        CheckConstraint("kind in ('email','mobile','phone','address')", name="kind"),
        Index("ix_contact_point_kind_value_key", "kind", "value_key"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    person_id: Mapped[int] = internal(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = internal(String(10))
    value: Mapped[str] = personal(String(400))
    value_key: Mapped[str] = personal(Key(400))
    preferred: Mapped[bool] = internal(default=False)
    ends_on: Mapped[date | None] = internal()


class UnionMembership(Fact, Base):
    """Membership of the union: number, branch, section, status, from when to when."""

    __tablename__ = "union_membership"
    __table_args__ = (
        CheckConstraint("status in ('member','lapsed','left','retired')", name="status"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    person_id: Mapped[int] = internal(ForeignKey("person.id"), index=True)
    number: Mapped[str | None] = special(Key(20), unique=True)
    branch_id: Mapped[int | None] = special(ForeignKey("union_branch.id"), index=True)
    branch: Mapped[UnionBranch | None] = relationship()
    section: Mapped[str | None] = special(String(40))
    employer: Mapped[str | None] = special(String(120))
    status: Mapped[str] = special(String(10), default="member")
    starts_on: Mapped[date | None] = special()
    ends_on: Mapped[date | None] = special()


class PoliticalFundStatus(Fact, Base):
    """Whether a member pays into the union's political fund, from when to when."""

    __tablename__ = "political_fund_status"
    __table_args__ = (
        CheckConstraint("status in ('contributes','opted-out','never-opted-in')", name="status"),
        CheckConstraint("ends_on is null or ends_on >= starts_on", name="dates"),
        # Of a person, one status is open at a time.
        Index(
            "uq_political_fund_status_open",
            "person_id",
            unique=True,
            sqlite_where=text("ends_on is null"),
            postgresql_where=text("ends_on is null"),
        ),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    person_id: Mapped[int] = internal(ForeignKey("person.id"), index=True)
    status: Mapped[str] = special(String(16))
    starts_on: Mapped[date] = special()
    ends_on: Mapped[date | None] = special()


class PartyMembership(Fact, Base):
    """Membership of a party, as far as the person told us."""

    __tablename__ = "party_membership"

    id: Mapped[int] = internal(Id, primary_key=True)
    person_id: Mapped[int] = internal(ForeignKey("person.id"), index=True)
    party_id: Mapped[int] = special(ForeignKey("party.id"))
    party: Mapped[Party] = relationship()
    starts_on: Mapped[date | None] = special()
    ends_on: Mapped[date | None] = special()


class LawfulBasis(Base):
    """Why the union may hold this person's data, for one purpose, from when to when."""

    __tablename__ = "lawful_basis"

    id: Mapped[int] = internal(Id, primary_key=True)
    person_id: Mapped[int] = internal(ForeignKey("person.id"), index=True)
    purpose: Mapped[str] = internal(String(80))
    basis: Mapped[str] = internal(String(40))
    condition: Mapped[str] = internal(String(80))
    source: Mapped[str | None] = internal(String(120))
    starts_on: Mapped[date] = internal()
    ends_on: Mapped[date | None] = internal()


class Consent(Base):
    """A consent as it was given: for what, by which wording, how, when; and when withdrawn."""

    __tablename__ = "consent"

    id: Mapped[int] = internal(Id, primary_key=True)
    person_id: Mapped[int] = internal(ForeignKey("person.id"), index=True)
    purpose: Mapped[str] = internal(String(80))
    wording: Mapped[str] = internal(String(80))
    channel: Mapped[str] = internal(String(40))
    given_on: Mapped[date] = internal()
    withdrawn_on: Mapped[date | None] = internal()


class Tag(Base):
    """A label the office puts on people."""

    __tablename__ = "tag"

    id: Mapped[int] = internal(Id, primary_key=True)
    name: Mapped[str] = internal(String(60))
    key: Mapped[str] = internal(Key(60), unique=True)


class PersonTag(Base):
    """A tag on a person."""

    __tablename__ = "person_tag"
    __table_args__ = (UniqueConstraint("person_id", "tag_id"),)

    id: Mapped[int] = internal(Id, primary_key=True)
    person_id: Mapped[int] = special(ForeignKey("person.id"))
    tag_id: Mapped[int] = special(ForeignKey("tag.id"), index=True)
    tag: Mapped[Tag] = relationship()


class PersonNote(Base):
    """A note on a person. Like a contact, it belongs to the region of whoever wrote it."""

    __tablename__ = "person_note"

    id: Mapped[int] = internal(Id, primary_key=True)
    person_id: Mapped[int] = internal(ForeignKey("person.id"), index=True)
    region_id: Mapped[int | None] = internal(ForeignKey("union_region.id"))
    body: Mapped[str] = special(Text)
    written_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    written_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    removed_at: Mapped[datetime | None] = internal(UtcDateTime)
