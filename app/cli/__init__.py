"""The command `hustings`. Each file of this folder holds the commands of one subject."""

import sys
from importlib import import_module

import click

from app.faults import fault_of
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
        _leave(str(refusal))
    except Exception as error:
        fault = fault_of(error)
        if fault is not None:
            _leave(fault.line)
        if isinstance(error, OSError) and error.strerror:
            _leave(f"{error.strerror}: {error.filename}" if error.filename else error.strerror)
        raise


def _leave(words: str) -> None:
    click.echo(f"hustings: {words}", err=True)
    sys.exit(2)
