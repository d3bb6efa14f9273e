"""Numbered schema revisions. No revision imports models: each says for itself what it changes."""

from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

HERE = Path(str(files("migrations")))
HEAD = (HERE / "HEAD").read_text().strip()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection, to: str = HEAD) -> None:
    """Bring the schema up to a revision, by default the pinned head."""
    command.upgrade(_config(connection), to)


def downgrade(connection: Connection, to: str) -> None:
    """Take the schema back to a revision; `base` takes everything away."""
    command.downgrade(_config(connection), to)


def current(connection: Connection) -> str | None:
    """The revision this database stands at, or None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def known(revision: str) -> bool:
    """True for a revision that this version has."""
    return revision.isalnum() and any((HERE / "versions").glob(f"{revision}_*.py"))
