"""No odd word in an address or a field breaks a page: each is answered in words.

`make test` takes each page and each form with one odd word in all its fields at once; with
EVERY_FIELD=1 each field is tried alone with each word.
"""

import os
import re
from collections.abc import Iterator
from typing import ClassVar
from urllib.parse import quote

import pytest
from flask import Flask

from app.incoming import Request
from tests.house.forms_as_shown import Crawler, Page
from tests.house.planting import Garden, plant
from tests.house.walk import parameter, walkable

ODD = {
    "large": str(10**20),
    "negative": "-1",
    "superscript": "²",
    "nul": "a\0b",
    "first day": "0001-01-01",
    "last day": "9999-12-31",
    "long": "x" * 5000,
    "half letter": "\ud800",
}
EVERY_FIELD = bool(os.environ.get("EVERY_FIELD"))
READERS = ("alice", "carol")
PLACE = re.compile(r"<(?:\w+:)?(\w+)>")


@pytest.fixture
def garden(cast) -> Garden:
    return plant(cast)


def written(word: str) -> str:
    """The word as an address has it; a half letter as its three bytes."""
    return quote(word.encode("utf-8", "surrogatepass"))


class Noting(Request):
    """A request that notes by which names its address or its form is asked."""

    names: ClassVar[set[str]] = set()

    @property
    def args(self):
        return self._noting(Request.args.__get__(self, type(self)))

    @property
    def form(self):
        return self._noting(Request.form.__get__(self, type(self)))

    def _noting(self, given):
        noted = self.names

        class Noted(type(given)):
            def __contains__(self, name):
                noted.add(name)
                return super().__contains__(name)

            def __getitem__(self, name):
                noted.add(name)
                return super().__getitem__(name)

            def get(self, name, *rest, **more):
                noted.add(name)
                return super().get(name, *rest, **more)

            def getlist(self, name, *rest, **more):
                noted.add(name)
                return super().getlist(name, *rest, **more)

        return Noted([(name, one) for name, many in given.lists() for one in many])


def names_asked(
    app: Flask, crawler: Crawler, path: str, monkeypatch, typed_in: dict[str, str] | None = None
) -> set[str]:
    """The arguments that a page looks for in its address, or the fields that it takes from a
    form with these in it."""
    from models.query_args import Given

    Noting.names = set()
    typed = Given._typed

    def noting(given, name):
        Noting.names.add(name)
        return typed(given, name)

    with monkeypatch.context() as patch:
        patch.setattr(Given, "_typed", noting)
        patch.setattr(app, "request_class", Noting)
        with crawler.undone():
            if typed_in is None:
                crawler.client().get(f"{path}?odd=1")
            else:
                crawler.post(path, [("odd", "1"), *typed_in.items()])
    return Noting.names - {"odd", "csrf_token"}


def addresses(crawler: Crawler) -> Iterator[tuple[str, str]]:
    """Each page's own address, and those with an odd word in one of its places."""
    for rule in walkable(crawler.app):
        if "GET" not in (rule.methods or ()):
            continue
        for variant, values in crawler._variants(rule):
            if variant == "own":
                yield "own", crawler.adapter.build(rule.endpoint, values, "GET")
                break
        own = {n: parameter(rule, n).own(crawler.own) for n in rule.arguments}
        own = {n: v[0] if isinstance(v, list) else v for n, v in own.items()}
        for name in rule.arguments:
            for word in ODD.values():
                text = {n: written(str(v)) for n, v in own.items()} | {name: written(word)}
                yield "odd", PLACE.sub(lambda found, text=text: text[found[1]], rule.rule)


def status_of(crawler: Crawler, path: str) -> int:
    with crawler.undone():
        return crawler.client().get(path).status_code


@pytest.mark.parametrize("reader", READERS)
def test_no_odd_address_breaks_a_page(app, garden, reader, monkeypatch):
    crawler, broken, asked = Crawler(app, garden, reader), [], 0
    for kind, path in addresses(crawler):
        if kind == "odd":
            asked += 1
            if status_of(crawler, path) >= 500:
                broken.append(path[:120])
            continue
        names = sorted(names_asked(app, crawler, path, monkeypatch))
        tries = [[name] for name in names] if EVERY_FIELD else [names] if names else []
        for word in ODD.values():
            for some in tries:
                query = "&".join(f"{name}={written(word)}" for name in some)
                asked += 1
                if status_of(crawler, f"{path}?{query}") >= 500:
                    broken.append(f"{path}?{query[:120]}")
    assert asked > 500
    assert broken == []


# ---- fields

TYPED = frozenset({"text", "textarea", "email", "tel", "search", "number", "date"})
# Answers that show no form again: taken, led on, not there, not allowed.
NO_FORM = frozenset({200, 204, 302, 303, 403, 404})


def shown_again(html: str, word: str) -> bool:
    """True if the page still holds what was typed, without what no hand types."""
    from models.query_args import cleaned

    return cleaned(word).strip() in html


def sendings(form, button) -> Iterator[tuple[str, dict[str, str]]]:
    """What is typed into a form: one odd word in all fields, or in each alone."""
    names = sorted({part.name for part in form.controls if part.kind != "file"} - {"csrf_token"})
    for word in ODD.values():
        for some in [[name] for name in names] if EVERY_FIELD else [names] if names else []:
            yield word, dict.fromkeys(some, word)


@pytest.mark.parametrize("reader", READERS)
def test_no_odd_field_breaks_a_form_and_nothing_typed_is_lost(app, garden, reader):
    crawler, broken, lost, sent = Crawler(app, garden, reader), [], [], 0
    done: set[tuple[str, ...]] = set()
    for page in crawler.pages(links=False):
        for form in page.forms:
            mark = (crawler.endpoint_of(page.address(form), "POST") or "", *form_names(form))
            if form.method != "post" or mark in done or "sign-out" in page.address(form):
                continue
            done.add(mark)
            typed = {part.name for part in form.controls if part.kind in TYPED}
            button = next(iter(form.buttons), None)
            for word, changed in sendings(form, button):
                sent += 1
                with crawler.undone():
                    answer = crawler.send(page, form, button, changed)
                where = f"{page.path} → {page.address(form)} {sorted(changed)} {word[:12]!r}"
                if answer.status_code >= 500:
                    broken.append(where)
                    continue
                refused = answer.status_code not in NO_FORM and typed & set(changed)
                if refused and not shown_again(answer.text, word):
                    lost.append(f"{where}: {answer.status_code}")
    assert sent > 100
    assert broken == []
    assert lost == []


@pytest.mark.parametrize("reader", READERS)
def test_no_odd_field_breaks_an_address_that_takes_forms(app, garden, reader, monkeypatch):
    """Also where no planted page shows the form: which fields are taken is noted as it is read."""
    crawler, broken, lost, sent = Crawler(app, garden, reader), [], [], 0
    for path in form_addresses(crawler):
        names = names_asked(app, crawler, path, monkeypatch, {})
        names |= names_asked(app, crawler, path, monkeypatch, dict.fromkeys(names, "1"))
        tries = [[name] for name in sorted(names)] if EVERY_FIELD else [sorted(names)]
        for word in ODD.values():
            for some in tries:
                sent += 1
                with crawler.undone():
                    answer = crawler.post(path, [(name, word) for name in some])
                where = f"{path} {some} {word[:12]!r}"
                if answer.status_code >= 500:
                    broken.append(where)
                elif answer.status_code not in NO_FORM and not kept(answer, path, some, word):
                    lost.append(f"{where}: {answer.status_code}")
    assert sent > 100
    assert broken == []
    assert lost == []


def form_addresses(crawler: Crawler) -> Iterator[str]:
    """Each address that takes a form, once."""
    for rule in walkable(crawler.app):
        if "POST" not in (rule.methods or ()) or rule.endpoint == "accounts.sign_out":
            continue
        for variant, values in crawler._variants(rule):
            if variant == "own":
                yield crawler.adapter.build(rule.endpoint, values, "POST")
                break


def kept(answer, path: str, names: list[str], word: str) -> bool:
    """True unless the answer shows a box of one of these names without the word in it."""
    if answer.mimetype != "text/html":
        return True
    page = Page(path, "", answer.get_data(as_text=True))
    boxes = [part for form in page.forms for part in form.controls]
    typed = [part for part in boxes if part.kind in TYPED and part.name in names]
    return not typed or shown_again(page.html, word)


def form_names(form) -> list[str]:
    return sorted({part.name for part in form.controls})
