"""Files as they were handed in: content, hash, sniffed type, and until when they are kept."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped

from models import clock
from models.base import Base
from models.kinds import Id, UtcDateTime, internal, special


class Attachment(Base):
    """One file. Whoever owns it (an answer, a receipt) holds the key to it; here stands who reads.

    `permit` names the permit that opens it; a reader held to regions needs its region too.
    `uploaded_by_id` is empty for a candidate who came by a link. A removed file keeps its row and
    its hash, and loses its content.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint("size > 0", name="size"),
        CheckConstraint("(removed_at is null) = (content is not null)", name="content"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    name: Mapped[str] = special(String(120))
    media_type: Mapped[str] = internal(String(100))
    size: Mapped[int] = internal()
    sha256: Mapped[str] = internal(String(64), index=True)
    content: Mapped[bytes | None] = special(LargeBinary, deferred=True)
    region_id: Mapped[int | None] = internal(ForeignKey("union_region.id"), index=True)
    permit: Mapped[str] = internal(String(40))
    keep_until: Mapped[date | None] = internal(index=True)
    uploaded_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    uploaded_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    removed_at: Mapped[datetime | None] = internal(UtcDateTime)
