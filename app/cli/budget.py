"""The figures of the election budget at the command line."""

import json
from typing import Any

import click

from app.cli import edge
from app.filters import pounds
from models.accounts.permits import require
from models.accounts.roles import Permit
from models.budget.queries.tree import Tree, tree_for
from models.budget.rules import Figures
from models.errors import NotFound


@click.command("budget")
@click.option("--json", "as_json", is_flag=True, help="As JSON, all amounts in pence.")
@click.option("--as", "email", metavar="EMAIL", help="As this user would see it.")
def show(as_json: bool, email: str | None) -> None:
    """Show the current fund: cap, committed, paid, returned and available."""
    with edge.transaction():
        reader = edge.actor(email)
        require(reader, Permit.BUDGET_READ)
        tree = tree_for(reader)
        if tree is None:
            raise NotFound("There is no fund yet. Set one up on the budget page.")
        click.echo(json.dumps(as_pence(tree), indent=2) if as_json else as_table(tree))


def as_pence(tree: Tree) -> dict[str, Any]:
    """The tree as plain values: pence as integers."""
    whole = tree.figures
    return {
        "fund": whole.name,
        "code": whole.code,
        "cap": whole.cap_p,
        **_five(whole),
        "allocated": whole.handed_p,
        "heads": [_named(head.figures) for head in tree.heads],
        "regions": [_named(region.figures) for region in tree.regions],
    }


def _named(figures: Figures) -> dict[str, Any]:
    return {"name": figures.name, "code": figures.code, **_five(figures)}


def _five(figures: Figures) -> dict[str, int]:
    return {
        "allocated": figures.cap_p,
        "committed": figures.committed_p,
        "paid": figures.paid_p,
        "returned": figures.returned_p,
        "available": figures.available_p,
    }


def as_table(tree: Tree) -> str:
    """The tree as text: the fund, then its heads, then the regions."""
    columns = ("Allocated", "Committed", "Paid", "Returned", "Available")
    head = f"{'':32}" + "".join(f"{name:>16}" for name in columns)
    places = [
        [tree.figures],
        [each.figures for each in tree.heads],
        [each.figures for each in tree.regions],
    ]
    blocks = ["\n".join(_line(figures) for figures in block) for block in places if block]
    return "\n\n".join([head + "\n" + blocks[0], *blocks[1:]])


def _line(figures: Figures) -> str:
    return f"{figures.name[:31]:32}" + "".join(
        f"{pounds(amount_p):>16}" for amount_p in _five(figures).values()
    )
