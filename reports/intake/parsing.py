"""The rows of a table, each cell understood by the field its column is mapped to."""

from collections.abc import Callable, Mapping
from typing import Any

from models.councillors.rules import POSTS
from models.councillors.workflow import STATUSES
from models.errors import Invalid
from models.folding import fold
from models.intake.results.planning import FOR_COUNCIL, kind_of
from models.intake.rows import Fault, GivenRow
from models.people.numbers import membership_number
from models.people.rules import MEMBERSHIP_STATUSES
from models.words import is_absent, is_absent_name, nobody_called
from reports.cells import (
    CellError,
    check_day_column,
    is_lost,
    quoted,
    to_day,
    to_email,
    to_phone,
    to_text,
)
from reports.intake.contests import council_of
from reports.intake.fields import BY_KEY
from reports.intake.listing import PARTS
from reports.intake.roles import group_role, split_roles
from reports.names import is_vacancy, split_name
from reports.reader.shapes import FileRefused, Row, SheetData

LONGEST = {"title": 40, "given_name": 80, "family_name": 80, "known_as": 80, "suffix": 40}
LONGEST_PLACE = 120
LONGEST_TAG = 60
# What people are called may look like the word for nothing: Na, None, Tba.
NAMED = frozenset(
    {
        "name",
        "given_name",
        "family_name",
        "known_as",
        "candidate",
        "candidate_family",
        "candidate_given",
    }
)


# Places and parties have names; a nought, a day or Excel's TRUE is none.
LETTERED = frozenset({"council", "ward", "party", "home_region", "area", "party_name"})
NEEDED = (
    LETTERED | NAMED | {"branch", "votes", "elected", "poll_on", "cancelled", "ballot", "election"}
)


def understand(
    table: SheetData, mapping: Mapping[str, str], fixed: Mapping[str, str] | None = None
) -> list[GivenRow]:
    """Every row of the table as values by field, with a fault for each cell that makes no sense.

    `mapping` is heading → field, `fixed` are values for every row. Raises FileRefused where a
    column of dates cannot be trusted as a whole.
    """
    places = {table.headers.index(heading): key for heading, key in mapping.items()}
    for at, key in places.items():
        if BY_KEY[key].kind == "day":
            try:
                check_day_column((row.values[at] for row in table.rows), heading=table.headers[at])
            except CellError as fault:
                raise FileRefused(str(fault)) from fault
    raw_headings = list(table.headers)
    return [_row(row, raw_headings, places, fixed or {}) for row in table.rows]


def _row(
    row: Row, headings: list[str], places: Mapping[int, str], fixed: Mapping[str, str]
) -> GivenRow:
    reading = _Reading(people=not {"candidate", "candidate_family"} & set(places.values()))
    for at, key in places.items():
        reading.cell(key, row.values[at])
    for key, text in fixed.items():
        reading.values.setdefault(key, text)
    reading.finish()
    raw = {
        heading: text
        for heading, value in zip(headings, row.values, strict=True)
        if (text := to_text(value))
    }
    return GivenRow(
        number=row.number,
        raw=raw,
        values=reading.values,
        sheet=row.sheet,
        faults=tuple(reading.faults),
        blank=frozenset(reading.blank),
        notes=tuple(reading.notes),
    )


class _Reading:
    """One row being read."""

    def __init__(self, *, people: bool = True) -> None:
        self.people = people
        self.values: dict[str, Any] = {}
        self.faults: list[Fault] = []
        self.blank: set[str] = set()
        self.notes: list[str] = []

    def cell(self, key: str, value: Any) -> None:
        """Read one cell; what cannot be understood becomes a fault of the row."""
        text = to_text(value)
        if is_lost(value):
            self._lost(key, value)
            return
        absent = is_absent_name(text) if key in NAMED else is_absent(text)
        if absent and (key != "name" or not text):
            self.blank.add(key)
            return
        try:
            READERS[BY_KEY[key].kind](self, key, value)
        except Invalid as fault:
            self.faults.append(Fault(key, f"{BY_KEY[key].label}: {fault.message}"))

    def _lost(self, key: str, value: Any) -> None:
        """An error or a formula: without it nobody knows who or where; else it is left out."""
        label = BY_KEY[key].label
        if key in NEEDED:
            why = (
                f"{label}: {quoted(value)} is an error or a formula, not a value. Correct the cell."
            )
            self.faults.append(Fault(key, why))
        else:
            self.notes.append(f"{label} left out: {quoted(value)} is an error or a formula.")

    def finish(self) -> None:
        """What can be said only when all cells were read."""
        group, role = self.values.pop("group_name", None), self.values.pop("group_role", None)
        if role:
            self.values.setdefault("roles", []).append([role, group])
        if not self.people:
            self._contest()
            return
        self._address()
        parts = [self.values.get(part) or "" for part in ("given_name", "family_name")]
        named = "family_name" in self.values or "name" in self.values
        named = named and not nobody_called(parts)
        if not named and not any(fault.field in ("name", "family_name") for fault in self.faults):
            self.faults.append(Fault("name", "The name is empty."))

    def _contest(self) -> None:
        """The council of a contest stands in the election's name where no column says it; a
        parliament has none, whatever the column of organisations says."""
        kind, name = kind_of(self.values), self.values.get("election_name")
        if kind not in FOR_COUNCIL:
            self.values.pop("council", None)
        elif name and "council" not in self.values:
            council = council_of(name, kind)
            if council:
                self.values["council"] = council
        family, given = (self.values.pop(f"candidate_{part}", "") for part in ("family", "given"))
        if family:
            self.values.setdefault("candidate", f"{given} {family}".strip())
        if "candidate" not in self.values:
            self.faults.append(Fault("candidate", "The candidate's name is empty."))

    def _address(self) -> None:
        """The parts of an address as one, line by line."""
        parts = [self.values.pop(part, None) for part in PARTS]
        whole = "\n".join(line for line in parts if line)
        if whole:
            self.values["address"] = whole
            self.blank.discard("address")

    # One reader for each kind of field

    def text(self, key: str, value: Any) -> None:
        """A text that is kept as it is written."""
        text = to_text(value)
        if key in LETTERED and not any(mark.isalpha() for mark in text):
            raise CellError(f"{quoted(value)} is no name: it has no letter.")
        if key in LETTERED and isinstance(value, bool):
            raise CellError(f"{quoted(value)} is a yes or no, not a name.")
        longest = LONGEST.get(key, LONGEST_PLACE)
        if len(text) > longest:
            raise CellError(f"{quoted(value)} is longer than {longest} characters.")
        self.values[key] = text

    def name(self, key: str, value: Any) -> None:
        """A whole name, taken apart; columns for its parts go before it."""
        parsed = split_name(value)
        text = to_text(value)
        if parsed.vacancy:
            raise CellError(f"{quoted(value)} is a vacancy, not a person.")
        if parsed.note:
            raise CellError(
                f"{quoted(value)} has a note beside the name (‘{parsed.note}’). If they still "
                "hold the office, take the note out; if not, leave the row out."
            )
        self.values[key] = text[:160]
        parts = {
            "title": parsed.title,
            "given_name": parsed.given,
            "family_name": parsed.family,
            "known_as": parsed.known_as,
            "suffix": parsed.suffix,
        }
        for part, found in parts.items():
            if found:
                if len(found) > LONGEST[part]:
                    raise CellError(f"{quoted(found)} is longer than {LONGEST[part]} characters.")
                self.values.setdefault(part, found)
                self.blank.discard(part)

    def given(self, key: str, value: Any) -> None:
        """A given name in a column of its own."""
        parsed = split_name(f"{to_text(value)} Name")
        self.values[key] = parsed.given or to_text(value)
        if parsed.known_as:
            self.values.setdefault("known_as", parsed.known_as)
        if parsed.title:
            self.values.setdefault("title", parsed.title)
        self._fits(key)

    def family(self, key: str, value: Any) -> None:
        """A family name in a column of its own."""
        text = to_text(value)
        parsed = split_name(text if "," in text else f"{text}, Robin")
        if parsed.note:
            raise CellError(
                f"{quoted(value)} has a note beside the name (‘{parsed.note}’). If they still "
                "hold the office, take the note out; if not, leave the row out."
            )
        if is_vacancy(text) and is_absent_name(text) is is_absent(text):
            raise CellError(f"{quoted(value)} is a vacancy, not a person.")
        self.values[key] = parsed.family or text
        if parsed.suffix:
            self.values.setdefault("suffix", parsed.suffix)
        self._fits(key)

    def _fits(self, key: str) -> None:
        if len(self.values[key]) > LONGEST[key]:
            raise CellError(f"{quoted(self.values[key])} is longer than {LONGEST[key]} characters.")

    def day(self, key: str, value: Any) -> None:
        """A day, day first."""
        parsed = to_day(value)
        if parsed.note:
            self.notes.append(f"{BY_KEY[key].label}: {parsed.note}")
        if parsed.day is None:
            self.blank.add(key)
        else:
            self.values[key] = parsed.day.isoformat()

    def email(self, key: str, value: Any) -> None:
        """An e-mail address."""
        self.values[key] = to_email(value)

    def phone(self, key: str, value: Any) -> None:
        """A telephone number; a doubtful one is kept, with a note."""
        parsed = to_phone(value)
        if parsed.warning:
            self.notes.append(parsed.warning)
        self.values[key] = parsed.number

    def number(self, key: str, value: Any) -> None:
        """A membership number. What is none is left out, and said: nobody is made a member by it,
        and nobody is refused for it."""
        try:
            self.values[key] = membership_number(to_text(value))
        except Invalid as fault:
            self.notes.append(f"{BY_KEY[key].label} left out: {fault.message}")

    def post(self, key: str, value: Any) -> None:
        """The office held."""
        self._one_of(key, value, POSTS, {"cllr": "councillor", "member": "councillor"})

    def status(self, key: str, value: Any) -> None:
        """A status in the network."""
        self._one_of(key, value, STATUSES, {"member": "joined", "active": "joined"})

    def membership_status(self, key: str, value: Any) -> None:
        """A status of union membership."""
        self._one_of(key, value, MEMBERSHIP_STATUSES, {"active": "member", "current": "member"})

    def _one_of(
        self, key: str, value: Any, known: Mapping[str, str], more: Mapping[str, str]
    ) -> None:
        words = {fold(code): code for code in known}
        words |= {fold(label): code for code, label in known.items()} | dict(more)
        if fold(to_text(value)) == "not in the network":
            self.blank.add(key)
            return
        found = words.get(fold(to_text(value)))
        if found is None:
            raise CellError(f"{quoted(value)} is none of: {', '.join(known.values())}.")
        self.values[key] = found

    def roles(self, key: str, value: Any) -> None:
        """Roles and committees; what is none of them is left out, and said."""
        found, left_out = split_roles(to_text(value))
        self.values.setdefault(key, []).extend([role.kind, role.detail] for role in found)
        if left_out:
            shown = ", ".join(quoted(text) for text in left_out[:5])
            more = f" and {len(left_out) - 5} more" if len(left_out) > 5 else ""
            self.notes.append(f"Not read as roles: {shown}{more}.")

    def group_role(self, key: str, value: Any) -> None:
        """A role in the council group."""
        found = group_role(to_text(value))
        if found is None:
            self.notes.append(f"Not read as a role: {quoted(value)}.")
        else:
            self.values[key] = found

    def tags(self, key: str, value: Any) -> None:
        """Tags, parted by commas or semicolons."""
        tags = [" ".join(tag.split()) for tag in to_text(value).replace(";", ",").split(",")]
        long = next((tag for tag in tags if len(tag) > LONGEST_TAG), None)
        if long:
            raise CellError(f"The tag {quoted(long)} is longer than {LONGEST_TAG} characters.")
        by_key = {fold(tag): tag for tag in tags if fold(tag)}
        self.values[key] = list(by_key.values())


Reader = Callable[[_Reading, str, Any], None]
READERS: dict[str, Reader] = {
    "name": _Reading.name,
    "text": _Reading.text,
    "place": _Reading.text,
    "given": _Reading.given,
    "family": _Reading.family,
    "day": _Reading.day,
    "email": _Reading.email,
    "phone": _Reading.phone,
    "number": _Reading.number,
    "post": _Reading.post,
    "status": _Reading.status,
    "membership_status": _Reading.membership_status,
    "roles": _Reading.roles,
    "group_role": _Reading.group_role,
    "tags": _Reading.tags,
}
