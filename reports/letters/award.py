"""The award letter as a file: .docx to work with, PDF to send."""

from models.evidence.queries.letters import letter_by_id
from models.evidence.tables import AwardLetter
from reports.letters import pdf, word
from reports.letters.parts import parts_of

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_pdf(letter: AwardLetter) -> bytes:
    """The letter as a PDF: the same bytes each time, for its words never change."""
    return pdf.written(parts_of(letter.body), title=letter.subject, foot=_foot(letter))


def as_docx(letter: AwardLetter) -> bytes:
    """The letter as a .docx."""
    return word.written(
        parts_of(letter.body), title=letter.subject, foot=_foot(letter), made=letter.made_at
    )


def attachment(letter_id: int) -> tuple[str, str, bytes]:
    """What goes with the e-mail: name, media type, content. NotFound where it is gone."""
    letter = letter_by_id(letter_id)
    return f"{letter.file_name}.pdf", PDF, as_pdf(letter)


def _foot(letter: AwardLetter) -> str:
    return f"{letter.application.reference}, version {letter.number}"
