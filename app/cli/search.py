"""`hustings search`: the same search as Ctrl-K."""

import json

import click

from app.cli import edge
from models.accounts.permits import require
from models.accounts.roles import Permit
from models.base import will_write
from reports.search import Hit, search


@click.command("search")
@click.argument("text", nargs=-1, required=True)
@click.option("--as", "email", help="The user who searches; default: the command line.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 200))
@click.option("--json", "as_json", is_flag=True, help="As JSON: [{kind, id, name, detail}].")
def find(text: tuple[str, ...], email: str | None, limit: int, as_json: bool) -> None:
    """Find people, applications, councils and wards by TEXT, the best first.

    Names in any order and spelling, beginnings, e-mail addresses, membership numbers.
    """
    will_write.set(False)
    with edge.transaction():
        reader = edge.actor(email)
        require(reader, Permit.SIGNED_IN)
        hits = search(reader, " ".join(text), limit)
    if as_json:
        rows = [{name: getattr(hit, name) for name in SHOWN} for hit in hits]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    click.echo("\n".join(map(_line, hits)) or "Nothing you can see is called that.")


SHOWN = ("kind", "id", "name", "detail")


def _line(hit: Hit) -> str:
    detail = f", {hit.detail}" if hit.detail else ""
    return f"{hit.kind:12}{hit.id:>8}  {hit.name}{detail}"
