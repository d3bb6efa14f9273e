"""Forms that were sent: what came a second time is told from what came once.

A form carries a key of its own. Whoever takes it in calls `take` before anything else in the
transaction: of the same form sent several times at once, the database lets one through and the
others wait until that one is over. Only hashes are stored, neither the key nor what was typed.
"""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import String, Table, Text, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped

from models import clock
from models.base import Base, db, is_sqlite
from models.kinds import UtcDateTime, internal

KEPT = timedelta(days=14)


class SentForm(Base):
    """One form and the last thing that was sent with it; `answer` is the address it led to."""

    __tablename__ = "sent_form"

    form: Mapped[str] = internal(String(64), primary_key=True)
    content: Mapped[str] = internal(String(64))
    answer: Mapped[str | None] = internal(Text)
    at: Mapped[datetime] = internal(UtcDateTime, default=clock.now, index=True)


TABLE = cast(Table, SentForm.__table__)


def take(form: str, content: str) -> str | None:
    """Note that this form is being taken in; where it led, if exactly this was taken in before.

    Other content is another submission: of one sent before it nothing is remembered any more, so
    that what was changed and changed back is never taken for a repeat.
    """
    values = {"form": form, "content": content, "at": clock.now(), "answer": None}
    while True:
        new = _insert().values(**values).on_conflict_do_nothing().returning(TABLE.c.form)
        if db.session.execute(new).first() is not None:
            return None
        before = db.session.execute(
            select(TABLE.c.content, TABLE.c.answer).where(TABLE.c.form == form).with_for_update()
        ).first()
        if before is None:  # refused, or not worth remembering: we are the first again
            continue
        if before.content == content and before.answer is not None:
            return str(before.answer)
        db.session.execute(update(TABLE).where(TABLE.c.form == form).values(**values))
        return None


def led_to(form: str, content: str) -> str | None:
    """Where exactly this led when it was taken in before; reads only, so that nobody waits."""
    same = (TABLE.c.form == form, TABLE.c.content == content)
    return db.session.execute(select(TABLE.c.answer).where(*same)).scalar_one_or_none()


def keep(form: str, content: str, answer: str) -> None:
    """Remember where the form led. Safe after a rollback, which has forgotten that it was taken."""
    values = {"content": content, "answer": answer, "at": clock.now()}
    row = _insert().values(form=form, **values)
    db.session.execute(row.on_conflict_do_update(index_elements=[TABLE.c.form], set_=values))


def forget(form: str) -> None:
    """Remember nothing of it: whatever is sent with this form next is taken in."""
    db.session.execute(delete(TABLE).where(TABLE.c.form == form))


def clear_old() -> int:
    """Take away what was sent so long ago that nobody sends it again; how many they were."""
    gone = db.session.execute(delete(TABLE).where(TABLE.c.at < clock.now() - KEPT))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def _insert() -> Any:
    dialect: Any = sqlite if is_sqlite(db.session.connection()) else postgresql
    return dialect.insert(TABLE)
