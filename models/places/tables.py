"""Regions, councils, wards, constituencies and parties; each with its dates and its spellings."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, relationship

from models.base import Base
from models.kinds import Id, Key, internal, public


class UnionRegion(Base):
    """A region of the union. Regions merge, so each has a start, an end and a successor."""

    __tablename__ = "union_region"

    id: Mapped[int] = public(Id, primary_key=True)
    code: Mapped[str] = public(String(12), unique=True)
    name: Mapped[str] = public(String(80), unique=True)
    starts_on: Mapped[date | None] = public()
    ends_on: Mapped[date | None] = public()
    successor_id: Mapped[int | None] = public(ForeignKey("union_region.id"))


class UnionBranch(Base):
    """A branch of the union, in one region."""

    __tablename__ = "union_branch"

    id: Mapped[int] = public(Id, primary_key=True)
    code: Mapped[str] = public(String(20), unique=True)
    name: Mapped[str] = public(String(120))
    region_id: Mapped[int] = public(ForeignKey("union_region.id"), index=True)
    region: Mapped[UnionRegion] = relationship()


class Council(Base):
    """A council, combined authority or other elected authority, by its register code."""

    __tablename__ = "council"

    id: Mapped[int] = public(Id, primary_key=True)
    code: Mapped[str] = public(String(12), unique=True)
    gss: Mapped[str | None] = public(String(9), index=True)
    name: Mapped[str] = public(String(120))
    name_key: Mapped[str] = public(Key(), index=True)
    official_name: Mapped[str] = public(String(160))
    kind: Mapped[str] = public(String(40))
    nation: Mapped[str] = public(String(20))
    ons_region: Mapped[str | None] = public(String(40))
    county_code: Mapped[str | None] = public(String(12))
    combined_code: Mapped[str | None] = public(String(12))
    starts_on: Mapped[date | None] = public()
    ends_on: Mapped[date | None] = public()


class CouncilSuccession(Base):
    """One council (wholly or partly) taken over by another."""

    __tablename__ = "council_succession"
    __table_args__ = (UniqueConstraint("from_id", "to_id"),)

    id: Mapped[int] = public(Id, primary_key=True)
    from_id: Mapped[int] = public(ForeignKey("council.id"))
    to_id: Mapped[int] = public(ForeignKey("council.id"), index=True)
    on: Mapped[date | None] = public()


class CouncilAlias(Base):
    """Another spelling of a council, folded. `taught` says that a user added it at an import."""

    __tablename__ = "council_alias"

    id: Mapped[int] = public(Id, primary_key=True)
    key: Mapped[str] = public(Key(), unique=True)
    council_id: Mapped[int] = public(ForeignKey("council.id"), index=True)
    taught: Mapped[bool] = internal(default=False)


class CouncilRegion(Base):
    """Which union region a council belongs to, from when to when; an override beats the rule."""

    __tablename__ = "council_region"
    __table_args__ = (
        CheckConstraint(
            "ends_on is null or starts_on is null or starts_on < ends_on", name="dates"
        ),
        Index("ix_council_region_council_id_region_id", "council_id", "region_id"),
        # At most one open-ended row for each council: no office in two regions by accident.
        Index(
            "uq_council_region_current",
            "council_id",
            unique=True,
            sqlite_where=text("ends_on is null"),
            postgresql_where=text("ends_on is null"),
        ),
    )

    id: Mapped[int] = public(Id, primary_key=True)
    council_id: Mapped[int] = public(ForeignKey("council.id"))
    region_id: Mapped[int] = public(ForeignKey("union_region.id"), index=True)
    starts_on: Mapped[date | None] = public()
    ends_on: Mapped[date | None] = public()
    source: Mapped[str] = public(String(20))
    reason: Mapped[str | None] = internal(String(200))
    set_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    region: Mapped[UnionRegion] = relationship()


class Ward(Base):
    """A ward or division of a council."""

    __tablename__ = "ward"
    __table_args__ = (
        UniqueConstraint("council_id", "name_key"),
        Index("ix_ward_name_key", "name_key"),
    )

    id: Mapped[int] = public(Id, primary_key=True)
    council_id: Mapped[int] = public(ForeignKey("council.id"))
    council: Mapped[Council] = relationship()
    name: Mapped[str] = public(String(120))
    name_key: Mapped[str] = public(Key())
    gss: Mapped[str | None] = public(String(9), index=True)
    seats: Mapped[int | None] = public()
    electorate: Mapped[int | None] = public()
    starts_on: Mapped[date | None] = public()
    ends_on: Mapped[date | None] = public()


class WardSuccession(Base):
    """One ward (wholly or partly) taken over by another, at a reorganisation or a review."""

    __tablename__ = "ward_succession"
    __table_args__ = (UniqueConstraint("from_id", "to_id"),)

    id: Mapped[int] = public(Id, primary_key=True)
    from_id: Mapped[int] = public(ForeignKey("ward.id"))
    to_id: Mapped[int] = public(ForeignKey("ward.id"), index=True)
    on: Mapped[date | None] = public()


class Constituency(Base):
    """A parliamentary constituency."""

    __tablename__ = "constituency"

    id: Mapped[int] = public(Id, primary_key=True)
    gss: Mapped[str] = public(String(9), unique=True)
    name: Mapped[str] = public(String(120))
    name_key: Mapped[str] = public(Key(), index=True)
    welsh_name: Mapped[str | None] = public(String(120))


class Party(Base):
    """A party or description; `ec_id` is the Electoral Commission's, where there is one."""

    __tablename__ = "party"

    id: Mapped[int] = public(Id, primary_key=True)
    ec_id: Mapped[str | None] = public(String(20), unique=True)
    name: Mapped[str] = public(String(120), unique=True)


class PartyAlias(Base):
    """Another spelling of a party, folded."""

    __tablename__ = "party_alias"

    id: Mapped[int] = public(Id, primary_key=True)
    key: Mapped[str] = public(Key(), unique=True)
    party_id: Mapped[int] = public(ForeignKey("party.id"), index=True)
    taught: Mapped[bool] = internal(default=False)
