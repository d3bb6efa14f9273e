"""An e-mail that carries the award letter: made when it is sent, whole, and once."""

import email
import io
from email.policy import default
from types import SimpleNamespace

import pypdf
import pytest

from app import mail
from app.jobs import attachments
from app.settings import Settings
from models.errors import NotFound

FILE = mail.Attachment("award-letter-FA-1.pdf", "application/pdf", b"%PDF-1.7 \x00\xff")
SETTINGS = Settings(mail_from="office@example.org")


def composed(attached):
    letter = mail.Letter("<1@example.org>", "ann@example.org", "Hello", "Good day\n", attached)
    return email.message_from_bytes(mail.compose(letter, SETTINGS).as_bytes(), policy=default)


def test_words_and_file_arrive_whole():
    message = composed(FILE)
    (part,) = message.iter_attachments()
    assert part.get_filename() == FILE.name
    assert part.get_content_type() == "application/pdf"
    assert part.get_content() == FILE.content
    assert message.get_body().get_content().strip() == "Good day"


def test_a_mail_without_a_file_stays_plain():
    assert not composed(None).is_multipart()


def test_a_file_s_name_cannot_smuggle_in_a_header():
    with pytest.raises(ValueError, match="one line"):
        composed(mail.Attachment("a.pdf\r\nBcc: b@example.org", "application/pdf", b""))


def test_nothing_is_attached_where_nothing_is_asked_for():
    assert attachments.made(None) is None


def test_a_kind_that_nobody_makes_is_refused():
    with pytest.raises(NotFound):
        attachments.made({"kind": "secret", "id": 1})


def test_the_letter_is_made_from_its_row(monkeypatch):
    letter = SimpleNamespace(
        subject="Grant",
        body="Dear Siân Llŷr,",
        number=1,
        file_name="award-letter-FA-1-1",
        application=SimpleNamespace(reference="FA-1"),
    )
    monkeypatch.setattr("reports.letters.award.letter_by_id", lambda _id: letter)
    made = attachments.made({"kind": "award-letter", "id": 7})
    assert made.name == "award-letter-FA-1-1.pdf"
    assert "Dear Siân Llŷr," in pypdf.PdfReader(io.BytesIO(made.content)).pages[0].extract_text()
