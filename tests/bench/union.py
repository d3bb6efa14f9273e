"""The large union of the benchmarks, whole: the people and the money in bulk, then one of every
other thing, and much of what the pages show in long lists."""

import time
from dataclasses import dataclass
from types import SimpleNamespace

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

import migrations
from app import create_app
from app.jobs.edge import transaction
from app.settings import Settings
from models import clock
from models.accounts.actions.signing_in import start_session
from models.base import db
from models.budget.queries.periods import current_fund
from models.contacts.actions import log_contact
from models.people.tables import Person
from models.schema import metadata
from tests.bench import addresses, awards, data, desks, network, paying
from tests.bench.rows import go_on_counting
from tests.cast import add_cast, load_cast
from tests.house.planting import kept_of, plant
from tests.law import load_law

# Who asks for a page: the national officer, and finance or the auditor where she may not.
READERS = ("alice", "carol", "grace")


@dataclass(frozen=True)
class Union:
    """The product in this process on a filled union: what each address is to ask for, and the
    browsers in which the readers are signed in."""

    app: Flask
    engine: Engine
    own: SimpleNamespace
    clients: dict[str, FlaskClient]

    @property
    def settings(self) -> Settings:
        """With which another process serves it."""
        found: Settings = self.app.config["SETTINGS"]
        return found

    def cookie(self, reader: str) -> str:
        """What the browser of a reader sends."""
        name = self.app.config["SESSION_COOKIE_NAME"]
        kept = self.clients[reader].get_cookie(name)
        assert kept is not None, f"{reader} is not signed in"
        return f"{name}={kept.value}"

    def write_something(self) -> None:
        """What somebody else does between two requests, in another process than the server's."""
        with transaction(self.app):
            who, alice = db.session.get_one(Person, 42), load_cast().alice
            log_contact([who], at=clock.now(), channel="phone", summary="Bench", by=alice)


def filled(settings: Settings, councillors: int = data.COUNCILLORS) -> Union:
    """Fill a new database; its addresses are listened to."""
    app = create_app(settings)
    app.testing = True
    addresses.listen(app)
    start = time.perf_counter()
    with app.app_context():
        with db.engine.begin() as connection:
            migrations.upgrade(connection)
        add_cast()
        db.session.commit()
        own = _fill(councillors)
        clients = {name: _client_of(app, name) for name in READERS}
        db.session.remove()
        print(f"Filled a union of {councillors:,} offices in {time.perf_counter() - start:.1f} s")
        return Union(app, db.engine, own, clients)


def _fill(councillors: int) -> SimpleNamespace:
    data.fill(load_cast(), councillors)
    go_on_counting(metadata)
    garden = plant(load_cast(), current_fund())
    own = garden.rows["NWI"]
    own.outbox, own.session_id = garden.rows["NOT"].outbox, 0
    cast, fund = load_cast(), current_fund()
    own.kept = kept_of(cast.alice)
    load_law(by=cast.alice)
    awards.fill(cast, own, fund.id)
    paying.fill(cast, own)
    network.fill(cast, own)
    desks.fill(cast, own)
    db.session.commit()
    # What a server does by itself within a minute of such a load.
    db.session.execute(text("analyze"))
    db.session.commit()
    return own


def _client_of(app: Flask, name: str) -> FlaskClient:
    token = start_session(getattr(load_cast(), name), hours=12)
    db.session.commit()
    client = app.test_client()
    with client.session_transaction() as session:
        session["token"], session["seen"] = token, int(clock.now().timestamp())
    return client
