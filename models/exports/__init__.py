"""The front door of the exports room."""

from models.exports.actions import record_export
from models.exports.queries import register_for
from models.exports.tables import ExportRecord

__all__ = ["ExportRecord", "record_export", "register_for"]
