"""The law counter: the figures of election money law, their sources and their history."""

import re
from collections.abc import Iterable
from dataclasses import fields
from itertools import groupby
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from models import clock
from models.accounts.permits import may
from models.accounts.roles import Permit
from models.days import said_day
from models.elections.actions import Value, change_figure, check_again
from models.elections.queries import figure_for, history_of, open_figures_for
from models.elections.rules import CERTAINTIES, ELECTIONS, TOPICS, is_stale
from models.elections.tables import LegalFigure
from views.forms import BaseForm, ChoiceField, DayField, Days, PoundsField, WholeField
from views.guards import needs, reader
from views.pages import render_form, submitted

bp = Blueprint("elections", __name__, url_prefix="/law")

VALUES = frozenset(field.name for field in fields(Value))
PENCE = re.compile(r"(\d{1,3})(?:\.(\d))?p?", re.ASCII)
PARTS = {
    "formula": ("base_p", "elector_tenths"),
    "amount": ("amount_p",),
    "share": ("parts", "whole"),
    "days": ("days",),
    "words": ("words",),
}


class PenceField(StringField):
    """Pence for each elector, with at most one decimal; `data` is tenths of a penny."""

    def process_data(self, value: int | None) -> None:
        self.data = value

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data // 10}.{self.data % 10}"

    def process_formdata(self, valuelist: list[str]) -> None:
        text = (valuelist[0] if valuelist else "").strip()
        found = PENCE.fullmatch(text)
        self.data = int(found[1]) * 10 + int(found[2] or 0) if found else None
        if text and not found:
            raise ValidationError("Enter pence with at most one decimal, like 8 or 0.5.")


class FigureForm(BaseForm):
    """What the law says from a day on; only the parts of the figure's unit are asked."""

    base_p = PoundsField("Pounds", validators=[InputRequired("Enter the pounds.")])
    elector_tenths = PenceField(
        "Pence for each elector", validators=[InputRequired("Enter the pence for each elector.")]
    )
    amount_p = PoundsField("Pounds", validators=[InputRequired("Enter the pounds.")])
    parts = WholeField("Parts", validators=[InputRequired("Enter the parts.")])
    whole = WholeField("Of how many", validators=[InputRequired("Enter the whole.")])
    days = WholeField("Days", validators=[InputRequired("Enter the days.")])
    words = StringField("In words", validators=[InputRequired("Say it."), Length(max=160)])
    from_on = DayField(
        "In force from", days=Days.TERM, validators=[InputRequired("Enter the first day.")]
    )
    rule = TextAreaField(
        "The rule, in a sentence",
        render_kw={"rows": 3},
        validators=[InputRequired("Say in a sentence what the rule is."), Length(max=2000)],
    )
    source = StringField(
        "Source",
        validators=[InputRequired("Say where it is from."), Length(max=300)],
    )
    checked = DayField(
        "Checked on",
        days=Days.PAST,
        default=clock.today,
        validators=[InputRequired("Enter the day on which the source was looked at.")],
    )
    certainty = ChoiceField(
        "How sure is it",
        choices=[SelectChoice(key, words) for key, words in CERTAINTIES.items()],
        validators=[InputRequired("Choose how sure it is.")],
    )
    note = TextAreaField("Note", render_kw={"rows": 2}, validators=[Optional(), Length(max=2000)])

    def keep_only(self, unit: str) -> None:
        """Take away the parts that this unit does not have."""
        for other, names in PARTS.items():
            for name in names if other != unit else ():
                del self[name]

    @property
    def value(self) -> Value:
        """What was typed, as the action takes it."""
        return Value(**{f.short_name: f.data for f in self if f.short_name in VALUES})


@bp.get("")
@needs(Permit.LAW_READ)
def index() -> ResponseReturnValue:
    """Every figure as it stands, by subject."""
    rows = open_figures_for(reader())
    return render_template(
        "elections/index.html",
        groups=_by_topic(rows),
        stale=[row for row in rows if is_stale(row.checked_on, clock.today())],
        elections=ELECTIONS,
        today=clock.today(),
        is_stale=is_stale,
    )


@bp.get("/<int:figure_id>")
@needs(Permit.LAW_READ)
def show(figure_id: int) -> ResponseReturnValue:
    """One figure with its rule, its source and what it was before."""
    figure = figure_for(reader(), figure_id)
    return render_template("elections/show.html", **_about(figure))


@bp.route("/<int:figure_id>/change", methods=["GET", "POST"])
@needs(Permit.LAW_WRITE)
def change(figure_id: int) -> ResponseReturnValue:
    """Enter what the law says from a day on."""
    figure = figure_for(reader(), figure_id)
    form = FigureForm(rule=figure.rule, source=figure.source)
    form.keep_only(figure.unit)
    done = submitted(form, lambda: _enter(figure, form))
    if done is None:
        return render_form("elections/change.html", form, **_about(figure))
    flash(f"{done.label}: {done.value} from {said_day(done.valid_from)}.", "ok")
    return redirect(url_for("elections.show", figure_id=done.id))


def _enter(figure: LegalFigure, form: Any) -> LegalFigure:
    return change_figure(
        figure,
        value=form.value,
        from_on=form.from_on.data,
        rule=form.rule.data,
        source=form.source.data,
        checked_on=form.checked.data,
        certainty=form.certainty.data,
        note=form.note.data,
        by=reader(),
    )


@bp.post("/<int:figure_id>/checked")
@needs(Permit.LAW_WRITE)
def checked(figure_id: int) -> ResponseReturnValue:
    """Note that the source was looked at today and says the same."""
    figure = check_again(figure_for(reader(), figure_id), by=reader())
    flash(f"{figure.label}: checked today.", "ok")
    return redirect(url_for("elections.show", figure_id=figure.id))


def _about(figure: LegalFigure) -> dict[str, Any]:
    return {
        "figure": figure,
        "history": history_of(reader(), figure),
        "elections": ELECTIONS,
        "stale": is_stale(figure.checked_on, clock.today()),
        "may_write": may(reader(), Permit.LAW_WRITE) and figure.valid_to is None,
    }


def _by_topic(rows: Iterable[LegalFigure]) -> list[tuple[str, list[LegalFigure]]]:
    order = list(TOPICS)
    found = sorted(rows, key=lambda row: order.index(row.topic))
    return [(TOPICS[topic], list(part)) for topic, part in groupby(found, lambda row: row.topic)]
