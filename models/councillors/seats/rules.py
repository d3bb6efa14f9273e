"""Which name on a ballot paper is which office holder. Pure.

Never by name alone: only names of the same council (or, for a parliament, of the same chamber)
are compared at all. The same ward and party make a match of the same or a fuller name; whatever is
less is doubtful, and a human looks at it side by side.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz.distance import Levenshtein

EXACT, NAMES, DOUBTFUL = "exact", "names", "doubtful"
HOWS = {
    EXACT: "Same name, ward and party",
    NAMES: "Initials or middle names apart, same ward and party",
    DOUBTFUL: "Doubtful: somebody must look",
}
POST_OF_KIND = {
    "local": "councillor",
    "mayor": "mayor",
    "pcc": "pcc",
    "parl": "mp",
    "sp": "msp",
    "senedd": "ms",
    "nia": "mla",
}
OUTCOMES = {
    "re-elected": "Re-elected",
    "lost": "Lost",
    "stood-down": "Stood down",
    "moved": "Moved ward",
}
Group = tuple[str, int | None]


def outcomes_of(post: str) -> dict[str, str]:
    """What can come of a seat: only councillors have wards to move between."""
    return {key: label for key, label in OUTCOMES.items() if key != "moved" or post == "councillor"}


@dataclass(frozen=True)
class Holder:
    """An office holder as far as the comparison needs them; keys are folded, "" if not known."""

    term_id: int
    person_id: int
    group: Group
    given: str
    family: str
    known_as: str
    ward: str
    party: str


@dataclass(frozen=True)
class Stood:
    """A name on a ballot paper, folded."""

    candidacy_id: int
    group: Group
    name: str
    ward: str
    party: str


@dataclass(frozen=True)
class Pair:
    """One name that may be one office holder: how surely, and why in a sentence."""

    candidacy_id: int
    term_id: int
    person_id: int
    how: str
    why: str


@dataclass
class Pairs:
    """All pairs of a comparison, and how many had nothing but the name in common."""

    pairs: list[Pair] = field(default_factory=list)
    name_alone: int = 0

    def count(self, how: str) -> int:
        """How many pairs are of one kind."""
        return sum(pair.how == how for pair in self.pairs)


def party_key(name_key: str) -> str:
    """The party as it is compared: Labour and Labour & Co-operative are one."""
    return "labour" if name_key.startswith(("labour", "llafur")) else name_key


def pairs_of(stood: Iterable[Stood], holders: Iterable[Holder]) -> Pairs:
    """Who may be who, group by group; sure pairs leave no doubtful ones beside them."""
    by_group: dict[Group, list[Holder]] = defaultdict(list)
    for holder in holders:
        by_group[holder.group].append(holder)
    found = Pairs()
    for name in stood:
        for holder in by_group.get(name.group, ()):
            pair = _pair(name, holder)
            if pair is not None and pair.how == "":
                found.name_alone += 1
            elif pair is not None:
                found.pairs.append(pair)
    found.pairs = _settled(found.pairs)
    return found


def _pair(name: Stood, holder: Holder) -> Pair | None:
    how, why = alike(name.name, holder)
    if not how:
        return None
    same_ward = bool(holder.ward or not name.ward) and name.ward == holder.ward
    same_party = bool(holder.party) and name.party == holder.party
    if not same_ward and not same_party:
        return _as(name, holder, "", "") if how == EXACT else None
    if same_ward and same_party:
        return _as(name, holder, how, why)
    if how == DOUBTFUL:
        return None
    apart = "party" if same_ward else "ward"
    known = getattr(holder, apart)
    said = f"the {apart} differs" if known else f"the record does not say the {apart}"
    return _as(name, holder, DOUBTFUL, f"{why}, but {said}.")


def _as(name: Stood, holder: Holder, how: str, why: str) -> Pair:
    return Pair(name.candidacy_id, holder.term_id, holder.person_id, how, why)


def alike(name: str, holder: Holder) -> tuple[str, str]:
    """How alike a name on a ballot is to a person's: (how, why), or ("", "") where it is not."""
    given = _given_part(name, holder.family)
    if given is None:
        return _misspelt(name, holder)
    if given in (holder.given, holder.known_as) and given:
        return EXACT, "The same name"
    return _by_parts(given.split(), holder.given.split(), holder.known_as)


def _by_parts(said: list[str], theirs: list[str], known_as: str) -> tuple[str, str]:
    if not said or not theirs:
        return "", ""
    middle_fits = _fit(said[1:], theirs[1:])
    if said[0] == theirs[0] or (known_as and said[0] == known_as):
        if middle_fits:
            return NAMES, "The same first and last name; middle names or initials apart"
        return DOUBTFUL, "The same first and last name, but other middle names"
    if _initial(said[0], theirs[0]) and middle_fits:
        return NAMES, "An initial for the first name"
    if said[0] in theirs[1:] or theirs[0] in said[1:]:
        return DOUBTFUL, "The first name of one is a middle name of the other"
    return "", ""


def _given_part(name: str, family: str) -> str | None:
    """The given names before a family name, or None where the name does not end in it."""
    if not family or not name.endswith(f" {family}"):
        return None
    return name[: -len(family) - 1]


def _misspelt(name: str, holder: Holder) -> tuple[str, str]:
    said, theirs = name.split(), f"{holder.given} {holder.family}".split()
    if len(said) < 2 or len(theirs) < 2 or said[0] not in (theirs[0], holder.known_as):
        return "", ""
    near = Levenshtein.normalized_similarity(said[-1], theirs[-1])
    if near >= 0.75 and said[-1] != theirs[-1]:
        return DOUBTFUL, "The family name is spelt a little differently"
    return "", ""


def _initial(one: str, other: str) -> bool:
    return 1 in (len(one), len(other)) and one[:1] == other[:1]


def _fit(said: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether one list of middle names can be the other with some left out or shortened."""
    short, long = sorted((list(said), list(theirs)), key=len)
    at = 0
    for word in short:
        while at < len(long) and not (word == long[at] or _initial(word, long[at])):
            at += 1
        if at == len(long):
            return False
        at += 1
    return True


def _settled(pairs: list[Pair]) -> list[Pair]:
    """Sure pairs stay sure only if nobody else claims the name or the office."""
    sure = [pair for pair in pairs if pair.how != DOUBTFUL]
    best = _strongest(sure)
    names = Counter(pair.candidacy_id for pair in best)
    terms = Counter(pair.term_id for pair in best)
    settled, taken_names, taken_terms = [], set(), set()
    for pair in best:
        if names[pair.candidacy_id] == 1 and terms[pair.term_id] == 1:
            settled.append(pair)
            taken_names.add(pair.candidacy_id)
            taken_terms.add(pair.term_id)
    rest = [pair for pair in pairs if pair.how == DOUBTFUL] + [
        replace(pair, how=DOUBTFUL, why=f"{pair.why}, and so has somebody else.")
        for pair in best
        if names[pair.candidacy_id] > 1 or terms[pair.term_id] > 1
    ]
    open_ones = [
        pair
        for pair in rest
        if pair.candidacy_id not in taken_names and pair.term_id not in taken_terms
    ]
    return sorted(settled + open_ones, key=lambda pair: (pair.candidacy_id, pair.term_id))


def _strongest(sure: list[Pair]) -> list[Pair]:
    """Where the same name fits one office exactly, a fit by initials beside it does not count."""
    exact_names = {pair.candidacy_id for pair in sure if pair.how == EXACT}
    exact_terms = {pair.term_id for pair in sure if pair.how == EXACT}
    return [
        pair
        for pair in sure
        if pair.how == EXACT
        or (pair.candidacy_id not in exact_names and pair.term_id not in exact_terms)
    ]


def proposal(
    *, matched: bool, elected: bool | None, same_ward: bool, contested: bool, doubtful: bool
) -> str | None:
    """What the triage screen proposes for a seat; None where a person must look first."""
    if matched and elected is not None:
        if not elected:
            return "lost"
        return "re-elected" if same_ward else "moved"
    if matched or doubtful or not contested:
        return None
    return "stood-down"


def summary(counts: Mapping[str, int]) -> str:
    """The counts of a comparison as a sentence."""
    return (
        f"{counts.get(EXACT, 0):,} matched exactly, {counts.get(NAMES, 0):,} by initials or middle "
        f"names, {counts.get(DOUBTFUL, 0):,} doubtful; {counts.get('name_alone', 0):,} had only "
        "the name in common and were left alone."
    )
