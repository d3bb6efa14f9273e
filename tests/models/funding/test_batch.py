"""Many awards at once: all or none, in few queries, on both databases."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from models import clock
from models.base import db
from models.budget.faults import ledger_faults
from models.budget.limits.actions import add_limit, end_limit
from models.budget.limits.queries import limits
from models.budget.queries.tree import tree_for
from models.budget.tables import Award, LedgerEntry
from models.errors import Invalid, NotAllowed, NotFound, Refused
from models.funding.actions.batch import award_many
from models.funding.batch import Chosen, Terms
from models.funding.coding import Coding
from models.funding.law import WARNINGS
from models.funding.queries.batch import plan_batch
from models.funding.queries.law import law_answers_of, law_card, law_cards
from models.funding.queries.one import steps_of
from models.funding.tables import ApplicationStep
from models.outbox import OutboxRow
from tests.factories import make_person
from tests.funding_factories import CODING, make_awarded, make_contest, make_fund, make_submitted
from tests.law import load_law


@pytest.fixture
def three(cast, fund, nwi):
    return [make_submitted(by=cast.bob, region=nwi, contest=make_contest(nwi)) for _ in range(3)]


def terms(**changed):
    head = tree_for(None or _All()).heads[0]
    base = Terms(head_id=head.node_id, coding=Coding(legal_class="candidate", s72_category="c"))
    return replace(base, **changed)


class _All:
    id, name, permits, region_ids = None, "", frozenset(), None


def chosen(applications, amount_p=300_00):
    return [Chosen(one.id, amount_p) for one in applications]


def counts():
    return tuple(
        db.session.scalar(sa.select(sa.func.count()).select_from(table))
        for table in (Award, ApplicationStep, OutboxRow)
    )


def test_all_of_them_are_awarded_in_one_go(cast, three):
    done = award_many(chosen(three), terms=terms(), by=cast.alice, key="click")
    db.session.commit()
    assert {one.status for one in done} == {"awarded"}
    assert {one.award.committed_p for one in done} == {300_00}
    assert {one.law.legal_class for one in done} == {"candidate"}
    assert {steps_of(one)[0].step for one in done} == {"award"}
    assert db.session.scalar(sa.select(sa.func.count(OutboxRow.id))) == 3
    assert list(ledger_faults()) == []


def test_the_same_click_again_changes_nothing(cast, three):
    award_many(chosen(three), terms=terms(), by=cast.alice, key="click")
    db.session.commit()
    before = counts()
    award_many(chosen(three), terms=terms(), by=cast.alice, key="click")
    assert counts() == before


def test_one_that_cannot_be_awarded_stops_all_and_is_named(cast, fund, nwi, three):
    own = make_submitted(by=cast.alice, region=nwi, contest=make_contest(nwi))
    before = counts()
    with pytest.raises(Refused, match=f"Nothing was awarded. {own.reference}: You wrote"):
        award_many(chosen([*three, own]), terms=terms(), by=cast.alice)
    assert counts() == before
    assert {one.status for one in three} == {"endorsed"}


def test_together_they_may_not_pass_the_regions_part(cast, nwi):
    make_fund(by=cast.alice, share_p=700_00)
    several = [make_submitted(by=cast.bob, region=nwi) for _ in range(3)]
    with pytest.raises(Refused, match=rf"{several[2].reference}: £100\.00 left in Print"):
        award_many(chosen(several), terms=terms(), by=cast.alice)
    assert db.session.scalar(sa.select(sa.func.count(LedgerEntry.award_id))) == 0


def test_the_plan_says_what_would_be_left_where(cast, three):
    plan = plan_batch(cast.alice, chosen(three), terms())
    assert plan.total_p == 900_00
    assert plan.refused == ()
    assert [(one.name, one.now_p - one.after_p) for one in plan.left] == [
        ("Print, North West & Irish", 900_00),
        ("Print", 900_00),
        ("Election fund 2026", 900_00),
    ]
    assert {one.status for one in three} == {"endorsed"}


def test_less_than_was_asked_needs_its_reason(cast, three):
    with pytest.raises(Refused, match="Say why less"):
        award_many(chosen(three, 200_00), terms=terms(), by=cast.alice)
    done = award_many(
        chosen(three, 200_00), terms=terms(reason="Two thirds for all."), by=cast.alice
    )
    assert steps_of(done[0])[0].reason == "Two thirds for all."


def test_everybodys_own_limit_holds_for_each_of_them(cast, three):
    for row in limits():
        end_limit(row, by=cast.alice)
    add_limit(role="political-officer", amount_p=299_99, starts_on=clock.today(), by=cast.alice)
    with pytest.raises(Refused, match=r"Your limit .* £299\.99"):
        award_many(chosen(three), terms=terms(), by=cast.olive)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"coding": Coding()}, "Choose what the award is in law"),
        ({"coding": Coding(legal_class="s75", s72_category="f")}, "one by one"),
    ],
)
def test_the_law_holds_for_each_of_them(cast, three, changed, words):
    with pytest.raises(Refused, match=words):
        award_many(chosen(three), terms=terms(**changed), by=cast.alice)


def test_what_the_law_warns_of_is_answered_once_for_all_and_kept_for_each(cast, fund, nwi):
    load_law(by=cast.alice)
    several = [make_submitted(by=cast.bob, region=nwi) for _ in range(2)]
    with pytest.raises(Refused, match=f"{several[1].reference}: .*Say what you answer"):
        award_many(chosen(several), terms=terms(coding=CODING), by=cast.alice)
    answers = dict.fromkeys(WARNINGS, "The letter is out.")
    whole = terms(coding=CODING, answers=answers)
    award_many(chosen(several), terms=whole, by=cast.alice)
    kept = [a.answer for one in several for a in law_answers_of(one)]
    assert kept
    assert set(kept) == {"The letter is out."}


@pytest.mark.parametrize("who", ["bob", "carol", "dan", "grace"])
def test_only_the_office_decides(cast, three, who):
    with pytest.raises(NotAllowed):
        award_many(chosen(three), terms=terms(), by=getattr(cast, who))


def test_nothing_ticked_nothing_there_and_no_head_are_said(cast, three):
    with pytest.raises(Invalid, match="Tick at least one"):
        award_many([], terms=terms(), by=cast.alice)
    with pytest.raises(NotFound):
        award_many([Chosen(99_999, 1)], terms=terms(), by=cast.alice)
    with pytest.raises(Invalid, match="Choose the budget head"):
        award_many(chosen(three), terms=terms(head_id=None), by=cast.alice)


def test_an_awarded_one_is_not_awarded_again(cast, fund, nwi):
    done = make_awarded(by=cast.bob, region=nwi, officer=cast.olive)
    with pytest.raises(Refused, match=f"{done.reference}: “Award” is not possible now"):
        award_many(chosen([done]), terms=terms(), by=cast.alice)


def test_fifty_take_as_few_statements_as_five(cast, nwi, queries):
    make_fund(by=cast.alice, share_p=50_000_00)
    several = [make_submitted(by=cast.bob, region=nwi) for _ in range(50)]
    db.session.commit()
    first, rest = chosen(several[:5]), chosen(several[5:])
    queries.statements.clear()
    award_many(first, terms=terms(), by=cast.alice)
    db.session.commit()
    of_five = len(queries.statements)
    queries.statements.clear()
    done = award_many(rest, terms=terms(), by=cast.alice)
    db.session.commit()
    assert len(queries.statements) <= of_five + 5 <= 60
    assert {one.award.committed_p for one in done} == {300_00}
    assert list(ledger_faults()) == []


def test_the_law_says_to_each_of_many_what_it_says_to_it_alone(cast, fund, nwi):
    """The neighbours of all are looked up at once, and each finds its own among them."""
    load_law(by=cast.alice)
    shared, other = make_contest(nwi), make_contest(nwi)
    several = [make_submitted(by=cast.bob, region=nwi, contest=shared)]
    several.append(make_submitted(by=cast.bob, region=nwi, contest=other))
    shared.person = make_person("Sam West", region=nwi)
    several.append(make_submitted(by=cast.bob, region=nwi, contest=shared))
    make_awarded(by=cast.bob, region=nwi, officer=cast.olive)
    coding = Coding(legal_class="candidate", s72_category="c")
    amounts = {one.id: one.requested_p for one in several}
    together = law_cards(several, coding=coding, amounts=amounts)
    for one in several:
        assert together[one.id] == law_card(one, coding=coding, amount_p=one.requested_p)
