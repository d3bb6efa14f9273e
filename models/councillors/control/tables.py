"""Who runs a council, from when to when."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, relationship

from models.base import Base
from models.kinds import Id, internal, public
from models.places.tables import Council, Party


class ControlPeriod(Base):
    """How a council was run in a period, and who says so; the period without an end is the present.

    `partners` names the other parties of a joint administration in words.
    """

    __tablename__ = "control_period"
    __table_args__ = (
        CheckConstraint("kind in ('majority','minority','joint','none','shadow')", name="kind"),
        CheckConstraint(
            "starts_on is null or ends_on is null or starts_on < ends_on", name="dates"
        ),
        Index("ix_control_period_council_id_starts_on", "council_id", "starts_on"),
    )

    id: Mapped[int] = public(Id, primary_key=True)
    council_id: Mapped[int] = public(ForeignKey("council.id"))
    council: Mapped[Council] = relationship()
    kind: Mapped[str] = public(String(10))
    party_id: Mapped[int | None] = public(ForeignKey("party.id"))
    party: Mapped[Party | None] = relationship()
    partners: Mapped[str | None] = public(String(160))
    starts_on: Mapped[date | None] = public()
    ends_on: Mapped[date | None] = public()
    source: Mapped[str] = public(String(160))
    set_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
