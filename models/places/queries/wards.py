"""Reading wards and constituencies."""

from sqlalchemy import or_, select

from models import clock
from models.accounts.permits import Actor
from models.base import db
from models.errors import NotFound
from models.folding import fold
from models.places.near import nearest
from models.places.queries.conditions import begins
from models.places.spelling import ward_keys
from models.places.tables import (
    Constituency,
    Council,
    Ward,
)


def wards_of(council: Council) -> list[Ward]:
    """A council's wards that have not ended, by name."""
    return list(
        db.session.scalars(
            select(Ward)
            .where(
                Ward.council_id == council.id,
                or_(Ward.ends_on.is_(None), Ward.ends_on > clock.today()),
            )
            .order_by(Ward.name_key, Ward.id)
        )
    )


def ward_of(council: Council, text: str) -> Ward | None:
    """The ward of this council that the text names, with or without “Ward” around it and however
    it is spelt; None where two could be meant."""
    keys = ward_keys(text)
    wards = list(db.session.scalars(select(Ward).where(Ward.council_id == council.id)))
    for key in keys:
        for found in (
            [ward for ward in wards if ward.name_key == key],
            [ward for ward in wards if key in ward_keys(ward.name)],
        ):
            if len(found) == 1:
                return found[0]
    return None


def find_wards(text: str, limit: int = 8, council_id: int | None = None) -> list[Ward]:
    """Wards whose name begins with what was typed, of one council if its id is given; there also
    those whose name was nearly typed."""
    key = fold(text)
    if not key and council_id is None:
        return []
    clauses = [begins(Ward.name_key, key)] if key else []
    if council_id is not None:
        clauses.append(Ward.council_id == council_id)
    open_wards = or_(Ward.ends_on.is_(None), Ward.ends_on > clock.today())
    found = list(
        db.session.scalars(
            select(Ward)
            .join(Council, Council.id == Ward.council_id)
            .where(*clauses, open_wards)
            .order_by(Ward.name_key, Council.name_key, Ward.id)
            .limit(limit)
        )
    )
    if found or council_id is None:
        return found
    # Few enough to be read through: a council's own.
    rows = db.session.scalars(select(Ward).where(Ward.council_id == council_id, open_wards))
    wards = {ward.id: ward for ward in rows}
    best = nearest(key, {ward.id: ward.name_key for ward in wards.values()}, limit)
    return [wards[ward_id] for ward_id in best]


def constituency_by_text(text: str) -> Constituency | None:
    """The constituency that this text names, by GSS code, English or Welsh name."""
    key = fold(text)
    found = list(
        db.session.scalars(
            select(Constituency)
            .where(or_(Constituency.name_key == key, Constituency.gss == text.strip().upper()))
            .limit(2)
        )
    )
    return found[0] if len(found) == 1 else None


def constituency_for(_user: Actor, constituency_id: int) -> Constituency:
    """A constituency by its id; raises NotFound. They are no secret."""
    constituency = db.session.get(Constituency, constituency_id)
    if constituency is None:
        raise NotFound("There is no such constituency.")
    return constituency


def find_constituencies(text: str, limit: int = 8) -> list[Constituency]:
    """Constituencies whose name holds what was typed, those that begin with it first."""
    key = fold(text)
    if not key:
        return []
    return list(
        db.session.scalars(
            select(Constituency)
            .where(Constituency.name_key.contains(key, autoescape=True))
            .order_by(begins(Constituency.name_key, key).desc(), Constituency.name_key)
            .limit(limit)
        )
    )
