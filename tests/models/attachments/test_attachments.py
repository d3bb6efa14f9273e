"""Files are kept as they came, opened by their own permit, and lose their content on time."""

from datetime import timedelta

import pytest

from models import clock
from models.accounts.permits import OPERATOR
from models.accounts.roles import Permit
from models.attachments.actions import keep, remove, remove_overdue, store
from models.attachments.queries import attachment_for, attachments_with, content_of
from models.attachments.tables import Attachment
from models.audit import AuditEntry
from models.base import db
from models.errors import Invalid, NotAllowed, NotFound

PDF = b"%PDF-1.7\n%a quote"


@pytest.fixture
def quote(cast):
    """A file of Bob's region."""
    return stored(cast)


def stored(cast, **values):
    values = {"name": "quote.pdf", "content": PDF, "keep_until": None, "by": cast.bob} | values
    attachment = store(region_id=cast.regions["NWI"].id, **values)
    db.session.commit()
    return attachment


def test_a_file_is_kept_with_its_hash_and_its_type(quote, cast):
    assert quote.media_type == "application/pdf"
    assert quote.size == len(PDF)
    assert len(quote.sha256) == 64
    assert quote.uploaded_by_id == cast.bob.id
    assert content_of(quote) == PDF


def test_the_audit_names_the_file_and_not_its_content(quote):
    entry = db.session.query(AuditEntry).filter_by(event="attachment.stored").one()
    assert entry.after["sha256"] == quote.sha256
    assert "content" not in entry.after


def test_a_file_that_lies_is_not_kept(cast, database):
    with pytest.raises(Invalid, match="inside it is a PNG picture"):
        stored(cast, name="quote.pdf", content=b"\x89PNG\r\n\x1a\nrest")
    assert db.session.query(Attachment).count() == 0


def test_a_file_is_handed_in_for_one_s_own_region_only(cast):
    with pytest.raises(NotFound):
        stored(cast, by=cast.eve)
    with pytest.raises(NotAllowed):
        stored(cast, by=cast.terry)


def test_another_region_s_file_is_not_found(quote, cast):
    assert attachment_for(cast.bob, quote.id) is quote
    assert attachment_for(cast.alice, quote.id) is quote
    with pytest.raises(NotFound):
        attachment_for(cast.eve, quote.id)
    with pytest.raises(NotFound):
        attachment_for(cast.alice, quote.id + 99)


def test_a_file_is_opened_by_its_own_permit(cast):
    secret = stored(cast, read_permit=Permit.FUNDING_PAY)
    assert attachment_for(cast.carol, secret.id) is secret
    with pytest.raises(NotAllowed):
        attachment_for(cast.bob, secret.id)


def test_a_file_of_no_region_is_the_national_office_s(cast):
    letter = store(name="a.pdf", content=PDF, region_id=None, keep_until=None, by=cast.alice)
    assert attachment_for(cast.olive, letter.id) is letter
    with pytest.raises(NotFound):
        attachment_for(cast.bob, letter.id)


def test_files_come_together_for_a_page(quote):
    assert attachments_with([quote.id, None]) == {quote.id: quote}
    assert attachments_with([None]) == {}


def test_a_removed_file_keeps_its_hash_and_loses_its_content(quote, cast):
    kept = quote.sha256
    remove(quote, by=cast.bob)
    remove(quote, by=cast.bob)
    db.session.commit()
    assert (quote.sha256, quote.content) == (kept, None)
    with pytest.raises(NotFound, match="no longer kept"):
        content_of(quote)
    assert db.session.query(AuditEntry).filter_by(event="attachment.removed").count() == 1


def test_files_go_when_their_last_day_is_over(cast):
    today = clock.today()
    over = stored(cast, keep_until=today - timedelta(days=1))
    due = stored(cast, keep_until=today)
    for_good = stored(cast)
    assert remove_overdue(by=OPERATOR) == 1
    assert remove_overdue(by=OPERATOR) == 0
    assert [bool(one.removed_at) for one in (over, due, for_good)] == [True, False, False]


def test_a_file_can_be_kept_longer(quote, cast):
    until = clock.today() + timedelta(days=9)
    assert keep(quote, until=until, by=cast.bob).keep_until == until
    with pytest.raises(NotFound):
        keep(quote, until=None, by=cast.eve)
