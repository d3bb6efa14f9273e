"""`make bench`: CPU and p95 of the main pages, beside bare Flask pages measured in the same run."""

import statistics
import time
from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from flask import Flask, render_template
from flask.testing import FlaskClient

from tests.bench.queries import MOST_QUERIES, statements_of

MOST_TIMES_A_BARE_PAGE = 5.0
CELLS = 7  # columns of the list of applications
# What is measured: a name and an address.
PAGES = {
    "home": "/",
    "councillors": "/councillors",
    "councillors, filtered": "/councillors?sort=-last_contact&not_contacted_since=2026-01-01",
    "record": "/people/42",
    "contacts": "/contacts",
    "funding": "/funding",
    "application": "/funding/42",
    "budget": "/budget",
    "forecast": "/budget/forecast",
    "search, name": "/search?q=kirsty+gar",
    "search, number": "/search?q=00031234",
}
# The lists that may cost so many times a bare page, and no more.
LISTS = ("funding",)
COMPARED = (*LISTS, "councillors")
TABLE = """<!doctype html>
<html lang="en"><head><title>{{ title }}</title></head><body><ul>
{% for at in range(links) %}<li><a href="{{ url_for('one', number=at) }}">{{ at }}</a></li>
{% endfor %}</ul>
LAYOUT
<table>
{% for row in rows %}
<tr><th><a href="{{ url_for('one', number=loop.index) }}">{{ row[0] }}</a></th>
{% for cell in row[1:] %}<td>{{ cell }}</td>
{% endfor %}</tr>
{% endfor %}
</table></body></html>"""


def measure(client: FlaskClient, path: str, rounds: int) -> dict[str, float]:
    """CPU milliseconds and wall p95 of one address; the first call is not counted."""
    return measure_in_turn([(client, path)], rounds)[0]


def measure_in_turn(
    pages: Sequence[tuple[FlaskClient, str]], rounds: int
) -> list[dict[str, float]]:
    """The same of several, asked one after the other in each round: what else the machine does in
    the meantime falls on all of them alike."""
    answers = [client.get(path) for client, path in pages]
    for (_client, path), answer in zip(pages, answers, strict=True):
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
    times: list[list[tuple[float, float]]] = [[] for _ in pages]
    for _ in range(rounds):
        for (client, path), taken in zip(pages, times, strict=True):
            taken.append(_one(client, path))
    return [
        {
            "cpu_ms": round(statistics.median(cpu for cpu, _ in taken), 2),
            "p95_ms": round(statistics.quantiles((wall for _, wall in taken), n=20)[-1], 2),
            "bytes": len(answer.data),
        }
        for taken, answer in zip(times, answers, strict=True)
    ]


def _one(client: FlaskClient, path: str) -> tuple[float, float]:
    """CPU and wall milliseconds of one call."""
    start_wall, start_cpu = time.perf_counter(), time.process_time()
    client.get(path).get_data()
    return (time.process_time() - start_cpu) * 1000, (time.perf_counter() - start_wall) * 1000


def bare_text(size: int) -> FlaskClient:
    """A Flask application that does nothing but answer `size` bytes."""
    app = Flask("bare")
    body = "x" * size
    app.add_url_rule("/", view_func=lambda: body)
    return app.test_client()


def bare_table(page: bytes) -> FlaskClient:
    """A Flask application whose template fills a table of as many rows and bytes, escaped.

    A row links to its page, and there are as many links beside the table, as in any list. There is
    no database, no session, and no layout but plain text of the length of ours.
    """
    start, end = page.find(b"<tbody"), page.find(b"</tbody>")
    rows = page.count(b"<tr", start, end)
    assert rows, "no table in the page"
    width = max(1, (end - start) // rows // CELLS - len("<td></td>"))
    cells = [[f"{n} & {at}".ljust(width, "x") for at in range(CELLS)] for n in range(rows)]
    links = page.count(b"<a ") - page.count(b"<a ", start, end)
    layout = "x" * (len(page) - (end - start) - 32 * links)
    app = Flask("bare")
    template = app.jinja_env.from_string(TABLE.replace("LAYOUT", layout))
    assert app.select_jinja_autoescape(template.name)
    app.add_url_rule("/<int:number>", "one")
    context = {"title": "Bare", "rows": cells, "links": links}
    app.add_url_rule("/", view_func=lambda: render_template(template, **context))
    return app.test_client()


def rows_of(
    engine: sa.Engine, client: FlaskClient, rounds: int, faults: list[str]
) -> Iterator[dict[str, object]]:
    """A row for each page, each list with the bare pages of its size below it."""
    hello = measure(bare_text(5), "/", rounds * 5)
    yield {"page": "bare Flask hello", "queries": 0, "times": 1.0, **hello}
    for name, path in PAGES.items():
        ran, answer = statements_of(engine, client, path)
        asked, names = [(client, path)], [name]
        if name in COMPARED:
            asked += [(bare_table(answer.data), "/"), (bare_text(len(answer.data)), "/")]
            names += ["  bare page, as many rows", "  bare text, as many bytes"]
        page, *bare = measure_in_turn(asked, rounds * len(asked))
        page["queries"] = len(ran)
        times = [round(page["cpu_ms"] / row["cpu_ms"], 1) for row in (hello, *bare)]
        for title, count, row in zip(names, times, (page, *bare), strict=True):
            yield {"page": title, "times": count, **row}
        faults += _faults_of(name, len(ran), times)


def _faults_of(name: str, queries: int, times: Sequence[float]) -> Iterator[str]:
    """Too many queries; a list that costs too many times a bare page."""
    if queries > MOST_QUERIES:
        yield f"{name}: {queries} queries, at most {MOST_QUERIES}"
    if name in LISTS and times[1] > MOST_TIMES_A_BARE_PAGE:
        yield f"{name}: {times[1]} × a bare page, at most {MOST_TIMES_A_BARE_PAGE:g}"
