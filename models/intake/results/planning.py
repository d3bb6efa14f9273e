"""What would happen to each row of a candidates or results file, and why. Pure.

A row is one name on one ballot paper. The contest is known by its ballot paper id, else by
council, ward and poll day; the name by the candidate's id, else by name and party on that ballot.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from models.folding import fold as folded
from models.folding import plain_apostrophes
from models.intake.rows import (
    CHANGE,
    CREATE,
    REFUSED,
    UNCHANGED,
    Fault,
    GivenRow,
    Named,
    Plan,
    Update,
    in_words,
)
from models.intake.spellings import Gazetteer, council_on
from models.places.spelling import ward_key
from models.words import elected_or_not, yes_or_no

fold = lru_cache(maxsize=50_000)(folded)

FOR_COUNCIL = frozenset({"local", "mayor"})
CANCELLED = frozenset({"cancelled", "canceled", "countermanded"})
LONGEST = 160
FACTS = ("name", "party_name", "list_position", "votes", "elected")
Place = tuple[int | None, date, str, bool]


@dataclass(frozen=True)
class KnownName:
    """A name that stands on a ballot already."""

    id: int
    key: str
    name_key: str
    party: str
    facts: Mapping[str, Any]


@dataclass
class Rolls:
    """The contests and names on the books, as far as a file can concern them."""

    elections: dict[str, int] = field(default_factory=dict)
    ballots: dict[str, int] = field(default_factory=dict)
    places: dict[Place, int] = field(default_factory=dict)
    names: dict[int, list[KnownName]] = field(default_factory=dict)
    cancelled: dict[int, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Contest:
    """The contest of a row as the file tells it."""

    election: str
    election_name: str
    kind: str
    poll_on: date
    council_id: int | None
    ballot: str
    area: str
    gss: str | None
    seats: int | None
    by_election: bool
    cancelled: bool
    ward_id: int | None
    notes: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        """What tells the contest apart where a file has no ballot paper ids."""
        return (self.council_id, self.poll_on, ward_key(self.area), self.by_election)


@dataclass(frozen=True)
class NamePlan:
    """The plan of a row: as other imports know it, with the contest and what is written."""

    plan: Plan
    contest: Contest | None = None
    ballot_id: int | None = None
    candidacy_id: int | None = None
    key: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


class RowRefused(Exception):
    """Why a row cannot be taken: the field and a sentence."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field, self.sentence = name, sentence


def plan_names(
    rows: Iterable[GivenRow],
    gazetteer: Gazetteer,
    rolls: Rolls,
    *,
    region_ids: frozenset[int] | None,
) -> list[NamePlan]:
    """The plans of these rows, in order; a name that stands twice is refused the second time."""
    seen: dict[tuple[str, str], int] = {}
    plans = []
    for row in rows:
        try:
            plans.append(_plan(row, gazetteer, rolls, region_ids, seen))
        except RowRefused as why:
            plans.append(NamePlan(Plan(REFUSED, because=why.sentence, field=why.field)))
    return plans


def kind_of(values: Mapping[str, Any]) -> str:
    """What the contest of a row is for, by its ids: "local", "mayor", "parl" and so on."""
    for name in ("election", "ballot"):
        head, dot, _ = str(values.get(name) or "").partition(".")
        if dot:
            return head
    return "local"


def wanted(rows: Iterable[GivenRow]) -> tuple[set[str], set[date]]:
    """The elections and poll days that these rows name, as far as they can be read."""
    codes, days = set(), set()
    for row in rows:
        code = str(row.values.get("election") or "")
        try:
            days.add(_poll_day(code, row.values))
        except RowRefused:
            continue
        codes.add(code)
    return codes, days


def _plan(
    row: GivenRow,
    gazetteer: Gazetteer,
    rolls: Rolls,
    region_ids: frozenset[int] | None,
    seen: dict[tuple[str, str], int],
) -> NamePlan:
    if row.faults:
        raise RowRefused(row.faults[0].field, row.faults[0].sentence)
    contest = _contest(row, gazetteer, region_ids)
    facts = _facts(row, gazetteer)
    key = _key(row, facts)
    earlier = seen.setdefault((contest.ballot, key), row.number)
    if earlier != row.number:
        raise RowRefused("candidate", f"The same name stands on the same ballot in row {earlier}.")
    ballot_id = rolls.ballots.get(contest.ballot) or rolls.places.get(contest.place)
    known = _known(rolls.names.get(ballot_id or 0, ()), key, facts)
    updates = _updates(known.facts if known else {}, facts)
    verdict = CREATE if known is None else CHANGE if updates else UNCHANGED
    plan = Plan(
        verdict,
        matched_by=_matched_by(known, key),
        person_id=known.id if known else None,
        updates=updates if verdict == CHANGE else _first(contest, facts),
        notes=(
            *row.notes,
            *contest.notes,
            *_otherwise(contest, rolls.cancelled.get(ballot_id or 0)),
        ),
    )
    return NamePlan(plan, contest, ballot_id, known.id if known else None, key, facts)


def _otherwise(contest: Contest, cancelled: bool | None) -> tuple[str, ...]:
    """What the books say otherwise of a contest that they have already; they stay."""
    if cancelled is None or cancelled == contest.cancelled:
        return ()
    here, there = ("cancelled", "held") if cancelled else ("held", "cancelled")
    return (f"The books say that this poll was {here}; the file says {there}.",)


def _matched_by(known: KnownName | None, key: str) -> str:
    if known is None:
        return ""
    return "candidate's id" if known.key == key and key.isdigit() else "name on the ballot"


def _contest(row: GivenRow, gazetteer: Gazetteer, region_ids: frozenset[int] | None) -> Contest:
    values = row.values
    code = str(values.get("election") or "")
    kind = kind_of(values)
    poll_on = _poll_day(code, values)
    council = gazetteer.named("council", values["council"]) if values.get("council") else None
    if kind in FOR_COUNCIL and (council is None or council.id is None):
        said = values.get("council") or ""
        raise RowRefused(
            "council",
            f"The council ‘{said}’ is not known. Say what it means, and preview again."
            if said
            else "The council is missing.",
        )
    council, notes = _that_stood(council if kind in FOR_COUNCIL else None, poll_on, gazetteer)
    council_id = council.id if council is not None else None
    _in_region(council_id, gazetteer, region_ids)
    area = str(values.get("area") or (council.name if council and kind == "mayor" else ""))
    if not area:
        raise RowRefused("area", "The ward is missing.")
    code = code or f"local.{fold(council.name if council else '').replace(' ', '-')}.{poll_on}"
    stem = code.removesuffix(f".{poll_on}")
    ballot = str(values.get("ballot") or f"{stem}.{fold(area).replace(' ', '-')}.{poll_on}")
    return Contest(
        election=code[:LONGEST],
        election_name=str(values.get("election_name") or (council.name if council else code)),
        kind=kind[:20],
        poll_on=poll_on,
        council_id=council_id,
        ballot=ballot[:LONGEST],
        area=area[:LONGEST],
        gss=_gss(values.get("area_code")),
        seats=_whole(values, "seats") or None,
        by_election=".by." in ballot,
        cancelled=_cancelled(values.get("cancelled")),
        ward_id=_ward(council_id, area, gazetteer),
        notes=notes,
    )


def _that_stood(
    council: Named | None, on: date, gazetteer: Gazetteer
) -> tuple[Named | None, tuple[str, ...]]:
    """The council of a poll on that day; a note where it is another than the file names."""
    if council is None:
        return None, ()
    stood = council_on(council, on, gazetteer)
    if isinstance(stood, Fault):
        raise RowRefused(stood.field, stood.sentence)
    return stood[0], (stood[1],) if stood[1] else ()


def _poll_day(code: str, values: Mapping[str, Any]) -> date:
    for text in (values.get("poll_on"), code.rpartition(".")[2], _tail(values.get("ballot"))):
        if text and re.fullmatch(r"\d{4}-\d\d-\d\d", str(text)):
            try:
                return date.fromisoformat(str(text))
            except ValueError:
                continue
    raise RowRefused("poll_on", "The day of the poll is missing.")


def _tail(ballot: Any) -> str:
    return str(ballot or "").rpartition(".")[2]


def _in_region(
    council_id: int | None, gazetteer: Gazetteer, region_ids: frozenset[int] | None
) -> None:
    if region_ids is None:
        return
    regions = gazetteer.council_regions.get(council_id or 0, frozenset())
    if region_ids.isdisjoint(regions):
        raise RowRefused(
            "council", "This contest is not in your region. The national office can import it."
        )


def _ward(council_id: int | None, area: str, gazetteer: Gazetteer) -> int | None:
    known = gazetteer.known_ward(council_id, area) if council_id is not None else None
    return known.id if known is not None else None


def _gss(text: Any) -> str | None:
    code = str(text or "").rpartition(":")[2].strip().upper()
    return code if re.fullmatch(r"[ENSW]\d{8}", code) else None


def _facts(row: GivenRow, gazetteer: Gazetteer) -> dict[str, Any]:
    values = row.values
    name = plain_apostrophes(" ".join(str(values.get("candidate") or "").split()))
    if not fold(name):
        raise RowRefused("candidate", "The candidate's name is empty.")
    if len(name) > LONGEST:
        raise RowRefused("candidate", f"The name is longer than {LONGEST} characters.")
    party = str(values.get("party_name") or "")[:LONGEST] or None
    return {
        "name": name,
        "party_name": party,
        "party_id": _party(values, gazetteer),
        "list_position": _whole(values, "list_position"),
        "votes": _whole(values, "votes"),
        "elected": _elected(values.get("elected")),
    }


def _party(values: Mapping[str, Any], gazetteer: Gazetteer) -> int | None:
    """The party by its name; by its code only where the file has no name for it."""
    for text in (values.get("party_name"), values.get("party_code")):
        found = gazetteer.named("party", str(text)) if text else None
        if found is not None:
            return found.id
    return None


def _whole(values: Mapping[str, Any], key: str) -> int | None:
    text = str(values.get(key) or "").replace(",", "").removesuffix(".0").strip()
    if not text:
        return None
    if not text.isdigit() or len(text) > 9:
        raise RowRefused(key, f"‘{values[key]}’ is not a whole number.")
    return int(text)


def _elected(text: Any) -> bool | None:
    if text in (None, ""):
        return None
    answer = elected_or_not(str(text))
    if answer is not None:
        return answer
    raise RowRefused("elected", f"‘{text}’ says neither elected nor not elected. Write yes or no.")


def _cancelled(text: Any) -> bool:
    if text in (None, ""):
        return False
    answer = yes_or_no(str(text))
    if answer is None and fold(str(text)) not in CANCELLED:
        raise RowRefused(
            "cancelled", f"‘{text}’ does not say whether the poll was cancelled. Write yes or no."
        )
    return answer is not False


def _key(row: GivenRow, facts: Mapping[str, Any]) -> str:
    given = str(row.values.get("candidate_id") or "").strip()
    if given:
        return given[:200]
    return f"{fold(facts['name'])}|{fold(facts['party_name'] or '')}"[:200]


def _known(names: Sequence[KnownName], key: str, facts: Mapping[str, Any]) -> KnownName | None:
    for one in names:
        if one.key == key:
            return one
    if key.isdigit() and any(one.key.isdigit() for one in names):
        return None  # both files number their candidates: another number is somebody else
    wanted, party = fold(facts["name"]), fold(facts["party_name"] or "")
    same = [one for one in names if one.name_key == wanted and (not party or one.party == party)]
    return same[0] if len(same) == 1 else None


def _updates(stored: Mapping[str, Any], facts: Mapping[str, Any]) -> tuple[Update, ...]:
    """What the file says otherwise than the books; an empty cell says nothing."""
    return tuple(
        Update(name, said(stored.get(name)), said(facts[name]), facts[name])
        for name in FACTS
        if facts[name] is not None and stored.get(name) != facts[name]
    )


def _first(contest: Contest, facts: Mapping[str, Any]) -> tuple[Update, ...]:
    """A new name, as the preview shows it."""
    return (
        Update("area", None, f"{contest.area}, {in_words(contest.poll_on)}"),
        *(Update(name, None, said(facts[name])) for name in FACTS[1:] if facts[name] is not None),
    )


def said(value: Any) -> str | None:
    """A fact as the preview shows it."""
    if value is None:
        return None
    return {True: "Yes", False: "No"}[value] if isinstance(value, bool) else f"{value}"
