"""`hustings limit`: what the law lets be spent in one contest, from the figures the pages use."""

import json
import re
from datetime import date
from typing import Any

import click

from app.cli import edge
from app.filters import day, pounds
from models import clock
from models.elections.limits import AREAS, Limit, Question, limit_of
from models.elections.queries import figure_book
from models.elections.rules import CERTAINTIES, NATIONS, Figure, is_stale
from models.errors import Invalid

KINDS = ("local", "parliament", "s75-ward", "s75-constituency")
WHOLE = re.compile(r"\d{1,12}|\d{1,3}(,\d{3})+", re.ASCII)


@click.command()
@click.option("--kind", required=True, type=click.Choice(KINDS), help="Which limit.")
@click.option("--electors", metavar="N", help="Electors of the ward or constituency.")
@click.option("--joint", metavar="N", help="Joint candidates, this one among them (local only).")
@click.option("--area", type=click.Choice(AREAS), help="Kind of constituency (parliament only).")
@click.option("--on", "on", metavar="DATE", help="The day, as 2027-05-06. Today if not given.")
@click.option(
    "--nation", type=click.Choice(NATIONS, case_sensitive=False), default="England",
    show_default=True, help="Where the contest is.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="As JSON, all amounts in pence.")
def limit(
    kind: str,
    electors: str | None,
    joint: str | None,
    area: str | None,
    on: str | None,
    nation: str,
    as_json: bool,
) -> None:
    """Say what may be spent in one contest, with the rule, its source and its dates."""
    question = Question(
        kind=kind,
        on=_day(on),
        electors=None if electors is None else _whole(electors, "electors"),
        joint=1 if joint is None else _whole(joint, "joint candidates"),
        area=area,
        nation=nation,
    )
    with edge.transaction():
        found = limit_of(question, figure_book())
    click.echo(json.dumps(as_values(found), indent=2) if as_json else as_words(found))


def _whole(text: str, what: str) -> int:
    if not WHOLE.fullmatch(text.strip()):
        raise Invalid(f"“{text[:40]}” is not a number of {what}: give a whole number like 7500.")
    return int(text.replace(",", ""))


def _day(text: str | None) -> date:
    if text is None:
        return clock.today()
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise Invalid(f"“{text[:40]}” is not a day: give one like 2027-05-06.") from error


def as_values(found: Limit) -> dict[str, Any]:
    """The answer as plain values: pence as whole numbers, days as 2027-05-06."""
    question = found.question
    return {
        "kind": question.kind,
        "pence": found.pence,
        "on": question.on.isoformat(),
        "nation": question.nation,
        "electors": question.electors,
        "joint": question.joint,
        "area": question.area,
        **_figure_values(found.figure),
        "reduction": _figure_values(found.reduction) if found.reduction else None,
    }


def _figure_values(figure: Figure) -> dict[str, Any]:
    return {
        "key": figure.key,
        "figure": figure.value,
        "rule": figure.rule,
        "source": figure.source,
        "valid_from": _iso(figure.valid_from),
        "in_use_by": _iso(figure.in_use_by),
        "valid_to": _iso(figure.valid_to),
        "checked_on": _iso(figure.checked_on),
        "stale": is_stale(figure.checked_on, clock.today()),
        "certainty": figure.certainty,
        "note": figure.note,
    }


def _iso(moment: date | None) -> str | None:
    return None if moment is None else moment.isoformat()


def as_words(found: Limit) -> str:
    """The answer as lines: the figure first, then what it stands on."""
    figures = [found.figure, *([found.reduction] if found.reduction else [])]
    lines = [f"{pounds(found.pence)} on {day(found.question.on)}"]
    for figure in figures:
        lines += [
            f"{figure.label}: {figure.value}",
            f"  Rule: {figure.rule}",
            f"  Source: {figure.source}",
            f"  {_dates(figure)}",
            f"  {CERTAINTIES[figure.certainty]}.",
        ]
        lines += [f"  Note: {figure.note}"] if figure.note else []
    return "\n".join(lines)


def _dates(figure: Figure) -> str:
    first = day(figure.valid_from) or f"not established (in use by {day(figure.in_use_by)})"
    last = f", until {day(figure.valid_to)}" if figure.valid_to else ""
    stale = ", over a year ago" if is_stale(figure.checked_on, clock.today()) else ""
    return f"From: {first}{last}. Checked on {day(figure.checked_on)}{stale}."
