"""Reading parties and their spellings."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from models.accounts.permits import Actor
from models.base import db
from models.folding import fold
from models.places.tables import (
    Party,
    PartyAlias,
)


def parties() -> list[Party]:
    """Every party by name."""
    return list(db.session.scalars(select(Party).order_by(Party.name)))


def party_by_text(text: str) -> Party | None:
    """The party that this text means: an Electoral Commission id, or any known spelling."""
    by_alias = db.session.scalars(
        select(Party)
        .join(PartyAlias, PartyAlias.party_id == Party.id)
        .where(PartyAlias.key == fold(text))
    ).one_or_none()
    if by_alias is not None:
        return by_alias
    return db.session.scalars(
        select(Party).where(or_(Party.ec_id == text.strip(), Party.name == text.strip()))
    ).one_or_none()


def party_alias(key: str) -> PartyAlias | None:
    """The alias row of this folded spelling."""
    return db.session.scalars(select(PartyAlias).where(PartyAlias.key == key)).one_or_none()


def party_spellings() -> dict[str, int]:
    """Every folded spelling of a party, to the party's id; for whoever reads many rows."""
    rows = db.session.execute(select(PartyAlias.key, PartyAlias.party_id))
    return {row.key: row.party_id for row in rows}


def parties_with_spellings(_user: Actor) -> Sequence[tuple[Party, list[str]]]:
    """Each party with the spellings by which it is known."""
    spellings: dict[int, list[str]] = {}
    for alias in db.session.scalars(select(PartyAlias).order_by(PartyAlias.key)):
        spellings.setdefault(alias.party_id, []).append(alias.key)
    return [(party, spellings.get(party.id, [])) for party in parties()]
