"""What comes after an award: letters, what was spent, what became of the candidate. Pence."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from models import clock
from models.accounts.tables import User
from models.attachments.tables import Attachment
from models.base import Base
from models.funding.tables import Application
from models.kinds import Id, Key, Pence, UtcDateTime, internal, personal, public, special
from models.outbox import OutboxRow


class Outcome(Base):
    """What became of an awarded candidate; None is not known yet.

    `on` is the day of the result. Whoever is elected has a register of interests to fill in:
    `register_by` is its last day, `registered_on` the day on which it was done.
    """

    __tablename__ = "outcome"
    __table_args__ = (
        CheckConstraint("elected is not true or nominated is true", name="elected"),
        CheckConstraint("votes is null or votes >= 0", name="votes"),
        CheckConstraint("registered_on is null or elected is true", name="registered"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    application_id: Mapped[int] = internal(ForeignKey("application.id"), unique=True)
    application: Mapped[Application] = relationship()
    nominated: Mapped[bool | None] = public()
    elected: Mapped[bool | None] = public()
    votes: Mapped[int | None] = public()
    on: Mapped[date] = public()
    source: Mapped[str] = internal(String(200))
    took_office_on: Mapped[date | None] = public()
    register_by: Mapped[date | None] = internal()
    registered_on: Mapped[date | None] = internal()
    registered_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    registered_by: Mapped[User | None] = relationship(foreign_keys=[registered_by_id])
    recorded_by_id: Mapped[int] = internal(ForeignKey("user.id"))
    recorded_by: Mapped[User] = relationship(foreign_keys=[recorded_by_id])
    recorded_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)


class LetterTemplate(Base):
    """One version of the award letter: append-only, by a trigger; the highest number is in use."""

    __tablename__ = "letter_template"

    id: Mapped[int] = internal(Id, primary_key=True)
    number: Mapped[int] = internal(unique=True)
    subject: Mapped[str] = internal(String(160))
    body: Mapped[str] = internal(Text)
    written_by_id: Mapped[int] = internal(ForeignKey("user.id"))
    written_by: Mapped[User] = relationship()
    written_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)


class AwardLetter(Base):
    """One version of an award's letter, as it was made: its words never change.

    `template_number` is 0 for the template that comes with Hustings. `outbox_id` is the e-mail
    that took it away, `sent_to` whose address that was.
    """

    __tablename__ = "award_letter"
    __table_args__ = (UniqueConstraint("application_id", "number"),)

    id: Mapped[int] = internal(Id, primary_key=True)
    application_id: Mapped[int] = internal(ForeignKey("application.id"))
    application: Mapped[Application] = relationship()
    number: Mapped[int] = internal()
    template_number: Mapped[int] = internal()
    subject: Mapped[str] = special(String(200))
    body: Mapped[str] = special(Text)
    amount_p: Mapped[int] = internal(Pence)
    made_by_id: Mapped[int] = internal(ForeignKey("user.id"))
    made_by: Mapped[User] = relationship(foreign_keys=[made_by_id])
    made_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    outbox_id: Mapped[str | None] = internal(ForeignKey("outbox.id"), unique=True)
    work: Mapped[OutboxRow | None] = relationship()
    sent_to: Mapped[str | None] = personal(String(254))
    asked_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    asked_by: Mapped[User | None] = relationship(foreign_keys=[asked_by_id])

    @property
    def file_name(self) -> str:
        """What its files are called, without an ending."""
        return f"award-letter-{self.application.reference}-{self.number}"


class SpendingReport(Base):
    """What the candidate spent of one award. Submitted, it waits for somebody to accept it.

    `declared_by` is the name of who declared it complete; the link's nonce is kept as a hash.
    `unspent_p` is what had not come back when it was accepted.
    """

    __tablename__ = "spending_report"
    __table_args__ = (
        CheckConstraint("status in ('open','submitted','sent-back','accepted')", name="status"),
        CheckConstraint("unspent_p is null or unspent_p >= 0", name="unspent"),
        CheckConstraint("(link_hash is null) = (link_ends_at is null)", name="link"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    application_id: Mapped[int] = internal(ForeignKey("application.id"), unique=True)
    application: Mapped[Application] = relationship()
    status: Mapped[str] = internal(String(10), default="open", index=True)
    due_on: Mapped[date | None] = internal()
    note: Mapped[str | None] = special(Text)
    declared_by: Mapped[str | None] = special(String(160))
    declared_at: Mapped[datetime | None] = internal(UtcDateTime)
    return_on: Mapped[date | None] = internal()
    submitted_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    submitted_by: Mapped[User | None] = relationship(foreign_keys=[submitted_by_id])
    judged_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    judged_by: Mapped[User | None] = relationship(foreign_keys=[judged_by_id])
    judged_at: Mapped[datetime | None] = internal(UtcDateTime)
    reason: Mapped[str | None] = special(Text)
    unspent_p: Mapped[int | None] = internal(Pence)
    asked_back_on: Mapped[date | None] = internal()
    link_hash: Mapped[str | None] = internal(String(64), unique=True)
    link_ends_at: Mapped[datetime | None] = internal(UtcDateTime)
    receipts: Mapped[list["Receipt"]] = relationship(
        order_by="Receipt.id", back_populates="report", cascade="all, delete-orphan"
    )
    created_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)

    @property
    def spent_p(self) -> int:
        """What the receipts come to here."""
        return sum(receipt.share_p for receipt in self.receipts)


class Invoice(Base):
    """One invoice of a supplier, however many reports share it: their shares fit into it.

    Two reports that claim the same invoice at once are held apart by the check on `shared_p`.
    """

    __tablename__ = "invoice"
    __table_args__ = (
        UniqueConstraint("supplier_key", "number_key", "gross_p"),
        CheckConstraint("net_p > 0 and vat_p >= 0 and gross_p = net_p + vat_p", name="amounts"),
        CheckConstraint("shared_p between 0 and gross_p", name="shared"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    supplier: Mapped[str] = internal(String(160))
    supplier_key: Mapped[str] = internal(Key())
    number: Mapped[str] = internal(String(60))
    number_key: Mapped[str] = internal(Key(60))
    on: Mapped[date] = internal()
    net_p: Mapped[int] = internal(Pence)
    vat_p: Mapped[int] = internal(Pence)
    gross_p: Mapped[int] = internal(Pence)
    shared_p: Mapped[int] = internal(Pence, default=0)


class Receipt(Base):
    """What one report claims of an invoice, with the paper that shows it.

    `late` is what the law noted of its days, `answer` what a person said to that.
    """

    __tablename__ = "receipt"
    __table_args__ = (
        UniqueConstraint("report_id", "invoice_id"),
        CheckConstraint("share_p > 0", name="share"),
        CheckConstraint("late is null or answer is not null", name="answer"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    report_id: Mapped[int] = internal(ForeignKey("spending_report.id"))
    report: Mapped[SpendingReport] = relationship(back_populates="receipts")
    invoice_id: Mapped[int] = internal(ForeignKey("invoice.id"), index=True)
    invoice: Mapped[Invoice] = relationship()
    category: Mapped[str] = internal(String(12))
    share_p: Mapped[int] = internal(Pence)
    paid_on: Mapped[date | None] = internal()
    late: Mapped[str | None] = internal(Text)
    answer: Mapped[str | None] = special(Text)
    attachment_id: Mapped[int | None] = internal(ForeignKey("attachment.id"))
    attachment: Mapped[Attachment | None] = relationship()
    added_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    added_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)


class Reminder(Base):
    """One reminder that was mailed: each kind once for an award, so that none comes twice."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("application_id", "kind"),)

    id: Mapped[int] = internal(Id, primary_key=True)
    application_id: Mapped[int] = internal(ForeignKey("application.id"))
    kind: Mapped[str] = internal(String(30))
    due_on: Mapped[date] = internal()
    outbox_id: Mapped[str] = internal(ForeignKey("outbox.id"))
    posted_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
