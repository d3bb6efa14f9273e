"""The letter's pages: the template with its preview, a letter made, taken along and mailed."""

import io

import docx
import pypdf
import pytest

from models.base import db
from models.evidence.queries.letters import letters_of, template_in_use
from models.outbox import OutboxRow
from tests.dom import parse


def make(client, application):
    return client.post(f"/afterwards/{application.id}/letter", follow_redirects=True)


def test_the_office_looks_at_the_letter_and_makes_it(sign_in, cast, awarded):
    alice = sign_in(cast.alice)
    shown = alice.get(f"/afterwards/{awarded.id}/letter")
    assert "Cash gift to a party unit" in shown.text
    assert letters_of(awarded) == []
    assert "version 1 of the letter is made" in make(alice, awarded).text


def test_the_region_takes_its_letter_along_as_word_and_as_pdf(sign_in, cast, awarded):
    make(sign_in(cast.alice), awarded)
    letter = letters_of(awarded)[0].letter
    bob = sign_in(cast.bob)
    page = bob.get(f"/afterwards/{awarded.id}").text
    assert f"/afterwards/letters/{letter.id}/docx" in page
    word = bob.get(f"/afterwards/letters/{letter.id}/docx")
    said = "\n".join(one.text for one in docx.Document(io.BytesIO(word.data)).paragraphs)
    assert awarded.candidate_name in said
    assert "£300.00" in said
    printed = bob.get(f"/afterwards/letters/{letter.id}/pdf")
    assert printed.mimetype == "application/pdf"
    name = f"award-letter-{awarded.reference}-1.pdf"
    assert printed.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert awarded.reference in pypdf.PdfReader(io.BytesIO(printed.data)).pages[0].extract_text()


def test_another_region_gets_no_letter(sign_in, cast, awarded):
    make(sign_in(cast.alice), awarded)
    letter = letters_of(awarded)[0].letter
    eve = sign_in(cast.eve)
    for ending in ("pdf", "docx", "exe"):
        assert eve.get(f"/afterwards/letters/{letter.id}/{ending}").status_code == 404


def test_it_goes_into_the_outbox_and_its_page_says_so(sign_in, cast, awarded):
    alice = sign_in(cast.alice)
    make(alice, awarded)
    letter = letters_of(awarded)[0].letter
    here = f"/afterwards/letters/{letter.id}/send"
    assert alice.post(here, data={"to": "else@example.org"}).status_code == 422
    done = alice.post(here, data={"to": cast.bob.email}, follow_redirects=True)
    assert "Waiting to be sent" in done.text
    assert db.session.query(OutboxRow).filter_by(id=letter.outbox_id).count() == 1
    again = alice.post(here, data={"to": cast.bob.email})
    assert again.status_code == 422
    assert "given to the outbox already" in again.text


def test_the_preview_shows_the_words_and_keeps_nothing(sign_in, cast, database):
    alice = sign_in(cast.alice)
    data = {"subject": "Hi", "body": "Dear {{candidate}},\n\n- {{amount}}", "seen": "0"}
    shown = alice.post("/afterwards/letter-template", data={**data, "do": "preview"})
    assert shown.status_code == 200
    assert "Dear Siân Llŷr-Nicdhòmhnaill," in parse(shown.text).by_id("preview").text
    assert template_in_use().number == 0
    saved = alice.post("/afterwards/letter-template", data=data, follow_redirects=True)
    assert "The award letter is version 1 now." in saved.text
    late = alice.post("/afterwards/letter-template", data={**data, "subject": "Ho"})
    assert late.status_code == 422
    assert "Somebody has changed the letter" in late.text


@pytest.mark.parametrize("body", ["{{ config.SECRET_KEY }}", "{{secret}}", "{% if x %}", ""])
def test_a_field_that_is_not_on_the_list_is_refused_and_what_was_typed_stays(
    sign_in, cast, database, body
):
    data = {"subject": "Hi", "body": body, "seen": "0"}
    answer = sign_in(cast.alice).post("/afterwards/letter-template", data=data)
    assert answer.status_code == 422
    assert template_in_use().number == 0
    assert body in parse(answer.text).by_id("body").text


def test_markup_in_a_template_is_shown_as_words(sign_in, cast, database):
    data = {"subject": "Hi", "body": "<script>alert(1)</script>", "seen": "0", "do": "preview"}
    answer = sign_in(cast.alice).post("/afterwards/letter-template", data=data)
    assert "<script>alert(1)" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text
