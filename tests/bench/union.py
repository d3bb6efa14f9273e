"""The large union of the benchmarks, whole: the people and the money in bulk, then one of every
other thing, and much of what the pages show in long lists."""

from types import SimpleNamespace

from sqlalchemy import text

from models import budget
from models.base import db
from models.schema import metadata
from tests.bench import awards, data, desks, network, paying
from tests.bench.rows import go_on_counting
from tests.cast import load_cast
from tests.house.planting import kept_of, plant
from tests.law import load_law


def fill(councillors: int = data.COUNCILLORS) -> SimpleNamespace:
    """Fill a migrated database that has the cast; returns what each address is to ask for."""
    data.fill(load_cast(), councillors)
    go_on_counting(metadata)
    garden = plant(load_cast(), budget.current_fund())
    own = garden.rows["NWI"]
    own.outbox, own.session_id = garden.rows["NOT"].outbox, 0
    cast, fund = load_cast(), budget.current_fund()
    own.kept = kept_of(cast.alice)
    load_law(by=cast.alice)
    awards.fill(cast, own, fund.id)
    paying.fill(cast, own)
    network.fill(cast, own)
    desks.fill(cast, own)
    db.session.commit()
    settle()
    return own


def settle() -> None:
    """What a server does by itself within a minute of such a load."""
    db.session.execute(text("analyze"))
    db.session.commit()
