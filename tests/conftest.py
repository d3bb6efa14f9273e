"""Databases, the app and the cast for every test.

A test that asks for `database` runs on SQLite and, when a server answers, on PostgreSQL; all it
does is rolled back. A test that needs real commits or several processes asks for `fresh_database`.
"""

import os
import shutil
import socket
import uuid
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from flask import Flask, g, has_app_context
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

import migrations
from app import create_app
from app.settings import Settings
from models.base import db
from models.schema import metadata
from tests.cast import add_cast, load_cast

# A busy machine is no fault of the code: nothing here is timed.
hypothesis_settings.register_profile(
    "hustings", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("hustings")

POSTGRES = os.environ.get("HUSTINGS_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/test")
SECRET = "a-secret-for-tests-only-0123456789abcdef"
tested: set[str] = set()


def _postgres_engine() -> sa.Engine:
    url = sa.make_url(POSTGRES).set(drivername="postgresql+psycopg")
    return sa.create_engine(url, connect_args={"connect_timeout": 3})


def _postgres_answers() -> bool:
    url = sa.make_url(POSTGRES)
    try:
        socket.create_connection((url.host or "127.0.0.1", url.port or 5432), timeout=2).close()
        engine = _postgres_engine()
        with engine.connect():
            pass
        engine.dispose()
    except (OSError, sa.exc.OperationalError):
        return False
    return True


DATABASES = ["sqlite", "postgresql"] if _postgres_answers() else ["sqlite"]


def pytest_configure(config: pytest.Config) -> None:
    if os.environ.get("CI") and "postgresql" not in DATABASES:
        raise pytest.UsageError(f"CI must test PostgreSQL, and none answers at {POSTGRES}.")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name no test by its bytes: a workbook made anew has others, and two workers would differ."""
    return argname if isinstance(val, bytes) else None


def pytest_terminal_summary(terminalreporter) -> None:
    names = " and ".join(DATABASES)
    words = "" if len(DATABASES) == 2 else f" (no PostgreSQL answers at {POSTGRES})"
    terminalreporter.write_line(f"Databases tested: {names}{words}")


class Browser(FlaskClient):
    """A browser of its own: the test's one app context must not remember the last one's user."""

    def open(self, *args, **kwargs):
        if has_app_context():
            for name in ("_login_user", "signed_in_user"):
                g.pop(name, None)
        return super().open(*args, **kwargs)


class Databases:
    """Makes and drops databases of one kind for this test process."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind = kind
        self.folder = folder
        self.schemas: list[str] = []

    def new(self) -> Settings:
        """Settings of an empty database."""
        name = f"hustings_test_{uuid.uuid4().hex[:12]}"
        folder = self.folder / name
        folder.mkdir()
        if self.kind == "sqlite":
            return Settings(data=str(folder), secret_key=SECRET)
        engine = _postgres_engine()
        with engine.begin() as connection:
            connection.execute(sa.text(f"create schema {name}"))
        engine.dispose()
        self.schemas.append(name)
        joiner = "&" if "?" in POSTGRES else "?"
        url = f"{POSTGRES}{joiner}options=-csearch_path%3D{name}"
        return Settings(data=str(folder), secret_key=SECRET, database_url=url)

    def drop(self) -> None:
        """Drop every schema that was made."""
        if not self.schemas:
            return
        engine = _postgres_engine()
        for name in self.schemas:
            # One transaction each: a drop locks every table, and a server has room for so many.
            with engine.begin() as connection:
                connection.execute(sa.text(f"drop schema if exists {name} cascade"))
        engine.dispose()


_made: dict[str, tuple[Databases, Flask]] = {}


@pytest.fixture(scope="session")
def _databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Databases]]:
    made = {kind: Databases(kind, tmp_path_factory.mktemp(kind)) for kind in DATABASES}
    yield made
    for _kind, (_owner, app) in _made.items():
        with app.app_context():
            db.session.remove()
            for engine in db.engines.values():
                engine.dispose()
    for databases in made.values():
        databases.drop()


def migrated_app(settings: Settings) -> Flask:
    """An app on these settings whose schema stands at the head and who has the cast."""
    app = create_app(settings)
    app.testing = True
    app.test_client_class = Browser
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        with db.engine.begin() as connection:
            migrations.upgrade(connection)
        add_cast()
        db.session.commit()
    return app


def _app_of(kind: str, databases: dict[str, Databases]) -> Flask:
    if kind not in _made:
        _made[kind] = (databases[kind], migrated_app(databases[kind].new()))
    return _made[kind][1]


@pytest.fixture(params=DATABASES)
def app(request: pytest.FixtureRequest, _databases: dict[str, Databases]) -> Flask:
    """The app, on each database in turn."""
    tested.add(request.param)
    return _app_of(request.param, _databases)


@pytest.fixture
def sqlite_app(_databases: dict[str, Databases]) -> Flask:
    """The app on SQLite only: for tests of things that no database can change."""
    return _app_of("sqlite", _databases)


def _rolled_back(app: Flask) -> Iterator[None]:
    with app.app_context():
        engine = db.engine
        connection = engine.connect()
        outer = connection.begin()
        db._app_engines[app][None] = connection  # private: see docs/decisions on tests
        db.session.remove()
        db.session.configure(join_transaction_mode="create_savepoint")
        try:
            yield
        finally:
            db.session.remove()
            if outer.is_active:
                outer.rollback()
            connection.close()
            db._app_engines[app][None] = engine


@pytest.fixture
def database(app: Flask) -> Iterator[sa.orm.scoped_session]:
    """The session; everything, commits included, is rolled back afterwards."""
    for _ in _rolled_back(app):
        yield db.session


@pytest.fixture
def cast(database) -> SimpleNamespace:
    """Alice and the others; see tests/cast.py."""
    return load_cast()


@pytest.fixture
def client(app: Flask, database) -> FlaskClient:
    """A browser that nobody has signed in."""
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask, cast):
    """`sign_in(cast.bob)` is a browser in which Bob is signed in."""
    return browser_maker(app)


def browser_maker(app: Flask):
    def sign_in(user) -> FlaskClient:
        from models import clock
        from models.accounts.actions.signing_in import start_session

        token = start_session(user, hours=12)
        db.session.commit()
        client = app.test_client()
        with client.session_transaction() as session:
            session["token"] = token
            session["seen"] = int(clock.now().timestamp())
        return client

    return sign_in


@pytest.fixture(params=DATABASES)
def fresh_database(request, _databases: dict[str, Databases], tmp_path) -> Iterator[Flask]:
    """An app on its own, really committing database with the cast, dropped afterwards.

    `app.config["SETTINGS"]` is what another process needs to open the same database.
    """
    tested.add(request.param)
    settings = _databases[request.param].new()
    if request.param == "sqlite":
        shutil.copy(_template(_databases), settings.folder / "hustings.db")
        app = create_app(settings)
        app.testing = True
        app.config["WTF_CSRF_ENABLED"] = False
    else:
        app = migrated_app(settings)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(params=DATABASES)
def empty_database(request, _databases: dict[str, Databases]) -> Iterator[sa.Engine]:
    """An engine on a database without any table."""
    from models.base import prepare_engine

    tested.add(request.param)
    engine = sa.create_engine(_databases[request.param].new().url)
    prepare_engine(engine)
    yield engine
    engine.dispose()


_template_file: list[Path] = []


def _template(databases: dict[str, Databases]) -> Path:
    if not _template_file:
        settings = databases["sqlite"].new()
        app = migrated_app(settings)
        with app.app_context():
            db.session.remove()
            with db.engine.connect() as connection:
                target = settings.folder / "template.db"
                connection.exec_driver_sql("rollback")
                connection.exec_driver_sql(f"vacuum into '{target}'")
            db.engine.dispose()
        _template_file.append(target)
    return _template_file[0]


class QueryCount:
    """How many statements ran since it was made."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __len__(self) -> int:
        return len(self.statements)


@pytest.fixture
def queries(database) -> Iterator[QueryCount]:
    """Counts the SQL statements of the test from here on (savepoints left out)."""
    count = QueryCount()

    def note(_conn, _cursor, statement, *_rest) -> None:
        if not statement.upper().startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")):
            count.statements.append(statement)

    connection = db.session.connection()
    sa.event.listen(connection.engine, "before_cursor_execute", note)
    yield count
    sa.event.remove(connection.engine, "before_cursor_execute", note)


assert metadata.tables, "the schema is loaded, so that every string foreign key resolves"
