"""Numbered schema revisions. No revision imports models: each says for itself what it changes."""

from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

HERE = Path(str(files("migrations")))
HEAD = (HERE / "HEAD").read_text().strip()
REVISIONS = {path.name.partition("_")[0] for path in (HERE / "versions").glob("[0-9]*_*.py")}
BASE = min(REVISIONS)


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
    """Take the schema back to a revision, at most to the base."""
    command.downgrade(_config(connection), to)


def current(connection: Connection) -> str | None:
    """The revision this database stands at, or None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def refusal(revision: str | None) -> str | None:
    """Why this version cannot take over what stands at a revision; None where it can.

    The words go on from “The database is of”.
    """
    if revision is None or revision in REVISIONS:
        return None
    if revision > HEAD:
        return "a newer version of Hustings. Install that one first."
    return (
        f"a version before the first release (revision {revision}). Bring it to revision {BASE} "
        "first, with `hustings init` of the version before this one."
    )
