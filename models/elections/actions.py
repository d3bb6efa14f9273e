"""Changing the figures of the law: loading ours, entering what the law says now, looking again."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.exc import IntegrityError

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db, one_at_a_time
from models.days import said_day
from models.elections import queries, rules
from models.elections.figures import FIGURES
from models.elections.rules import CERTAINTIES, Figure
from models.elections.tables import LegalFigure
from models.errors import Conflict, Invalid, Refused

MOST_P = 1_000_000_000_00
MOST_TENTHS = 10_000
MOST_DAYS = 3_660
VALUES = {
    "formula": ("base_p", "elector_tenths"),
    "amount": ("amount_p",),
    "share": ("parts", "whole"),
    "days": ("days",),
    "words": ("words",),
}
ALL_VALUES = tuple(name for names in VALUES.values() for name in names)
CHANGED_SINCE = "Somebody has changed this figure meanwhile. Look at it as it is now."


@dataclass(frozen=True)
class Value:
    """A figure's value: only the parts of its unit are given. Pence, tenths of a penny, days."""

    base_p: int | None = None
    elector_tenths: int | None = None
    amount_p: int | None = None
    parts: int | None = None
    whole: int | None = None
    days: int | None = None
    words: str | None = None


def load_figures(*, by: Actor) -> int:
    """Put in the figures that are missing and mend our own; returns how many rows were written.

    What the office has entered is never touched: a figure of which it has set one row is its own.
    """
    require(by, Permit.LAW_WRITE)
    one_at_a_time("figures of the law")
    rows: dict[tuple[str, str, str], list[LegalFigure]] = {}
    for row in queries.all_rows():
        rows.setdefault((row.key, row.nation, row.election), []).append(row)
    return sum(_load(figure, rows.get(figure.identity, []), by=by) for figure in FIGURES)


def _load(figure: Figure, there: list[LegalFigure], *, by: Actor) -> bool:
    values = {name: getattr(figure, name) for name in queries.NAMES}
    if not there:
        row = LegalFigure(**values)
        db.session.add(row)
        db.session.flush()
        audit.record("law.figure_added", row, by=by, after={"key": row.key, "value": row.value})
        return True
    if len(there) > 1 or there[0].set_by_id is not None:
        return False
    before, after = audit.changes(there[0], values)
    if after:
        audit.record("law.figure_mended", there[0], by=by, before=before, after=after)
    return bool(after)


def change_figure(
    figure: LegalFigure,
    *,
    value: Value,
    from_on: date,
    rule: str,
    source: str,
    checked_on: date,
    certainty: str,
    by: Actor,
    note: str | None = None,
) -> LegalFigure:
    """What the law says from a day on: the row in force ends the day before, a new one begins.

    Refused for a row that has ended, Invalid for a day at or before the row's own first one.
    """
    require(by, Permit.LAW_WRITE)
    _hold(figure)
    _check_words(rule, source, certainty, checked_on)
    _check_value(figure.unit, value)
    _check_period(figure, from_on)
    figure.valid_to = from_on - timedelta(days=1)
    row = LegalFigure(
        **{name: getattr(figure, name) for name in ("key", "label", "topic", "nation")},
        election=figure.election,
        unit=figure.unit,
        **vars(value),
        rule=rule.strip(),
        source=source.strip(),
        checked_on=checked_on,
        certainty=certainty,
        note=(note or "").strip() or None,
        valid_from=from_on,
        set_by_id=by.id,
    )
    try:
        with db.session.begin_nested():
            db.session.flush()
            db.session.add(row)
            db.session.flush()
    except IntegrityError as error:
        raise Conflict(CHANGED_SINCE) from error
    audit.record(
        "law.figure_changed",
        row,
        by=by,
        before={"value": figure.value, "valid_to": figure.valid_to},
        after={"value": row.value, "valid_from": from_on, "source": row.source},
    )
    return row


def check_again(figure: LegalFigure, *, by: Actor) -> LegalFigure:
    """Note that somebody looked at the source today and found the figure unchanged."""
    require(by, Permit.LAW_WRITE)
    _hold(figure)
    before, after = audit.changes(figure, {"checked_on": clock.today(), "set_by_id": by.id})
    if after:
        db.session.flush()
        audit.record("law.figure_checked", figure, by=by, before=before, after=after)
    return figure


def _hold(figure: LegalFigure) -> None:
    """Lock the row and read it afresh; a row that has ended is history."""
    db.session.refresh(figure, with_for_update={"of": LegalFigure})
    if figure.valid_to is not None:
        raise Refused(
            f"This figure ended on {said_day(figure.valid_to)}. Open the one that followed it."
        )


def _check_words(rule: str, source: str, certainty: str, checked_on: date) -> None:
    if not rule.strip():
        raise Invalid("Say in a sentence what the rule is.", field="rule")
    if not source.strip() or len(source.strip()) > 300:
        raise Invalid("Say where it is from, in at most 300 characters.", field="source")
    if certainty not in CERTAINTIES:
        raise Invalid("Choose how sure it is.", field="certainty")
    if checked_on > clock.today():
        raise Invalid("The day on which it was checked cannot be in the future.", field="checked")


def _check_value(unit: str, value: Value) -> None:
    wanted = VALUES[unit]
    for name in ALL_VALUES:
        given = getattr(value, name)
        if name in wanted and (given is None or given == ""):
            raise Invalid("Enter the figure.", field=name)
        if name not in wanted and given is not None:
            raise Invalid("This figure has no such part.", field=name)
    most = {"elector_tenths": MOST_TENTHS, "days": MOST_DAYS, "parts": 10_000, "whole": 10_000}
    for name in wanted:
        given = getattr(value, name)
        if isinstance(given, int) and not 0 <= given <= most.get(name, MOST_P):
            raise Invalid("This is less than nothing, or more than any law says.", field=name)
    if unit == "share" and not 0 <= (value.parts or 0) <= (value.whole or 0) != 0:
        raise Invalid("A part cannot be more than the whole.", field="parts")
    if value.words is not None and len(value.words) > 160:
        raise Invalid("Say it in at most 160 characters.", field="words")


def _check_period(figure: LegalFigure, from_on: date) -> None:
    first = figure.valid_from or figure.in_use_by
    if first is not None and from_on <= first:
        raise Invalid(
            f"The figure as it stands is held from {said_day(first)} on. Choose a later day.",
            field="from_on",
        )
    if from_on.year > clock.today().year + 10:
        raise Invalid("This day is too far away.", field="from_on")
    for other in queries.all_rows():
        same = (other.key, other.nation, other.election)
        if other.id != figure.id and same == (figure.key, figure.nation, figure.election):
            period = (other.valid_from or other.in_use_by, other.valid_to)
            if rules.overlap(period, (from_on, None)):
                raise Refused("Another row of this figure covers these days.", field="from_on")
