"""Reading the public register of local authorities (CSV): bytes in, checked rows and faults out.

Pure: no database. The register's columns are those of `uk_local_authorities_future.csv`; only the
ones named in `COLUMNS` are used, and a file without them is refused whole.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from models.errors import Invalid
from models.folding import fold

COLUMNS = (
    "local-authority-code",
    "official-name",
    "nice-name",
    "gss-code",
    "start-date",
    "end-date",
    "replaced-by",
    "nation",
    "region",
    "local-authority-type",
    "county-la",
    "combined-authority",
    "alt-names",
)
KINDS = {
    "NMD": "district",
    "UA": "unitary",
    "MD": "metropolitan district",
    "LBO": "London borough",
    "CC": "City corporation",
    "CTY": "county",
    "SCO": "Scottish council",
    "WPA": "Welsh council",
    "NID": "Northern Ireland district",
    "COMB": "combined authority",
    "SRA": "strategic authority",
}
NATIONS = ("England", "Northern Ireland", "Scotland", "Wales")
CODE = re.compile(r"[A-Z0-9]{2,6}(-[A-Z0-9]{1,5})?")
GSS = re.compile(r"[ENSWK]\d{8}")
# What is left of a letter that was decoded wrongly more than once; such a spelling is no spelling.
BROKEN_LETTER = re.compile("[ïÃÂ�ﾀ-￯]")


@dataclass(frozen=True)
class CouncilFacts:
    """One council as the register (or a correction of it) states it."""

    code: str
    name: str
    official_name: str
    kind: str
    nation: str
    gss: str | None = None
    ons_region: str | None = None
    county_code: str | None = None
    combined_code: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    replaced_by: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fault:
    """Why a row was refused: its number in the file (the heading is row 1), the field, words."""

    row: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"Row {self.row}, {self.field}: {self.message}"


@dataclass
class Register:
    """What a register file holds: the good rows, and why each other one was refused."""

    rows: int = 0
    councils: list[CouncilFacts] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class _BadRowError(Exception):
    def __init__(self, field_name: str, message: str) -> None:
        super().__init__(message)
        self.field = field_name
        self.message = message


def read_register(data: bytes) -> Register:
    """The councils of a register file; raises Invalid where the file as a whole makes no sense."""
    lines = _lines(data)
    heading = next(lines, None)
    missing = [name for name in COLUMNS if name not in (heading or [])]
    if heading is None or missing:
        raise Invalid(
            "This is not the register of local authorities: it has no column "
            f"“{missing[0] if missing else COLUMNS[0]}”."
        )
    register = Register()
    seen: dict[str, int] = {}
    for number, cells in enumerate(lines, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        register.rows += 1
        try:
            council = _council(_named(heading, cells))
            if council.code in seen:
                raise _BadRowError(
                    COLUMNS[0], f"{council.code} already stands in row {seen[council.code]}."
                )
        except _BadRowError as bad:
            register.faults.append(Fault(number, bad.field, bad.message))
            continue
        seen[council.code] = number
        register.councils.append(council)
    return register


def read_spellings(data: bytes) -> dict[str, list[str]]:
    """Further spellings by council code, from a file with the columns la-name and code."""
    lines = _lines(data)
    heading = next(lines, None) or []
    if "la-name" not in heading or "local-authority-code" not in heading:
        raise Invalid("This is not a list of council spellings: it needs la-name and code.")
    spellings: dict[str, list[str]] = {}
    for cells in lines:
        if len(cells) == len(heading):
            row = dict(zip(heading, cells, strict=True))
            spellings.setdefault(row["local-authority-code"].strip(), []).append(row["la-name"])
    return spellings


def with_spellings(
    councils: Iterable[CouncilFacts], spellings: Mapping[str, list[str]]
) -> list[CouncilFacts]:
    """The councils, each with its further spellings added."""
    return [
        replace(council, spellings=(*council.spellings, *spellings.get(council.code, ())))
        for council in councils
    ]


def alias_keys(councils: Iterable[CouncilFacts]) -> tuple[dict[str, str], list[str]]:
    """Which folded spelling means which council code, and the spellings that stay ambiguous.

    A council's own names beat everybody's other spellings; a council that stands beats one that
    has ended. What two councils can still claim means neither.
    """
    strong: dict[str, set[str]] = {}
    weak: dict[str, set[str]] = {}
    ended = set()
    for council in councils:
        for text in (council.name, council.official_name):
            strong.setdefault(fold(text), set()).add(council.code)
        for text in council.spellings:
            if fold(text) and not BROKEN_LETTER.search(text):
                weak.setdefault(fold(text), set()).add(council.code)
        if council.ends_on is not None:
            ended.add(council.code)
    keys: dict[str, str] = {}
    ambiguous = []
    for key in sorted(strong.keys() | weak.keys()):
        claims = strong.get(key) or weak[key]
        claims = (claims - ended) or claims
        if len(claims) == 1:
            keys[key] = next(iter(claims))
        else:
            ambiguous.append(key)
    return keys, ambiguous


def _lines(data: bytes) -> Iterator[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(
            "The file is not UTF-8 text. Save it as “CSV UTF-8” and try again."
        ) from error
    if "\0" in text:
        raise Invalid("The file holds NUL characters; it is not a CSV file.")
    try:
        yield from csv.reader(io.StringIO(text, newline=""), strict=True)
    except csv.Error as error:
        raise Invalid(f"The file is not a well-formed CSV file: {error}.") from error


def _named(heading: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(heading):
        raise _BadRowError(
            "the row", f"It has {len(cells)} fields; the heading has {len(heading)}."
        )
    return {name: cell.strip() for name, cell in zip(heading, cells, strict=True)}


def _council(row: Mapping[str, str]) -> CouncilFacts:
    kind = KINDS.get(row["local-authority-type"])
    if kind is None:
        raise _BadRowError(
            "local-authority-type", f"“{row['local-authority-type']}” is not a known type."
        )
    if row["nation"] not in NATIONS:
        raise _BadRowError("nation", f"“{row['nation']}” is not a nation of the United Kingdom.")
    starts_on, ends_on = _day(row, "start-date"), _day(row, "end-date")
    if starts_on and ends_on and ends_on < starts_on:
        raise _BadRowError("end-date", f"It ends on {ends_on}, before it starts on {starts_on}.")
    return CouncilFacts(
        code=_matching(row, "local-authority-code", CODE),
        name=_text(row, "nice-name", 120),
        official_name=_text(row, "official-name", 160),
        kind=kind,
        nation=row["nation"],
        gss=_matching(row, "gss-code", GSS) if row["gss-code"] else None,
        ons_region=row["region"] or None,
        county_code=_matching(row, "county-la", CODE) if row["county-la"] else None,
        combined_code=_matching(row, "combined-authority", CODE)
        if row["combined-authority"]
        else None,
        starts_on=starts_on,
        ends_on=ends_on,
        replaced_by=tuple(code.strip() for code in row["replaced-by"].split(",") if code.strip()),
        spellings=_spellings(row),
    )


def _text(row: Mapping[str, str], name: str, length: int) -> str:
    if not row[name]:
        raise _BadRowError(name, "It is empty.")
    if len(row[name]) > length:
        raise _BadRowError(name, f"It is longer than {length} characters.")
    return row[name]


def _matching(row: Mapping[str, str], name: str, pattern: re.Pattern[str]) -> str:
    if not pattern.fullmatch(row[name]):
        raise _BadRowError(name, f"“{row[name]}” is not a code." if row[name] else "It is empty.")
    return row[name]


def _day(row: Mapping[str, str], name: str) -> date | None:
    if not row[name]:
        return None
    try:
        return date.fromisoformat(row[name])
    except ValueError as error:
        raise _BadRowError(name, f"“{row[name]}” is not a date like 2026-05-07.") from error


def _spellings(row: Mapping[str, str]) -> tuple[str, ...]:
    # The list is parted by commas, and some names hold commas: take the whole names out first,
    # or “Armagh City, Banbridge and Craigavon” would claim the former council “Armagh City”.
    text = row["alt-names"]
    for name in (row["official-name"], row["nice-name"]):
        if "," in name:
            text = re.sub(re.escape(name), "", text, flags=re.IGNORECASE)
    return tuple(part.strip() for part in text.split(",") if part.strip())
