"""Which delegated limit holds for whom, where and when; and who may set one."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from models import clock
from models.accounts.roles import Role
from models.audit import AuditEntry
from models.base import db
from models.budget.limits.actions import add_limit, end_limit
from models.budget.limits.queries import limit_of, limits
from models.budget.limits.rules import Found, find
from models.errors import Invalid, NotAllowed
from tests.budgets import make_fund

DAY = date(2026, 5, 1)


def limit(amount_p, **values):
    base = {
        "role": None,
        "user_id": None,
        "region_id": None,
        "starts_on": date(2026, 4, 1),
        "ends_on": None,
    }
    return SimpleNamespace(**{**base, **values}, amount_p=amount_p)


def found(rows, *, user_id=1, role=Role.POLITICAL_OFFICER, region_id=7, on=DAY):
    return find(rows, user_id=user_id, role=role, region_id=region_id, on=on).amount_p


def test_without_a_row_only_the_national_officer_awards_up_to_the_cap():
    assert found([], role=Role.NATIONAL_OFFICER) is None
    assert found([], role=Role.POLITICAL_OFFICER) == 0


def test_a_persons_own_limit_goes_before_their_roles_and_the_regions_before_the_general_one():
    role = limit(1_000_00, role=Role.POLITICAL_OFFICER)
    here = limit(700_00, role=Role.POLITICAL_OFFICER, region_id=7)
    own = limit(300_00, user_id=1)
    assert found([role]) == 1_000_00
    assert found([role, here]) == 700_00
    assert found([role, here], region_id=8) == 1_000_00
    assert found([role, here, own]) == 300_00
    assert found([role, here, own], user_id=2) == 700_00


def test_a_limit_holds_from_its_first_to_its_last_day():
    row = limit(500_00, role=Role.POLITICAL_OFFICER, starts_on=DAY, ends_on=DAY)
    assert found([row]) == 500_00
    assert found([row], on=DAY - timedelta(days=1)) == 0
    assert found([row], on=DAY + timedelta(days=1)) == 0


def test_of_two_alike_the_larger_holds():
    rows = [limit(amount_p, role=Role.POLITICAL_OFFICER) for amount_p in (200_00, 500_00)]
    assert found(rows) == 500_00


def test_a_national_officer_can_be_held_to_a_limit_too():
    assert found([limit(5_00, user_id=1)], role=Role.NATIONAL_OFFICER) == 5_00


def test_what_is_awarded_already_counts():
    held = Found(1_000_00)
    assert held.refusal(1_000_00) is None
    assert held.refusal(400_00, earlier_p=600_00) is None
    words = held.refusal(400_01, earlier_p=600_00)
    assert "£1,000.00, and £600.00 is awarded already" in words
    assert Found(None).refusal(10**12) is None
    assert "No limit" in Found(0).refusal(1)


def test_a_new_fund_lets_the_political_officer_go_on_up_to_its_cap(cast):
    make_fund(cast.alice)
    found_p = limit_of(cast.olive, [1])[1].amount_p
    assert found_p == 250_000_00
    assert limit_of(cast.alice, [1])[1].amount_p is None


def test_a_new_fund_does_not_raise_a_limit_that_is_set(cast):
    add_limit(role=Role.POLITICAL_OFFICER, amount_p=100_00, starts_on=clock.today(), by=cast.alice)
    make_fund(cast.alice)
    assert limit_of(cast.olive, [1])[1].amount_p == 100_00


@pytest.mark.parametrize("who", ["olive", "bob", "carol", "dan", "grace"])
def test_only_the_national_officer_sets_limits(cast, who):
    with pytest.raises(NotAllowed):
        add_limit(
            role=Role.POLITICAL_OFFICER,
            amount_p=1,
            starts_on=clock.today(),
            by=getattr(cast, who),
        )


def test_a_limit_is_ended_at_once_and_stays_in_the_list(cast):
    row = add_limit(user_id=cast.olive.id, amount_p=100_00, starts_on=clock.today(), by=cast.alice)
    assert limit_of(cast.olive, [1])[1].amount_p == 100_00
    end_limit(row, by=cast.alice)
    db.session.commit()
    assert limit_of(cast.olive, [1])[1].amount_p == 0
    assert limits() == [row]
    events = {event for (event,) in db.session.query(AuditEntry.event)}
    assert {"limit.set", "limit.ended"} <= events


def test_nobody_sets_their_own_limit(cast):
    with pytest.raises(Invalid, match="Somebody else"):
        add_limit(user_id=cast.alice.id, amount_p=100_00, starts_on=clock.today(), by=cast.alice)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"role": None}, "whose"),
        ({"role": Role.FINANCE}, "whose"),
        ({"user_id": 1}, "whose"),
        ({"amount_p": -1}, "amount"),
        ({"ends_on": date(2020, 1, 1)}, "ends_on"),
    ],
)
def test_a_limit_that_makes_no_sense_is_refused(cast, changed, field):
    values = {"role": Role.POLITICAL_OFFICER, "amount_p": 100, "starts_on": clock.today()}
    with pytest.raises(Invalid) as refusal:
        add_limit(**{**values, **changed}, by=cast.alice)
    assert refusal.value.field == field
