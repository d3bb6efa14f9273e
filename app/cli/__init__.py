"""The command `hustings`. Each file of this folder holds the commands of one subject.

Here is only what `--help` lists: a command's file, and what it needs, is imported when it is run.
"""

import sys

import click

from app.cli.lazy import LazyGroup
from app.settings import BadSettings
from models.errors import DomainError

duplicates = LazyGroup(
    "duplicates",
    help="Records that may be about one person.",
    places={
        "find": (
            "app.cli.duplicates:find",
            "Compare everybody, and print the pairs that wait, the likeliest first.",
        )
    },
)

user = LazyGroup(
    "user",
    help="Add users, let them in, keep them out.",
    places={
        "add": (
            "app.cli.accounts:add",
            "Add the user EMAIL; without --password-stdin, print a link to choose a password.",
        ),
        "disable": (
            "app.cli.accounts:disable",
            "Keep the user EMAIL out, from their next click on.",
        ),
        "enable": ("app.cli.accounts:enable", "Let the user EMAIL in again."),
        "link": (
            "app.cli.accounts:link",
            "Print a new link with which the user EMAIL chooses a password.",
        ),
        "list": (
            "app.cli.accounts:list_users",
            "List every user: address, name, role, regions, state.",
        ),
    },
)

cli = LazyGroup(
    "hustings",
    help="Hustings: the CRM for a trade union's political office.",
    context_settings={"help_option_names": ["-h", "--help"]},
    commands=[duplicates, user],
    places={
        "backup": (
            "app.cli.backups:backup",
            "Write the SQLite database to the file or folder TARGET, while people work.",
        ),
        "budget": (
            "app.cli.budget:show",
            "Show the current fund: cap, committed, paid, returned and available.",
        ),
        "doctor": (
            "app.cli.database:doctor",
            "Look whether schema, ledger, audit and packages are as they should be; exit 1 if not.",
        ),
        "export": (
            "app.cli.export:export",
            "Write the workbook KEY (councillors, applications, payments, budget …) to a file.",
        ),
        "import": (
            "app.cli.imports:import_file",
            "Bring in FILE, or take BATCH back (KIND undo).",
        ),
        "init": (
            "app.cli.database:init",
            "Create the database, or bring it up to this version; safe to repeat.",
        ),
        "limit": (
            "app.cli.law:limit",
            "Say what may be spent in one contest, with the rule, its source and its dates.",
        ),
        "restore": (
            "app.cli.backups:restore",
            "Put the backup FILE back; letters that wait in it become uncertain.",
        ),
        "restored": (
            "app.cli.backups:restored",
            "Say that the database was put back: letters that wait in it become uncertain.",
        ),
        "search": (
            "app.cli.search:find",
            "Find people, applications, councils and wards by TEXT, the best first.",
        ),
        "serve": (
            "app.cli.serving:serve",
            "Serve Hustings, with a worker beside it unless told not to.",
        ),
        "worker": (
            "app.cli.serving:worker",
            "Carry out what waits in the outbox: e-mails and long imports.",
        ),
    },
)
click.version_option(package_name="hustings", message="%(prog)s %(version)s")(cli)


def main() -> None:
    """Run one command; a refusal is one sentence and exit code 2, never a trace."""
    try:
        cli(prog_name="hustings")
    except (DomainError, BadSettings) as refusal:
        _leave(str(refusal))
    except Exception as error:
        from app.faults import fault_of

        fault = fault_of(error)
        if fault is not None:
            _leave(fault.line)
        if isinstance(error, OSError) and error.strerror:
            _leave(f"{error.strerror}: {error.filename}" if error.filename else error.strerror)
        raise


def _leave(words: str) -> None:
    click.echo(f"hustings: {words}", err=True)
    sys.exit(2)
