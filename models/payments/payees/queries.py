"""Reading payees. Their bank accounts are for finance only; others read names."""

from collections.abc import Iterable

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload, selectinload

from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db
from models.errors import NotFound
from models.folding import fold
from models.payments.sealing import Details, unseal
from models.payments.tables import Payee, PayeeAccount

CURRENT = and_(PayeeAccount.confirmed_at.is_not(None), PayeeAccount.ended_at.is_(None))
WAITING = and_(PayeeAccount.confirmed_at.is_(None), PayeeAccount.ended_at.is_(None))


def payees_for(
    reader: Actor, *, text: str = "", page: int = 1, size: int = 50
) -> tuple[list[Payee], int]:
    """One page of the payees that are not retired, by name, with their accounts."""
    require(reader, Permit.PAYMENTS_MAKE)
    found = select(Payee).where(Payee.retired_at.is_(None))
    if fold(text):
        found = found.where(Payee.name_key.contains(fold(text), autoescape=True))
    total = db.session.scalar(select(func.count()).select_from(found.subquery())) or 0
    rows = db.session.scalars(
        found.options(selectinload(Payee.accounts))
        .order_by(Payee.name_key, Payee.id)
        .limit(size)
        .offset((page - 1) * size)
    )
    return list(rows), total


def payee_for(reader: Actor, payee_id: int) -> Payee:
    """One payee with every account, ended ones too; NotFound where there is none."""
    require(reader, Permit.PAYMENTS_MAKE)
    found = db.session.scalars(
        select(Payee)
        .where(Payee.id == payee_id)
        .options(
            selectinload(Payee.accounts).joinedload(PayeeAccount.entered_by),
            selectinload(Payee.accounts).joinedload(PayeeAccount.confirmed_by),
        )
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such payee.")
    return found


def account_for(reader: Actor, account_id: int) -> PayeeAccount:
    """One account with its payee; NotFound where there is none."""
    require(reader, Permit.PAYMENTS_MAKE)
    found = db.session.scalars(
        select(PayeeAccount)
        .where(PayeeAccount.id == account_id)
        .options(joinedload(PayeeAccount.payee), joinedload(PayeeAccount.entered_by))
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such account.")
    return found


def payee_choices(reader: Actor) -> list[Payee]:
    """Everybody who can be paid, by name, for a plan: names only."""
    require(reader, Permit.PAYMENTS_RELEASE)
    return list(
        db.session.scalars(
            select(Payee).where(Payee.retired_at.is_(None)).order_by(Payee.name_key, Payee.id)
        )
    )


def payee_named(name: str) -> Payee | None:
    """The payee of this name who is not retired, if there is one."""
    return db.session.scalars(
        select(Payee).where(Payee.name_key == fold(name), Payee.retired_at.is_(None))
    ).one_or_none()


def payee_with_key(key: str | None) -> Payee | None:
    """The payee who was added with this key, if one was."""
    if key is None:
        return None
    return db.session.scalars(select(Payee).where(Payee.idem == key)).one_or_none()


def account_with_key(key: str | None) -> PayeeAccount | None:
    """The account that was entered with this key, if one was."""
    if key is None:
        return None
    return db.session.scalars(select(PayeeAccount).where(PayeeAccount.idem == key)).one_or_none()


def current_account(payee_id: int) -> PayeeAccount | None:
    """The confirmed account of a payee, if there is one."""
    return db.session.scalars(
        select(PayeeAccount).where(PayeeAccount.payee_id == payee_id, CURRENT)
    ).one_or_none()


def current_accounts(payee_ids: Iterable[int]) -> dict[int, PayeeAccount]:
    """The confirmed accounts of these payees, by the payee's id."""
    rows = db.session.scalars(
        select(PayeeAccount).where(PayeeAccount.payee_id.in_(list(payee_ids)), CURRENT)
    )
    return {account.payee_id: account for account in rows}


def account_states(payee_ids: Iterable[int]) -> dict[int, str]:
    """ "confirmed" or "unconfirmed" for each of these payees who has an account."""
    ids = list(payee_ids)
    if not ids:
        return {}
    rows = db.session.execute(
        select(PayeeAccount.payee_id, PayeeAccount.confirmed_at.is_not(None)).where(
            PayeeAccount.payee_id.in_(ids), PayeeAccount.ended_at.is_(None)
        )
    )
    states: dict[int, str] = {}
    for payee_id, confirmed in rows:
        if confirmed or payee_id not in states:
            states[payee_id] = "confirmed" if confirmed else "unconfirmed"
    return states


def details_of(account: PayeeAccount, *, reader: Actor) -> Details:
    """The sort code and the number in full, for the file to the bank and for comparing."""
    require(reader, Permit.PAYMENTS_MAKE)
    return unseal(account.payee_id, account.sealed)


def others_with_details(account: PayeeAccount, *, reader: Actor) -> list[Payee]:
    """Other payees who have the same account now: a mistake, or somebody's fraud."""
    wanted = details_of(account, reader=reader)
    rows = db.session.scalars(
        select(PayeeAccount)
        .where(
            PayeeAccount.tail == account.tail,
            PayeeAccount.payee_id != account.payee_id,
            PayeeAccount.ended_at.is_(None),
        )
        .options(joinedload(PayeeAccount.payee))
        .order_by(PayeeAccount.id)
    )
    return [row.payee for row in rows if unseal(row.payee_id, row.sealed) == wanted]


def sealed_opens() -> bool:
    """Try the key on the newest account: True if it opens, False where there is none yet.

    Raises Refused, in words, where the key is another.
    """
    newest = select(PayeeAccount).order_by(PayeeAccount.id.desc()).limit(1)
    account = db.session.scalars(newest).first()
    if account is None:
        return False
    unseal(account.payee_id, account.sealed)
    return True
