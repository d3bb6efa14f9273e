"""A file is handed over to be saved, never to be opened inside the site."""

import hashlib

from models.attachments.actions import remove, store
from models.base import db
from models.exports.tables import ExportRecord

PDF = b"%PDF-1.7\n%a quote"


def kept(cast):
    attachment = store(
        name="quote.pdf", content=PDF, region_id=cast.regions["NWI"].id, keep_until=None,
        by=cast.bob,
    )  # fmt: skip
    db.session.commit()
    return attachment.id


def test_a_file_comes_as_a_download(sign_in, cast):
    answer = sign_in(cast.bob).get(f"/attachments/{kept(cast)}")
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"] == "attachment; filename=quote.pdf"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox"
    assert answer.headers["Cache-Control"] == "no-store"


def test_whoever_takes_a_file_stands_in_the_export_register(sign_in, cast):
    number = kept(cast)
    sign_in(cast.bob).get(f"/attachments/{number}")
    line = db.session.query(ExportRecord).one()
    assert (line.report, line.by_id, line.filter) == (
        "attachment",
        cast.bob.id,
        {"file": str(number)},
    )
    assert line.file_hash == hashlib.sha256(PDF).hexdigest()
    assert "File that was handed in" in sign_in(cast.alice).get("/reports/register").text


def test_it_is_private(client, sign_in, cast):
    path = f"/attachments/{kept(cast)}"
    assert client.get(path).status_code == 302
    assert sign_in(cast.eve).get(path).status_code == 404
    assert sign_in(cast.terry).get(path).status_code == 403
    assert db.session.query(ExportRecord).count() == 0


def test_a_removed_file_says_so(sign_in, cast):
    number = kept(cast)
    from models.attachments.queries import attachment_for

    remove(attachment_for(cast.bob, number), by=cast.bob)
    db.session.commit()
    answer = sign_in(cast.bob).get(f"/attachments/{number}")
    assert answer.status_code == 404
    assert "no longer kept" in answer.text
    assert db.session.query(ExportRecord).count() == 0
