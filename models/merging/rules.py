"""What a merge moves, what it leaves, and which facts a person may choose between. Pure."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from models.people.rules import NAME_LENGTHS
from models.plain import plain

# Tables that name a person and are not theirs: they follow by themselves, or stay as history.
#   person_word         kept by the people room from the names
#   person              a record merged earlier still points at the one it went into
#   duplicate_pair, person_merge   this room's own memory of both records
OWN_WAY = frozenset({"person", "person_word", "duplicate_pair", "person_merge"})
# A row's version counts how often it was written, not what stands in it.
NOT_CONTENT = frozenset({"version"})

CHOICES = (*NAME_LENGTHS, "home_region_id", "deceased_on")
LABELS = {
    "title": "Title",
    "given_name": "Given name",
    "family_name": "Family name",
    "known_as": "Everyday name",
    "suffix": "Letters after the name",
    "name_as_printed": "Name as printed",
    "home_region_id": "Home region",
    "deceased_on": "Died on",
}
TABLE_WORDS = {
    "consent": "a consent",
    "contact_point": "an address or number",
    "candidate_match": "a name on a ballot",
    "delegate_term": "a term as delegate",
    "duplicate_pair": "a decision about possible duplicates",
    "follow_up": "a follow-up",
    "interaction_person": "a contact",
    "lawful_basis": "a lawful basis",
    "network_membership": "a place in the Councillors’ Network",
    "office_term": "an office",
    "party_membership": "a party membership",
    "political_fund_status": "a status in the political fund",
    "person_merge": "a merge of two records",
    "person_note": "a note",
    "person_tag": "a tag",
    "seat_outcome": "a decision about a seat",
    "union_membership": "a union membership",
    "application": "a funding application",
}
POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})\b")


def words_for(table: str) -> str:
    """A row of this table, as a person says it."""
    return TABLE_WORDS.get(table, f"a row of {table.replace('_', ' ')}")


def checksum(row: Mapping[str, Any], column: str) -> str:
    """The content of a stored row but for the column that a merge changes."""
    kept = {name: row[name] for name in row if name != column and name not in NOT_CONTENT}
    text = json.dumps(plain(kept), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def postcodes(address: str) -> frozenset[str]:
    """The postcodes in a postal address: "LA1 1AA" and "la11aa" are the same."""
    return frozenset("".join(parts) for parts in POSTCODE.findall(address.upper()))


def default_side(kept: Any, gone: Any) -> str:
    """Which side a fact is taken from unless somebody chooses: the kept one, if it says a thing."""
    return "gone" if kept in (None, "") and gone not in (None, "") else "kept"


def differing(kept: Mapping[str, Any], gone: Mapping[str, Any]) -> Iterable[str]:
    """The facts of which a side must be chosen, in their order."""
    return [name for name in CHOICES if (kept[name] or None) != (gone[name] or None)]
