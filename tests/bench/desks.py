"""What the desks of the office need in the large union: a long record, pairs that may be the same
person, sheets that came back, answers that wait, plans, saved views and one act on many."""

from datetime import date
from types import SimpleNamespace

from models import clock
from models.councillors.reorganising.tables import Reorganisation
from models.councillors.tables import OfficeRole, OfficeTerm
from models.folding import fold
from models.freshness.tables import Confirmation, FactCheck
from models.intake.sheets.tables import SheetCell
from models.intake.tables import ImportRow
from models.merging.tables import DuplicatePair
from models.people.tables import ContactPoint, PersonNote, PersonTag, Tag
from models.search.tables import BulkAct, BulkPart, SavedView
from tests.bench.network import POLL
from tests.bench.rows import ids_of, keep, write


def fill(cast: SimpleNamespace, own: SimpleNamespace) -> None:
    """Write it, and put into `own` what each address of the walk is to ask for."""
    _long_record(cast, own.person.id, own.term.id)
    _duplicates(own)
    _sheets(own)
    _freshness(cast)
    _plans(cast, own)
    _kept(cast, own)


def _long_record(cast: SimpleNamespace, person: int, term: int) -> None:
    """Somebody of whom much is known."""
    points = [("mobile", f"07700 9000{n:02}") for n in range(10)]
    write(
        ContactPoint,
        (
            {"person_id": person, "kind": kind, "value": value, "value_key": fold(value)}
            for kind, value in points
        ),
    )
    write(
        PersonNote,
        (
            {"person_id": person, "body": f"Note {n}", "written_by_id": cast.alice.id}
            for n in range(20)
        ),
    )
    tags = [keep(Tag(name=f"Bench {n}", key=f"bench {n}")) for n in range(20)]
    write(PersonTag, ({"person_id": person, "tag_id": tag.id} for tag in tags))
    write(
        PersonTag,
        ({"person_id": who, "tag_id": tags[who % 20].id} for who in range(1, 5_001)),
    )
    write(OfficeRole, ({"term_id": term, "kind": "whip", "detail": f"{n}"} for n in range(6)))
    write(
        OfficeTerm,
        (
            {
                "person_id": person,
                "post": "councillor",
                "council_id": 2 + n,
                "ward_id": (2 + n) * 12,
                "elected_on": date(2015, 5, 7),
                "expected_end": date(2019, 5, 2),
                "actual_end": date(2019, 5, 2),
            }
            for n in range(5)
        ),
    )


def _duplicates(own: SimpleNamespace) -> None:
    write(
        DuplicatePair,
        (
            {
                "low_id": low,
                "high_id": low + 25_000,
                "score": 60 + low % 40,
                "reasons": [["name", 35], ["ward", 30]],
            }
            for low in range(1, 301)
        ),
    )
    own.pair = SimpleNamespace(id=ids_of(DuplicatePair, DuplicatePair.low_id == 1)[0])


def _sheets(own: SimpleNamespace) -> None:
    """Two hundred rows in the sheet that came back, and in the file that was brought in."""
    for batch in (own.sheet.id, own.batch.id):
        write(
            ImportRow,
            (
                {
                    "batch_id": batch,
                    "number": 10 + n,
                    "raw": {"Name": f"Person {n}"},
                    "given": {},
                    "verdict": "refused" if batch == own.batch.id else None,
                    "subject_id": 1 + n,
                }
                for n in range(200)
            ),
        )
    rows = ids_of(ImportRow, ImportRow.batch_id == own.sheet.id)
    write(
        SheetCell,
        (
            {
                "batch_id": own.sheet.id,
                "row_id": row,
                "field": field,
                "base": "a",
                "here": "b",
                "mine": "c",
                "conflict": True,
            }
            for row in rows
            for field in ("given_name", "family_name")
        ),
    )


def _freshness(cast: SimpleNamespace) -> None:
    points = ids_of(ContactPoint, ContactPoint.person_id.between(1, 300))
    write(
        FactCheck,
        (
            {
                "kind": "email",
                "fact_id": point,
                "person_id": n,
                "verdict": "bounced",
                "by_id": cast.alice.id,
            }
            for n, point in enumerate(points, start=1)
        ),
    )
    write(
        Confirmation,
        (
            {
                "person_id": n,
                "nonce_hash": f"bench{n}".rjust(64, "0"),
                "made_by_id": cast.alice.id,
                "expires_at": clock.now(),
                "answered_at": clock.now(),
                "said": [
                    {"kind": "email", "id": point, "said": "change", "was": "old", "value": "new"}
                ],
            }
            for n, point in enumerate(points[:80], start=1)
        ),
    )


def _plans(cast: SimpleNamespace, own: SimpleNamespace) -> None:
    """A reorganisation that joins ten councils into two, and forty more plans."""
    old = list(range(11, 21))
    new = [
        {"code": f"N{n}", "name": f"New {n}", "kind": "unitary", "region_id": 1, "takes": takes}
        for n, takes in enumerate((old[:5], old[5:]))
    ]
    wards = [
        {"council_code": f"N{n // 60}", "name": f"Ward {n}", "seats": 2, "takes": [11 * 12 + n]}
        for n in range(120)
    ]
    plan = {"old": old, "new": new, "wards": wards}
    plans = [
        keep(Reorganisation(title=f"Plan {n}", vesting_on=POLL, plan=plan, by_id=cast.alice.id))
        for n in range(40)
    ]
    own.plan = SimpleNamespace(id=plans[0].id)


def _kept(cast: SimpleNamespace, own: SimpleNamespace) -> None:
    """Saved views, and one act on two hundred people."""
    for n in range(15):
        filters = {"region": "NWI", "quiet_days": str(30 + n)}
        keep(
            SavedView(
                list="councillors",
                name=f"View {n}",
                owner_id=cast.alice.id,
                shared=n % 2 == 0,
                filters=filters,
            )
        )
    act = keep(
        BulkAct(
            kind="tag",
            form_key="bench",
            selection="200 ticked",
            details={"tag": "x"},
            by_id=cast.alice.id,
        )
    )
    write(BulkPart, ({"act_id": act.id, "person_id": n, "outcome": "done"} for n in range(1, 201)))
    own.kept.act = act.id
