"""What a working sheet that came back says otherwise, cell by cell."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped

from models.base import Base
from models.kinds import Id, internal, special


class SheetCell(Base):
    """One cell that was changed in the sheet. `base` is what the sheet was given, `here` what the
    books say now, `mine` what the sheet says; a conflict where all three differ. `fault` says why
    the cell cannot be taken."""

    __tablename__ = "sheet_cell"
    __table_args__ = (
        CheckConstraint("decision in ('open','accepted','refused')", name="decision"),
        Index("ix_sheet_cell_batch_id_id", "batch_id", "id"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    batch_id: Mapped[int] = internal(ForeignKey("import_batch.id"))
    row_id: Mapped[int] = internal(ForeignKey("import_row.id"), index=True)
    field: Mapped[str] = internal(String(40))
    base: Mapped[str | None] = special(Text)
    here: Mapped[str | None] = special(Text)
    mine: Mapped[str | None] = special(Text)
    conflict: Mapped[bool] = internal(default=False)
    fault: Mapped[str | None] = special(Text)
    decision: Mapped[str] = internal(String(10), default="open")
