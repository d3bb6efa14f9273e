"""Reading the export register."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db
from models.exports.tables import ExportRecord


def exports_since(user_id: int, since: datetime) -> int:
    """How many exports a user made since a moment."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(ExportRecord)
            .where(ExportRecord.by_id == user_id, ExportRecord.at >= since)
        )
        or 0
    )


def register_for(reader: Actor, *, page: int, size: int) -> tuple[list[ExportRecord], int]:
    """One page of the register, newest first, and how many lines there are."""
    require(reader, Permit.AUDIT_READ)
    total = db.session.scalar(select(func.count()).select_from(ExportRecord)) or 0
    rows = db.session.scalars(
        select(ExportRecord)
        .options(joinedload(ExportRecord.by))
        .order_by(ExportRecord.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    )
    return list(rows), total
