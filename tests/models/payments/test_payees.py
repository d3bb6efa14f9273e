"""Payees: two people for each account, sealed at rest, never shown in full."""

import pytest
import sqlalchemy as sa

from models import audit
from models.base import db
from models.errors import Conflict, Invalid, NotAllowed, Refused
from models.payments.payees.actions import (
    add_payee,
    confirm_account,
    enter_account,
    reject_account,
    retire_payee,
)
from models.payments.payees.queries import (
    account_states,
    current_account,
    details_of,
    others_with_details,
    payee_choices,
    payee_for,
    payees_for,
)
from models.payments.tables import PayeeAccount
from tests.payment_factories import HOW, NUMBER, SORT_CODE, make_payee

TYPED = {"sort_code": SORT_CODE, "number": NUMBER}


@pytest.fixture
def entered(cast, desk):
    """An account that Carol entered and nobody confirmed."""
    payee = add_payee(name="Borchester CLP", kind="party-unit", by=cast.carol)
    return enter_account(payee, **TYPED, holder="Borchester CLP", by=cast.carol)


def test_an_account_is_used_once_a_second_person_entered_the_same(cast, desk, entered):
    assert account_states({entered.payee_id}) == {entered.payee_id: "unconfirmed"}
    confirm_account(entered, **TYPED, checked_how=HOW, by=desk.frank)
    assert account_states({entered.payee_id}) == {entered.payee_id: "confirmed"}
    assert current_account(entered.payee_id) is entered


def test_nobody_confirms_their_own_entry(cast, entered):
    with pytest.raises(Refused, match="somebody else must confirm"):
        confirm_account(entered, **TYPED, checked_how=HOW, by=cast.carol)
    assert entered.confirmed_at is None


def test_the_database_itself_holds_two_people_apart(cast, entered):
    with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
        db.session.execute(
            sa.update(PayeeAccount).values(
                confirmed_by_id=PayeeAccount.entered_by_id, confirmed_at=entered.entered_at
            )
        )


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"sort_code": "20-45-68", "number": NUMBER}, "sort_code"),
        ({"sort_code": SORT_CODE, "number": "12345679"}, "number"),
    ],
)
def test_two_entries_that_differ_are_refused_at_the_field(desk, entered, typed, field):
    with pytest.raises(Invalid, match="not what was entered") as refusal:
        confirm_account(entered, **typed, checked_how=HOW, by=desk.frank)
    assert refusal.value.field == field
    assert entered.confirmed_at is None


def test_confirming_says_how_it_was_checked(desk, entered):
    with pytest.raises(Invalid, match="how you checked"):
        confirm_account(entered, **TYPED, checked_how=" ", by=desk.frank)


def test_a_second_click_confirms_nothing_more(desk, entered):
    first = confirm_account(entered, **TYPED, checked_how=HOW, by=desk.frank).confirmed_at
    again = confirm_account(entered, **TYPED, checked_how=HOW, by=desk.frank)
    assert again.confirmed_at == first


def test_a_new_account_replaces_the_old_only_when_confirmed(cast, desk):
    old = current_account(desk.payee.id)
    new = enter_account(
        desk.payee, sort_code="60-16-13", number="31926819", holder="Ambridge CLP", by=cast.carol
    )
    assert current_account(desk.payee.id) is old
    confirm_account(new, sort_code="601613", number="31926819", checked_how=HOW, by=desk.frank)
    assert current_account(desk.payee.id) is new
    assert old.ended_at is not None


def test_a_wrong_entry_is_put_aside(cast, desk, entered):
    reject_account(entered, by=desk.frank)
    with pytest.raises(Refused, match="not waiting"):
        confirm_account(entered, **TYPED, checked_how=HOW, by=desk.frank)


def test_what_is_stored_holds_neither_sort_code_nor_number(desk):
    row = db.session.execute(sa.select(PayeeAccount.__table__)).first()
    assert "204567" not in str(row)
    assert NUMBER not in str(row)
    assert row.tail == NUMBER[-4:]


def test_the_audit_holds_no_bank_details(cast, entered):
    db.session.commit()
    said = db.session.execute(sa.select(audit.AuditEntry.before, audit.AuditEntry.after)).all()
    assert NUMBER not in str(said)
    assert "204567" not in str(said)


def test_a_sealed_account_opens_for_its_own_payee_only(cast, desk, entered):
    own = current_account(desk.payee.id)
    assert details_of(own, reader=cast.carol).number == NUMBER
    own.sealed = entered.sealed
    with pytest.raises(Refused, match="another payee"):
        details_of(own, reader=cast.carol)


def test_a_sealed_account_that_was_changed_does_not_open(cast, desk):
    own = current_account(desk.payee.id)
    own.sealed = own.sealed[:-6] + "AAAAA="
    with pytest.raises(Refused, match="another key"):
        details_of(own, reader=cast.carol)


@pytest.mark.parametrize("name", ["alice", "olive", "bob", "dan", "terry", "grace"])
def test_only_finance_reads_payees_and_their_accounts(cast, desk, name):
    somebody = getattr(cast, name)
    for read in (
        lambda: payees_for(somebody),
        lambda: payee_for(somebody, desk.payee.id),
        lambda: details_of(current_account(desk.payee.id), reader=somebody),
    ):
        with pytest.raises(NotAllowed):
            read()


def test_the_same_account_of_another_payee_is_found(cast, desk, entered):
    assert others_with_details(entered, reader=cast.carol) == [desk.payee]


def test_a_payee_is_added_once(cast, desk):
    first = add_payee(name="Felpersham CLP", kind="party-unit", by=cast.carol, key="k")
    assert add_payee(name="Felpersham CLP", kind="party-unit", by=cast.carol, key="k") is first
    with pytest.raises(Conflict, match="already a payee"):
        add_payee(name="FELPERSHAM  CLP", kind="party-unit", by=cast.carol)


def test_the_same_key_with_another_account_is_refused(cast, desk):
    values = {"sort_code": SORT_CODE, "holder": "Ambridge CLP", "by": cast.carol, "key": "k"}
    first = enter_account(desk.payee, number=NUMBER, **values)
    assert enter_account(desk.payee, number=NUMBER, **values) is first
    with pytest.raises(Conflict):
        enter_account(desk.payee, number="87654321", **values)


def test_a_retired_payee_is_paid_no_more(cast, desk):
    retire_payee(desk.payee, by=cast.carol)
    assert desk.payee not in payee_choices(cast.olive)
    assert account_states({desk.payee.id}) == {}


def test_a_payee_made_by_the_factory_can_be_paid(cast, desk):
    payee = make_payee(cast, desk.frank, "Penny Hassett CLP", number="00000001")
    assert current_account(payee.id).tail == "0001"
