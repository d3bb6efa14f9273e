"""Delegates to constituency parties: dated rows, never flags."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, relationship

from models.base import Base
from models.delegates.rules import clp_of
from models.kinds import Id, internal, special
from models.people.tables import Person
from models.places.tables import Constituency, UnionBranch


class DelegateTerm(Base):
    """The union's delegate to the CLP of a constituency, appointed by a branch; open until somebody
    says how it ended. Of a person and a CLP, one is open at a time.

    `ends_on` is the expected end, the CLP's annual meeting. `ended_from` is the status in which an
    ended term was open, so that its end can be taken back.
    """

    __tablename__ = "delegate_term"
    __table_args__ = (
        CheckConstraint(
            "status in ('nominated','certified','credentialled',"
            "'ended','rejected','resigned','lapsed')",
            name="status",
        ),
        CheckConstraint(
            "(ended_on is null) = (status in ('nominated','certified','credentialled'))",
            name="over",
        ),
        CheckConstraint("(ended_on is null) = (ended_from is null)", name="ended_from"),
        CheckConstraint(
            "ends_on is null or starts_on is null or ends_on > starts_on", name="dates"
        ),
        Index(
            "uq_delegate_term_current",
            "person_id",
            "constituency_id",
            unique=True,
            sqlite_where=text("ended_on is null"),
            postgresql_where=text("ended_on is null"),
        ),
        Index("ix_delegate_term_constituency_id_ended_on", "constituency_id", "ended_on"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    person_id: Mapped[int] = special(ForeignKey("person.id"), index=True)
    person: Mapped[Person] = relationship()
    constituency_id: Mapped[int] = special(ForeignKey("constituency.id"))
    constituency: Mapped[Constituency] = relationship()
    branch_id: Mapped[int | None] = special(ForeignKey("union_branch.id"), index=True)
    branch: Mapped[UnionBranch | None] = relationship()
    status: Mapped[str] = special(String(14), default="nominated")
    starts_on: Mapped[date | None] = special()
    ends_on: Mapped[date | None] = special(index=True)
    certified_on: Mapped[date | None] = special()
    ended_on: Mapped[date | None] = special()
    ended_from: Mapped[str | None] = special(String(14))
    why: Mapped[str | None] = special(String(200))
    source: Mapped[str | None] = internal(String(120))

    @property
    def clp(self) -> str:
        """The constituency party, by name: "Preston CLP"."""
        return clp_of(self.constituency.name)

    @property
    def place(self) -> str:
        """The party and the appointing branch in a line."""
        return f"{self.clp}, for {self.branch.name} branch" if self.branch is not None else self.clp
