"""Words looked for in columns of text. People's names have an index of their own (people)."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, and_, or_


def containing(*columns: Any) -> Callable[[str], ColumnElement[bool]]:
    """The condition of a filter: each word of the text stands in one of these columns."""

    def where(text: str) -> ColumnElement[bool]:
        return and_(
            *(
                or_(*(one.icontains(word, autoescape=True) for one in columns))
                for word in text.split()
            )
        )

    return where
