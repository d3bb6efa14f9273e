"""`hustings backup`, `hustings restore` and `hustings restored`."""

import sys
from pathlib import Path

import click
from flask import Flask

from app import create_app
from app.backup import STOP_FIRST, back_up, put_back
from app.cli import edge
from app.cli.database import upgrade
from app.doctor import examine
from app.jobs import mark
from app.jobs.holding import Holds, holds_for
from app.settings import BadSettings, Settings, read_settings


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
def backup(target: Path) -> None:
    """Write the SQLite database to the file or folder TARGET, while people work."""
    click.echo(f"Backed up to {back_up(read_settings(), target)}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Keep the database that is there under another name.")
def restore(file: Path, replace: bool) -> None:
    """Put the backup FILE back; letters that wait in it become uncertain."""
    settings = read_settings()
    settings.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    holds = _alone(settings)
    kept = put_back(settings, file, replace=replace)
    app = create_app(settings)
    upgrade(app)
    click.echo(f"{file} is put back.")
    if kept is not None:
        click.echo(f"The database that was there is kept as {kept}.")
    _doubt(app)
    holds.end()
    with edge.transaction(app):
        faults = [finding.words for finding in examine(app) if not finding.well]
    click.echo("\n".join(faults) if faults else "All is well.")
    if faults:
        sys.exit(1)


@click.command()
def restored() -> None:
    """Say that the database was put back: letters that wait in it become uncertain."""
    app = create_app()
    holds = _alone(app.config["SETTINGS"])
    _doubt(app)
    holds.end()


def _alone(settings: Settings) -> Holds:
    """No worker sends meanwhile, until the end of what is given."""
    holds = holds_for(settings)
    if not (holds.begin() and holds.alone):
        raise BadSettings(STOP_FIRST)
    return holds


def _doubt(app: Flask) -> None:
    count = mark.doubt(app)
    words = "1 letter that waited is" if count == 1 else f"{count} letters that waited are"
    click.echo(f"{words} uncertain now: somebody decides on the Outbox page whether to send again.")
