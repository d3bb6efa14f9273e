"""The dispute sheet of a council as a workbook, and asks with their replies."""

from collections.abc import Mapping, Sequence
from typing import Any

from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.councillors.control.rules import KINDS
from models.councillors.rules import POSTS, ROLE_KINDS
from models.councillors.workflow import STATUSES
from models.delegates.list import DELEGATES
from models.disputes.queries.asks import AskLine, asks_for, replies_for
from models.disputes.queries.sheet import Line, Sheet, sheet_for
from models.disputes.rules import REPLIES
from models.errors import NotFound
from models.places.queries.councils import council_by_text
from models.query_args import Given
from reports import sheet as sheets
from reports.listed import filled
from reports.sheet import Book, Column, Filled, book

FILTERS = ("council", "employer")
ASK_FILTERS = ("ask", "state")
MOST = 5_000

FACTS = sheets.Sheet(
    "Council", (Column("what", "What", width=30), Column("value", "Value", width=60))
)
PEOPLE = sheets.Sheet(
    "People",
    (
        Column("part", "Part of the sheet", width=24),
        Column("name", "Name", width=26, data_class="personal"),
        Column("post", "Post", width=16),
        Column("place", "Ward or area", width=24),
        Column("posts", "Roles", width=40),
        Column("party", "Party", width=24),
        Column("member", "Member", width=10, data_class="special"),
        Column("branch", "Branch", width=22, data_class="special"),
        Column("status", "Network status", width=14, data_class="special"),
        Column("group_role", "Role in our group", width=16, data_class="special"),
        Column("last_contacted_at", "Last contact", "moment", 18),
    ),
)
FUNDING = sheets.Sheet(
    "Funding given",
    (
        Column("reference", "Reference", width=14),
        Column("candidate", "Candidate", width=26, data_class="personal"),
        Column("poll_on", "Poll", "day", 14),
        Column("awarded", "Awarded", "pounds", 14),
    ),
)
ASKS = sheets.Sheet(
    "Asks",
    (
        Column("title", "Ask", width=30),
        Column("body", "What was asked", width=60),
        Column("council", "Council", width=24),
        Column("employer", "Employer", width=24),
        Column("asked_at", "Asked", "moment", 18),
        Column("author", "By", width=20),
        Column("wanted_by", "Wanted by", "day", 14),
        Column("asked", "People asked", "number", 12),
        Column("answered", "Replies", "number", 10),
        Column("closed_at", "Closed", "moment", 18),
    ),
)
REPLY = sheets.Sheet(
    "Replies",
    (
        Column("title", "Ask", width=30),
        Column("name", "Name", width=26, data_class="personal"),
        Column("offices", "Offices", width=36),
        Column("reply", "Reply", width=18, data_class="special"),
        Column("said", "What they said", width=60, data_class="special"),
        Column("replied_on", "Replied", "day", 14),
    ),
)


def build(reader: Actor, filters: dict[str, str]) -> Book:
    """The sheet of the council with this code (or name); without one, empty sheets."""
    require(reader, Permit.CONTACTS_READ)
    text = filters.get("council") or ""
    if not text:
        return book("Dispute sheet", [Filled(FACTS, []), Filled(PEOPLE, [])])
    council = council_by_text(text)
    if council is None:
        raise NotFound(f"There is no council “{text}”.")
    sheet = sheet_for(reader, council=council, employer=filters.get("employer") or None)
    parts = [
        Filled(FACTS, _facts(sheet)),
        Filled(PEOPLE, _people(sheet)),
        filled(DELEGATES, sheet.delegates),
        Filled(ASKS, [_ask(line) for line in sheet.asks]),
    ]
    if sheet.funding is not None:
        parts.append(Filled(FUNDING, _funding(sheet)))
    return book(f"Dispute sheet: {sheet.title}", parts)


def _facts(sheet: Sheet) -> list[Mapping[str, Any]]:
    control, seats = sheet.control, sheet.seats
    run_by = None
    if control is not None:
        party = f"{control.party.name}, " if control.party is not None else ""
        run_by = f"{party}{KINDS[control.kind]}"
    facts = {
        "Council": sheet.council.official_name if sheet.council is not None else None,
        "Region": sheet.region.name if sheet.region is not None else None,
        "Employer": sheet.employer,
        "Run by": run_by,
        "Together with": control.partners if control is not None else None,
        "Source": control.source if control is not None else None,
        "Seats held": seats.words if seats is not None else None,
        "Convenor of our group": sheet.convenor.person.name if sheet.convenor else None,
        "Branches": ", ".join(branch.name for branch in sheet.branches) or None,
    }
    rows = [{"what": what, "value": value} for what, value in facts.items()]
    held = seats.held if seats is not None else ()
    return [*rows, *({"what": f"Seats: {party}", "value": str(n)} for party, n in held)]


def _people(sheet: Sheet) -> list[Mapping[str, Any]]:
    parts = (
        ("Leader and cabinet", sheet.executive),
        ("Our councillors", sheet.ours),
        ("Mayors and parliaments", sheet.above),
    )
    return [{"part": part, **_person(line)} for part, lines in parts for line in lines]


def _person(line: Line) -> dict[str, Any]:
    roles = [
        f"{ROLE_KINDS.get(one.kind, one.kind)} {one.detail or ''}".strip() for one in line.posts
    ]
    return {
        "name": line.person.name,
        "post": POSTS.get(line.term.post, line.term.post),
        "place": line.place,
        "posts": "; ".join(roles) or None,
        "party": line.party or None,
        "member": "Yes" if line.member else None,
        "branch": line.branch,
        "status": STATUSES[line.status] if line.status else None,
        "group_role": line.group_role,
        "last_contacted_at": line.person.last_contacted_at,
    }


def _funding(sheet: Sheet) -> list[Mapping[str, Any]]:
    return [
        {
            "reference": one.reference,
            "candidate": one.person.name if one.person is not None else None,
            "poll_on": one.poll_on,
            "awarded": one.awarded_p,
        }
        for one in sheet.funding or []
    ]


def build_asks(reader: Actor, filters: dict[str, str]) -> Book:
    """The asks that the reader's list shows (all, or one), and everybody's reply."""
    require(reader, Permit.CONTACTS_READ)
    lines, _ = asks_for(reader, state=filters.get("state") or "all", size=MOST)
    wanted = Given.of(filters).id("ask")
    if wanted is not None:
        lines = [line for line in lines if line.ask.id == wanted]
    return book(
        "Asks and replies",
        [Filled(ASKS, [_ask(line) for line in lines]), Filled(REPLY, _replies(reader, lines))],
    )


def _ask(line: AskLine) -> Mapping[str, Any]:
    ask = line.ask
    return {
        "title": ask.title,
        "body": ask.body,
        "council": ask.council.name if ask.council is not None else None,
        "employer": ask.employer,
        "asked_at": ask.asked_at,
        "author": line.author,
        "wanted_by": ask.wanted_by,
        "asked": line.asked,
        "answered": line.answered,
        "closed_at": ask.closed_at,
    }


def _replies(reader: Actor, lines: Sequence[AskLine]) -> list[Mapping[str, Any]]:
    return [
        {
            "title": line.ask.title,
            "name": reply.person.name,
            "offices": reply.offices or None,
            "reply": REPLIES[reply.asked.reply],
            "said": reply.asked.said,
            "replied_on": reply.asked.replied_on,
        }
        for line in lines
        for reply in replies_for(reader, line.ask)
    ]
