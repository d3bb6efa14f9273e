"""Rounds of a fund, their forms in versions, and what an application answers. Amounts are pence."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from models import clock
from models.attachments.tables import Attachment
from models.base import Base
from models.budget.tables import Fund
from models.kinds import Id, Json, Pence, UtcDateTime, internal, personal, public, special
from models.rounds.forms import Form, from_json


class Round(Base):
    """A time in which regions may ask a fund for money, with its terms and its form.

    Without a poll of its own (`fast_track`) it is for by-elections. `max_grant_p` stands before the
    fund's own where it is less; `spread_flag` is how many points apart scores are flagged.
    """

    __tablename__ = "round"
    __table_args__ = (
        CheckConstraint("opens_at < closes_at", name="times"),
        CheckConstraint("max_grant_p is null or max_grant_p > 0", name="grant"),
        CheckConstraint("scores_needed between 0 and 5", name="scores"),
        CheckConstraint("spread_flag between 1 and 100", name="spread"),
        CheckConstraint("poll_on is not null or fast_track", name="poll"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    fund_id: Mapped[int] = internal(ForeignKey("fund.id"), index=True)
    fund: Mapped[Fund] = relationship()
    code: Mapped[str] = internal(String(20), unique=True)
    name: Mapped[str] = internal(String(120))
    election: Mapped[str] = internal(String(120), default="")
    poll_on: Mapped[date | None] = public()
    opens_at: Mapped[datetime] = internal(UtcDateTime)
    closes_at: Mapped[datetime] = internal(UtcDateTime)
    late_allowed: Mapped[bool] = internal(default=False)
    fast_track: Mapped[bool] = internal(default=False)
    max_grant_p: Mapped[int | None] = internal(Pence)
    scores_needed: Mapped[int] = internal(default=0)
    spread_flag: Mapped[int] = internal(default=30)
    submission_endorses: Mapped[bool] = internal(default=True)
    published_at: Mapped[datetime | None] = internal(UtcDateTime)
    forms: Mapped[list["FormVersion"]] = relationship(order_by="FormVersion.number")
    created_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    version: Mapped[int] = internal(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class FormVersion(Base):
    """One version of a round's form. Once an application was started on it, it is frozen.

    New applications take the newest one that is in use (`in_use_at`).
    """

    __tablename__ = "form_version"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[int] = internal(Id, primary_key=True)
    round_id: Mapped[int] = internal(ForeignKey("round.id"))
    number: Mapped[int] = internal()
    content: Mapped[dict[str, Any]] = internal(Json)
    in_use_at: Mapped[datetime | None] = internal(UtcDateTime)
    frozen_at: Mapped[datetime | None] = internal(UtcDateTime)
    created_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)

    @property
    def form(self) -> Form:
        """The form to ask and to judge by."""
        return from_json(self.content)


class AnswerSheet(Base):
    """What puts an application into a round: its form version, its answers, why it is late.

    `typed` is what was typed into a question and is not understood yet; `edited_with` the form
    that saved last, section by section.
    """

    __tablename__ = "answer_sheet"

    application_id: Mapped[int] = internal(ForeignKey("application.id"), primary_key=True)
    round_id: Mapped[int] = internal(ForeignKey("round.id"), index=True)
    round: Mapped[Round] = relationship()
    form_version_id: Mapped[int] = internal(ForeignKey("form_version.id"))
    form_version: Mapped[FormVersion] = relationship()
    answers: Mapped[dict[str, Any]] = special(Json, default=dict)
    typed: Mapped[dict[str, Any]] = special(Json, default=dict)
    edited_with: Mapped[dict[str, str]] = internal(Json, default=dict)
    late_reason: Mapped[str | None] = special(Text)
    files: Mapped[list["AnswerFile"]] = relationship(order_by="AnswerFile.question")
    candidate_at: Mapped[datetime | None] = internal(UtcDateTime)

    @property
    def form(self) -> Form:
        """The form it answers."""
        return self.form_version.form

    @property
    def given(self) -> dict[str, Any]:
        """Every answer by question, files by their id."""
        return {**self.answers, **{one.question: one.attachment_id for one in self.files}}


class AnswerFile(Base):
    """The file that answers a question."""

    __tablename__ = "answer_file"

    application_id: Mapped[int] = internal(
        ForeignKey("answer_sheet.application_id"), primary_key=True
    )
    question: Mapped[str] = internal(String(10), primary_key=True)
    attachment_id: Mapped[int] = internal(ForeignKey("attachment.id"), index=True)
    attachment: Mapped[Attachment] = relationship()


class Invitation(Base):
    """A link by which the candidate fills their part of one application without an account."""

    __tablename__ = "invitation"

    id: Mapped[int] = internal(Id, primary_key=True)
    application_id: Mapped[int] = internal(ForeignKey("application.id"), index=True)
    nonce_hash: Mapped[str] = internal(String(64), unique=True)
    sent_to: Mapped[str | None] = personal(String(254))
    made_by_id: Mapped[int] = internal(ForeignKey("user.id"))
    made_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    expires_at: Mapped[datetime] = internal(UtcDateTime)
    opened_at: Mapped[datetime | None] = internal(UtcDateTime)
    used_at: Mapped[datetime | None] = internal(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = internal(UtcDateTime)
