"""Offices held and the Councillors' Network: dated rows, never flags."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, relationship

from models import clock
from models.base import Base
from models.kinds import Id, UtcDateTime, internal, public, special
from models.people.tables import Fact, Person
from models.places.tables import Constituency, Council, Party, Ward


class OfficeTerm(Fact, Base):
    """A post held from an election to an end; several at once are allowed.

    `body` names the party body of a party office, which has neither council nor constituency.
    """

    __tablename__ = "office_term"
    __table_args__ = (
        CheckConstraint(
            "council_id is not null or constituency_id is not null or body is not null",
            name="area",
        ),
        Index("ix_office_term_council_id_ward_id", "council_id", "ward_id"),
        Index("ix_office_term_person_id", "person_id"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    person_id: Mapped[int] = internal(ForeignKey("person.id"))
    person: Mapped[Person] = relationship()
    post: Mapped[str] = public(String(20), default="councillor")
    council_id: Mapped[int | None] = public(ForeignKey("council.id"))
    council: Mapped[Council | None] = relationship()
    ward_id: Mapped[int | None] = public(ForeignKey("ward.id"))
    ward: Mapped[Ward | None] = relationship()
    constituency_id: Mapped[int | None] = public(ForeignKey("constituency.id"))
    constituency: Mapped[Constituency | None] = relationship()
    party_id: Mapped[int | None] = public(ForeignKey("party.id"), index=True)
    party: Mapped[Party | None] = relationship()
    elected_on: Mapped[date | None] = public()
    expected_end: Mapped[date | None] = public(index=True)
    actual_end: Mapped[date | None] = public()
    end_reason: Mapped[str | None] = public(String(30))
    by_election: Mapped[bool] = public(default=False, server_default=false())
    body: Mapped[str | None] = public(String(120))

    @property
    def area(self) -> str:
        """The council, constituency or party body, by name."""
        area = self.council or self.constituency
        return area.name if area is not None else self.body or ""

    @property
    def place(self) -> str:
        """Ward, area and party in a line: "Ribble, Preston (Labour Party)"."""
        where = ", ".join(part for part in (self.ward.name if self.ward else "", self.area) if part)
        return f"{where} ({self.party.name})" if self.party else where


class OfficeRole(Base):
    """A role within a term: leader, cabinet member, group whip, committee seat."""

    __tablename__ = "office_role"

    id: Mapped[int] = internal(Id, primary_key=True)
    term_id: Mapped[int] = internal(ForeignKey("office_term.id"), index=True)
    kind: Mapped[str] = public(String(30))
    detail: Mapped[str | None] = public(String(160))
    starts_on: Mapped[date | None] = public()
    ends_on: Mapped[date | None] = public()


class NetworkMembership(Base):
    """A person's status in the Councillors' Network; the row without an end is the current one."""

    __tablename__ = "network_membership"
    __table_args__ = (
        CheckConstraint(
            "status in ('prospect','invited','joined','declined','left','lapsed')", name="status"
        ),
        Index(
            "uq_network_membership_current",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    person_id: Mapped[int] = internal(ForeignKey("person.id"), index=True)
    status: Mapped[str] = special(String(10))
    reason: Mapped[str | None] = special(String(200))
    started_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    ended_at: Mapped[datetime | None] = internal(UtcDateTime)
    changed_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
