"""The letter as files, read back: the same words in the .docx and in the PDF."""

import io
from types import SimpleNamespace

import docx
import pypdf
import pytest

from models import clock
from models.evidence import wording
from reports.letters.award import as_docx, as_pdf
from reports.letters.parts import parts_of
from views.evidence.samples import example_of


@pytest.fixture
def letter():
    """An invented award to somebody whose name no plain typeface holds."""
    return SimpleNamespace(
        subject="Your grant",
        body=example_of(wording.BODY),
        number=2,
        made_at=clock.now(),
        application=SimpleNamespace(reference="FA-2027-0042"),
    )


def words_of_pdf(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def words_of_docx(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    return " ".join(" ".join(one.text for one in document.paragraphs).split())


def test_both_files_say_every_word_of_the_letter(letter):
    for said in (words_of_pdf(as_pdf(letter)), words_of_docx(as_docx(letter))):
        for part in parts_of(letter.body):
            assert " ".join(part.text.split()) in said


def test_welsh_and_gaelic_names_are_printed(letter):
    letter.body = "Annwyl Siân Llŷr-Ŵan, a Dhòmhnaill Mac Ìomhair"
    assert letter.body in words_of_pdf(as_pdf(letter))
    assert letter.body in words_of_docx(as_docx(letter))


def test_the_typeface_travels_inside_the_pdf(letter):
    page = pypdf.PdfReader(io.BytesIO(as_pdf(letter))).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    embedded = [font for font in fonts if "/FontFile2" in font.get("/FontDescriptor", {})]
    assert any("DejaVuSans" in font["/BaseFont"] for font in embedded)


def test_the_same_letter_is_the_same_pdf(letter):
    assert as_pdf(letter) == as_pdf(letter)


def test_what_is_filled_in_is_no_markup(letter):
    letter.body = "Dear <b>Ann</b> & <a href='x'>Bob</a>,"
    assert letter.body in words_of_pdf(as_pdf(letter))
    assert letter.body in words_of_docx(as_docx(letter))


def test_a_docx_has_headings_and_a_list_of_its_own(letter):
    document = docx.Document(io.BytesIO(as_docx(letter)))
    styles = {one.style.name for one in document.paragraphs}
    assert {"Heading 1", "Heading 2", "List Bullet", "Normal"} <= styles
    assert document.sections[0].footer.paragraphs[0].text == "FA-2027-0042, version 2"


def test_a_text_is_cut_into_its_parts():
    found = parts_of("# Head\n\nOne\ntwo\n\n- three\n- four\n")
    assert [(part.kind, part.text) for part in found] == [
        ("heading", "Head"),
        ("paragraph", "One\ntwo"),
        ("item", "three"),
        ("item", "four"),
    ]
