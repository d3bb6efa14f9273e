"""Conditions, payees, payments, batches, and what came back from the bank. Amounts are pence."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, relationship

from models import clock
from models.accounts.tables import User
from models.base import Base
from models.budget.tables import LedgerEntry
from models.funding.tables import Application
from models.kinds import Id, Json, Key, Pence, UtcDateTime, bank, internal, personal, special

WAITING = "confirmed_at is null and ended_at is null"
CURRENT = "confirmed_at is not null and ended_at is null"


class Condition(Base):
    """Something an award depends on; until it is met or dropped it blocks what waits for it."""

    __tablename__ = "award_condition"
    __table_args__ = (
        CheckConstraint("(met_on is null) = (met_by_id is null)", name="met"),
        CheckConstraint("met_on is null or dropped_at is null", name="dropped"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    application_id: Mapped[int] = internal(ForeignKey("application.id"), index=True)
    application: Mapped[Application] = relationship()
    what: Mapped[str] = special(Text)
    due_on: Mapped[date | None] = internal()
    set_by_id: Mapped[int] = internal(ForeignKey("user.id"))
    set_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    attachment_id: Mapped[int | None] = internal(ForeignKey("attachment.id"))
    met_on: Mapped[date | None] = internal()
    met_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    met_by: Mapped[User | None] = relationship(foreign_keys=[met_by_id])
    dropped_at: Mapped[datetime | None] = internal(UtcDateTime)
    dropped_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    dropped_because: Mapped[str | None] = special(Text)
    idem: Mapped[str | None] = internal(String(80), unique=True)


class Payee(Base):
    """Whoever is paid: a party unit, a candidate, an agent, a supplier or a branch."""

    __tablename__ = "payee"
    __table_args__ = (
        CheckConstraint(
            "kind in ('party-unit','candidate','agent','supplier','branch')", name="kind"
        ),
        Index(
            "uq_payee_name_key",
            "name_key",
            unique=True,
            sqlite_where=text("retired_at is null"),
            postgresql_where=text("retired_at is null"),
        ),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    kind: Mapped[str] = internal(String(12))
    name: Mapped[str] = special(String(160))
    name_key: Mapped[str] = special(Key())
    email: Mapped[str | None] = personal(String(254))
    added_by_id: Mapped[int] = internal(ForeignKey("user.id"))
    added_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    retired_at: Mapped[datetime | None] = internal(UtcDateTime)
    accounts: Mapped[list["PayeeAccount"]] = relationship(
        back_populates="payee", order_by="PayeeAccount.id"
    )
    idem: Mapped[str | None] = internal(String(80), unique=True)


class PayeeAccount(Base):
    """A payee's bank account. `sealed` opens with the key of the installation only; `tail` shows.

    One person enters it, another confirms it: a CHECK holds that they differ.
    """

    __tablename__ = "payee_account"
    __table_args__ = (
        CheckConstraint("(confirmed_at is null) = (confirmed_by_id is null)", name="confirmed"),
        CheckConstraint("confirmed_by_id <> entered_by_id", name="two_people"),
        Index(
            "uq_payee_account_waiting",
            "payee_id",
            unique=True,
            sqlite_where=text(WAITING),
            postgresql_where=text(WAITING),
        ),
        Index(
            "uq_payee_account_current",
            "payee_id",
            unique=True,
            sqlite_where=text(CURRENT),
            postgresql_where=text(CURRENT),
        ),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    payee_id: Mapped[int] = internal(ForeignKey("payee.id"), index=True)
    payee: Mapped[Payee] = relationship(back_populates="accounts")
    holder: Mapped[str] = bank(String(60))
    sealed: Mapped[str] = bank(Text)
    tail: Mapped[str] = bank(String(4))
    entered_by_id: Mapped[int] = internal(ForeignKey("user.id"))
    entered_by: Mapped[User] = relationship(foreign_keys=[entered_by_id])
    entered_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    confirmed_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=[confirmed_by_id])
    confirmed_at: Mapped[datetime | None] = internal(UtcDateTime)
    checked_how: Mapped[str | None] = bank(String(200))
    ended_at: Mapped[datetime | None] = internal(UtcDateTime)
    idem: Mapped[str | None] = internal(String(80), unique=True)


class BankLayout(Base):
    """The columns of the file for the bank, as finance set them; the newest row counts."""

    __tablename__ = "bank_layout"

    id: Mapped[int] = internal(Id, primary_key=True)
    layout: Mapped[dict[str, Any]] = internal(Json)
    set_by_id: Mapped[int] = internal(ForeignKey("user.id"))
    set_by: Mapped[User] = relationship()
    set_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)


class PaymentBatch(Base):
    """Payments that go to the bank together, under one reference and with the layout of the day."""

    __tablename__ = "payment_batch"
    __table_args__ = (
        CheckConstraint("payments > 0", name="payments"),
        CheckConstraint("total_p > 0", name="total"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    reference: Mapped[str] = internal(String(20), unique=True)
    pay_on: Mapped[date] = internal()
    payments: Mapped[int] = internal()
    total_p: Mapped[int] = internal(Pence)
    layout: Mapped[dict[str, Any]] = internal(Json)
    made_by_id: Mapped[int] = internal(ForeignKey("user.id"))
    made_by: Mapped[User] = relationship()
    made_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    idem: Mapped[str | None] = internal(String(80), unique=True)


class PaymentBatchNumber(Base):
    """The last number given to a batch in a year; a number is never given twice."""

    __tablename__ = "payment_batch_number"

    year: Mapped[int] = internal(primary_key=True, autoincrement=False)
    last: Mapped[int] = internal()


class Payment(Base):
    """One tranche of an award, from its plan to the bank's word that it was paid.

    `entry_id` is its row in the ledger: no payment is paid without one.
    """

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint(
            "status in ('scheduled','released','exported','paid','reconciled','failed','reversed',"
            "'cancelled')",
            name="status",
        ),
        CheckConstraint("waits_for in ('award','date','condition','nomination')", name="waits_for"),
        CheckConstraint("amount_p > 0", name="amount"),
        CheckConstraint("waits_for <> 'date' or due_on is not null", name="day"),
        CheckConstraint("waits_for <> 'condition' or condition_id is not null", name="condition"),
        CheckConstraint(
            "status not in ('exported','failed') or (batch_id is not null and account_id is not"
            " null)",
            name="batch",
        ),
        CheckConstraint(
            "status not in ('paid','reconciled','reversed') or entry_id is not null", name="entry"
        ),
        UniqueConstraint("application_id", "number"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    application_id: Mapped[int] = internal(ForeignKey("application.id"))
    application: Mapped[Application] = relationship()
    number: Mapped[int] = internal()
    reference: Mapped[str] = internal(String(30), unique=True)
    payee_id: Mapped[int | None] = internal(ForeignKey("payee.id"), index=True)
    payee: Mapped[Payee | None] = relationship()
    amount_p: Mapped[int] = internal(Pence)
    waits_for: Mapped[str] = internal(String(12), default="award")
    due_on: Mapped[date | None] = internal()
    condition_id: Mapped[int | None] = internal(ForeignKey("award_condition.id"))
    condition: Mapped[Condition | None] = relationship()
    nominated_on: Mapped[date | None] = internal()
    status: Mapped[str] = internal(String(12), default="scheduled", index=True)
    released_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    released_by: Mapped[User | None] = relationship(foreign_keys=[released_by_id])
    released_at: Mapped[datetime | None] = internal(UtcDateTime)
    batch_id: Mapped[int | None] = internal(ForeignKey("payment_batch.id"), index=True)
    batch: Mapped[PaymentBatch | None] = relationship()
    account_id: Mapped[int | None] = internal(ForeignKey("payee_account.id"))
    account: Mapped[PayeeAccount | None] = relationship()
    paid_on: Mapped[date | None] = internal()
    paid_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    paid_by: Mapped[User | None] = relationship(foreign_keys=[paid_by_id])
    entry_id: Mapped[int | None] = internal(ForeignKey("ledger.id"), unique=True)
    entry: Mapped[LedgerEntry | None] = relationship()
    version: Mapped[int] = internal(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class PaymentStep(Base):
    """One step a payment took: append-only, held by a trigger. Nobody stands for the operator."""

    __tablename__ = "payment_step"

    id: Mapped[int] = internal(Id, primary_key=True)
    payment_id: Mapped[int] = internal(ForeignKey("payment.id"), index=True)
    step: Mapped[str] = internal(String(12))
    from_status: Mapped[str | None] = internal(String(12))
    to_status: Mapped[str] = internal(String(12))
    by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    by: Mapped[User | None] = relationship()
    at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    reason: Mapped[str | None] = special(Text)
    idem: Mapped[str | None] = internal(String(80), unique=True)


class PaidFile(Base):
    """A file of what was paid, as finance sent it back; the same bytes are the same file."""

    __tablename__ = "paid_file"

    id: Mapped[int] = internal(Id, primary_key=True)
    name: Mapped[str] = bank(String(200))
    sha256: Mapped[str] = internal(String(64), unique=True)
    rows: Mapped[int] = internal()
    by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    by: Mapped[User | None] = relationship()
    at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)


class PaidRow(Base):
    """One row of a paid file and what it came to. All but a match wait for somebody to settle them.

    "returned" is money that came in or came back, "look" what is not known to be a payment.
    """

    __tablename__ = "paid_row"
    __table_args__ = (
        CheckConstraint(
            "verdict in ('matched','differing','unknown','returned','look')", name="verdict"
        ),
        CheckConstraint("(settled_at is null) = (settled is null)", name="settled"),
        UniqueConstraint("file_id", "number"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    file_id: Mapped[int] = internal(ForeignKey("paid_file.id"))
    file: Mapped[PaidFile] = relationship()
    number: Mapped[int] = internal()
    reference: Mapped[str] = bank(String(200))
    amount_p: Mapped[int | None] = bank(Pence)
    paid_on: Mapped[date | None] = bank()
    payment_id: Mapped[int | None] = internal(ForeignKey("payment.id"), index=True)
    payment: Mapped[Payment | None] = relationship()
    verdict: Mapped[str] = internal(String(10), index=True)
    because: Mapped[str | None] = bank(Text)
    settled: Mapped[str | None] = bank(Text)
    settled_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    settled_by: Mapped[User | None] = relationship()
    settled_at: Mapped[datetime | None] = internal(UtcDateTime)


class Refund(Base):
    """Money asked back out of an award: unspent, paid twice, paid wrongly."""

    __tablename__ = "refund"
    __table_args__ = (
        CheckConstraint("amount_p > 0", name="amount"),
        CheckConstraint(
            "returned_p >= 0 and written_off_p >= 0 and returned_p + written_off_p <= amount_p",
            name="parts",
        ),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    application_id: Mapped[int] = internal(ForeignKey("application.id"), index=True)
    application: Mapped[Application] = relationship()
    amount_p: Mapped[int] = internal(Pence)
    returned_p: Mapped[int] = internal(Pence, default=0)
    written_off_p: Mapped[int] = internal(Pence, default=0)
    reason: Mapped[str] = special(Text)
    due_on: Mapped[date | None] = internal()
    asked_by_id: Mapped[int] = internal(ForeignKey("user.id"))
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id])
    asked_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    idem: Mapped[str | None] = internal(String(80), unique=True)

    @property
    def open_p(self) -> int:
        """What is still to come, in pence."""
        return self.amount_p - self.returned_p - self.written_off_p


class RefundReceipt(Base):
    """Money that came back: append-only, each with its `return` row in the ledger."""

    __tablename__ = "refund_receipt"
    __table_args__ = (CheckConstraint("amount_p > 0", name="amount"),)

    id: Mapped[int] = internal(Id, primary_key=True)
    refund_id: Mapped[int] = internal(ForeignKey("refund.id"), index=True)
    amount_p: Mapped[int] = internal(Pence)
    received_on: Mapped[date] = internal()
    reference: Mapped[str] = bank(String(60))
    by_id: Mapped[int] = internal(ForeignKey("user.id"))
    by: Mapped[User] = relationship()
    at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    entry_id: Mapped[int] = internal(ForeignKey("ledger.id"), unique=True)
    idem: Mapped[str] = internal(String(80), unique=True)


class WriteOff(Base):
    """A wish to give up money that will not come back; another person approves or refuses it."""

    __tablename__ = "write_off"
    __table_args__ = (
        CheckConstraint("amount_p > 0", name="amount"),
        CheckConstraint("decided_by_id <> asked_by_id", name="two_people"),
        CheckConstraint(
            "(approved is null) = (decided_by_id is null)"
            " and (approved is null) = (decided_at is null)",
            name="decided",
        ),
        Index(
            "uq_write_off_open",
            "refund_id",
            unique=True,
            sqlite_where=text("approved is null"),
            postgresql_where=text("approved is null"),
        ),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    refund_id: Mapped[int] = internal(ForeignKey("refund.id"), index=True)
    refund: Mapped[Refund] = relationship()
    amount_p: Mapped[int] = internal(Pence)
    reason: Mapped[str] = special(Text)
    asked_by_id: Mapped[int] = internal(ForeignKey("user.id"))
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id])
    asked_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    approved: Mapped[bool | None] = internal()
    answer: Mapped[str | None] = special(Text)
    decided_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])
    decided_at: Mapped[datetime | None] = internal(UtcDateTime)
    idem: Mapped[str | None] = internal(String(80), unique=True)
