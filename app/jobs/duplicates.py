"""The finder of duplicates behind the scenes: everybody when asked, what changed by itself."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from app.jobs.edge import reads_then_writes
from models import clock
from models.accounts.permits import OPERATOR
from models.jobs.actions import post_again
from models.merging.actions import finding
from models.merging.actions.finding import find_all, find_new

CHANGED = "changed-people"


def everybody(app: Flask, _payload: Mapping[str, Any]) -> None:
    """Compare everybody. Run again it finds the same."""
    with reads_then_writes(app):
        find_all(by=OPERATOR)


def changed(app: Flask, _payload: Mapping[str, Any]) -> None:
    """Compare those who were changed since the last look. Run again it finds nobody."""
    with reads_then_writes(app):
        find_new(by=OPERATOR)


def ask_for_changed() -> None:
    """Ask for a look at those who were changed, where there are any."""
    if finding.waits():
        post_again(CHANGED, {"at": clock.now().isoformat()}, key=CHANGED)
