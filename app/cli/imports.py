"""`hustings import`: files in from the command line, and taking an import back."""

import sys
from pathlib import Path

import click

from app.cli import intake
from app.cli.outcome import Outcome, councils
from app.cli.paid import Matched, paid
from models.errors import Invalid

KINDS = ("councils", *intake.KINDS, "paid", "undo")


@click.command("import")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", metavar="FILE|BATCH")
@click.option("--as", "email", metavar="EMAIL", help="As this user; default: the operator.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--sheet", "sheets", multiple=True, metavar="S", help="Read this sheet.")
@click.option("--header-row", type=int, help="The row that holds the headings; 0: none.")
@click.option("--map", "maps", multiple=True, metavar="COL=FIELD", help="What a column is.")
@click.option("--alias", "aliases", multiple=True, metavar="TEXT=CODE", help="What a text means.")
@click.option("--council", default="", help="The council of everybody in the file.")
@click.option(
    "--policy",
    type=click.Choice(list(intake.POLICIES)),
    default="fill",
    show_default=True,
    help="What happens to facts that are on the books.",
)
@click.option("--json", "as_json", is_flag=True, help="The counts as JSON.")
def import_file(
    kind: str,
    file: str,
    email: str | None,
    dry_run: bool,
    sheets: tuple[str, ...],
    header_row: int | None,
    maps: tuple[str, ...],
    aliases: tuple[str, ...],
    council: str,
    policy: str,
    as_json: bool,
) -> None:
    """Bring in FILE, or take BATCH back (KIND undo).

    Exit 0: all rows taken; 1: some refused; 2: the file was refused whole.
    """
    outcome: Outcome | Matched
    if kind == "undo":
        outcome = intake.undo(_batch(file), email)
    elif kind == "paid":
        outcome = paid(Path(file), email, dry_run)
    elif kind == "councils":
        outcome = councils(Path(file), email, dry_run)
    else:
        how = intake.How(
            kind, email, dry_run, sheets, header_row, _pairs(maps), _pairs(aliases), council, policy
        )
        outcome = intake.bring_in(Path(file), how)
    click.echo(outcome.as_json() if as_json else outcome.as_words())
    if outcome.refused:
        sys.exit(1)


def _batch(text: str) -> int:
    if not text.isdigit():
        raise Invalid(f"‘{text}’ is not the number of an import.")
    return int(text)


def _pairs(texts: tuple[str, ...]) -> dict[str, str]:
    """TEXT=VALUE options; the last equals sign parts them, so that a text may hold one."""
    pairs = {}
    for text in texts:
        left, equals, right = text.rpartition("=")
        if not equals or not left.strip():
            raise click.UsageError(f"‘{text}’: write it as TEXT=VALUE.")
        pairs[left.strip()] = right.strip()
    return pairs
