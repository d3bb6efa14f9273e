"""How fresh the regions are, how well councils are covered, and how long facts hold."""

from collections import defaultdict
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.errors import NotFound
from models.freshness.actions import checking
from models.freshness.queries import facts
from models.freshness.queries.scores import (
    CouncilCover,
    coverage_for,
    network_growth,
    regions_seen,
    scores_over_time,
    scores_today,
)
from models.freshness.rules import KINDS
from views.freshness.counter import bp
from views.freshness.forms import HalfLifeForm
from views.guards import needs, reader
from views.pages import submitted


@bp.get("/freshness/scores")
@needs(Permit.COUNCILLORS_READ)
def scores() -> ResponseReturnValue:
    """The share of fresh facts in each region, today and over time."""
    today = scores_today(reader())
    return render_template(
        "freshness/scores.html",
        tab="scores",
        scores=today,
        points=_points(scores_over_time(reader())),
        names=[score.region.name for score in today],
    )


def _points(kept: dict[int, dict[date, int | None]]) -> list[dict[str, Any]]:
    """One point for each month: the mean of all regions shown, on the last day kept."""
    months: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    for region_id, days in kept.items():
        for day, share in days.items():
            if share is not None:
                months[day.year, day.month][region_id] = share
    return [
        {
            "label": f"{date(year, month, 1):%b %y}",
            "values": [round(sum(shares.values()) / len(shares))],
        }
        for (year, month), shares in sorted(months.items())
    ]


@bp.get("/freshness/coverage")
@needs(Permit.COUNCILLORS_READ)
def coverage() -> ResponseReturnValue:
    """Each council as a tile, by region: known, verified, contacted; and the Network's growth."""
    covers = coverage_for(reader())
    growth = network_growth(reader())
    return render_template(
        "freshness/coverage.html",
        tab="coverage",
        regions=_by_region(covers),
        covers=covers,
        growth=[{"label": f"{day:%b %y}", "values": [count]} for day, count in growth],
        joined=growth[-1][1] if growth else 0,
    )


def _by_region(covers: list[CouncilCover]) -> list[tuple[str, list[CouncilCover]]]:
    names = {one.id: one.name for one in regions_seen(reader())}
    found: dict[str, list[CouncilCover]] = {name: [] for name in names.values()}
    for cover in covers:
        found.setdefault(names.get(cover.region_id or 0, "Not mapped"), []).append(cover)
    return [(name, some) for name, some in found.items() if some]


@bp.get("/freshness/half-lives")
@needs(Permit.FRESHNESS_SET)
def half_lives() -> ResponseReturnValue:
    """How long each kind of fact holds."""
    return _half_lives_page()


@bp.post("/freshness/half-lives/<string:fact_kind>")
@needs(Permit.FRESHNESS_SET)
def set_half_life(fact_kind: str) -> ResponseReturnValue:
    """Change how long one kind of fact holds."""
    if fact_kind not in KINDS:
        raise NotFound("There is no such kind of fact.")
    form = HalfLifeForm(prefix=f"{fact_kind}-")
    done = submitted(
        form, lambda: checking.set_half_life(fact_kind, days=form.days.data, by=reader())
    )
    if done is None:
        return _half_lives_page(fact_kind, form), 422
    flash(f"{KINDS[fact_kind].label}: {done.days} days.", "ok")
    return redirect(url_for(".half_lives"))


def _half_lives_page(failed: str | None = None, form: HalfLifeForm | None = None) -> str:
    days = facts.half_lives()
    forms = {
        key: form
        if form and key == failed
        else HalfLifeForm(prefix=f"{key}-", formdata=None, days=days[key])
        for key in KINDS
    }
    return render_template("freshness/half_lives.html", forms=forms, form=form, tab="half-lives")
