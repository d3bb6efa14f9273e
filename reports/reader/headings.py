"""Finding the heading row of a table, as people really lay tables out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reports.reader.shapes import Value, is_seen

LOOK_AT = 30  # a heading further down than this many filled rows is not looked for
LONGEST = 120

# Words that headings are made of. They only break ties; no heading needs to be among them.
_HEADING_WORDS = (
    "id no number ref reference code key name names forename forenames first last middle surname "
    "family given known title salutation suffix gender pronouns party group affiliation council "
    "councillor councillors authority ward wards division seat area region branch section "
    "constituency post role roles position committee committees cabinet portfolio leader status "
    "date dates day month year years start starts end ends elected election elections expiry "
    "expires term until from since joined left born birth dob email e-mail mail phone telephone "
    "tel mobile fax contact contacts address address1 address2 address3 line town city county "
    "postcode country website web url twitter notes note comment comments remarks description "
    "details detail purpose amount amounts sum total net gross vat value cost price paid payment "
    "payments payee supplier category type kind class votes vote share percentage percent turnout "
    "majority electorate spending limit membership member members candidate candidates candidate's "
    "union person people invoice inv doc source verified consent tags tag count nation "
    "priority owner due outcome channel summary last gss lad label org organisation"
)
HEADING_WORDS = frozenset(_HEADING_WORDS.split())
_FILLERS = "of the on in for and or a an is was to at by if per any as - s"
FILLERS = frozenset(_FILLERS.split())
NUMBER = re.compile(r"[£$€¬Â(+\-\s]*[\d.,\s]*\d[\d.,\s]*[)%]?")
DATE = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ].*)?"
    r"|(\d{1,2}(st|nd|rd|th)?[-/. ])?"
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[-/. ]+'?\d{2}(\d{2})?",
    re.IGNORECASE,
)
PLACE = re.compile(r"\S+@\S+|(https?://|www\.)\S+|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One filled row of a sheet: its number as Excel shows it, its values from column A."""

    number: int
    values: tuple[Value, ...]

    def at(self, column: int) -> Value:
        """The value in a column, None beyond the end."""
        return self.values[column] if column < len(self.values) else None

    @property
    def filled(self) -> list[int]:
        """The columns that hold something."""
        return [at for at, value in enumerate(self.values) if value is not None]


@dataclass(frozen=True, slots=True)
class Heading:
    """Where the headings are, as an index into the lines.

    `below`: a second row of the same heading follows. `above`: a row of group names stands over it.
    """

    at: int
    below: bool = False
    above: bool = False

    @property
    def first_data(self) -> int:
        """The index of the first line of data."""
        return self.at + (2 if self.below else 1)


def fold(value: Value) -> str:
    """A heading as one line of plain text."""
    text = "" if value is None else str(value)
    if text.isascii() and text.isprintable():
        return " ".join(text.split())  # nearly all of them, ten times as fast
    shown = "".join(mark if is_seen(mark) else " " for mark in text)
    return " ".join(shown.split())


def find_heading(lines: Sequence[Line]) -> Heading | None:
    """The most likely heading, or None where the table has none."""
    width = usual_fill(lines)
    best: tuple[float, int] | None = None
    seen = misses = 0
    for at, line in enumerate(lines[:LOOK_AT]):
        fill = len(line.filled)
        if fill < max(1, (width + 1) // 2) or (width > 1 and fill < 2):
            continue
        if not _wordy(line):
            misses += 1
            if misses == 2:
                break  # two rows of data: no heading comes after them
            continue
        score = _score(lines, at, width) - 0.4 * seen
        seen += 1
        if best is None or score > best[0]:
            best = (score, at)
    return None if best is None else heading_at(lines, best[1])


def heading_at(lines: Sequence[Line], at: int) -> Heading:
    """The heading whose main row is this one, with the rows above and below that belong to it."""
    return Heading(at, below=_continues_below(lines, at), above=_groups_above(lines, at))


def usual_fill(lines: Sequence[Line]) -> int:
    """How many columns a well filled row of this table uses."""
    fills = sorted(len(line.filled) for line in lines[:500])
    return fills[int(len(fills) * 0.75)] if fills else 0


def first_full_line(lines: Sequence[Line]) -> int:
    """The index at which the data begin in a table without headings."""
    least = max(1, (usual_fill(lines) + 1) // 2)
    return next((at for at, line in enumerate(lines) if len(line.filled) >= least), 0)


def is_heading_word(value: Value) -> bool:
    """Whether a cell is made only of words that headings use."""
    words = re.findall(r"[\w'-]+", fold(value).replace("_", " ").lower())
    known = [word for word in words if word in HEADING_WORDS]
    return bool(known) and all(word in HEADING_WORDS or word in FILLERS for word in words)


def is_words(value: Value) -> bool:
    """Whether a cell could be a heading: text that is no number, date or address."""
    if not isinstance(value, str):
        return False
    text = fold(value)
    if not text or len(text) > LONGEST:
        return False
    return not (NUMBER.fullmatch(text) or DATE.fullmatch(text) or PLACE.fullmatch(text))


def is_year(value: Value) -> bool:
    """Whether a cell is a year such as 2022, which stands in headings too."""
    return bool(re.fullmatch(r"(19|20)\d\d([/-]\d\d)?", fold(value)))


def _wordy(line: Line) -> bool:
    cells = [line.values[at] for at in line.filled]
    words = sum(is_words(cell) for cell in cells)
    years = sum(is_year(cell) for cell in cells)
    return words > 0 and words + years >= 0.75 * len(cells)


def _score(lines: Sequence[Line], at: int, width: int) -> float:
    line = lines[at]
    cells = [line.values[column] for column in line.filled]
    known = sum(is_heading_word(cell) for cell in cells) / len(cells)
    distinct = len({fold(cell).lower() for cell in cells}) / len(cells)
    followed = at + 1 < len(lines) and lines[at + 1].number == line.number + 1
    fullness = min(len(cells) / max(width, 1), 1.25)
    return fullness + 2 * known + distinct + followed + 1.5 * _change_of_kind(lines, at)


def _change_of_kind(lines: Sequence[Line], at: int) -> float:
    """The share of columns where words stand over numbers, dates or addresses."""
    columns = lines[at].filled
    changed = 0
    for column in columns:
        under = [line.at(column) for line in lines[at + 1 : at + 21]]
        held = [value for value in under if value is not None]
        if held and sum(not is_words(value) for value in held) * 2 > len(held):
            changed += is_words(lines[at].at(column))
    return changed / len(columns)


def _continues_below(lines: Sequence[Line], at: int) -> bool:
    """Whether the next row completes the headings ("Unrecoverable" over "VAT")."""
    if at + 2 >= len(lines) or lines[at + 1].number != lines[at].number + 1:
        return False
    head, below, data = lines[at], lines[at + 1], lines[at + 2 : at + 22]
    cells = [below.values[column] for column in below.filled]
    if not all(is_words(cell) or is_year(cell) for cell in cells):
        return False
    always = [c for c in head.filled if sum(d.at(c) is not None for d in data) >= 0.9 * len(data)]
    if not any(below.at(column) is None for column in always):
        return False  # a row that fills every needed column is data
    under_gap = any(head.at(column) is None for column in below.filled)
    return under_gap or all(is_heading_word(cell) or is_year(cell) for cell in cells)


def _groups_above(lines: Sequence[Line], at: int) -> bool:
    """Whether the row above names groups of columns ("Home" over "Phone", "E-mail")."""
    if at == 0 or lines[at - 1].number != lines[at].number - 1:
        return False
    above = lines[at - 1]
    return 2 <= len(above.filled) < len(lines[at].filled) and _wordy(above)


def heading_texts(lines: Sequence[Line], heading: Heading, width: int) -> list[str]:
    """The heading of each column from A, "" where it has none; two rows are joined."""
    line = lines[heading.at]
    texts = [fold(line.at(column))[:200] for column in range(width)]
    if heading.below:
        texts = _joined(texts, [fold(lines[heading.at + 1].at(column)) for column in range(width)])
    if heading.above:
        groups = [fold(lines[heading.at - 1].at(column)) for column in range(width)]
        texts = _prefixed(texts, groups)
    return texts


def _joined(upper: list[str], lower: list[str]) -> list[str]:
    joined, group = [], ""
    for top, under in zip(upper, lower, strict=True):
        group = top or group
        joined.append(f"{top or group} {under}".strip() if under else top)
    return joined


def _prefixed(texts: list[str], groups: list[str]) -> list[str]:
    """Group names go only before headings that would not be distinct without them."""
    prefixed, group = [], ""
    lowered = [text.lower() for text in texts]
    for text, above in zip(texts, groups, strict=True):
        group = above or group
        needed = not text or lowered.count(text.lower()) > 1
        prefixed.append(f"{above if not text else group} {text}".strip() if needed else text)
    return prefixed


def distinct_headings(texts: Sequence[str], letters: Sequence[str]) -> tuple[list[str], list[str]]:
    """Headings that are all there and all different, and a note for each that was changed.

    `texts` belong to the columns whose `letters` are given; a blank one in C becomes "Column 3".
    """
    taken = {text.lower() for text in texts if text}
    used: set[str] = set()
    result: list[str] = []
    notes: list[str] = []
    for at, text in enumerate(texts):
        name = text or f"Column {_position(letters[at])}"
        if name.lower() in used or (not text and name.lower() in taken):
            name = _numbered(name, used | taken)
        if not text:
            notes.append(f"Column {letters[at]} has no heading and is called ‘{name}’.")
        elif name != text:
            notes.append(f"‘{text}’ heads more than one column; {letters[at]} is called ‘{name}’.")
        used.add(name.lower())
        result.append(name)
    return result, notes


def _numbered(name: str, taken: set[str]) -> str:
    count = 2
    while f"{name} ({count})".lower() in taken:
        count += 1
    return f"{name} ({count})"


def _position(letters: str) -> int:
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position
