"""What would happen to each row of a file, and why. Pure: texts and books in, verdicts out.

Every row gets exactly one verdict: create, change, unchanged or refused.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from models.intake import comparing
from models.intake.matching import (
    NOBODY,
    Books,
    Found,
    Keys,
    KnownTerm,
    find,
    first_name,
    fold,
    same_name,
)
from models.intake.rows import (
    CHANGE,
    COUNCILLORS,
    CREATE,
    REFUSED,
    UNCHANGED,
    Fault,
    GivenRow,
    Plan,
    Seat,
    Update,
    day_of,
    in_words,
)
from models.intake.spellings import Gazetteer, seat_of

DOUBTFUL = "doubtful"
IN_FILE = "an earlier row of this file"


@dataclass(frozen=True)
class Rules:
    """How a file is to be taken: its kind, who imports, and the policy of each field."""

    kind: str = COUNCILLORS
    region_ids: frozenset[int] | None = None
    policy: str = "fill"
    policies: Mapping[str, str] = field(default_factory=dict)

    def policy_of(self, name: str) -> str:
        """Fill, overwrite or clear."""
        return self.policies.get(name) or self.policy


def plan_file(
    rows: Sequence[GivenRow],
    gazetteer: Gazetteer,
    books: Books,
    rules: Rules,
    *,
    claimed: Iterable[int] = (),
) -> list[Plan]:
    """One plan for each row, in order. `claimed` are people known to be other rows' already."""
    seats = [_seat(row, gazetteer, rules) for row in rows]
    keys = [_keys(row, seat) for row, seat in zip(rows, seats, strict=True)]
    taken = frozenset(claimed)
    first = [find(key, books, claimed=taken) if key else NOBODY for key in keys]
    taken |= {found.person_id for found in first if found.person_id is not None}
    file = _File(rows, books, rules)
    for at, (row, seat, key) in enumerate(zip(rows, seats, keys, strict=True)):
        if isinstance(seat, Fault):
            file.plans.append(_refused(seat.sentence, seat.field, row.notes))
        elif key is not None:
            file.take(at, seat, key, find(key, books, claimed=taken))
    # Whom a refused row is about still counts: no other row is taken for them by a weak key.
    return [
        replace(plan, person_id=found.person_id) if plan.verdict == REFUSED else plan
        for plan, found in zip(file.plans, first, strict=True)
    ]


def _seat(row: GivenRow, gazetteer: Gazetteer, rules: Rules) -> Seat | Fault:
    if row.faults:
        return Fault(row.faults[0].field, " ".join(fault.sentence for fault in row.faults))
    if not row.values.get("family_name"):
        return Fault("name", "The name is missing.")
    seat = seat_of(row, gazetteer, kind=rules.kind, region_ids=rules.region_ids)
    if isinstance(seat, Fault) or rules.kind == COUNCILLORS:
        return seat
    if not any(row.values.get(name) for name in ("number", *comparing.POINTS)):
        return Fault(
            "number",
            "Somebody without a membership number, e-mail address, telephone number and address "
            "could not be recognised again. Give one of them.",
        )
    return seat


def _keys(row: GivenRow, seat: Seat | Fault) -> Keys | None:
    if isinstance(seat, Fault):
        return None
    values = row.values
    return Keys(
        given_name=values.get("given_name") or "",
        family_name=values["family_name"],
        known_as=values.get("known_as") or "",
        number=values.get("number") or "",
        email=(values.get("email") or "").casefold(),
        reach=_reach(values) if seat.council is None else (),
        council_id=seat.council.id if seat.council else None,
        council=seat.council.name if seat.council else "",
        post=values.get("post") or "councillor",
        ward_key=seat.ward.key if seat.ward else "",
    )


def _reach(values: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """By telephone or address somebody is recognised in a list of people, with their name."""
    kinds = {"mobile": "phone", "phone": "phone", "address": "address"}
    return tuple(
        (kind, comparing.reach_key(name, values[name]))
        for name, kind in kinds.items()
        if values.get(name)
    )


def _refused(why: str, at: str, notes: tuple[str, ...] = (), by: str = "") -> Plan:
    return Plan(REFUSED, because=why, field=at, matched_by=by, notes=notes)


class _File:
    """One run over the rows of a file: what earlier rows said counts for later ones."""

    def __init__(self, rows: Sequence[GivenRow], books: Books, rules: Rules) -> None:
        self.rows = rows
        self.books = books
        self.rules = rules
        self.plans: list[Plan] = []
        self.seen: dict[tuple[object, ...], int] = {}
        self.said: dict[int, dict[str, object]] = {}
        self.planned: dict[int, set[tuple[str, str | None]]] = {}

    def take(self, at: int, seat: Seat, keys: Keys, found: Found) -> None:
        """Plan the next row, which is `at`, and remember by what it may be recognised."""
        plan = self._plan(at, seat, keys, found)
        self.plans.append(plan)
        if plan.verdict != REFUSED:
            for key in _marks(keys, plan.person_id):
                self.seen.setdefault(key, at)

    def _plan(self, at: int, seat: Seat, keys: Keys, found: Found) -> Plan:
        row = self.rows[at]
        if found.doubt:
            return _refused(found.doubt, found.field, row.notes, DOUBTFUL)
        earlier = self._earlier(keys, found)
        if earlier is not None:
            repeat = self._repeat(earlier, at, keys)
            if repeat is not None:
                return repeat
            if found is NOBODY:
                found, earlier = self._like(earlier, keys)
            elif self.plans[earlier].person_id != found.person_id:
                return self._somebody_else(earlier, row)
        plan = self._of_person(row, seat, keys, found)
        if plan.verdict == REFUSED:
            return plan
        # An earlier row's number stands for a person who is not on the books yet.
        new_with = earlier if earlier is not None and plan.person_id is None else None
        subject = (
            plan.person_id
            if plan.person_id is not None
            else -1 - (at if new_with is None else new_with)
        )
        return self._once(subject, row, replace(plan, same_as=new_with))

    def _once(self, subject: int, row: GivenRow, plan: Plan) -> Plan:
        """Rows about one person may not contradict each other, and say a thing only once."""
        said = self.said.setdefault(subject, {})
        mine = dict(comparing.facts_of_person(row, self.rules.policy_of))
        for name, value in mine.items():
            if said.get(name, value) != value:
                label = comparing.LABELS[name].lower()
                why = f"An earlier row of this file has another {label} for the same person."
                return _refused(why, name, row.notes, DOUBTFUL)
        said |= mine
        done = self.planned.setdefault(subject, set())
        fresh = tuple(
            update
            for update in plan.updates
            if update.field not in comparing.OF_PERSON or (update.field, update.new) not in done
        )
        done |= {(update.field, update.new) for update in fresh}
        if plan.verdict != CREATE:
            plan = replace(plan, verdict=CHANGE if fresh else UNCHANGED)
        return replace(plan, updates=fresh)

    def _somebody_else(self, earlier: int, row: GivenRow) -> Plan:
        number = self.rows[earlier].number
        why = (
            f"Row {number} has the same membership number or e-mail address, but the books know "
            "this row as somebody else. One of the two is wrong."
        )
        return _refused(why, "number", row.notes, DOUBTFUL)

    def _like(self, earlier: int, keys: Keys) -> tuple[Found, int | None]:
        """The person of an earlier row; nobody, where the books have them under another name."""
        person_id = self.plans[earlier].person_id
        if person_id is not None and not same_name(keys, self.books.people[person_id]):
            return NOBODY, None
        return Found(person_id, IN_FILE), earlier

    def _earlier(self, keys: Keys, found: Found) -> int | None:
        for key in _marks(keys, found.person_id):
            if key in self.seen:
                return self.seen[key]
        return None

    def _repeat(self, earlier: int, at: int, keys: Keys) -> Plan | None:
        """A refusal where an earlier row is about the same person in the same office."""
        other, row = self.rows[earlier], self.rows[at]
        where = f"Row {other.number}" + (f" of {other.sheet}" if other.sheet != row.sheet else "")
        if not _one_name(keys, other):
            why = f"{where} has the same membership number but another name."
            return _refused(why, "number", row.notes, DOUBTFUL)
        here, there = self.plans[earlier].seat.council, keys.council_id
        same_post = (other.values.get("post") or "councillor") == keys.post
        if here is not None and (here.id != there or not same_post):
            return None
        return _refused(f"{where} is about the same person already.", "name")

    def _of_person(self, row: GivenRow, seat: Seat, keys: Keys, found: Found) -> Plan:
        person = self.books.people.get(found.person_id) if found.person_id else None
        term = None
        if person is not None and seat.council is not None and seat.council.id is not None:
            term = self.books.term_of(person.id, seat.council.id, keys.post)
            over = _over(term, row)
            if over:
                return _refused(over, "elected_on", row.notes, DOUBTFUL)
            term = term if term is None or term.actual_end is None else None
        case = comparing.Case(row, seat, person, term, self.rules.policy_of)
        outcome = comparing.compare(case)
        if isinstance(outcome, Fault):
            return _refused(outcome.sentence, outcome.field, row.notes)
        office = seat.council is not None and term is None
        verdict = _verdict(outcome.updates, begins=person is None or office)
        return Plan(
            verdict,
            matched_by=found.by,
            person_id=person.id if person else None,
            term_id=term.id if term else None,
            membership_id=person.membership_id if person else None,
            updates=outcome.updates,
            notes=(*row.notes, *seat.notes, *outcome.notes, *_new_places(seat)),
            seat=seat,
        )


def _verdict(updates: tuple[Update, ...], *, begins: bool) -> str:
    if begins:
        return CREATE
    return CHANGE if updates else UNCHANGED


def _marks(keys: Keys, person_id: int | None) -> list[tuple[object, ...]]:
    """By what a later row is recognised as one about the same person."""
    firsts = sorted({first_name(keys.given_name), first_name(keys.known_as)} - {""}) or [""]
    names = [(first, fold(keys.family_name)) for first in firsts]
    marks: list[tuple[object, ...]] = []
    if person_id is not None:
        marks.append(("person", person_id, keys.council_id, keys.post))
    if keys.council_id is not None:
        seat = ("seat", keys.council_id, keys.post, keys.ward_key)
        marks.extend((*seat, name) for name in names)
    if keys.number:
        marks.append(("number", keys.number))
    marks.extend((*key, name) for key in keys.reach for name in names)
    if keys.email:
        marks.extend(("email", keys.email, name) for name in names)
    return marks


def _one_name(keys: Keys, other: GivenRow) -> bool:
    family, given = other.values.get("family_name"), other.values.get("given_name")
    return fold(keys.family_name) == fold(family or "") or (
        bool(keys.given_name) and fold(keys.given_name) == fold(given or "")
    )


def _over(term: KnownTerm | None, row: GivenRow) -> str:
    """Why a row about an office that has ended is doubtful; "" where it is not."""
    if term is None or term.actual_end is None:
        return ""
    elected = day_of(row.values.get("elected_on"))
    if elected is not None and elected >= term.actual_end:
        return ""
    return (
        f"The books say that this office ended on {in_words(term.actual_end)}. If they were "
        "elected again, give the day of that election."
    )


def _new_places(seat: Seat) -> tuple[str, ...]:
    notes = []
    if seat.ward is not None and seat.ward.new and seat.council is not None:
        notes.append(f"New ward: {seat.ward.name}, {seat.council.name}.")
    if seat.party is not None and seat.party.new:
        notes.append(f"New party: {seat.party.name}.")
    return tuple(notes)
