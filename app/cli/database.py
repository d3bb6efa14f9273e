"""`hustings init` and `hustings doctor`: making the database, and looking whether all is well."""

import json
import sys
from dataclasses import asdict

import click
from flask import Flask

import migrations
from app import create_app
from app.cli import edge
from app.doctor import Finding, examine
from app.settings import BadSettings
from models.accounts.permits import OPERATOR
from models.base import db
from models.elections.actions import load_figures
from models.places.actions import load_reference


@click.command()
@click.option(
    "--demo", is_flag=True, help="Add the demonstration union, and print who may sign in."
)
def init(demo: bool) -> None:
    """Create the database, or bring it up to this version; safe to repeat."""
    app = create_app()
    upgrade(app)
    with edge.transaction(app):
        load_reference(by=OPERATOR)
        load_figures(by=OPERATOR)
    click.echo(f"The database in {app.config['SETTINGS'].folder.resolve()} is ready.")
    if demo:
        from app.demo import build
        from app.demo.office import sign_in_list

        with edge.transaction(app):
            password = build(app.config["SETTINGS"].demo_password)
        click.echo(sign_in_list(app.config["SETTINGS"].base_url, password))


def upgrade(app: Flask) -> None:
    """Bring the app's database to the pinned head, in one transaction.

    Raises BadSettings for a database that this version cannot take over.
    """
    with app.app_context(), db.engine.begin() as connection:
        why = migrations.refusal(migrations.current(connection))
        if why:
            raise BadSettings(f"The database is of {why}")
        migrations.upgrade(connection)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def doctor(as_json: bool) -> None:
    """Look whether schema, ledger, audit and packages are as they should be; exit 1 if not."""
    with edge.transaction() as app:
        findings = examine(app)
    well = all(finding.well for finding in findings)
    if as_json:
        click.echo(
            json.dumps({"well": well, "findings": [asdict(one) for one in findings]}, indent=2)
        )
    else:
        click.echo("\n".join(_line(finding) for finding in findings))
        click.echo("All is well." if well else "Not all is well.")
    if not well:
        sys.exit(1)


def _line(finding: Finding) -> str:
    mark = "FAULT" if not finding.well else "note" if finding.note else "ok"
    return f"{mark:>6}  {finding.check}: {finding.words}"
