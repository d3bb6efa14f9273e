"""A soft rule of eligibility that a person overruled: append-only, held by a trigger."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, relationship

from models import clock
from models.accounts.tables import User
from models.base import Base
from models.kinds import Id, UtcDateTime, internal, special


class EligibilityOverrule(Base):
    """Who overruled which rule, why, and what the rule had said: it covers those words alone."""

    __tablename__ = "eligibility_overrule"

    id: Mapped[int] = internal(Id, primary_key=True)
    application_id: Mapped[int] = internal(ForeignKey("application.id"), index=True)
    rule: Mapped[str] = internal(String(20))
    shown: Mapped[str] = special(Text)
    reason: Mapped[str] = special(Text)
    by_id: Mapped[int] = internal(ForeignKey("user.id"))
    by: Mapped[User] = relationship()
    at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
