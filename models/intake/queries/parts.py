"""Long lists of values in parts that one statement can take. Pure."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

AT_ONCE = 900
Item = TypeVar("Item")


def parts(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Each item once and in order, so many at a time."""
    whole = sorted(set(items))  # type: ignore[type-var]
    for start in range(0, len(whole), AT_ONCE):
        yield whole[start : start + AT_ONCE]
