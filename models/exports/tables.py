"""The export register: what left the system."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, relationship

from models import clock
from models.accounts.tables import User
from models.base import Base
from models.kinds import Id, Json, UtcDateTime, internal


class ExportRecord(Base):
    """The export register: who took what out, by which filter, for whom, why. Append-only."""

    __tablename__ = "export_record"

    id: Mapped[int] = internal(Id, primary_key=True)
    report: Mapped[str] = internal(String(40))
    by_id: Mapped[int | None] = internal(ForeignKey("user.id"), index=True)
    by: Mapped[User | None] = relationship()
    at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    filter: Mapped[dict[str, Any]] = internal(Json)
    rows: Mapped[int] = internal()
    purpose: Mapped[str] = internal(String(200))
    recipient: Mapped[str] = internal(String(120))
    outside: Mapped[bool] = internal(default=False)
    file_hash: Mapped[str] = internal(String(64))
