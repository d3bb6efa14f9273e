"""Acts of several people at once, each in a real process with an application of its own."""

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from app import create_app
from app.settings import Settings
from models.base import db
from models.errors import Refused

SPAWN = multiprocessing.get_context("spawn")


def at_once(work: Callable[..., Any], *calls: Sequence[Any]) -> list[Any]:
    """What `work` answers for the arguments of each call, in their order; all run at once."""
    with ProcessPoolExecutor(len(calls), mp_context=SPAWN) as pool:
        return [job.result(timeout=120) for job in [pool.submit(work, *call) for call in calls]]


def outcome(settings: Settings, act: Callable[[], Any]) -> str:
    """Open the application and take one act: "done", or the name of the refusal."""
    with create_app(settings).app_context():
        try:
            act()
            db.session.commit()
        except Refused as refusal:
            db.session.rollback()
            return type(refusal).__name__
        finally:
            db.session.remove()
            db.engine.dispose()
        return "done"
