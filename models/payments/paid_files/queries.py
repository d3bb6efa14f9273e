"""Reading the files of what was paid, their rows and their differences. For finance only."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import joinedload

from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db
from models.errors import NotFound
from models.funding.tables import Application
from models.payments.paid_files.matching import Known, key_of
from models.payments.tables import PaidFile, PaidRow, Payment, PaymentBatch

ASIDE = ("returned", "look")


@dataclass(frozen=True)
class Tally:
    """What a file came to: its rows by their verdicts; `open` waits to be settled.

    `returned` are all rows that are no payment: sent back, in another currency, not certain.
    """

    rows: int
    matched: int
    differing: int
    unknown: int
    returned: int
    open: int


def known_payments() -> dict[str, Known]:
    """Every payment by its reference as the matching compares it."""
    rows = db.session.execute(
        select(
            Payment.id,
            Payment.reference,
            Payment.amount_p,
            Payment.status,
            PaymentBatch.pay_on,
            Payment.paid_on,
        )
        .outerjoin(PaymentBatch, PaymentBatch.id == Payment.batch_id)
        .order_by(Payment.id)
    )
    return {key_of(row.reference): Known(*row) for row in rows}


def file_with_hash(sha256: str) -> PaidFile | None:
    """The file of exactly these bytes, if it came in before."""
    return db.session.scalars(select(PaidFile).where(PaidFile.sha256 == sha256)).one_or_none()


def files_for(
    reader: Actor, *, page: int = 1, size: int = 50
) -> tuple[list[tuple[PaidFile, Tally]], int]:
    """One page of the paid files with what each came to, newest first, and how many there are."""
    require(reader, Permit.PAYMENTS_MAKE)
    total = db.session.scalar(select(func.count()).select_from(PaidFile)) or 0
    rows = list(
        db.session.scalars(
            select(PaidFile)
            .options(joinedload(PaidFile.by))
            .order_by(PaidFile.id.desc())
            .limit(size)
            .offset((page - 1) * size)
        )
    )
    tallies = _tallies([one.id for one in rows])
    return [(one, tallies.get(one.id, Tally(0, 0, 0, 0, 0, 0))) for one in rows], total


def file_for(reader: Actor, file_id: int) -> PaidFile:
    """One paid file; NotFound where there is none."""
    require(reader, Permit.PAYMENTS_MAKE)
    found = db.session.scalars(
        select(PaidFile).where(PaidFile.id == file_id).options(joinedload(PaidFile.by))
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such file.")
    return found


def tally_of(file: PaidFile) -> Tally:
    """What a file came to."""
    return _tallies([file.id]).get(file.id, Tally(0, 0, 0, 0, 0, 0))


def _tallies(ids: list[int]) -> dict[int, Tally]:
    def count(*verdicts: str) -> ColumnElement[int]:
        return func.sum(case((PaidRow.verdict.in_(verdicts), 1), else_=0))

    is_open = case(((PaidRow.verdict != "matched") & PaidRow.settled_at.is_(None), 1), else_=0)
    rows = db.session.execute(
        select(
            PaidRow.file_id,
            func.count(),
            count("matched"),
            count("differing"),
            count("unknown"),
            count(*ASIDE),
            func.sum(is_open),
        )
        .where(PaidRow.file_id.in_(ids))
        .group_by(PaidRow.file_id)
    )
    return {file_id: Tally(*(int(one) for one in counts)) for file_id, *counts in rows}


def rows_of(file: PaidFile, *, only_matched: bool | None = None) -> list[PaidRow]:
    """The rows of a file in its order; `only_matched` True or False keeps some of them."""
    found = select(PaidRow).where(PaidRow.file_id == file.id)
    if only_matched is not None:
        matched = PaidRow.verdict == "matched"
        found = found.where(matched if only_matched else ~matched)
    return list(
        db.session.scalars(
            found.options(
                joinedload(PaidRow.payment).joinedload(Payment.payee),
                joinedload(PaidRow.settled_by),
            ).order_by(PaidRow.number, PaidRow.id)
        )
    )


def row_for(reader: Actor, row_id: int) -> PaidRow:
    """One row with its file and payment; NotFound where there is none."""
    require(reader, Permit.PAYMENTS_MAKE)
    found = db.session.scalars(
        select(PaidRow)
        .where(PaidRow.id == row_id)
        .options(
            joinedload(PaidRow.file),
            joinedload(PaidRow.payment)
            .joinedload(Payment.application)
            .joinedload(Application.award),
        )
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such row.")
    return found


def missing_from(file: PaidFile) -> list[Payment]:
    """Payments of the batches that a file speaks of which it does not name and nobody paid yet."""
    named = select(PaidRow.payment_id).where(
        PaidRow.file_id == file.id, PaidRow.payment_id.is_not(None)
    )
    batches = select(Payment.batch_id).where(Payment.id.in_(named), Payment.batch_id.is_not(None))
    return list(
        db.session.scalars(
            select(Payment)
            .where(
                Payment.batch_id.in_(batches),
                Payment.id.not_in(named),
                Payment.status == "exported",
            )
            .options(joinedload(Payment.payee), joinedload(Payment.batch))
            .order_by(Payment.id)
        )
    )
