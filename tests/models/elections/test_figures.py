"""The figures as data, loading and changing them, on both databases."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
import sqlalchemy as sa

from models import clock
from models.audit import AuditEntry
from models.base import db
from models.elections.actions import Value, change_figure, check_again, load_figures
from models.elections.figures import FIGURES
from models.elections.limits import Question, limit_of
from models.elections.queries import figure_book, history_of, open_figures_for
from models.elections.rules import (
    CERTAINTIES,
    ELECTIONS,
    NATIONS,
    TOPICS,
    FigureBook,
    is_stale,
    overlap,
)
from models.elections.tables import LegalFigure
from models.errors import Invalid, NotAllowed, Refused


@pytest.fixture
def loaded(cast):
    load_figures(by=cast.alice)
    db.session.commit()


def row(key="limit.local.england"):
    found = sa.select(LegalFigure).where(LegalFigure.key == key, LegalFigure.valid_to.is_(None))
    return db.session.scalars(found).first()


def changed(cast, figure=None, **values):
    given = {
        "value": Value(base_p=1_000_00, elector_tenths=85),
        "from_on": date(2027, 1, 1),
        "rule": "£1,000 and 8.5p for each elector.",
        "source": "S.I. 2026/1",
        "checked_on": clock.today(),
        "certainty": "seen",
        "by": cast.alice,
    }
    return change_figure(figure or row(), **{**given, **values})


def test_every_figure_says_what_it_is_and_where_it_is_from():
    for figure in FIGURES:
        assert figure.label
        assert figure.rule.endswith(".")
        assert figure.source
        assert figure.topic in TOPICS
        assert figure.certainty in CERTAINTIES
        assert figure.election in ELECTIONS
        assert figure.nation in (*NATIONS, "UK")
        assert figure.valid_from or figure.in_use_by


def test_no_two_figures_of_one_identity_share_a_day():
    for one, other in combinations(FIGURES, 2):
        if one.identity == other.identity:
            assert not overlap((one.valid_from, one.valid_to), (other.valid_from, other.valid_to))
    assert not overlap((None, date(2026, 1, 1)), (date(2026, 1, 2), None))
    assert overlap((None, None), (date(2026, 1, 2), None))


def test_loading_puts_all_in_and_a_repeat_changes_nothing(cast, database):
    assert load_figures(by=cast.alice) == len(FIGURES)
    assert load_figures(by=cast.alice) == 0
    book = figure_book()
    assert set(book.figures) == set(FIGURES)


def test_loading_mends_ours_and_never_what_the_office_entered(cast, loaded):
    ours, theirs = row("s75.ward"), row("s75.constituency")
    ours.base_p = 1
    changed(cast, theirs, value=Value(amount_p=750_00))
    db.session.commit()
    assert load_figures(by=cast.alice) == 1
    assert row("s75.ward").base_p == 50_00
    assert row("s75.constituency").amount_p == 750_00


def test_a_change_ends_the_old_row_and_adds_one_with_its_dates(cast, loaded):
    old = row()
    new = changed(cast, old)
    db.session.commit()
    assert (old.valid_to, new.valid_from) == (date(2026, 12, 31), date(2027, 1, 1))
    assert [each.id for each in history_of(cast.bob, new)] == [new.id, old.id]
    book = figure_book()
    for on, pence in ((date(2026, 12, 31), 1_560_00), (date(2027, 1, 1), 1_637_50)):
        asked = Question(kind="local", on=on, electors=7_500)
        assert limit_of(asked, book).pence == pence
    (entry,) = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.event == "law.figure_changed")
    )
    assert entry.before["value"] == "£960.00 + 8p for each elector"
    assert entry.after["value"] == "£1,000.00 + 8.5p for each elector"


def test_a_figure_that_was_not_known_is_entered_the_same_way(cast, loaded):
    wales = row("limit.local.wales")
    assert not wales.known
    new = changed(cast, wales)
    assert new.known
    asked = Question(kind="local", on=date(2027, 5, 6), electors=100, nation="Wales")
    assert limit_of(asked, figure_book()).pence == 1_008_50


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"from_on": date(2024, 1, 1)}, "from_on"),
        ({"from_on": date(2099, 1, 1)}, "from_on"),
        ({"value": Value()}, "base_p"),
        ({"value": Value(base_p=-1, elector_tenths=80)}, "base_p"),
        ({"value": Value(base_p=10**14, elector_tenths=80)}, "base_p"),
        ({"value": Value(base_p=1, elector_tenths=80, days=3)}, "days"),
        ({"rule": " "}, "rule"),
        ({"source": ""}, "source"),
        ({"certainty": "sure"}, "certainty"),
        ({"checked_on": date(2099, 1, 1)}, "checked"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(cast, loaded, values, field):
    with pytest.raises(Invalid) as refusal:
        changed(cast, **values)
    assert refusal.value.field == field
    assert row().base_p == 960_00


def test_a_row_that_has_ended_is_history(cast, loaded):
    old = row()
    changed(cast, old)
    with pytest.raises(Refused, match="ended on 31 December 2026"):
        changed(cast, old, from_on=date(2028, 1, 1))
    with pytest.raises(Refused):
        check_again(old, by=cast.alice)


def test_the_database_itself_holds_one_open_row_for_a_figure(cast, loaded):
    values = {column.name: getattr(row(), column.name) for column in LegalFigure.__table__.columns}
    del values["id"]
    with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
        db.session.execute(sa.insert(LegalFigure).values(**values))


def test_looking_again_sets_the_day_and_is_in_the_audit(cast, loaded):
    figure = row()
    check_again(figure, by=cast.alice)
    db.session.commit()
    assert figure.checked_on == clock.today()
    events = list(db.session.scalars(sa.select(AuditEntry.event).order_by(AuditEntry.seq.desc())))
    assert events[0] == "law.figure_checked"


def test_a_check_of_over_a_year_ago_is_stale():
    today = date(2027, 6, 1)
    assert not is_stale(today - timedelta(days=365), today)
    assert is_stale(today - timedelta(days=366), today)


@pytest.mark.parametrize("who", ["olive", "bob", "carol", "dan", "grace"])
def test_only_a_national_officer_changes_the_law(cast, loaded, who):
    with pytest.raises(NotAllowed):
        changed(cast, by=getattr(cast, who))
    with pytest.raises(NotAllowed):
        check_again(row(), by=getattr(cast, who))


@pytest.mark.parametrize("who", ["dan", "terry"])
def test_who_does_not_see_funding_does_not_see_the_figures(cast, loaded, who):
    with pytest.raises(NotAllowed):
        open_figures_for(getattr(cast, who))


def test_a_book_prefers_the_nations_own_row_to_that_of_the_whole_uk():
    (uk,) = [figure for figure in FIGURES if figure.key == "s75.ward"]
    book = FigureBook((uk, replace(uk, nation="Scotland", base_p=60_00)))
    assert book.on("s75.ward", date(2027, 1, 1), nation="Scotland").base_p == 60_00
    assert book.on("s75.ward", date(2027, 1, 1), nation="England").base_p == 50_00
