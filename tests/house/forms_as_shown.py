"""Every page that a reader can reach, with its forms as the HTML has them.

Stands on walk.py (routes, readers, PARAMETERS) and planting.py. Usage:

    crawler = Crawler(app, plant(cast), "bob")
    for page in crawler.pages():            # every GET route, and what its pages link to
        for form in page.forms:             # tests/shown.py
            for button in form.buttons:
                with crawler.undone():      # whatever is done inside is taken back
                    answer = crawler.send(page, form, button)

`send(..., changed={"name": "value"})` types something else into a field first.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl, quote, urljoin, urlsplit

from flask import Flask
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from models.base import db
from tests.dom import parse
from tests.house.planting import Garden
from tests.house.walk import Walker, walkable
from tests.shown import Button, Form, forms_of

HOST = "http://localhost"


@dataclass(frozen=True)
class Page:
    """One page as it was answered."""

    path: str
    endpoint: str
    html: str = field(repr=False)
    status: int = 200

    @cached_property
    def forms(self) -> list[Form]:
        """Its forms, in document order."""
        return forms_of(self.html)

    @cached_property
    def links(self) -> list[str]:
        """Where it links to within the product, each once."""
        found = (urljoin(HOST + self.path, node.get("href")) for node in parse(self.html).all("a"))
        inside = (link.removeprefix(HOST).partition("#")[0] for link in found if _is_ours(link))
        return list(dict.fromkeys(inside))

    def address(self, form: Form, button: Button | None = None) -> str:
        """The path that a form of this page is sent to."""
        return urljoin(HOST + self.path, form.action_of(button) or self.path).removeprefix(HOST)


def _is_ours(link: str) -> bool:
    return link.startswith(HOST + "/")


class Crawler(Walker):
    """One reader's pages; `None` is a stranger."""

    def __init__(self, app: Flask, garden: Garden, reader: str | None) -> None:
        super().__init__(app, garden, reader)
        self.adapter = app.url_map.bind("localhost")

    def pages(self, links: bool = True) -> Iterator[Page]:
        """Every page of HTML that is answered with 200: the routes' own, then what they link to.

        Of the addresses that differ in their arguments alone, one of each set of arguments that
        choose (`show=…`, `tab=…`) is taken, and one of each sort and page.
        """
        waiting = deque(self._addresses())
        seen: set[Any] = set()
        while waiting:
            path = waiting.popleft()
            mark = self._mark(path)
            if mark in seen:
                continue
            seen.add(mark)
            page = self.get(path)
            if page is not None:
                yield page
                if links:
                    waiting.extend(page.links)

    def get(self, path: str) -> Page | None:
        """A page, or None where the answer is no page of HTML."""
        with self.undone():
            answer = self.client().get(path)
            return self.page_of(path, answer) if answer.status_code == 200 else None

    def page_of(self, path: str, answer: Any) -> Page | None:
        """An answer as a page, whatever its status, or None where it is no HTML."""
        if answer.mimetype != "text/html":
            return None
        where = self.endpoint_of(path) or ""
        return Page(path, where, answer.get_data(as_text=True), answer.status_code)

    def send(
        self,
        page: Page,
        form: Form,
        button: Button | None = None,
        changed: Mapping[str, str] | None = None,
    ) -> Any:
        """The answer to a form sent by a button with what the page shows. Wrap it in `undone`."""
        return self.send_pairs(page, form, button, self.pairs(form, button, changed))

    def send_pairs(
        self, page: Page, form: Form, button: Button | None, pairs: list[tuple[str, Any]]
    ) -> Any:
        """The answer to these names and values, in their order."""
        path, method = page.address(form, button), form.method_of(button)
        if method == "get":
            return self.client().get(urlsplit(path).path, query_string=MultiDict(pairs))
        return self.post(path, pairs, upload=form.upload)

    def post(self, path: str, pairs: list[tuple[str, Any]], *, upload: bool = False) -> Any:
        """The answer to these names and values; half a letter is sent as its three bytes."""
        body, how = (_parts if upload else _pairs)(pairs)
        return self.client().post(path, data=body, content_type=how)

    def pairs(
        self, form: Form, button: Button | None = None, changed: Mapping[str, str] | None = None
    ) -> list[tuple[str, Any]]:
        """What is sent, with some fields changed and the empty file boxes as browsers send them."""
        typed = dict(changed or {})
        files = {part.name for part in form.controls if part.kind == "file"} if form.upload else ()
        shown = [
            (name, typed.get(name, _no_file() if name in files else value))
            for name, value in form.sent(button)
        ]
        told = {name for name, _value in shown}
        return shown + [(name, value) for name, value in typed.items() if name not in told]

    def client(self) -> Any:
        """A browser in which the reader is signed in."""
        client = self.app.test_client()
        if self.cookie:
            client.set_cookie("hustings", self.cookie)
        return client

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Whatever is stored inside is taken back."""
        savepoint = db.engine.begin_nested()
        try:
            yield
        finally:
            db.session.remove()
            savepoint.rollback()

    def endpoint_of(self, path: str, method: str = "GET") -> str | None:
        """The endpoint that answers at an address."""
        try:
            return str(self.adapter.match(urlsplit(path).path, method)[0])
        except (HTTPException, RequestRedirect):
            return None

    def _addresses(self) -> Iterator[str]:
        for rule in walkable(self.app):
            if "GET" not in (rule.methods or ()):
                continue
            for variant, values in self._variants(rule):
                if variant == "own":
                    yield self.adapter.build(rule.endpoint, values, "GET")

    def _mark(self, path: str) -> Any:
        """Two addresses with the same mark show the same kind of page."""
        parts = urlsplit(path)
        asked = parse_qsl(parts.query, keep_blank_values=True)
        told = frozenset(
            (name, "" if name in {"sort", "page", "q", "text"} else value) for name, value in asked
        )
        return parts.path, told


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _pairs(pairs: list[tuple[str, Any]]) -> tuple[bytes, str]:
    """The body of a form without files, and what kind of body it is."""
    body = "&".join(f"{quote(name)}={quote(_bytes(value))}" for name, value in pairs)
    return body.encode(), "application/x-www-form-urlencoded"


def _parts(pairs: list[tuple[str, Any]]) -> tuple[bytes, str]:
    """The body of a form with files, and what kind of body it is."""
    body = b""
    for name, value in pairs:
        head, inside = f'Content-Disposition: form-data; name="{name}"', value
        if isinstance(value, FileStorage):
            head += f'; filename="{value.filename}"\r\nContent-Type: {value.content_type}'
            inside = value.read()
        written = inside if isinstance(inside, bytes) else _bytes(inside)
        body += b"--part-of-it\r\n" + head.encode() + b"\r\n\r\n" + written + b"\r\n"
    return body + b"--part-of-it--\r\n", "multipart/form-data; boundary=part-of-it"


def _no_file() -> FileStorage:
    return FileStorage(BytesIO(b""), filename="", content_type="application/octet-stream")
