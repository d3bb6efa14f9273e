"""`make bench` believes no address: a page that does not know an argument would measure another
list than the one that was meant, and so would a filter that finds nothing."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from flask import Flask
from reports.given import Given
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.test import TestResponse

from views.asked import NO_SENSE

EMPTY = 'class="h-empty"'


class Sought(ImmutableMultiDict[str, str]):
    """The arguments of an address. Whatever is looked for in them is noted in `names`."""

    names: ClassVar[set[str]] = set()

    def __contains__(self, name: object) -> bool:
        self.names.add(str(name))
        return super().__contains__(name)

    def get(self, name: str, *rest: Any, **more: Any) -> Any:
        self.names.add(name)
        return super().get(name, *rest, **more)


def listen(app: Flask) -> None:
    """Note from now on, in this process, which arguments its pages look for."""

    class Request(app.request_class):
        parameter_storage_class = Sought

    app.request_class = Request
    _note_what_is_read()


@cache
def _note_what_is_read() -> None:
    for reading in ("_typed", "_all"):
        setattr(Given, reading, _noting(getattr(Given, reading)))


def _noting(read: Callable[[Given, str], Any]) -> Callable[[Given, str], Any]:
    def noting(given: Given, name: str) -> Any:
        Sought.names.add(name)
        return read(given, name)

    return noting


def faults_of(path: str, answer: TestResponse) -> Iterator[str]:
    """What is wrong with the address that was asked last, going by its answer."""
    asked = set(parse_qs(urlsplit(path).query, keep_blank_values=True))
    unknown = sorted(asked - Sought.names)
    if unknown:
        yield f"the page does not know {', '.join(unknown)}"
    if NO_SENSE in answer.text:
        yield "the page leaves out a part of what is asked"
    if asked and EMPTY in answer.text:
        yield "nothing is found"
