"""One live application for one person and contest: the words before the database refuses."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError

from models.accounts.permits import within
from models.accounts.tables import User
from models.base import db
from models.errors import Conflict
from models.funding.queries.one import live_rival
from models.funding.tables import Application


@contextmanager
def alone(application: Application, contest_key: str, *, by: User) -> Iterator[None]:
    """Make the application live within this block; Conflict where another one lives already."""
    _refuse_rival(application, contest_key, by=by)
    try:
        with db.session.begin_nested():
            yield
            db.session.flush()
    except IntegrityError:
        # Another one was submitted between our look and our write.
        _refuse_rival(application, contest_key, by=by)
        raise


def _refuse_rival(application: Application, contest_key: str, *, by: User) -> None:
    rival = live_rival(application, contest_key)
    if rival is None:
        return
    if within(by, [rival.region_id]):
        raise Conflict(
            f"{rival.reference} already asks for this candidate and contest. "
            "Withdraw one of the two."
        )
    raise Conflict(
        "There is already a live application for this candidate and contest. "
        "Ask the national office."
    )
