"""A worker killed at any moment while it imports: every row exactly once, and every mail.

The short form runs with the other tests; `make fault` runs the long one.
"""

import json
import os
from collections import Counter

import pytest
import sqlalchemy as sa

from models import outbox
from models.accounts.permits import OPERATOR
from models.base import db
from models.councillors.tables import OfficeTerm
from models.intake.actions import applying
from models.intake.tables import ImportBatch, ImportRow, ImportWrite
from models.outbox import OutboxRow
from models.people.tables import ContactPoint, LawfulBasis, Person, UnionMembership
from tests.app.test_worker_kills import SEED, Murder, environment, postbox
from tests.factories import make_council
from tests.intake import counts, preview

__all__ = ["postbox"]  # the fixture, found by its name

LONG = os.environ.get("HUSTINGS_FAULT") == "long"
ROWS = 5000 if LONG else 3000
MAILS = 200 if LONG else 20
KILLS = 30 if LONG else 5

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("worker")]


def spreadsheet() -> str:
    """Invented councillors, each with a number of their own."""
    lines = ["Forename,Surname,Council,Ward,Email,Membership number"]
    for number in range(ROWS):
        given, family = f"Given{chr(97 + number % 26)}", f"Family{chr(97 + number // 26 % 26)}"
        lines.append(
            f"{given},{family},Ambridge,Ward {number % 60},p{number}@example.org,M{number + 1:05}"
        )
    return "\n".join(lines) + "\n"


def test_every_row_is_written_once_however_often_the_worker_is_killed(
    fresh_database, postbox, tmp_path
):
    box, port = postbox
    app = fresh_database
    with app.app_context():
        make_council("Ambridge")
        batch = preview(spreadsheet())
        assert counts(batch) == (ROWS, ROWS, 0, 0, 0)
        applying.apply(batch, by=OPERATOR)
        for number in range(MAILS):
            outbox.post_mail(
                to=f"m{number}@example.org", subject="Letter", text="Good day", key=f"{number}"
            )
        db.session.commit()
        assert batch.state == "applying", "more rows than fit into a request"

    def left() -> int:
        with app.app_context():
            rows = db.session.scalar(
                sa.select(sa.func.count(ImportRow.id)).where(ImportRow.applied_at.is_(None))
            )
            # A worker posts work of its own for another hour, which is not ours to wait for.
            ours = OutboxRow.kind.in_(("mail", "import"))
            waiting = db.session.query(OutboxRow).filter(ours, OutboxRow.state == "waiting").count()
            db.session.remove()
        return rows + waiting

    surroundings = environment(app.config["SETTINGS"], port)
    murder = Murder(surroundings, tmp_path / "worker.log", left)
    in_the_middle = murder.kill(KILLS)
    resumed = murder.let_finish()

    with app.app_context():
        batch = db.session.query(ImportBatch).one()
        stored = {
            model.__name__: db.session.query(model).count()
            for model in (Person, OfficeTerm, UnionMembership, ContactPoint, LawfulBasis)
        }
        numbers = Counter(row.number for row in db.session.query(UnionMembership))
        mails = Counter(row.state for row in db.session.query(OutboxRow).filter_by(kind="mail"))
        writes = db.session.query(ImportWrite.table, ImportWrite.subject_id).all()
        result = {
            "seed": SEED,
            "database": app.config["SETTINGS"].url.split(":")[0],
            "rows": ROWS,
            "kills": KILLS,
            "in_the_middle": in_the_middle,
            "resumed_after": round(resumed, 1),
            "state": batch.state,
            **stored,
            "mails": dict(mails),
            "mails_doubled": sum(count > 1 for count in box.taken.values()),
        }
        db.session.remove()
    print(json.dumps(result))
    assert batch.state == "applied", result
    assert set(stored.values()) == {ROWS}, result
    assert set(numbers.values()) == {1}
    assert len(writes) == len(set(writes)), "no row was noted twice"
    assert mails["done"] + mails["uncertain"] == MAILS, result
    assert set(box.taken.values()) <= {1}, result
