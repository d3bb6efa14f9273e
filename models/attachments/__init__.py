"""The front door of the attachments room: files that belong to a record, kept out of the open."""

from models.attachments.actions import keep, remove, remove_overdue, store
from models.attachments.queries import attachment_for, attachments_with, content_of
from models.attachments.rules import MOST_BYTES, MOST_WORDS, TYPES, check_file, sniff
from models.attachments.tables import Attachment

__all__ = [
    "MOST_BYTES",
    "MOST_WORDS",
    "TYPES",
    "Attachment",
    "attachment_for",
    "attachments_with",
    "check_file",
    "content_of",
    "keep",
    "remove",
    "remove_overdue",
    "sniff",
    "store",
]
