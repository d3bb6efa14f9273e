"""`hustings duplicates`: the finder at the command line."""

import json
from typing import Any

import click

from app.cli import edge
from models.accounts.permits import require
from models.accounts.roles import Permit
from models.merging.actions.finding import find_all
from models.merging.matching import REASONS
from models.merging.queries.pairs import PairLine, all_open


@click.command("find")
@click.option("--json", "as_json", is_flag=True, help="The pairs as JSON.")
@click.option("--as", "email", metavar="EMAIL", help="As this user would see them.")
def find(as_json: bool, email: str | None) -> None:
    """Compare everybody, and print the pairs that wait, the likeliest first."""
    with edge.transaction(slow=True):
        reader = edge.actor(email)
        require(reader, Permit.PEOPLE_WRITE)
        find_all(by=reader)
        lines = all_open(reader)
        if as_json:
            click.echo(json.dumps([as_plain(line) for line in lines], indent=2))
        else:
            pairs = "1 pair." if len(lines) == 1 else f"{len(lines):,} pairs."
            click.echo("\n".join([*map(as_words, lines), pairs]))


def as_plain(line: PairLine) -> dict[str, Any]:
    """A pair as plain values."""
    return {
        "id": line.pair.id,
        "score": line.pair.score,
        "reasons": [
            {"reason": code, "points": points, "words": REASONS.get(code, code)}
            for code, points in line.pair.reasons
        ],
        "people": [{"id": person.id, "name": person.full_name} for person in (line.low, line.high)],
    }


def as_words(line: PairLine) -> str:
    """A pair as one line."""
    why = "; ".join(REASONS.get(code, code) for code, _ in line.pair.reasons)
    people = f"{line.low.full_name} ({line.low.id}) and {line.high.full_name} ({line.high.id})"
    return f"{line.pair.score:>3}  {people}: {why}"
