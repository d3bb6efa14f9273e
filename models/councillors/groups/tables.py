"""GMB groups: the union's councillors on one council."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, relationship

from models.base import Base
from models.kinds import Id, internal, special
from models.people.tables import Person
from models.places.tables import Council


class UnionGroup(Base):
    """The group of the union on one council, from when to when; one at a time."""

    __tablename__ = "union_group"
    __table_args__ = (
        Index(
            "uq_union_group_current",
            "council_id",
            unique=True,
            sqlite_where=text("ends_on is null"),
            postgresql_where=text("ends_on is null"),
        ),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    council_id: Mapped[int] = internal(ForeignKey("council.id"), index=True)
    council: Mapped[Council] = relationship()
    starts_on: Mapped[date | None] = internal()
    ends_on: Mapped[date | None] = internal()


class UnionGroupMember(Base):
    """A person in a group: convenor, secretary or member, and where they stand with the whip."""

    __tablename__ = "union_group_member"
    __table_args__ = (
        CheckConstraint("role in ('convenor','secretary','member')", name="role"),
        CheckConstraint("whip in ('held','suspended','withdrawn','none')", name="whip"),
        Index(
            "uq_union_group_member_current",
            "group_id",
            "person_id",
            unique=True,
            sqlite_where=text("ends_on is null"),
            postgresql_where=text("ends_on is null"),
        ),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    group_id: Mapped[int] = internal(ForeignKey("union_group.id"))
    person_id: Mapped[int] = special(ForeignKey("person.id"), index=True)
    person: Mapped[Person] = relationship()
    role: Mapped[str] = special(String(12), default="member")
    whip: Mapped[str] = special(String(12), default="held")
    starts_on: Mapped[date | None] = special()
    ends_on: Mapped[date | None] = special()


class UnionGroupMeeting(Base):
    """A meeting of a group: when, how many came, what about."""

    __tablename__ = "union_group_meeting"
    __table_args__ = (CheckConstraint("attended is null or attended >= 0", name="attended"),)

    id: Mapped[int] = internal(Id, primary_key=True)
    group_id: Mapped[int] = internal(ForeignKey("union_group.id"), index=True)
    on: Mapped[date] = internal()
    attended: Mapped[int | None] = internal()
    about: Mapped[str | None] = internal(Text)
