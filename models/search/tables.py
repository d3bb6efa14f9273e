"""Saved views of lists, and acts on many people at once."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from models import clock
from models.base import Base
from models.kinds import Id, Json, UtcDateTime, internal, personal, special


class SavedView(Base):
    """A list's filters under a name, private or shared. Only filters are kept: whoever opens a
    shared view sees their own rows."""

    __tablename__ = "saved_view"
    __table_args__ = (
        CheckConstraint("list <> ''", name="list"),
        UniqueConstraint("owner_id", "list", "name"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    list: Mapped[str] = internal(String(20))
    name: Mapped[str] = internal(String(60))
    owner_id: Mapped[int] = internal(ForeignKey("user.id"))
    shared: Mapped[bool] = internal(default=False)
    filters: Mapped[dict[str, str]] = personal(Json)
    created_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    removed_at: Mapped[datetime | None] = internal(UtcDateTime)


class BulkAct(Base):
    """One act on many people. `form_key` makes the same form twice one act; `details` is what was
    asked for; an act that was taken back says when and by whom."""

    __tablename__ = "bulk_act"
    __table_args__ = (
        CheckConstraint("kind in ('tag','follow-up','contact','invite')", name="kind"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    kind: Mapped[str] = internal(String(20))
    form_key: Mapped[str] = internal(String(64), unique=True)
    selection: Mapped[str] = personal(String(400))
    details: Mapped[dict[str, object]] = special(Json)
    by_id: Mapped[int] = internal(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    undone_at: Mapped[datetime | None] = internal(UtcDateTime)
    undone_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))


class BulkPart(Base):
    """What a bulk act came to for one person; `thing_id` is the row that it made, by its kind."""

    __tablename__ = "bulk_part"
    __table_args__ = (
        CheckConstraint("outcome in ('done','mailed','already','not possible')", name="outcome"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    act_id: Mapped[int] = internal(ForeignKey("bulk_act.id"), index=True)
    person_id: Mapped[int] = internal(ForeignKey("person.id"), index=True)
    outcome: Mapped[str] = internal(String(20))
    thing_id: Mapped[int | None] = internal(Id)
