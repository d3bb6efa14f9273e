"""From the outbox to durable workflows: each row that is due starts once, however often swept."""

import logging
import time
from dataclasses import dataclass

from dbos import DBOS, SetWorkflowID
from flask import Flask

from app.jobs import registry
from app.jobs.edge import reading, transaction
from app.jobs.workflows import bench, do_chunks, send_mail
from models import jobs
from models.jobs import Outcome

AT_ONCE = 4
STALE_SECONDS = 30
UNDER_WAY = ("PENDING", "ENQUEUED", "DELAYED")

log = logging.getLogger("hustings.jobs")


class Stale(Exception):
    """DBOS says work is under way that nobody does: start afresh, so that it is recovered."""


@dataclass(frozen=True)
class Due:
    """A row that is due, as plain values."""

    id: str
    kind: str
    attempts: int

    @property
    def run(self) -> str:
        """The workflow's id: the row's own, and for a later try its number behind it."""
        return f"{self.id}.{self.attempts}" if self.attempts else self.id


class Sweeper:
    """Looks through the outbox and starts what is due."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.unattended: dict[str, float] = {}

    def sweep(self) -> None:
        """Start up to as many rows as may run at once."""
        rows = self._due()
        self._forget_attended({row.id for row in rows} - bench.rows)
        for row in rows:
            if len(bench.rows) >= AT_ONCE:
                return
            if row.id not in bench.rows:
                self._take_up(row)

    def _due(self) -> list[Due]:
        with reading(self.app):
            found = jobs.due(kinds=registry.kinds_ready(self.app), limit=10 * AT_ONCE)
            return [Due(row.id, row.kind, row.attempts) for row in found]

    def _forget_attended(self, waiting: set[str]) -> None:
        self.unattended = {key: at for key, at in self.unattended.items() if key in waiting}

    def _take_up(self, row: Due) -> None:
        status = DBOS.get_workflow_status(row.run)
        if status is None:
            self._start(row)
        elif status.status in UNDER_WAY:
            self._wait_for_recovery(row)
        else:
            self._settle(row, status.status)

    def _start(self, row: Due) -> None:
        bench.rows.add(row.id)  # before its thread runs, so that AT_ONCE holds
        try:
            with SetWorkflowID(row.run):
                if row.kind == registry.MAIL:
                    DBOS.start_workflow(send_mail, row.id)
                else:
                    DBOS.start_workflow(do_chunks, row.id, row.kind)
        except BaseException:
            bench.rows.discard(row.id)
            raise

    def _wait_for_recovery(self, row: Due) -> None:
        since = self.unattended.setdefault(row.id, time.monotonic())
        if time.monotonic() - since > STALE_SECONDS:
            raise Stale(row.run)

    def _settle(self, row: Due, status: str) -> None:
        """A workflow that ended without its last step: say so, or try again."""
        with transaction(self.app):
            stored = jobs.locked(row.id)
            if stored.state != "waiting" or stored.attempts != row.attempts:
                return  # it ended well after we had looked
            log.warning("work broke off", extra={"job": row.run, "verdict": status})
            jobs.settle(stored, _broken_off(status))


def _broken_off(status: str) -> Outcome:
    if status == "ERROR":
        return Outcome("later", "It stopped with an error; the log says which.")
    if status == "SUCCESS":
        # Only after the database was put back from a backup: the work was done after it.
        return Outcome("uncertain", "It was already carried out once, as the worker remembers.")
    return Outcome("failed", "It was begun again and again without coming to an end.")
