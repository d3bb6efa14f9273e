"""What the funding pages need in the large union: applications that wait, results, reports.

Two hundred applications of one round wait for their decision, each answered and scored twice.
"""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from models import clock
from models.base import db
from models.budget.approvals.tables import BudgetRequest
from models.evidence.tables import Invoice, Outcome, Receipt, SpendingReport
from models.exports.tables import ExportRecord
from models.funding.assessing.tables import Criterion, InterestDeclaration, Score
from models.funding.tables import Application, ApplicationStep, CostLine
from models.rounds.tables import AnswerSheet, Round
from tests.bench.rows import ids_of, write
from tests.round_factories import CANDIDATE_ANSWERS, REGION_ANSWERS

WAITING, RECEIPTS = 200, 25
FIRST_CANDIDATE = 20_001
DAY = date(2026, 11, 2)
POLL = date(2027, 5, 6)


def fill(cast: SimpleNamespace, own: SimpleNamespace, fund_id: int) -> None:
    """Write it, and put into `own` what each address of the walk is to ask for."""
    own.endorsed = SimpleNamespace(id=_waiting(cast, own.round.id, fund_id)[0])
    _afterwards(cast, own)
    _office(cast, own, fund_id)


def _waiting(cast: SimpleNamespace, round_id: int, fund_id: int) -> list[int]:
    """Applications of the round, recommended, with lines, answers and two scores of each."""
    write(
        Criterion,
        (
            {"round_id": round_id, "position": 1 + n, "weight": 20, "label": f"Criterion {n}"}
            for n in range(1, 4)
        ),
    )
    db.session.execute(sa.update(Round).where(Round.id == round_id).values(scores_needed=2))
    region = cast.regions["NWI"].id
    write(
        Application,
        (
            {
                "reference": f"FA-2027-{n:04}",
                "fund_id": fund_id,
                "region_id": region,
                "person_id": FIRST_CANDIDATE + n,
                "council_id": 1 + n % 350,
                "ward_id": (1 + n % 350) * 12 + n % 12,
                "poll_on": POLL,
                "contest_key": f"waiting|{n}",
                "requested_p": 20_000 + 100 * n,
                "purpose": "Leaflets",
                "status": "recommended",
                "recommended_p": 20_000 + 100 * n,
                "handled_by_ids": [cast.olive.id],
                "drafted_by_id": cast.bob.id,
                "submitted_by_id": cast.bob.id,
                "submitted_at": clock.now(),
                "version": 1,
            }
            for n in range(WAITING)
        ),
    )
    waiting = ids_of(Application, Application.contest_key.like("waiting|%"))
    _answers(cast, round_id, waiting)
    return waiting


def _answers(cast: SimpleNamespace, round_id: int, waiting: list[int]) -> None:
    (form,) = db.session.get_one(Round, round_id).forms
    criteria = ids_of(Criterion, Criterion.round_id == round_id)
    by = (cast.alice.id, cast.olive.id)
    answers = {**REGION_ANSWERS, **CANDIDATE_ANSWERS}
    sheet: dict[str, Any] = {
        "round_id": round_id,
        "form_version_id": form.id,
        "answers": answers,
        "typed": {},
        "edited_with": {},
    }
    write(AnswerSheet, ({"application_id": one, **sheet} for one in waiting))
    write(
        CostLine,
        (
            {"application_id": one, "position": n, "what": f"Leaflet {n}", "amount_p": 5_000}
            for one in waiting
            for n in (1, 2, 3)
        ),
    )
    write(
        ApplicationStep,
        (
            {
                "application_id": one,
                "step": "submit",
                "from_status": "draft",
                "to_status": "endorsed",
                "by_id": cast.bob.id,
            }
            for one in waiting
        ),
    )
    write(
        ApplicationStep,
        (
            {
                "application_id": one,
                "step": "recommend",
                "from_status": "endorsed",
                "to_status": "recommended",
                "by_id": cast.olive.id,
            }
            for one in waiting
        ),
    )
    write(
        InterestDeclaration,
        ({"application_id": one, "by_id": who, "answer": "none"} for one in waiting for who in by),
    )
    write(
        Score,
        (
            {
                "application_id": one,
                "criterion_id": criterion,
                "by_id": who,
                "points": 3,
                "justification": "A close seat.",
            }
            for one in waiting
            for criterion in criteria
            for who in by
        ),
    )


def _afterwards(cast: SimpleNamespace, own: SimpleNamespace) -> None:
    """Results, and reports with receipts: one with many, three hundred with one each."""
    paid = ids_of(Application, sa.and_(Application.status == "paid", Application.id < 601))
    write(
        Outcome,
        (
            {
                "application_id": one,
                "nominated": True,
                "elected": one % 4 == 0,
                "on": DAY,
                "source": "The council",
                "recorded_by_id": cast.bob.id,
            }
            for one in paid
        ),
    )
    write(SpendingReport, ({"application_id": one, "status": "submitted"} for one in paid))
    reports = ids_of(SpendingReport, SpendingReport.application_id.in_(paid))
    whose = [_report_of(own.awarded.id)] * RECEIPTS + reports
    write(
        Invoice,
        (
            {
                "supplier": f"Printer {n}",
                "supplier_key": f"bench printer {n}",
                "number": str(n),
                "number_key": str(n),
                "on": DAY,
                "net_p": 100,
                "vat_p": 20,
                "gross_p": 120,
                "shared_p": 120,
            }
            for n in range(len(whose))
        ),
    )
    invoices = ids_of(Invoice, Invoice.supplier_key.like("bench %"))
    write(
        Receipt,
        (
            {"report_id": report, "invoice_id": invoice, "category": "other", "share_p": 120}
            for report, invoice in zip(whose, invoices, strict=True)
        ),
    )


def _report_of(application_id: int) -> int:
    return ids_of(SpendingReport, SpendingReport.application_id == application_id)[0]


def _office(cast: SimpleNamespace, own: SimpleNamespace, fund_id: int) -> None:
    """What the office itself writes down: wishes about the budget, exports."""
    write(
        BudgetRequest,
        (
            {
                "fund_id": fund_id,
                "kind": "take-back",
                "source_id": own.node.id,
                "amount_p": 100,
                "asked_by_id": cast.olive.id,
                "reason": "A reserve.",
                "authority": "Executive",
                "idem": f"bench-{n}",
            }
            for n in range(60)
        ),
    )
    write(
        ExportRecord,
        (
            {
                "report": "councillors",
                "by_id": cast.alice.id,
                "rows": 10,
                "file_hash": "0" * 64,
                "filter": {},
                "purpose": "A letter",
                "at": clock.now() - timedelta(days=3),
                "recipient": "Nobody",
            }
            for _ in range(120)
        ),
    )
