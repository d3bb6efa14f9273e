"""Reading asks, replies and dispute sheets."""

from models.disputes.queries.asks import (
    STATES,
    AskLine,
    ReplyLine,
    ask_for,
    asked_with,
    asks_about,
    asks_for,
    people_to_ask,
    replies_for,
    reply_for,
)
from models.disputes.queries.employers import Lead, leads_for
from models.disputes.queries.sheet import Line, Sheet, sheet_for

__all__ = [
    "STATES",
    "AskLine",
    "Lead",
    "Line",
    "ReplyLine",
    "Sheet",
    "ask_for",
    "asked_with",
    "asks_about",
    "asks_for",
    "leads_for",
    "people_to_ask",
    "replies_for",
    "reply_for",
    "sheet_for",
]
