"""Changing places: reference data, the register, the map of regions, spellings taught by people."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from models import audit
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db, hold_row, one_at_a_time
from models.days import said_day
from models.errors import Conflict, Invalid, Refused
from models.folding import fold
from models.places.mapping import region_code_of
from models.places.overlay import corrected
from models.places.queries.councils import (
    aliases_by_key,
    councils_by_code,
    open_mappings,
    succession_pairs,
)
from models.places.queries.parties import parties, party_spellings
from models.places.queries.regions import branches, regions
from models.places.queries.wards import constituency_by_text, ward_of
from models.places.reference import PARTIES, REGIONS
from models.places.register import (
    CouncilFacts,
    Fault,
    alias_keys,
    read_register,
    read_spellings,
    with_spellings,
)
from models.places.tables import (
    Constituency,
    Council,
    CouncilAlias,
    CouncilRegion,
    CouncilSuccession,
    Party,
    PartyAlias,
    UnionBranch,
    UnionRegion,
    Ward,
)

RULE, OVERRIDE = "rule", "override"


@dataclass
class Tally:
    """What an import of the register did. rows = created + changed + unchanged + refused.

    `added` are councils that the register lacks; `ambiguous` are spellings that two councils
    claim, so that they mean neither.
    """

    rows: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[Fault] = field(default_factory=list)
    added: int = 0
    ambiguous: list[str] = field(default_factory=list)


def load_reference(*, by: Actor) -> int:
    """Put the regions and parties that are missing into the database; returns how many."""
    require(by, Permit.PLACES_WRITE)
    one_at_a_time("reference data")
    have = {region.code for region in regions()}
    new: list[Any] = [
        UnionRegion(code=code, name=name) for code, name in REGIONS.items() if code not in have
    ]
    known = {party.name: party for party in parties()}
    for facts in PARTIES:
        if facts.name not in known:
            known[facts.name] = Party(ec_id=facts.ec_id, name=facts.name)
            new.append(known[facts.name])
    db.session.add_all(new)
    db.session.flush()
    spelt = party_spellings()
    for facts in PARTIES:
        for key in dict.fromkeys(fold(text) for text in (facts.name, *facts.spellings)):
            if key not in spelt:
                spelt[key] = known[facts.name].id
                db.session.add(PartyAlias(key=key, party_id=known[facts.name].id))
    db.session.flush()
    for thing in new:
        audit.record("reference.added", thing, by=by, after={"name": thing.name})
    return len(new)


def import_councils(data: bytes, *, by: Actor, spellings: bytes | None = None) -> Tally:
    """Load the register of local authorities (CSV) with our corrections; a repeat changes nothing.

    `spellings` is the list of further names that is published beside the register. Raises
    Invalid where a file as a whole makes no sense; bad rows are refused one by one.
    """
    require(by, Permit.PLACES_WRITE)
    one_at_a_time("reference data")
    register = read_register(data)
    more = read_spellings(spellings) if spellings is not None else {}
    tally = Tally(rows=register.rows, refused=list(register.faults))
    mended, added = corrected(with_spellings(register.councils, more))
    load = _CouncilLoad(by=by)
    for facts in mended:
        outcome = load.put(facts)
        setattr(tally, outcome, getattr(tally, outcome) + 1)
    tally.added = sum(load.put(facts) == "created" for facts in added)
    load.link([*mended, *added])
    tally.ambiguous = load.spell([*mended, *added])
    return tally


def load_councils(councils: Iterable[CouncilFacts], *, by: Actor) -> list[Council]:
    """Put these councils in, as the register's import would; returns them in the same order."""
    require(by, Permit.PLACES_WRITE)
    one_at_a_time("reference data")
    load, facts = _CouncilLoad(by=by), list(councils)
    for one in facts:
        load.put(one)
    load.link(facts)
    load.spell(facts)
    return [load.known[one.code] for one in facts]


class _CouncilLoad:
    """One run over councils: what is known beforehand is read once."""

    def __init__(self, *, by: Actor) -> None:
        self.by = by
        self.known = councils_by_code()
        self.mapped = open_mappings()
        self.regions = {region.code: region for region in regions()}

    def put(self, facts: CouncilFacts) -> str:
        """Create or change one council and its region by rule; says created, changed, unchanged."""
        values = {**asdict(facts), "name_key": fold(facts.name)}
        del values["replaced_by"], values["spellings"]
        council = self.known.get(facts.code)
        if council is None:
            council = self.known[facts.code] = Council(**values)
            db.session.add(council)
            db.session.flush()
            self._map(council)
            audit.record("council.added", council, by=self.by, after=values)
            return "created"
        before, after = audit.changes(council, values)
        if self._map(council):
            after["region"] = region_code_of(council)
        if not after:
            return "unchanged"
        audit.record("council.changed", council, by=self.by, before=before, after=after)
        return "changed"

    def _map(self, council: Council) -> bool:
        """Give the council its region by rule; an override or an earlier rule stays."""
        region = self.regions.get(region_code_of(council) or "")
        if region is None or council.id in self.mapped:
            return False
        row = CouncilRegion(council_id=council.id, region_id=region.id, source=RULE)
        db.session.add(row)
        self.mapped[council.id] = row
        return True

    def link(self, councils: Iterable[CouncilFacts]) -> None:
        """Record which council took over which."""
        have = succession_pairs()
        for facts in councils:
            for code in facts.replaced_by:
                old, new = self.known[facts.code], self.known.get(code)
                if new is not None and (old.id, new.id) not in have:
                    have.add((old.id, new.id))
                    on = facts.ends_on
                    db.session.add(CouncilSuccession(from_id=old.id, to_id=new.id, on=on))
        db.session.flush()

    def spell(self, councils: Iterable[CouncilFacts]) -> list[str]:
        """Record the spellings; what somebody taught is never changed. Returns ambiguous ones."""
        keys, ambiguous = alias_keys(councils)
        have = aliases_by_key()
        for key, code in keys.items():
            council_id = self.known[code].id
            alias = have.get(key)
            if alias is None:
                db.session.add(CouncilAlias(key=key, council_id=council_id))
            elif not alias.taught:
                alias.council_id = council_id
        db.session.flush()
        return ambiguous


def map_council(
    council: Council, *, by: Actor, region: UnionRegion | None, from_on: date, reason: str
) -> CouncilRegion | None:
    """Say which region a council belongs to from a day on (None: to no region); keeps history."""
    require(by, Permit.PLACES_WRITE)
    hold_row(council)
    if not reason.strip():
        raise Invalid("Say why the council moves.", field="reason")
    present = open_mappings().get(council.id)
    if (present.region_id if present else None) == (region.id if region else None):
        raise Refused(f"{council.name} is mapped that way already.", field="region")
    if present is not None and present.starts_on is not None and from_on <= present.starts_on:
        raise Refused(
            f"The present mapping began on {said_day(present.starts_on)}. Choose a later day.",
            field="from_on",
        )
    if present is not None:
        present.ends_on = from_on
        db.session.flush()
    row = None
    if region is not None:
        row = CouncilRegion(
            council_id=council.id,
            region_id=region.id,
            starts_on=from_on,
            source=OVERRIDE,
            reason=reason.strip(),
            set_by_id=by.id,
        )
        db.session.add(row)
        db.session.flush()
    audit.record(
        "council.mapped",
        council,
        by=by,
        before={"region_id": present.region_id if present else None},
        after={"region_id": region.id if region else None, "from": from_on, "reason": reason},
    )
    return row


def ward_named(council: Council, name: str, *, by: Actor) -> Ward:
    """The ward of this council with this name, added if it is not there yet."""
    require(by, Permit.COUNCILLORS_WRITE)
    one_at_a_time("ward", council.id)
    name = " ".join(name.split())
    if not fold(name):
        raise Invalid("Enter the ward's name.", field="ward")
    if len(name) > 120:
        raise Invalid("A ward's name has at most 120 characters.", field="ward")
    ward = ward_of(council, name)
    if ward is None:
        ward = Ward(council_id=council.id, name=name, name_key=fold(name))
        db.session.add(ward)
        db.session.flush()
        audit.record("ward.added", ward, by=by, after={"name": name, "council_id": council.id})
    return ward


def add_branch(*, by: Actor, code: str, name: str, region: UnionRegion) -> UnionBranch:
    """Add a branch of the union; raises Conflict if the code is taken."""
    require(by, Permit.PLACES_WRITE)
    one_at_a_time("branch")
    code, name = code.strip().upper(), name.strip()
    if not code or not name:
        raise Invalid("A branch needs a code and a name.", field="name" if code else "code")
    if any(branch.code == code for branch in branches()):
        raise Conflict(f"There is a branch {code} already.", field="code")
    branch = UnionBranch(code=code, name=name, region_id=region.id)
    db.session.add(branch)
    db.session.flush()
    audit.record("branch.added", branch, by=by, after={"code": code, "name": name})
    return branch


def add_constituency(
    *, by: Actor, gss: str, name: str, welsh_name: str | None = None
) -> Constituency:
    """The constituency with this GSS code, added if it is not there yet."""
    require(by, Permit.PLACES_WRITE)
    one_at_a_time("constituency")
    known = constituency_by_text(gss)
    if known is not None:
        return known
    constituency = Constituency(gss=gss, name=name, name_key=fold(name), welsh_name=welsh_name)
    db.session.add(constituency)
    db.session.flush()
    audit.record("constituency.added", constituency, by=by, after={"gss": gss, "name": name})
    return constituency
