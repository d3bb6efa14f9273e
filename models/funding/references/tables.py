"""The bank's references of what was paid and of what came back."""

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, relationship

from models.base import Base
from models.funding.tables import Application
from models.kinds import Id, bank, internal

IN_USE = "ended is false"


class BankReference(Base):
    """A reference on the bank's statement and the row of the ledger that it stands for.

    Of one key one row is in use: a unique index holds it. A payment that is reversed ends its own.
    """

    __tablename__ = "bank_reference"
    __table_args__ = (
        Index(
            "uq_bank_reference_key",
            "key",
            unique=True,
            sqlite_where=text(IN_USE),
            postgresql_where=text(IN_USE),
        ),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    key: Mapped[str] = bank(String(60))
    application_id: Mapped[int] = internal(ForeignKey("application.id"), index=True)
    application: Mapped[Application] = relationship()
    entry_id: Mapped[int | None] = internal(ForeignKey("ledger.id"), index=True)
    ended: Mapped[bool] = internal(default=False)
