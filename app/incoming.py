"""What comes in by the web: cleaned once, here, before any page reads it."""

from typing import Any

import flask
from flask import Flask
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import BaseConverter, Map, ValidationError
from werkzeug.utils import cached_property as kept

from models.query_args import MOST_ID, cleaned, whole

__all__ = ["Id", "Request", "Word", "set_up"]


class Request(flask.Request):
    """A request whose texts hold no control characters: see `models.query_args.cleaned`."""

    @kept
    def args(self) -> Any:
        """The arguments of the address."""
        return _clean(super().args)

    def _load_form_data(self) -> None:
        if "form" in self.__dict__:
            return
        super()._load_form_data()
        self.__dict__["form"] = _clean(self.__dict__["form"])
        for _name, files in self.__dict__["files"].lists():
            for file in files:
                file.filename = cleaned(file.filename or "")


def _clean(given: Any) -> Any:
    pairs = [(name, text) for name, texts in given.lists() for text in texts]
    tidy = [(cleaned(name), cleaned(text)) for name, text in pairs]
    return given if tidy == pairs else ImmutableMultiDict(tidy)


class Id(BaseConverter):
    """The number of a record in an address: 1 to 2,147,483,647; any other is not found."""

    regex = "[0-9]{1,10}"
    weight = 50  # tried before a word, as Werkzeug's own numbers are

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map)

    def to_python(self, value: str) -> int:
        """The number; raises ValidationError, which is a 404, outside its bounds."""
        found = whole(value, least=1, most=MOST_ID)
        if found is None:
            raise ValidationError
        return found

    def to_url(self, value: Any) -> str:
        """The number as the address has it."""
        return str(int(value))


class Word(BaseConverter):
    """A word in an address, without control characters; any other is not found."""

    regex = "[^/]{1,2000}"

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map)

    def to_python(self, value: str) -> str:
        """The word; raises ValidationError, which is a 404, for what nobody types."""
        if cleaned(value) != value or "\n" in value:
            raise ValidationError
        return value


def set_up(app: Flask) -> None:
    """Every request and every address of this app goes through here."""
    app.request_class = Request
    app.url_map.converters.update({"int": Id, "string": Word, "default": Word})
