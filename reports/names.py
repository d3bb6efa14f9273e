"""A person's name as people type it into one cell, taken apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.folding import APOSTROPHES, plain_apostrophes
from models.words import is_absent, is_absent_name
from reports.cells import CellError, Value, quoted, to_text

_TITLES = (
    "mr mrs ms miss mx sir dame dr prof professor rev revd reverend cllr councillor coun cyng "
    "cynghorydd ald alderman alderwoman lord lady baroness rt hon honourable right"
)
_RARE_TITLES = "bailie provost major captain capt colonel col canon fr father"
TITLES = frozenset(_TITLES.split())
# These are given names or surnames as well, so that two more words must follow.
RARE_TITLES = frozenset(_RARE_TITLES.split())
PHRASES = (
    "the right honourable",
    "the rt hon",
    "the honourable",
    "the hon",
    "y cynghorydd",
    "county councillor",
    "county cllr",
    "borough councillor",
    "city councillor",
    "district councillor",
    "town councillor",
    "parish councillor",
    "deputy lord provost",
    "lord provost",
    "deputy provost",
    "lord mayor",
    "deputy mayor",
    "the mayor",
)
_SUFFIXES = (
    "mbe obe cbe kbe dbe bem jp mp msp qc kc dl phd frsa esq esquire jr jnr sr snr ii iii mla mep "
    "bsc msc llb frcn cvo lvo mvo qpm kpm"
)
_PARTICLES = (
    "de da di do dos das del della du la le les van von der den ten ter bin binti ibn al el ap ab "
    "st saint mac y"
)
SUFFIXES = frozenset(_SUFFIXES.split())
# Only in capitals, and only after two words: "Ms" is a title, Ma a surname.
LOUD_SUFFIXES = frozenset({"MS", "AS", "AM", "TD", "VC", "GC", "MA", "BA"})
PARTICLES = frozenset(_PARTICLES.split())
NOTE_WORDS = re.compile(
    r"\b(resign\w*|deceased|died|retire\w*|suspend\w*|elected|until|since|from|acting|vacan\w*|"
    r"on leave|former\w*|ex|co-opted|stood down|standing down|by-election|independent|mayor|"
    r"leader|chair\w*|deputy|vice|whip|labour|lab|con|conservative|lib dems?|green|snp|plaid|"
    r"reform|disqualified|left|moved|not standing|sitting|n[ée]e|now|maternity|cabinet)\b",
    re.IGNORECASE,
)
LEFT = re.compile(
    r"[,;]\s*((?:now )?(?:resigned|deceased|retired|suspended|vacant)\b.*)", re.IGNORECASE
)
# A seat without anybody. The words for nothing say so only where they are the whole cell, or stand
# before a word for a seat; and before a surname (Ward, Post) where nobody is called that way.
_SEAT = r"(seats?|vacanc(y|ies)|position|councillors?|candidates?|(ward|division) \d+)"
_SURNAME = r"(post|place|ward|division|member)s?"
VACANCY = re.compile(
    r"(currently |seat )?(vacan(t|cy)|sedd wag)\b.*|"
    r"(no (councillor|member|one|body)|nobody|to be (elected|filled|appointed|co-opted))\b.*",
    re.IGNORECASE,
)
NOBODY = re.compile(rf"(?P<word>.+?)(\W+({_SEAT}|(?P<surname>{_SURNAME}))\b.*)?", re.IGNORECASE)
_SHORT_NAMES = "JO AL BO CY ED TY MO VI DI LI WU HO NG XU YU AN LE DE OZ QI MA AH"
SHORT_NAMES = frozenset(_SHORT_NAMES.split())


@dataclass(frozen=True, slots=True)
class ParsedName:
    """The parts of one name, "" where there is none; `note` is what was beside the name.

    A vacancy has no name: `vacancy` is true and `note` holds what the cell said.
    """

    title: str = ""
    given: str = ""
    family: str = ""
    known_as: str = ""
    suffix: str = ""
    note: str = ""
    vacancy: bool = False


def split_name(value: Value) -> ParsedName:
    """The parts of a person's name; what is not the name goes to `note`, to be asked about.

    CellError for a blank, for two people in one cell, and for what cannot be a name.
    """
    text = to_text(value)
    if not text:
        raise CellError("The name is empty.")
    if is_vacancy(text):
        return ParsedName(vacancy=True, note=text)
    name, notes = _without_notes(plain_apostrophes(text))
    name, known_as, more = _without_brackets(name)
    _check(text, name)
    parsed = _taken_apart(name)
    if not parsed.family or (not parsed.given and parsed.family.lower() in TITLES):
        raise CellError(f"{quoted(text)} has a title but no name.")
    return replace(
        parsed, known_as=_cased(known_as), note="; ".join(part for part in (*notes, *more) if part)
    )


def is_vacancy(text: str) -> bool:
    """Whether a cell says that nobody holds the seat: “Vacant”, “TBC”, “None – ward 3”."""
    found = NOBODY.fullmatch(text)
    if VACANCY.fullmatch(text) or found is None:
        return found is not None
    return is_absent_name(found["word"]) if found["surname"] else is_absent(found["word"])


def _check(text: str, name: str) -> None:
    if re.search(r"\s(&|and|a'i wraig)\s|\s/\s", name, re.IGNORECASE):
        raise CellError(f"{quoted(text)} looks like two people; give each a row.")
    if len(name) > 120:
        raise CellError(f"{quoted(text)} is too long for a name.")
    if re.search(r"[0-9@=<>{}\\|_#]", name) or not any(mark.isalpha() for mark in name):
        raise CellError(f"{quoted(text)} is not a person's name.")


def _without_notes(text: str) -> tuple[str, list[str]]:
    """What follows a spaced dash is a note, unless it is a double surname typed with spaces."""
    parts = re.split(r"\s+[-–—]+\s+|\s*[–—]\s*|:\s+", text, maxsplit=1)
    if len(parts) == 2:
        head, tail = parts
        if _is_note(tail) or " " in tail:
            return head, [tail]
        return f"{head}-{tail}", []
    left = LEFT.search(text)
    return (text[: left.start()], [left[1]]) if left else (text, [])


def _is_note(text: str) -> bool:
    return bool(NOTE_WORDS.search(text)) or any(mark.isdigit() for mark in text)


BRACKETS = re.compile(
    r"\(([^()]*)\)|\[([^\[\]]*)\]|[\"“”]([^\"“”]+)[\"“”]|"
    rf"(?<!\w)[{APOSTROPHES}]([^{APOSTROPHES}]+)[{APOSTROPHES}](?!\w)"
)


def _without_brackets(name: str) -> tuple[str, str, list[str]]:
    """The name without what is in brackets or quotation marks: one word is what they go by."""
    known_as, notes = "", []
    for match in BRACKETS.finditer(name):
        inside = next((group for group in match.groups() if group), "").strip()
        bare = inside.removeprefix("known as ").removeprefix("aka ").strip()
        if not known_as and bare and " " not in bare and bare[0].isupper() and not _is_note(bare):
            known_as = bare
        elif inside:
            notes.append(inside)
    return " ".join(BRACKETS.sub(" ", name).split()), known_as, notes


def _taken_apart(name: str) -> ParsedName:
    title, rest = _titles(name)
    rest, suffix = _suffixes(rest)
    if "," in rest:
        family, _, given = rest.partition(",")
        more, given = _titles(given.strip(" ,"))
        given, after = _suffixes(given)
        title, suffix = f"{title} {more}".strip(), f"{suffix} {after}".strip()
        words = (given.replace(",", " ").split(), family.split())
    else:
        words = _surname(rest.split())
    given_words, family_words = words
    if not family_words:
        given_words, family_words = [], given_words
    return ParsedName(
        title, _cased(" ".join(given_words)), _cased(" ".join(family_words)), suffix=suffix
    )


def _titles(name: str) -> tuple[str, str]:
    """The titles in front, as written, and the rest of the name."""
    found: list[str] = []
    rest = name.strip(" ,.")
    while True:
        size = _title_words(rest.split())
        if not size:
            return " ".join(found), rest
        words = rest.split()
        found.extend(word.strip(".,").title() for word in words[:size])
        rest = " ".join(words[size:])


def _title_words(words: Sequence[str]) -> int:
    plain = [word.strip(".,").lower() for word in words]
    for phrase in PHRASES:
        size = phrase.count(" ") + 1
        if len(plain) > size and " ".join(plain[:size]) == phrase:
            return size
    if len(plain) > 1 and plain[0] in TITLES:
        return 1
    return int(len(plain) > 2 and plain[0] in RARE_TITLES)


def _suffixes(name: str) -> tuple[str, str]:
    """The name without the letters after it, and these letters."""
    words = name.strip(" ,").split()
    found: list[str] = []
    while len(words) > 1:
        bare = words[-1].strip(",").replace(".", "")
        loud = len(words) > 2 and words[-1].strip(",") in LOUD_SUFFIXES
        if bare.lower() not in SUFFIXES and not loud:
            break
        found.insert(0, words.pop().strip(","))
    return " ".join(words).strip(" ,"), " ".join(found)


def _surname(words: list[str]) -> tuple[list[str], list[str]]:
    """Given names and surname: capitals mark the surname where only some words have them."""
    loud = [_is_loud(word) for word in words]
    if any(loud) and not all(loud):
        if loud[-1]:
            at = len(words) - 1
            while at > 1 and loud[at - 1]:
                at -= 1
            return words[:at], words[at:]
        if loud[0]:
            size = loud.index(False)
            return words[size:], words[:size]
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in PARTICLES:
        at -= 1
    return words[:at], words[at:]


def _is_loud(word: str) -> bool:
    """A word of capitals long enough to be a surname rather than initials."""
    letters = [mark for mark in word if mark.isalpha()]
    long = len(letters) > 2 and all(mark.isupper() for mark in letters)
    return long or word in ("NG", "WU", "LI")


WORD = re.compile(rf"[^\W\d_]+(?:[{APOSTROPHES}][^\W\d_]+)?")


def _cased(text: str) -> str:
    """Words all in capitals or all in small letters get a name's usual capitals."""
    whole = text.islower()
    return " ".join(_cased_word(word, small=whole) for word in text.split())


def _cased_word(word: str, *, small: bool) -> str:
    if small and word in PARTICLES:
        return word
    letters = "".join(mark for mark in word if mark.isalpha())
    initials = "." in word or (len(letters) <= 2 and word not in SHORT_NAMES)
    if not small and (not letters.isupper() or initials):
        return word
    return WORD.sub(lambda part: _capital(part[0]), word)


def _capital(part: str) -> str:
    """BRIEN, O'BRIEN, MCCALL as Brien, O'Brien, McCall."""
    lower = part.lower()
    for mark in APOSTROPHES:
        front, found, back = lower.partition(mark)
        if found and len(back) > 1:
            return front.capitalize() + mark + back.capitalize()
    if lower.startswith("mc") and len(lower) > 3:
        return "Mc" + lower[2:].capitalize()
    return lower.capitalize()
