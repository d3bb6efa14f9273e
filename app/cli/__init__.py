"""The command `hustings`. Each file of this folder holds the commands of one subject.

Here is only what `--help` lists: a command's file, and what it needs, is imported when it is run.
"""

import sys

import click

from app.cli.lazy import LazyGroup
from app.settings import BadSettings
from models.errors import DomainError

DUPLICATES = {
    "find": (
        "duplicates:find",
        "Compare everybody, and print the pairs that wait, the likeliest first.",
    ),
}
USER = {
    "add": (
        "accounts:add",
        "Add the user EMAIL; without --password-stdin, print a link to choose a password.",
    ),
    "disable": ("accounts:disable", "Keep the user EMAIL out, from their next click on."),
    "enable": ("accounts:enable", "Let the user EMAIL in again."),
    "link": ("accounts:link", "Print a new link with which the user EMAIL chooses a password."),
    "list": ("accounts:list_users", "List every user: address, name, role, regions, state."),
}
HUSTINGS = {
    "backup": (
        "backups:backup",
        "Write the SQLite database to the file or folder TARGET, while people work.",
    ),
    "budget": (
        "budget:show",
        "Show the current fund: cap, committed, paid, returned and available.",
    ),
    "doctor": (
        "database:doctor",
        "Look whether schema, ledger, audit and packages are as they should be; exit 1 if not.",
    ),
    "export": (
        "export:export",
        "Write the workbook KEY (councillors, applications, payments, budget …) to a file.",
    ),
    "import": ("imports:import_file", "Bring in FILE, or take BATCH back (KIND undo)."),
    "init": (
        "database:init",
        "Create the database, or bring it up to this version; safe to repeat.",
    ),
    "limit": (
        "law:limit",
        "Say what may be spent in one contest, with the rule, its source and its dates.",
    ),
    "restore": (
        "backups:restore",
        "Put the backup FILE back; letters that wait in it become uncertain.",
    ),
    "restored": (
        "backups:restored",
        "Say that the database was put back: letters that wait in it become uncertain.",
    ),
    "search": (
        "search:find",
        "Find people, applications, councils and wards by TEXT, the best first.",
    ),
    "serve": ("serving:serve", "Serve Hustings, with a worker beside it unless told not to."),
    "worker": ("serving:worker", "Carry out what waits in the outbox: e-mails and long imports."),
}

duplicate_commands = LazyGroup(
    "duplicates", DUPLICATES, help="Records that may be about one person."
)
user_commands = LazyGroup("user", USER, help="Add users, let them in, keep them out.")
cli = LazyGroup(
    "hustings",
    HUSTINGS,
    commands=[duplicate_commands, user_commands],
    help="Hustings: the CRM for a trade union's political office.",
    context_settings={"help_option_names": ["-h", "--help"]},
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
