"""Entering payees and their accounts; a second person confirms what the first one entered."""

from models import audit, clock
from models.accounts.permits import require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db
from models.errors import Conflict, Invalid, Refused
from models.folding import fold
from models.payments.payees import queries, rules
from models.payments.rules import check_words
from models.payments.sealing import Details, seal, unseal
from models.payments.tables import Payee, PayeeAccount

REPEATED = "This was already done with other details. Reload the page to see how things stand."
MISMATCH = (
    "This is not what was entered. Compare it with the payee's own letter: either you mistyped it, "
    "or the first entry is wrong and must be entered again."
)


def add_payee(
    *, name: str, kind: str, email: str | None = None, by: User, key: str | None = None
) -> Payee:
    """A new payee; Conflict where one of this name is there."""
    require(by, Permit.PAYEES_WRITE)
    name = " ".join(
        check_words(name, ask="Enter the payee's name.", field="name", most=160).split()
    )
    if kind not in rules.KINDS:
        raise Invalid("Choose what kind of payee it is.", field="kind")
    earlier = queries.payee_with_key(key)
    if earlier is not None:
        if earlier.name != name or earlier.added_by_id != by.id:
            raise Conflict(REPEATED)
        return earlier
    if queries.payee_named(name) is not None:
        raise Conflict("There is already a payee of this name. Use that one.", field="name")
    payee = Payee(
        name=name, name_key=fold(name), kind=kind, email=email or None, added_by_id=by.id, idem=key
    )
    db.session.add(payee)
    db.session.flush()
    audit.record("payee.added", payee, by=by, after={"name": name, "kind": kind})
    return payee


def retire_payee(payee: Payee, *, by: User) -> Payee:
    """Take a payee out of use; what was paid stays. Harmless when repeated."""
    require(by, Permit.PAYEES_WRITE)
    if payee.retired_at is None:
        payee.retired_at = clock.now()
        for account in payee.accounts:
            account.ended_at = account.ended_at or clock.now()
        db.session.flush()
        audit.record("payee.retired", payee, by=by)
    return payee


def enter_account(
    payee: Payee, *, sort_code: str, number: str, holder: str, by: User, key: str | None = None
) -> PayeeAccount:
    """Enter a payee's account. It is used only when somebody else has confirmed it.

    A confirmed account before it stays in use until then; an unconfirmed one is put aside.
    """
    require(by, Permit.PAYEES_WRITE)
    details = Details(rules.sort_code(sort_code), rules.account_number(number))
    holder = rules.holder_name(holder)
    earlier = queries.account_with_key(key)
    if earlier is not None:
        same = (earlier.payee_id, earlier.holder, earlier.entered_by_id) == (
            payee.id,
            holder,
            by.id,
        )
        if not same or unseal(payee.id, earlier.sealed) != details:
            raise Conflict(REPEATED)
        return earlier
    _hold(payee)
    if payee.retired_at is not None:
        raise Refused("This payee is retired. Add the payee anew.")
    for old in payee.accounts:
        if old.confirmed_at is None and old.ended_at is None:
            old.ended_at = clock.now()
    db.session.flush()
    account = PayeeAccount(
        payee_id=payee.id,
        holder=holder,
        sealed=seal(payee.id, details),
        tail=details.number[-4:],
        entered_by_id=by.id,
        idem=key,
    )
    db.session.add(account)
    db.session.flush()
    db.session.expire(payee, ["accounts"])
    # Never the details themselves: the audit is read by others than finance.
    audit.record("payee.account_entered", payee, by=by, after={"account": account.id})
    return account


def confirm_account(
    account: PayeeAccount, *, sort_code: str, number: str, checked_how: str, by: User
) -> PayeeAccount:
    """Confirm an account by entering it again, from the payee's own word; it is in use from now.

    Refused to whoever entered it; Invalid where the two entries differ.
    """
    require(by, Permit.PAYEES_CONFIRM)
    _hold(account.payee)
    db.session.refresh(account)
    if account.confirmed_at is not None and account.confirmed_by_id == by.id:
        return account
    if account.confirmed_at is not None or account.ended_at is not None:
        raise Refused("This account is not waiting for a confirmation any more.")
    if account.entered_by_id == by.id:
        raise Refused("You entered this account, so somebody else must confirm it.")
    again = Details(rules.sort_code(sort_code), rules.account_number(number))
    entered = unseal(account.payee_id, account.sealed)
    if again.sort_code != entered.sort_code:
        raise Invalid(MISMATCH, field="sort_code")
    if again.number != entered.number:
        raise Invalid(MISMATCH, field="number")
    how = check_words(
        checked_how,
        ask="Say how you checked it, for instance by whose letter or call.",
        field="checked_how",
        most=200,
    )
    old = queries.current_account(account.payee_id)
    if old is not None:
        old.ended_at = clock.now()
        db.session.flush()
    account.confirmed_by_id, account.confirmed_at, account.checked_how = by.id, clock.now(), how
    db.session.flush()
    audit.record("payee.account_confirmed", account.payee, by=by, after={"account": account.id})
    return account


def reject_account(account: PayeeAccount, *, by: User) -> PayeeAccount:
    """Put an unconfirmed account aside: it was wrong. Harmless when repeated."""
    require(by, Permit.PAYEES_CONFIRM)
    _hold(account.payee)
    db.session.refresh(account)
    if account.confirmed_at is not None:
        raise Refused("This account is confirmed. Enter the right one, and confirm that.")
    if account.ended_at is None:
        account.ended_at = clock.now()
        db.session.flush()
        audit.record("payee.account_rejected", account.payee, by=by, after={"account": account.id})
    return account


def _hold(payee: Payee) -> None:
    """Lock the payee: of two entries or confirmations at once, the second sees the first's."""
    db.session.flush()
    db.session.refresh(payee, with_for_update={"key_share": True, "of": Payee})
    db.session.expire(payee, ["accounts"])
