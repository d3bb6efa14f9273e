"""Slow work keeps out of the writing transaction: whatever takes long says so before it begins.

Reading a file, building a workbook or a letter, hashing a password, comparing thousands of rows:
each calls `slow()` first. The process says what happens where a writing transaction is open then
(app/watch.py): all other writers would stand in line behind it.
"""

from collections.abc import Callable

Watch = Callable[[str], None]


class _Watches:
    watch: Watch | None = None


def watched_by(watch: Watch | None) -> None:
    """Who is told of slow work before it begins; None, as at the start, tells nobody."""
    _Watches.watch = watch


def slow(what: str) -> None:
    """Say that slow work begins, such as "a workbook is built"; it may be refused by an error."""
    if _Watches.watch is not None:
        _Watches.watch(what)
