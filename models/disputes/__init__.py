"""The front door of the disputes room: the sheet of a council, asks and their replies."""

from models.disputes.actions import close_ask, note_reply, open_ask, put_ask
from models.disputes.queries import (
    STATES,
    AskLine,
    Lead,
    Line,
    ReplyLine,
    Sheet,
    ask_for,
    asks_for,
    leads_for,
    people_to_ask,
    replies_for,
    reply_for,
    sheet_for,
)
from models.disputes.rules import REPLIES, TONES
from models.disputes.tables import Ask, AskPerson

__all__ = [
    "REPLIES",
    "STATES",
    "TONES",
    "Ask",
    "AskLine",
    "AskPerson",
    "Lead",
    "Line",
    "ReplyLine",
    "Sheet",
    "ask_for",
    "asks_for",
    "close_ask",
    "leads_for",
    "note_reply",
    "open_ask",
    "people_to_ask",
    "put_ask",
    "replies_for",
    "reply_for",
    "sheet_for",
]
