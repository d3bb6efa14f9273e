"""Taking a bank reference for one payment or receipt, and giving it up again."""

from sqlalchemy.exc import IntegrityError

from models.accounts.permits import require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db, one_at_a_time
from models.budget.tables import LedgerEntry
from models.funding.references import queries
from models.funding.references.checks import check
from models.funding.references.rules import bare_key, key_of
from models.funding.references.tables import BankReference
from models.funding.tables import Application


def claim(
    reference: str, *, application: Application, entry: LedgerEntry, by: User
) -> BankReference:
    """Let this reference of the bank stand for this row of the ledger, and for no other.

    Invalid, naming the award that has it, where one has; of two at once the database refuses one.
    """
    require(by, Permit.FUNDING_PAY, regions=[application.region_id])
    one_at_a_time("bank reference", bare_key(reference))
    check(reference, application=application)
    row = BankReference(
        key=key_of(reference), application_id=application.id, entry_id=entry.id, ended=False
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as error:
        check(reference, application=application)
        raise error
    return row


def give_up(entry: LedgerEntry, *, by: User) -> None:
    """A payment was reversed: its reference may stand for another one. Harmless without one."""
    require(by, Permit.FUNDING_PAY)
    row = queries.of_entry(entry.id)
    if row is not None:
        row.ended = True
        db.session.flush()
