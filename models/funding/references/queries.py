"""Whose a bank reference is."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from models.base import db
from models.funding.references.rules import award_named, key_of
from models.funding.references.tables import BankReference
from models.funding.tables import Application


def in_use(reference: str) -> BankReference | None:
    """The row that has this reference now, with its award, or None."""
    return db.session.scalars(
        select(BankReference)
        .where(BankReference.key == key_of(reference), BankReference.ended.is_(False))
        .options(joinedload(BankReference.application))
    ).one_or_none()


def of_entry(entry_id: int) -> BankReference | None:
    """The reference in use of a row of the ledger, or None."""
    return db.session.scalars(
        select(BankReference).where(
            BankReference.entry_id == entry_id, BankReference.ended.is_(False)
        )
    ).one_or_none()


def named_by(reference: str) -> Application | None:
    """The application of ours whose own reference, or a payment's of it, this is."""
    award = award_named(reference)
    if award is None:
        return None
    bare = func.replace(Application.reference, "-", "")
    return db.session.scalars(
        select(Application).where(bare == award.replace("-", ""))
    ).one_or_none()
