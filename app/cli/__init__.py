"""The command `hustings`. Each file of this folder holds the commands of one subject."""

import sys
from importlib import import_module

import click

from app.settings import BadSettings
from models.errors import DomainError

SUBJECTS = (
    "accounts",
    "backups",
    "budget",
    "database",
    "duplicates",
    "export",
    "imports",
    "law",
    "search",
    "serving",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Hustings: the CRM for a trade union's political office."""


def main() -> None:
    """Run one command; a refusal is one sentence and exit code 2, never a trace."""
    for subject in SUBJECTS:
        for command in import_module(f"app.cli.{subject}").COMMANDS:
            cli.add_command(command)
    try:
        cli(standalone_mode=True)
    except (DomainError, BadSettings) as refusal:
        click.echo(f"hustings: {refusal}", err=True)
        sys.exit(2)
