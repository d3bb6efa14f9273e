"""A long file is read and compared: long work while reading, short pieces while writing."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from app.jobs.edge import give_way, reading, transaction
from models.errors import Invalid, Refused
from models.intake.actions import applying, previewing
from models.intake.actions.applying import actor_of
from models.intake.actions.previewing import (
    PIECE,
    Task,
    forget_rows,
    give_back,
    keep_rows,
    keep_some,
    task_of,
)
from models.intake.queries.batches import batch_for
from models.intake.rows import GivenRow
from reports.intake.reading import rows_of_file
from reports.reader.running import ReaderBusy


def one(app: Flask, payload: Mapping[str, Any]) -> None:
    """The whole preview of a batch; begun again it does the same again.

    Where somebody put the file aside meanwhile, it stops.
    """
    batch_id = payload["batch"]
    try:
        if payload["read"] and not _read(app, batch_id):
            return
        _compare(app, payload)
    except Refused:
        return
    if payload["then"] == "apply":
        with transaction(app):
            by = actor_of(payload)
            applying.apply(batch_for(by, batch_id), by=by)


def _read(app: Flask, batch_id: int) -> bool:
    """Keep the rows of the file; False where it could not be read with these columns."""
    with reading(app):
        task = task_of(batch_id)
    try:
        rows = _rows(task)
    except Invalid as refusal:
        with transaction(app):
            give_back(batch_id, refusal.message)
        return False
    more = True
    while more:
        with transaction(app):
            more = forget_rows(batch_id)
        give_way(app)
    for start in range(0, len(rows), PIECE):
        piece = rows[start : start + PIECE]
        with transaction(app):
            keep_rows(batch_id, piece, done=start + len(piece))
        give_way(app)
    return True


def _rows(task: Task) -> list[GivenRow]:
    if task.content is None:
        raise Invalid("The file is not kept any more. Upload it again.")
    while True:
        try:
            return rows_of_file(
                task.file_name, task.content, task.kind, task.mapping, header_row=task.header_row
            )
        except ReaderBusy:
            continue  # each try waits for its turn


def _compare(app: Flask, payload: Mapping[str, Any]) -> None:
    batch_id = payload["batch"]
    with reading(app):
        changes, to_teach = previewing.found(batch_id, by=actor_of(payload))
    for start in range(0, len(changes), PIECE):
        piece = changes[start : start + PIECE]
        with transaction(app):
            keep_some(batch_id, piece, done=start + len(piece))
        give_way(app)
    with transaction(app):
        previewing.finish(batch_id, by=actor_of(payload), to_teach=to_teach)
