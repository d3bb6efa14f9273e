"""`hustings export`: a workbook of the catalogue into a file."""

from pathlib import Path

import click

from app.cli import edge
from models.exports.actions import record_export
from reports.catalogue import report_of
from reports.desk import INSIDE, Wish, hand_over


@click.command("export")
@click.argument("key")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--as", "email", help="The user who exports; default: the command line.")
@click.option("--purpose", default="", help="Why; written into the export register.")
@click.option("--recipient", default=INSIDE, show_default=True, help="Who will have the file.")
@click.option("--outside", is_flag=True, help="The recipient is not part of the union.")
@click.option("--council", default="", metavar="CODE", help="Of this council (dispute-sheet).")
@click.option("--filter", "pairs", multiple=True, metavar="NAME=VALUE", help="As in the address.")
def export(
    key: str,
    output: Path,
    email: str | None,
    purpose: str,
    recipient: str,
    outside: bool,
    council: str,
    pairs: tuple[str, ...],
) -> None:
    """Write the workbook KEY (councillors, applications, payments, budget …) to a file."""
    report = report_of(key)
    if council:
        pairs = (*pairs, f"council={council}")
    elif key == "dispute-sheet" and not any(pair.startswith("council=") for pair in pairs):
        raise click.UsageError("Say of which council the sheet is: --council CODE.")
    wish = Wish(_filters(pairs, report.arguments), purpose, recipient, outside)
    with edge.transaction():
        person = edge.actor(email)
        handed = hand_over(report, wish, reader=person, name=person.name)
        record_export(
            report=key,
            permit=report.permit,
            filters=handed.filters,
            rows=handed.book.rows,
            purpose=purpose,
            recipient=recipient,
            outside=outside,
            file_hash=handed.file_hash,
            by=person,
        )
        output.write_bytes(handed.content)
    click.echo(f"{report.title}: {handed.book.rows:,} rows in {output}.")


def _filters(pairs: tuple[str, ...], known: tuple[str, ...]) -> dict[str, str]:
    given = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or name not in known:
            words = ", ".join(known) or "none"
            raise click.UsageError(f"--filter {pair}: use NAME=VALUE with one of: {words}.")
        given[name] = value
    return given
