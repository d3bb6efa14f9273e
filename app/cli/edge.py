"""The command line's edge: an app context, one transaction, committed if the command succeeds."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy.exc import OperationalError, ProgrammingError

import migrations
from app import create_app
from app.faults import fault_of
from app.settings import BadSettings
from models.accounts.permits import OPERATOR, Actor
from models.accounts.queries import user_by_email
from models.base import db, reads_first, will_write
from models.errors import NotFound


@contextmanager
def transaction(app: Flask | None = None, *, slow: bool = False) -> Iterator[Flask]:
    """Everything inside is one transaction: committed at the end, rolled back on any error.

    Without an app it makes one, and closes its connections. A slow one reads until
    `begin_writing` is called. Raises BadSettings where the database has not been set up.
    """
    ours = app is None
    app = app or create_app()
    tokens = reads_first.set(slow), will_write.set(not slow)
    with app.app_context():
        try:
            yield app
            db.session.commit()
        except (OperationalError, ProgrammingError) as error:
            db.session.rollback()
            if fault_of(error) or migrations.current(db.session.connection()) == migrations.HEAD:
                raise
            raise BadSettings("The database is not set up. Run: hustings init") from error
        except BaseException:
            db.session.rollback()
            raise
        finally:
            db.session.remove()
            if ours:
                db.engine.dispose()
            reads_first.reset(tokens[0])
            will_write.reset(tokens[1])


def actor(email: str | None) -> Actor:
    """The user with this e-mail address (`--as`), or the operator where none is given.

    Raises NotFound for an unknown or disabled user.
    """
    if email is None:
        return OPERATOR
    user = user_by_email(email.strip().lower())
    if user is None or user.disabled_at:
        raise NotFound(f"There is no active user {email}.")
    return user
