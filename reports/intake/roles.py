"""What a cell of roles says: leader, cabinet member, chair, committees. Nothing is guessed."""

import re
from dataclasses import dataclass

from models.councillors.rules import ROLE_KINDS
from models.folding import fold

MOST = 40
LONGEST = 160
LABELS = {fold(label): kind for kind, label in ROLE_KINDS.items()}
NEEDS_DETAIL = frozenset({"cabinet", "chair", "committee", "other"})
GROUP_ROLES = {
    "leader": "group-leader",
    "group leader": "group-leader",
    "deputy leader": "group-deputy",
    "deputy": "group-deputy",
    "deputy group leader": "group-deputy",
    "whip": "group-whip",
    "group whip": "group-whip",
    "chief whip": "group-whip",
}
PORTFOLIO = re.compile(
    r"(?:lead )?(?:cabinet|executive|portfolio)(?: member| holder| lead)?(?: for|:| -)\s+(.+)",
    re.IGNORECASE,
)
CHAIR = re.compile(
    r"(?:chair|chairman|chairwoman|chairperson)(?: of|:)\s+(?:the )?(.+)", re.IGNORECASE
)
BRACKETED = re.compile(
    r"(.+?)\s*\(\s*(?:joint |co-)?chair(?:man|woman|person)?\s*\)", re.IGNORECASE
)
BODY = re.compile(r"\b(sub-? ?committee|committee|panel|board|forum|commission)\b", re.IGNORECASE)
LEADER = re.compile(r"\b(deputy )?leader( of the council)?\b(?! of the (?!council))", re.IGNORECASE)


@dataclass(frozen=True)
class Role:
    """A role within a term: its kind, and which portfolio or committee."""

    kind: str
    detail: str | None = None


def split_roles(text: str) -> tuple[list[Role], list[str]]:
    """The roles in a cell that parts them by semicolons or new lines, and what is none."""
    found: dict[tuple[str, str], Role] = {}
    left_out = []
    for part in re.split(r"[;\n|]", text):
        words = " ".join(part.split()).strip(" ,.")
        if not words:
            continue
        roles = _roles(words)
        if not roles:
            left_out.append(words)
        for role in roles:
            found.setdefault((role.kind, fold(role.detail or "")), role)
    return list(found.values())[:MOST], left_out


def group_role(text: str) -> str | None:
    """The kind of a role in a council group; None where the text names none."""
    return GROUP_ROLES.get(fold(text))


def _roles(words: str) -> list[Role]:
    if len(words) > LONGEST:
        return []
    labelled = _labelled(words)
    if labelled is not None:
        return [labelled]
    portfolio = PORTFOLIO.search(words)
    if portfolio:
        before = _leader(words[: portfolio.start()])
        return [*before, Role("cabinet", portfolio[1].strip())]
    return _on_bodies(words) or _leader(words)


def _on_bodies(words: str) -> list[Role]:
    """A chair, a seat on a committee, a civic office."""
    chair = CHAIR.fullmatch(words) or BRACKETED.fullmatch(words)
    if chair:
        return [Role("chair", chair[1].strip())]
    if BODY.search(words) and " " in words:
        return [Role("scrutiny" if "scrutiny" in words.lower() else "committee", words)]
    if fold(words) in ("mayor", "deputy mayor", "lord mayor", "deputy lord mayor"):
        return [Role("civic", words)]
    return []


def _labelled(words: str) -> Role | None:
    """“Cabinet member: Housing” or “Group whip”, as our own workbooks write them."""
    label, colon, detail = words.partition(":")
    kind = LABELS.get(fold(label))
    if kind is None:
        head, bracket, rest = words.partition("(")
        kind, detail = LABELS.get(fold(head)), rest.rstrip(")") if bracket else ""
        colon = bracket
    text = detail.strip() or None if colon else None
    if kind is None or (text is None and kind in NEEDS_DETAIL):
        return None
    return Role(kind, text)


def _leader(words: str) -> list[Role]:
    found = LEADER.search(words)
    if not found or "group" in words.lower() or "opposition" in words.lower():
        return []
    return [Role("deputy-leader" if found[1] else "leader")]
