"""One row against one person on the books: which facts would change, by the policy. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from models.councillors.workflow import STATUSES, steps_from
from models.intake.matching import KnownPerson, KnownTerm, fold
from models.intake.rows import (
    CLEAR,
    FILL,
    OVERWRITE,
    Fault,
    GivenRow,
    Named,
    Seat,
    Update,
    day_of,
    in_words,
)
from models.people.keys import email_key, phone_key

NAMES = ("title", "given_name", "family_name", "known_as", "suffix")
NEVER_CLEARED = frozenset({"given_name", "family_name"})
DAYS = ("elected_on", "expected_end")
POINTS = ("email", "mobile", "phone", "address")
OF_MEMBER = ("number", "branch", "membership_status", "home_region", "status")
# Facts about the person, which two rows about two offices of theirs may both state.
OF_PERSON = frozenset({*NAMES, *POINTS, *OF_MEMBER, "tags"})
PHONES = frozenset({"mobile", "phone"})


@dataclass(frozen=True)
class Case:
    """A row, where it says they sit, and the person and office on the books, if there are any."""

    row: GivenRow
    seat: Seat
    person: KnownPerson | None
    term: KnownTerm | None
    policy_of: Callable[[str], str]


@dataclass
class Outcome:
    """The changes, and what is kept although the file says otherwise."""

    changed: list[Update] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    @property
    def updates(self) -> tuple[Update, ...]:
        """The changes in order."""
        return tuple(self.changed)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was kept, in words."""
        return tuple(self.kept)


def compare(case: Case) -> Outcome | Fault:
    """Every change that the row brings; a Fault where one of them is not possible."""
    outcome = Outcome()
    _names(case, outcome)
    if case.seat.council is not None:
        _office(case, outcome)
    _points(case, outcome)
    _membership(case, outcome)
    _home_region(case, outcome)
    outcome.changed.extend(_tags(case))
    return _network(case, outcome) or outcome


def facts_of_person(row: GivenRow, policy_of: Callable[[str], str]) -> Iterator[tuple[str, object]]:
    """What the row says about the person, in a form that can be compared with another row's."""
    for name in (*NAMES, *POINTS, *OF_MEMBER):
        value = row.values.get(name)
        if value:
            yield name, phone_key(value) if name in PHONES else value
        elif name in row.blank and policy_of(name) == CLEAR:
            yield name, None


def _names(case: Case, outcome: Outcome) -> None:
    old = case.person.names if case.person else {}
    for name in NAMES:
        _one(case, outcome, name, old.get(name), case.row.values.get(name))


def _one(case: Case, outcome: Outcome, name: str, old: str | None, new: str | None) -> None:
    """Decide one fact that is a text, by its policy."""
    policy = case.policy_of(name)
    if not new:
        if policy == CLEAR and name in case.row.blank and old and name not in NEVER_CLEARED:
            outcome.changed.append(Update(name, old, None, None))
    elif not old:
        outcome.changed.append(Update(name, None, new, new))
    elif old != new:
        if policy == FILL:
            outcome.kept.append(f"{LABELS[name]} stays ‘{old}’; the file says ‘{new}’.")
        else:
            outcome.changed.append(Update(name, old, new, new))


LABELS = {
    "area": "Contest",
    "party_name": "Party",
    "list_position": "Place on the list",
    "votes": "Votes",
    "elected": "Elected",
    "title": "Title",
    "given_name": "Given name",
    "family_name": "Family name",
    "known_as": "Everyday name",
    "suffix": "Letters after the name",
    "ward": "Ward",
    "party": "Party",
    "elected_on": "Day of election",
    "expected_end": "End of term",
    "email": "E-mail address",
    "mobile": "Mobile",
    "phone": "Telephone",
    "address": "Address",
    "branch": "Branch",
    "membership_status": "Membership status",
    "home_region": "Home region",
    "status": "Network status",
    "post": "Post",
    "council": "Council",
    "roles": "Roles",
    "number": "Membership number",
    "tags": "Tags",
    "name": "Name",
}


def _office(case: Case, outcome: Outcome) -> None:
    term, seat, council = case.term, case.seat, case.seat.council
    if term is None and council is not None:
        outcome.changed.append(Update("council", None, council.name, council))
    at = (term.ward_id, term.ward) if term else (None, None)
    _place(case, outcome, "ward", seat.ward, at)
    at = (term.party_id, term.party) if term else (None, None)
    _place(case, outcome, "party", seat.party, at)
    for name in DAYS:
        old = getattr(term, name) if term else None
        new = day_of(case.row.values.get(name))
        _one(case, outcome, name, in_words(old), in_words(new))
        last = outcome.changed[-1] if outcome.changed else None
        if last is not None and last.field == name:
            outcome.changed[-1] = Update(name, last.old, last.new, new if last.new else None)
    have = term.roles if term else frozenset()
    for kind, detail in case.row.values.get("roles") or ():
        if (kind, fold(detail or "")) not in have:
            words = f"{kind.replace('-', ' ')}: {detail}" if detail else kind.replace("-", " ")
            outcome.changed.append(Update("roles", None, words, (kind, detail)))


def _place(
    case: Case,
    outcome: Outcome,
    name: str,
    new: Named | None,
    on_books: tuple[int | None, str | None],
) -> None:
    """Decide a ward or party; `on_books` is its id and name as they are now."""
    old_id, old = on_books
    if new is not None and old_id is not None and new.id == old_id:
        return
    before = len(outcome.changed)
    _one(case, outcome, name, old, new.name if new else None)
    if len(outcome.changed) > before:
        last = outcome.changed[-1]
        outcome.changed[-1] = Update(name, last.old, last.new, new)


def _points(case: Case, outcome: Outcome) -> None:
    points = case.person.points if case.person else ()
    for kind in POINTS:
        text = case.row.values.get(kind)
        alike = PHONES if kind in PHONES else {kind}
        same_kind = [point for point in points if point.kind == kind]
        old = same_kind[0] if same_kind else None
        if not text:
            if case.policy_of(kind) == CLEAR and kind in case.row.blank and old:
                outcome.changed.append(Update(kind, old.value, None, None))
            continue
        key = reach_key(kind, text)
        if any(point.key == key for point in points if point.kind in alike):
            continue
        if old is not None and case.policy_of(kind) == FILL:
            outcome.kept.append(f"{LABELS[kind]} stays ‘{old.value}’; the file says ‘{text}’.")
        else:
            outcome.changed.append(Update(kind, old.value if old else None, text, (text, key)))


def reach_key(kind: str, text: str) -> str:
    """A way to reach somebody as it is compared."""
    if kind in PHONES:
        return phone_key(text)
    return fold(text)[:400] if kind == "address" else email_key(text)


def _membership(case: Case, outcome: Outcome) -> None:
    """Union membership comes from a membership number, or concerns one that is on the books."""
    values, person = case.row.values, case.person
    number = values.get("number")
    member = person is not None and person.membership_id is not None
    if number and (person is None or number not in person.numbers):
        outcome.changed.append(Update("number", person.number if person else None, number, number))
    if not (number or member):
        return
    branch = case.seat.branch
    old_id = person.branch_id if person else None
    if branch is not None and branch.id != old_id:
        if old_id is None or case.policy_of("branch") != FILL:
            old = None if old_id is None else "another branch"
            outcome.changed.append(Update("branch", old, branch.name, branch))
        else:
            outcome.kept.append(f"Branch stays as it is; the file says ‘{branch.name}’.")
    status = values.get("membership_status")
    old_status = person.membership_status if person else None
    if status and status != (old_status or "member"):
        if old_status is None or case.policy_of("membership_status") in (OVERWRITE, CLEAR):
            outcome.changed.append(Update("membership_status", old_status, status, status))
        else:
            outcome.kept.append(f"Membership status stays ‘{old_status}’; the file: ‘{status}’.")


def _home_region(case: Case, outcome: Outcome) -> None:
    home = case.seat.home_region
    if home is None or case.person is not None:
        return
    outcome.changed.append(Update("home_region", None, home.name, home))


def _tags(case: Case) -> Iterator[Update]:
    have = case.person.tags if case.person else frozenset()
    for tag in dict.fromkeys(case.row.values.get("tags") or ()):
        if fold(tag) not in have:
            yield Update("tags", None, tag, tag)


def _network(case: Case, outcome: Outcome) -> Fault | None:
    new = case.row.values.get("status")
    old = case.person.network if case.person else None
    if not new or new == old:
        return None
    words = STATUSES[new]
    if old is not None and case.policy_of("status") == FILL:
        outcome.kept.append(f"Network status stays ‘{STATUSES[old]}’; the file says ‘{words}’.")
        return None
    if not any(step.to_status == new for step in steps_from(old)):
        before = f"from ‘{STATUSES[old]}’" if old else "for somebody who was never asked"
        return Fault("status", f"The network status ‘{words}’ is not possible {before}.")
    outcome.changed.append(Update("status", STATUSES[old] if old else None, words, new))
    return None
