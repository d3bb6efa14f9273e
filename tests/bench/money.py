"""`make bench`: the workbooks of 2,000 applications, and 200 awards in one transaction."""

import time

from flask.testing import FlaskClient

from models.accounts.roles import MATRIX, Role
from models.base import db, will_write
from models.budget.faults import ledger_faults
from models.budget.queries.periods import current_fund
from models.budget.queries.tree import tree_for
from models.funding.actions.batch import award_many
from models.funding.batch import Chosen, Terms
from models.funding.coding import Coding
from models.funding.law import WARNINGS
from models.funding.queries.batch import undecided_for
from reports.catalogue import CATALOGUE
from tests.bench.union import READERS
from tests.cast import PEOPLE, load_cast

MOST_SECONDS = 2.0
AWARDS = 200
MONEY_WORKBOOKS = (
    "budget",
    "applications",
    "awards",
    "commitments",
    "political-fund-return",
    "donation-watch",
)
TERMS = {
    "coding": Coding(legal_class="candidate", s72_category="c"),
    "answers": dict.fromkeys(WARNINGS, "The leaflet is not out yet."),
    "no_interest": True,
}


def workbooks(clients: dict[str, FlaskClient], faults: list[str]) -> list[dict[str, object]]:
    """Every workbook of the catalogue; those of the money have their bound."""
    rows: list[dict[str, object]] = []
    for key, report in CATALOGUE.items():
        who = next((one for one in READERS if report.permit in MATRIX[Role(PEOPLE[one][1])]), None)
        if who is None:
            continue
        start, cpu = time.perf_counter(), time.process_time()
        answer = clients[who].get(f"/reports/{key}.xlsx")
        seconds, cpu_ms = time.perf_counter() - start, (time.process_time() - cpu) * 1000
        if answer.status_code != 200:
            faults.append(f"{key}.xlsx: answers {answer.status_code}")
        if key in MONEY_WORKBOOKS and seconds > MOST_SECONDS:
            faults.append(f"{key}.xlsx: {seconds:.2f} s, at most {MOST_SECONDS} s")
        row = {"page": f"{key}.xlsx", "cpu_ms": round(cpu_ms), "once_ms": round(seconds * 1000)}
        rows.append({**row, "bytes": len(answer.data)})
    return rows


def batch_of_awards(faults: list[str]) -> list[dict[str, object]]:
    """Two hundred waiting applications awarded at once, committed, and the ledger looked over."""
    will_write.set(True)
    alice = load_cast().alice
    waiting = [
        one
        for one in undecided_for(alice, current_fund())
        if one.contest_key.startswith("waiting|")
    ]
    assert len(waiting) == AWARDS, f"{len(waiting)} wait"
    chosen = [Chosen(one.id, one.requested_p) for one in waiting]
    head = tree_for(alice).heads[0].node_id
    db.session.rollback()
    will_write.set(True)
    by, known = load_cast().alice, set(ledger_faults())
    start, cpu = time.perf_counter(), time.process_time()
    done = award_many(chosen, terms=Terms(head_id=head, **TERMS), by=by, key="bench")
    db.session.commit()
    seconds, cpu_ms = time.perf_counter() - start, (time.process_time() - cpu) * 1000
    if seconds > MOST_SECONDS:
        faults.append(f"{AWARDS} awards: {seconds:.2f} s, at most {MOST_SECONDS} s")
    if len(done) != AWARDS or {one.status for one in done} != {"awarded"}:
        faults.append(f"{AWARDS} awards: {len(done)} were made")
    new = sorted(set(ledger_faults()) - known)
    faults += [f"{AWARDS} awards: {fault}" for fault in new]
    row = {"page": f"{AWARDS} awards in one transaction", "once_ms": round(seconds * 1000)}
    return [{**row, "cpu_ms": round(cpu_ms)}]
