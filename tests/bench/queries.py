"""`make bench`: how many queries every page runs on the large union.

The pages are the routes themselves: whatever answers a GET with a page is asked for by the first
of the readers who may see it, with the fullest thing of its kind in its address.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from models.accounts.roles import MATRIX, Permit, Role
from tests.bench import addresses
from tests.bench.union import READERS, Union
from tests.cast import PEOPLE
from tests.house.walk import ALSO_NEEDS, parameter, walkable

MOST_QUERIES = 12
# Parts of a transaction, and not questions.
FRAME = ("BEGIN", "ROLLBACK", "COMMIT", "SAVEPOINT", "RELEASE")
FILES = (".xlsx", ".docx", ".pdf", ".csv", ".vcf", ".ics")
DOWNLOADS = frozenset({"attachments.download", "evidence.agent_statement", "evidence.letter_file"})
# Addresses that answer something else than a page, each with its reason.
NOT_A_PAGE = {
    "bulk.choose": "leads on to the page of the act that was chosen in the list",
    "intake.columns": "leads to the file, where it is done already",
    "intake.teach": "leads to the file: its shape is known",
    "search.lookup": "suggestions of one kind; asked for with its kind below",
}
# The same addresses with something in the question, and with other things than the walk's own.
WITH_A_QUESTION = (
    "/?",
    "/councillors?region=NWI&party=1&status=joined&quiet_days=30",
    "/councillors?role=cabinet&text=kirsty",
    "/councillors?tag=Bench+1",
    "/councillors?control=1&delegate=now&quiet_days=90",
    "/delegates?state=soon&region=NWI&sort=-end",
    "/councillors?control=1&ending_before=2027-12-31&sort=-contact",
    "/people?text=kirsty&tag=Bench+1",
    "/contacts?channel=phone",
    "/search?q=kirsty+gar",
    "/search/lookup?kind=person&q=kirsty",
    "/search/lookup?kind=council&q=borough",
    "/bulk/tag?all=1&region=NWI",
    "/bulk/follow-up?all=1&region=NWI&quiet_days=30",
    "/bulk/contact?pick=1&pick=2&pick=3",
    "/saved-views/new/councillors?region=NWI",
    "/funding?status=undecided&region=NWI&sort=candidate",
    "/funding?q=kirsty",
    "/funding/board?region=4",
    "/funding/1",
    "/funding/2",
    "/payments?status=released",
    "/afterwards?kind=letter",
    "/disputes?state=open",
    "/disputes/council/1?employer=City+council",
    "/duplicates?show=dismissed",
    "/budget/forecast?by=region",
    "/people/42",
    "/people/1",
)


@dataclass(frozen=True)
class Asked:
    """One page: who asks for it, and at which address."""

    endpoint: str
    reader: str
    path: str


@dataclass(frozen=True)
class Counted:
    """What one page ran, and how long its first call took. `why`: what was wrong with it."""

    asked: Asked
    queries: int
    ms: int
    bytes: int
    why: str = ""


def statements_of(engine: sa.Engine, client: FlaskClient, path: str) -> tuple[list[str], Any]:
    """The statements that one request runs, without those of the transaction; and its answer."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.upper().startswith(FRAME):
            seen.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    addresses.Sought.names.clear()
    try:
        return seen, client.get(path)
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def pages(app: Flask, own: SimpleNamespace) -> Iterator[Asked]:
    """Every address that answers somebody with a page. `own` are the things to ask for."""
    adapter = app.url_map.bind("localhost")
    for rule in walkable(app):
        view = app.view_functions[rule.endpoint]
        if "GET" not in (rule.methods or ()) or not hasattr(view, "permit"):
            continue
        for values in _values(rule, own):
            reader = _reader({view.permit, *_further(rule.endpoint, values)})
            path = adapter.build(rule.endpoint, values, "GET")
            if reader and not path.endswith(FILES) and rule.endpoint not in DOWNLOADS:
                yield Asked(rule.endpoint, reader, path)
    others = [f"/funding/{own.endorsed.id}", f"/funding/{own.draft.id}", f"/people/{own.planted}"]
    for path in (*WITH_A_QUESTION, *others):
        yield Asked("", READERS[0], path)


def _values(rule: Any, own: SimpleNamespace) -> Iterator[dict[str, Any]]:
    known = {name: _own(rule, name, own) for name in sorted(rule.arguments)}
    spread = [each if isinstance(each, list) else [each] for each in known.values()]
    for chosen in product(*spread):
        yield dict(zip(known, chosen, strict=True))


def _own(rule: Any, name: str, own: SimpleNamespace) -> Any:
    found = parameter(rule, name)
    assert found is not None, f"say in walk.PARAMETERS how to fill {name}"
    return own.poll if name == "poll" else found.own(own)


def _further(endpoint: str, values: dict[str, Any]) -> set[Permit]:
    return {ALSO_NEEDS[endpoint](values)} if endpoint in ALSO_NEEDS else set()


def _reader(permits: set[Permit]) -> str | None:
    return next((one for one in READERS if permits <= MATRIX[Role(PEOPLE[one][1])]), None)


def count(engine: sa.Engine, client: FlaskClient, asked: Asked) -> Counted:
    """One page, counted."""
    start = time.perf_counter()
    ran, answer = statements_of(engine, client, asked.path)
    ms, size = round((time.perf_counter() - start) * 1000), len(answer.data)
    right = {200} if asked.endpoint not in NOT_A_PAGE else {200, 302, 303, 404}
    wrong = list(addresses.faults_of(asked.path, answer))
    if answer.status_code not in right:
        wrong.append(f"answers {answer.status_code}")
    why = ", ".join(wrong)
    return Counted(asked, len(ran), ms, size, why)


def count_all(union: Union) -> tuple[list[Counted], list[str]]:
    """Every page, counted, and what is wrong with some of them."""
    found = [
        count(union.engine, union.clients[asked.reader], asked)
        for asked in pages(union.app, union.own)
    ]
    faults = [f"{one.asked.path}: {one.why}" for one in found if one.why]
    faults += [
        f"{one.asked.path}: {one.queries} queries, at most {MOST_QUERIES}"
        for one in found
        if one.queries > MOST_QUERIES
    ]
    return found, faults
