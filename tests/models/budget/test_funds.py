"""Further funds and a fund's terms: proposed by one, agreed by another; a fund runs by its days."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from models import clock
from models.budget.actions import money
from models.budget.actions.money import commit_many
from models.budget.actions.tree import rename_fund, set_up_fund, terms_of
from models.budget.approvals.actions.answering import approve, withdraw
from models.budget.approvals.actions.asking import ask_fund, ask_terms
from models.budget.faults import ledger_faults
from models.budget.plans import FundPlan, next_period
from models.budget.queries.periods import current_fund, funds, sharing_days, shown_fund, state_of
from models.budget.queries.tree import leaf_for, tree_for
from models.budget.rules import MAX_P, Commitment
from models.budget.tables import LedgerEntry
from models.errors import Conflict, Invalid, NotAllowed, Refused
from tests.budgets import HEADS, SHARES, agree_terms, further_fund, make_fund

NEXT = FundPlan(
    name="Election fund 2027",
    code="EF27",
    cap_p=250_000_00,
    starts_on=date(2027, 4, 1),
    ends_on=date(2028, 3, 31),
    max_grant_p=500_00,
    heads=HEADS,
    allocations=SHARES,
)
SAID = {"reason": "The next year", "authority": "Executive, minute 4", "key": "next"}


def on(year, month, day):
    return clock.set_to(datetime(year, month, day, 12, tzinfo=UTC))


@pytest.fixture
def fund(cast):
    return make_fund(cast.alice, starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31))


@pytest.fixture
def following(fund, cast):
    return further_fund(by=cast.alice, **{k: getattr(NEXT, k) for k in NEXT.__dataclass_fields__})


# ---- the first fund, and every further one


def test_the_first_fund_is_set_up_by_the_national_officer_alone(cast):
    with pytest.raises(NotAllowed):
        make_fund(cast.olive)
    fund = make_fund(cast.alice)
    assert (current_fund(), shown_fund()) == (fund, fund)


def test_the_first_fund_is_set_up_once_however_often_the_button_is_pressed(cast):
    values = {k: getattr(NEXT, k) for k in NEXT.__dataclass_fields__}
    first = set_up_fund(**values, by=cast.alice, key="fund:1")
    assert set_up_fund(**values, by=cast.alice, key="fund:1") is first
    assert funds() == [first]


def test_one_person_alone_sets_up_no_second_fund(fund, cast):
    values = {k: getattr(NEXT, k) for k in NEXT.__dataclass_fields__}
    with pytest.raises(Refused, match="A further one is asked for by one person and agreed by a"):
        set_up_fund(**values, by=cast.alice, key="fund:2")
    asked = ask_fund(plan=NEXT, by=cast.alice, **SAID)
    with pytest.raises(Refused, match="asked for this yourself"):
        approve(asked, by=cast.alice)
    assert funds() == [fund]


def test_a_fund_that_waits_is_not_asked_for_again(fund, cast):
    asked = ask_fund(plan=NEXT, by=cast.alice, **SAID)
    again = {**SAID, "key": "another page"}
    with pytest.raises(Conflict, match="was asked for by Alice"):
        ask_fund(plan=NEXT, by=cast.olive, **again)
    withdraw(asked, by=cast.alice)
    assert ask_fund(plan=NEXT, by=cast.olive, **again).status == "waiting"


def test_the_database_itself_refuses_a_fund_agreed_by_whoever_asked(fund, cast, database):
    asked = ask_fund(plan=NEXT, by=cast.alice, **SAID)
    asked.status, asked.decided_by_id = "approved", cast.alice.id
    with pytest.raises(IntegrityError):
        database.flush()


def test_a_second_person_agrees_and_the_fund_is_there_once(fund, cast, database):
    asked = ask_fund(plan=NEXT, by=cast.olive, **SAID)
    assert ask_fund(plan=NEXT, by=cast.olive, **SAID) is asked
    assert funds() == [fund]
    approve(asked, by=cast.alice)
    written = database.query(LedgerEntry).count()
    approve(asked, by=cast.alice)
    [following, _] = funds()
    assert (following.name, following.node.code, following.node.cap_p) == (
        "Election fund 2027", "EF27", 250_000_00,
    )  # fmt: skip
    assert (following.node.handed_p, following.max_grant_p) == (45_000_00, 500_00)
    assert database.query(LedgerEntry).count() == written
    assert list(ledger_faults()) == []


def test_only_the_national_office_asks_and_a_national_officer_agrees(fund, cast):
    for user in (cast.bob, cast.carol, cast.grace):
        with pytest.raises(NotAllowed):
            ask_fund(plan=NEXT, by=user, **SAID)
    asked = ask_fund(plan=NEXT, by=cast.alice, **SAID)
    with pytest.raises(NotAllowed):
        approve(asked, by=cast.olive)


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"code": "EF26"}, "code", "already a fund with the code EF26: Election fund 2026"),
        ({"name": "election FUND 2026"}, "name", "already a fund called"),
        ({"starts_on": date(2027, 3, 31)}, "starts_on", "Two funds never share a day"),
        ({"starts_on": date(2026, 4, 1), "ends_on": date(2027, 3, 31)}, "starts_on", "share"),
        ({"starts_on": date(2026, 1, 1), "ends_on": date(2029, 1, 1)}, "starts_on", "share"),
        ({"heads": {"Print": "P", "PRINT": "Q"}, "allocations": {}}, "heads", "the same name"),
        ({"max_grant_p": 0}, "max_grant", "above"),
        ({"name": " "}, "name", "Enter a name"),
    ],
)
def test_a_further_fund_that_cannot_be_is_refused_at_its_field(fund, cast, changed, field, words):
    with pytest.raises((Invalid, Conflict), match=words) as refusal:
        ask_fund(plan=replace(NEXT, **changed), by=cast.olive, **SAID)
    assert refusal.value.field == field


def test_what_has_the_days_meanwhile_is_seen_when_it_is_agreed(fund, cast):
    asked = ask_fund(plan=NEXT, by=cast.olive, **SAID)
    agree_terms(fund=fund, ends_on=NEXT.starts_on, by=cast.alice)
    with pytest.raises(Invalid, match="Two funds never share a day"):
        approve(asked, by=cast.alice)
    assert asked.status == "waiting"


# ---- the terms of a fund


@pytest.mark.parametrize(
    "changed",
    [
        {"max_grant_p": 5_000_00},
        {"max_grant_p": 400_00},
        {"ends_on": date(2027, 6, 30)},
        {"starts_on": date(2026, 3, 1)},
        {"approve_above_p": MAX_P},
    ],
)
def test_other_terms_are_asked_for_by_one_and_agreed_by_another(fund, cast, changed):
    before = terms_of(fund)
    asked = ask_terms(
        fund=fund, terms=replace(before, **changed), reason="r", by=cast.alice, key="t"
    )
    assert terms_of(fund) == before
    with pytest.raises(Refused, match="asked for this yourself"):
        approve(asked, by=cast.alice)
    withdraw(asked, by=cast.alice)
    other = ask_terms(
        fund=fund, terms=replace(before, **changed), reason="r", by=cast.olive, key="u"
    )
    approve(other, by=cast.alice)
    assert terms_of(fund) == replace(before, **changed)


def test_the_name_is_changed_by_one_and_nothing_else_of_the_terms(fund, following, cast):
    before = terms_of(fund)
    rename_fund(fund=fund, name="Local elections 2026", by=cast.alice)
    assert terms_of(fund) == replace(before, name="Local elections 2026")
    assert fund.node.name == "Local elections 2026"
    with pytest.raises(Conflict, match="already a fund called"):
        rename_fund(fund=fund, name=following.name, by=cast.alice)


def test_the_terms_of_two_funds_never_share_a_day(fund, following, cast):
    with pytest.raises(Invalid, match="share a day"):
        agree_terms(fund=fund, ends_on=date(2027, 4, 1), by=cast.alice)


def test_terms_that_were_changed_since_are_asked_for_again(fund, cast):
    terms = replace(terms_of(fund), max_grant_p=900_00)
    asked = ask_terms(fund=fund, terms=terms, reason="r", by=cast.olive, key="first")
    before = fund.max_grant_p
    rename_fund(fund=fund, name="Another name", by=cast.alice)
    with pytest.raises(Conflict, match="changed since"):
        approve(asked, by=cast.alice)
    assert (fund.name, fund.max_grant_p) == ("Another name", before)


def test_one_change_of_the_terms_waits_at_a_time(fund, cast):
    terms = terms_of(fund)
    for grant_p, key in ((900_00, "first"), (800_00, "second")):
        wanted = {"fund": fund, "terms": replace(terms, max_grant_p=grant_p), "reason": "r"}
        if key == "first":
            ask_terms(**wanted, by=cast.olive, key=key)
            continue
        with pytest.raises(Conflict, match=r"asked for by Olive .* waits for a second person"):
            ask_terms(**wanted, by=cast.olive, key=key)


# ---- no year is cut short


@pytest.mark.parametrize(
    ("today", "days", "field", "words"),
    [
        ((2026, 11, 30), {"ends_on": date(2026, 11, 29)}, "ends_on", "until 30 November 2026"),
        ((2026, 11, 30), {"starts_on": date(2026, 12, 1)}, "starts_on", "in use on 30 November"),
    ],
)
def test_a_fund_that_runs_goes_on_running_today(fund, cast, today, days, field, words):
    with on(*today), pytest.raises(Invalid, match=words) as refusal:
        agree_terms(fund=fund, **days, by=cast.alice)
    assert refusal.value.field == field


def test_a_fund_that_is_over_keeps_the_days_on_which_money_was_booked(fund, cast):
    with on(2026, 11, 30):
        leaf = leaf_for(fund, "PRINT", "NWI")
        money.commit(
            node_id=leaf.id, reference="F-1", amount_p=100_00, by=cast.alice, key="award:1:commit"
        )
    with on(2027, 4, 2):
        with pytest.raises(Invalid, match="until 30 November 2026"):
            agree_terms(fund=fund, ends_on=date(2026, 11, 29), by=cast.alice)
        agree_terms(fund=fund, ends_on=date(2026, 11, 30), by=cast.alice)


def test_the_last_day_is_asked_again_when_the_change_is_agreed(fund, cast):
    terms = replace(terms_of(fund), ends_on=date(2026, 11, 30))
    with on(2026, 11, 30):
        asked = ask_terms(fund=fund, terms=terms, reason="r", by=cast.olive, key="t")
    with on(2026, 12, 1), pytest.raises(Invalid, match="until 1 December 2026"):
        approve(asked, by=cast.alice)


# ---- which fund runs


def test_planning_next_years_fund_changes_nothing_of_the_running_one(fund, following, cast):
    with on(2026, 11, 30):
        assert current_fund() is shown_fund() is fund
        assert tree_for(cast.alice).fund is fund
        assert (state_of(fund), state_of(following)) == ("running", "planned")
    with on(2027, 4, 1):
        assert current_fund() is following
        assert state_of(fund) == "over"


def test_the_day_is_londons(fund, following):
    # Summer time: at 23:30 UTC on 31 March it is half past midnight on 1 April in London.
    with clock.set_to(datetime(2027, 3, 31, 23, 30, tzinfo=UTC)):
        assert current_fund() is following


def test_between_funds_the_one_that_comes_is_shown_and_none_runs(fund, cast):
    later = replace(NEXT, starts_on=date(2027, 5, 1))
    approve(ask_fund(plan=later, by=cast.olive, **SAID), by=cast.alice)
    with on(2027, 4, 15):
        assert current_fund() is None
        assert shown_fund().node.code == "EF27"
    with on(2028, 4, 15):
        assert current_fund() is None
        assert shown_fund().node.code == "EF27"


def test_nothing_is_awarded_from_a_fund_before_its_first_day(fund, following, cast):
    leaf = leaf_for(following, "PRINT", "NWI")
    said = {"node_id": leaf.id, "amount_p": 100_00, "by": cast.alice}
    with on(2027, 3, 30):
        with pytest.raises(Refused, match="begins on 1 April 2027"):
            money.commit(reference="F-1", key="a", **said)
        one = Commitment(leaf.id, "F-1", 100_00, "b")
        with pytest.raises(Refused, match="begins on 1 April 2027"):
            commit_many([one], by=cast.alice)
    with on(2027, 4, 1):
        assert money.commit(reference="F-1", key="a", **said).committed_p == 100_00


def test_the_next_days_are_proposed_not_this_years_again(fund, following):
    today = date(2026, 11, 30)
    assert next_period([], today) == (date(2026, 4, 1), date(2027, 3, 31))
    assert next_period([fund], today) == (date(2027, 4, 1), date(2028, 3, 31))
    assert next_period([fund, following], today) == (date(2028, 4, 1), date(2029, 3, 31))
    assert next_period([fund], date(2030, 5, 1)) == (date(2030, 4, 1), date(2031, 3, 31))


def test_days_that_two_funds_shared_before_are_named(fund, following):
    following.starts_on = fund.ends_on - timedelta(days=1)
    assert sharing_days(fund) == [following]
    assert sharing_days(following) == [fund]
