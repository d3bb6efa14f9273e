"""Whose a bank reference is."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from models.base import db
from models.funding.references.rules import BETWEEN, award_named, bare_key
from models.funding.references.tables import BankReference
from models.funding.tables import Application


def in_use(reference: str) -> BankReference | None:
    """The row that has this reference now, with its award, or None.

    Hyphens, slashes and dots make no other reference; of several so alike, the oldest answers.
    """
    bare: Any = BankReference.key
    for mark in BETWEEN:
        bare = func.replace(bare, mark, "")
    return db.session.scalars(
        select(BankReference)
        .where(bare == bare_key(reference), BankReference.ended.is_(False))
        .options(joinedload(BankReference.application))
        .order_by(BankReference.id)
        .limit(1)
    ).first()


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
