"""Reading the export register."""

from datetime import datetime

from sqlalchemy import func, select

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
