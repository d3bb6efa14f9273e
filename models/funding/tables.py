"""Funding applications, their cost lines and every step they took. Amounts are pence."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, relationship

from models import clock
from models.accounts.tables import User
from models.base import Base
from models.budget.tables import Award, BudgetNode, Fund
from models.funding.rules import place_words
from models.kinds import Id, Json, Key, Pence, UtcDateTime, bank, internal, public, special
from models.people.tables import Person
from models.places.tables import Constituency, Council, UnionRegion, Ward
from models.rounds.tables import AnswerSheet, Round

LIVE = "status not in ('not_endorsed','declined','withdrawn','lapsed','closed')"


class Application(Base):
    """A region's request for money for one candidate in one contest.

    `typed` is what was typed into a draft that is not understood yet, `edited_with` the form that
    saved last, `written_by_ids` everybody who wrote in it: none of them may decide on it or pay.
    `handled_by_ids` are those who recommended it or passed it up since it was last submitted: none
    of them takes the next step. Requested, recommended and awarded are three amounts, kept apart.
    """

    __tablename__ = "application"
    __table_args__ = (
        CheckConstraint(
            "status in ('draft','submitted','returned','endorsed','not_endorsed','recommended',"
            "'referred','awarded','declined','withdrawn','lapsed','paid','closed')",
            name="status",
        ),
        CheckConstraint("requested_p is null or requested_p > 0", name="requested"),
        CheckConstraint(
            "recommended_p is null or recommended_p between 1 and requested_p", name="recommended"
        ),
        CheckConstraint("awarded_p is null or awarded_p between 1 and requested_p", name="awarded"),
        Index("ix_application_region_id_status", "region_id", "status"),
        # One live application for a person and a contest.
        Index(
            "uq_application_live",
            "person_id",
            "contest_key",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    reference: Mapped[str] = internal(String(20), unique=True)
    fund_id: Mapped[int] = internal(ForeignKey("fund.id"), index=True)
    fund: Mapped[Fund] = relationship()
    region_id: Mapped[int] = internal(ForeignKey("union_region.id"))
    region: Mapped[UnionRegion] = relationship()
    person_id: Mapped[int | None] = special(ForeignKey("person.id"))
    person: Mapped[Person | None] = relationship()
    post: Mapped[str] = public(String(20), default="councillor")
    council_id: Mapped[int | None] = public(ForeignKey("council.id"), index=True)
    council: Mapped[Council | None] = relationship()
    ward_id: Mapped[int | None] = public(ForeignKey("ward.id"))
    ward: Mapped[Ward | None] = relationship()
    constituency_id: Mapped[int | None] = public(ForeignKey("constituency.id"))
    constituency: Mapped[Constituency | None] = relationship()
    poll_on: Mapped[date | None] = public()
    contest_key: Mapped[str | None] = internal(String(80))
    requested_p: Mapped[int | None] = internal(Pence)
    purpose: Mapped[str | None] = internal(Text)
    typed: Mapped[dict[str, Any] | None] = special(Json)
    edited_with: Mapped[str | None] = internal(String(40))
    written_by_ids: Mapped[list[int]] = internal(Json, default=list)
    lines: Mapped[list["CostLine"]] = relationship(
        order_by="CostLine.position", cascade="all, delete-orphan"
    )
    status: Mapped[str] = internal(String(12), default="draft", index=True)
    node_id: Mapped[int | None] = internal(ForeignKey("budget_node.id"))
    node: Mapped[BudgetNode | None] = relationship()
    recommended_p: Mapped[int | None] = internal(Pence)
    handled_by_ids: Mapped[list[int]] = internal(Json, default=list)
    kept_max_grant_p: Mapped[int | None] = internal(Pence)
    awarded_p: Mapped[int | None] = internal(Pence)
    award_id: Mapped[int | None] = internal(ForeignKey("award.id"), unique=True)
    award: Mapped[Award | None] = relationship()
    payment_reference: Mapped[str | None] = bank(String(60))
    paid_on: Mapped[date | None] = internal()
    law: Mapped["ApplicationLaw | None"] = relationship(
        back_populates="application", cascade="all, delete-orphan"
    )
    sheet: Mapped[AnswerSheet | None] = relationship(cascade="all")
    drafted_by_id: Mapped[int] = internal(ForeignKey("user.id"), index=True)
    drafted_by: Mapped[User] = relationship(foreign_keys=[drafted_by_id])
    submitted_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    submitted_by: Mapped[User | None] = relationship(foreign_keys=[submitted_by_id])
    submitted_at: Mapped[datetime | None] = internal(UtcDateTime)
    decided_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])
    decided_at: Mapped[datetime | None] = internal(UtcDateTime)
    created_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    version: Mapped[int] = internal(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def round(self) -> Round | None:
        """The round it was started in; None where its fund had none."""
        return self.sheet.round if self.sheet else None

    @property
    def max_grant_p(self) -> int:
        """The highest grant for one candidate: its fund's, or its round's own where that is less.

        What was applied for before a year's end keeps what held then.
        """
        if self.kept_max_grant_p is not None:
            return self.kept_max_grant_p
        own = self.round.max_grant_p if self.round else None
        return self.fund.max_grant_p if own is None else min(own, self.fund.max_grant_p)

    @property
    def candidate_name(self) -> str:
        """The candidate's everyday name, or what a draft says in its place."""
        return self.person.name if self.person else "No candidate yet"

    @property
    def place_name(self) -> str:
        """The contest's place: "Abbey, Ambridge", a constituency, or what a draft says instead."""
        names = (one.name if one else None for one in (self.ward, self.council, self.constituency))
        return place_words(*names)


class ApplicationLaw(Base):
    """What the law needs to know of one application: asked of people, never inferred.

    `joint` is 1 for a candidate who stands alone, 2 for two joint candidates, 3 for three or more.
    Class and category are picked by whoever awards; `authority` is the agent's written one.
    """

    __tablename__ = "application_law"
    __table_args__ = (
        CheckConstraint("electorate is null or electorate > 0", name="electorate"),
        CheckConstraint("joint is null or joint between 1 and 3", name="joint"),
        CheckConstraint("area is null or area in ('borough','county')", name="area"),
        CheckConstraint(
            "legal_class is null or legal_class in"
            " ('party-unit','candidate','in-kind','s75','national','training')",
            name="class",
        ),
        CheckConstraint(
            "s72_category is null or s72_category in ('a','b','c','d','e','f')", name="category"
        ),
        CheckConstraint("(authority is null) = (authority_on is null)", name="authority"),
    )

    application_id: Mapped[int] = internal(ForeignKey("application.id"), primary_key=True)
    application: Mapped[Application] = relationship(back_populates="law")
    electorate: Mapped[int | None] = public()
    joint: Mapped[int | None] = internal()
    area: Mapped[str | None] = public(String(8))
    legal_class: Mapped[str | None] = internal(String(12))
    s72_category: Mapped[str | None] = internal(String(1))
    recipient: Mapped[str | None] = internal(String(160))
    recipient_key: Mapped[str | None] = internal(Key(), index=True)
    authority: Mapped[str | None] = internal(String(200))
    authority_on: Mapped[date | None] = internal()
    classed_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    classed_by: Mapped[User | None] = relationship()
    classed_at: Mapped[datetime | None] = internal(UtcDateTime)


class LawAnswer(Base):
    """What a person answered to one warning of the law at an award: append-only, by a trigger."""

    __tablename__ = "law_answer"

    id: Mapped[int] = internal(Id, primary_key=True)
    application_id: Mapped[int] = internal(ForeignKey("application.id"), index=True)
    step_id: Mapped[int] = internal(ForeignKey("application_step.id"))
    warning: Mapped[str] = internal(String(30))
    shown: Mapped[str] = special(Text)
    answer: Mapped[str] = special(Text)
    by_id: Mapped[int] = internal(ForeignKey("user.id"))
    by: Mapped[User] = relationship()
    at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)


class CostLine(Base):
    """One thing the money would pay for."""

    __tablename__ = "cost_line"
    __table_args__ = (
        UniqueConstraint("application_id", "position"),
        CheckConstraint("amount_p > 0", name="amount"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    application_id: Mapped[int] = internal(ForeignKey("application.id"))
    position: Mapped[int] = internal()
    what: Mapped[str] = internal(String(160))
    amount_p: Mapped[int] = internal(Pence)


class ApplicationStep(Base):
    """One step an application took: append-only, held by a trigger.

    `idem` makes a repeated click harmless: the same key is the same step, taken once.
    """

    __tablename__ = "application_step"

    id: Mapped[int] = internal(Id, primary_key=True)
    application_id: Mapped[int] = internal(ForeignKey("application.id"), index=True)
    step: Mapped[str] = internal(String(20))
    from_status: Mapped[str | None] = internal(String(12))
    to_status: Mapped[str] = internal(String(12))
    by_id: Mapped[int] = internal(ForeignKey("user.id"))
    by: Mapped[User] = relationship()
    at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    reason: Mapped[str | None] = special(Text)
    amount_p: Mapped[int | None] = internal(Pence)
    idem: Mapped[str | None] = internal(String(80), unique=True)


class ApplicationNumber(Base):
    """The last number given to an application in a year; a number is never given twice."""

    __tablename__ = "application_number"

    year: Mapped[int] = internal(primary_key=True, autoincrement=False)
    last: Mapped[int] = internal()
