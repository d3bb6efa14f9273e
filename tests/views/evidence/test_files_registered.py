"""Every file about an award that leaves has its line in the export register, and no refused one."""

import hashlib

import pytest

from models.base import db
from models.evidence.queries.letters import letters_of
from models.exports.tables import ExportRecord


def lines():
    query = db.session.query(ExportRecord).order_by(ExportRecord.id)
    return [(one.report, one.by_id, one.filter, one.file_hash) for one in query]


@pytest.mark.parametrize("ending", ["docx", "pdf", "xlsx"])
def test_the_statement_for_the_agent_is_registered(sign_in, cast, paid, ending):
    bob = sign_in(cast.bob)
    bob.post(f"/afterwards/{paid.id}/report/start")
    answer = bob.get(f"/afterwards/{paid.id}/statement/{ending}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    said = hashlib.sha256(answer.data).hexdigest()
    assert lines() == [("agent-statement", cast.bob.id, {"of": paid.reference}, said)]


def test_an_award_letter_is_registered(sign_in, cast, awarded):
    sign_in(cast.alice).post(f"/afterwards/{awarded.id}/letter")
    letter = letters_of(awarded)[0].letter
    answer = sign_in(cast.bob).get(f"/afterwards/letters/{letter.id}/pdf")
    said = hashlib.sha256(answer.data).hexdigest()
    assert lines() == [("award-letter", cast.bob.id, {"of": awarded.reference}, said)]


def test_a_refused_file_leaves_no_line(sign_in, cast, paid):
    assert sign_in(cast.bob).get(f"/afterwards/{paid.id}/statement/exe").status_code == 404
    assert sign_in(cast.eve).get(f"/afterwards/{paid.id}/statement/pdf").status_code == 404
    assert lines() == []
