"""The fixed cast of every test. Who they are decides what they may see.

Alice   national political officer, sees all
Olive   political officer (organisation), sees all
Bob     regional political officer, North West & Irish
Eve     regional political officer, Southern: the outsider in Bob's tests
Dan     support staff, sees all
Nora    support staff held to North West & Irish
Carol   finance
Terry   training team
Grace   auditor
"""

from types import SimpleNamespace

from models.accounts.roles import Role
from models.accounts.tables import User
from models.base import db
from models.places.tables import UnionRegion

REGIONS = {
    "BM": "Birmingham & Midland",
    "LO": "London",
    "NEYH": "North East, Yorkshire & Humber",
    "NWI": "North West & Irish",
    "SC": "Scotland",
    "SO": "Southern",
    "WSW": "Wales & South West",
}

PEOPLE = {
    "alice": ("Alice Ash", Role.NATIONAL_OFFICER, ()),
    "olive": ("Olive Oak", Role.POLITICAL_OFFICER, ()),
    "bob": ("Bob Birch", Role.REGIONAL_OFFICER, ("NWI",)),
    "eve": ("Eve Elm", Role.REGIONAL_OFFICER, ("SO",)),
    "dan": ("Dan Damson", Role.SUPPORT, ()),
    "nora": ("Nora Nutt", Role.SUPPORT, ("NWI",)),
    "carol": ("Carol Cedar", Role.FINANCE, ()),
    "terry": ("Terry Teak", Role.TRAINING, ()),
    "grace": ("Grace Gorse", Role.AUDITOR, ()),
}


def add_cast() -> None:
    """Put the seven regions and the cast into an empty database."""
    regions = {code: UnionRegion(code=code, name=name) for code, name in REGIONS.items()}
    db.session.add_all(regions.values())
    for first, (name, role, codes) in PEOPLE.items():
        user = User(email=f"{first}@example.org", name=name, role=role)
        user.regions = [regions[code] for code in codes]
        db.session.add(user)
    db.session.flush()


def load_cast() -> SimpleNamespace:
    """The cast by first name, and `regions` by code."""
    users = {user.email.split("@")[0]: user for user in db.session.query(User)}
    regions = {region.code: region for region in db.session.query(UnionRegion)}
    return SimpleNamespace(**users, regions=regions)
