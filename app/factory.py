"""Puts the floors together into one Flask application."""

import secrets
from datetime import timedelta
from types import ModuleType

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import models.schema  # noqa: F401 - every table, and whoever hears of changes
from app.private import make_folder
from app.settings import BadSettings, Settings
from models.base import LONGEST_WAIT_S, db, prepare_engine
from models.people.numbers import numbers_have_at_least


def build(settings: Settings) -> Flask:
    """A ready application for these settings."""
    from app import bank_key, logs
    from views import BLUEPRINTS

    make_folder(settings)
    app = Flask("app", instance_path=str(settings.folder.resolve()), static_folder=None)
    app.config.from_mapping(
        SETTINGS=settings,
        SECRET_KEY=secret_key(settings),
        SQLALCHEMY_DATABASE_URI=settings.url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings),
        MAX_CONTENT_LENGTH=settings.upload_megabytes * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        TEMPLATES_AUTO_RELOAD=settings.debug,
        WTF_CSRF_TIME_LIMIT=None,
    )
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    logs.set_up(app)
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    for part in _parts():
        part.set_up(app)
    bank_key.set_up()
    numbers_have_at_least(settings.membership_number_length)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if settings.debug:
        from views.gallery import bp as gallery

        app.register_blueprint(gallery)
    return app


def _parts() -> tuple[ModuleType, ...]:
    """What is set up, in this order: the door already reads, and must do so in the edge's
    transaction; whether a form was sent before is asked once it is known who sends it."""
    from app import (
        door,
        edge,
        errors,
        filters,
        health,
        incoming,
        kept,
        lanes,
        menu,
        once,
        static_files,
        tables,
        watch,
    )

    first = (incoming, edge, watch, static_files, filters, tables, kept, menu)
    return (*first, door, once, errors, health, lanes)


def engine_options(settings: Settings) -> dict[str, object]:
    """Pool options by database; PostgreSQL connections are checked before use."""
    if settings.url.startswith("sqlite"):
        return {"connect_args": {"timeout": LONGEST_WAIT_S}}
    return {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 20}


def secret_key(settings: Settings) -> str:
    """The configured key, or one made once and kept in the data folder.

    Raises BadSettings for a key too short to protect anything.
    """
    if settings.secret_key:
        if len(settings.secret_key) < 32:
            raise BadSettings("HUSTINGS_SECRET_KEY must have at least 32 characters.")
        return settings.secret_key
    path = settings.folder / "secret.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()
