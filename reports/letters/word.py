"""Parts of a letter as a .docx, with Word's own headings, lists and tables."""

import io
from datetime import datetime
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from models.slow import slow
from reports.letters.parts import Part


def written(parts: list[Part], *, title: str, foot: str, made: datetime) -> bytes:
    """The .docx; `title` is for whoever lists files, `foot` stands at the end of each page."""
    slow("a letter is made")
    document = Document()
    _set_up(document)
    core = document.core_properties
    core.title, core.author, core.language = title, "Hustings", "en-GB"
    core.comments, core.created, core.modified = "", made, made
    document.sections[0].footer.paragraphs[0].text = foot
    for number, part in enumerate(parts):
        if part.kind == "heading":
            document.add_heading(part.text, level=1 if number == 0 else 2)
        elif part.kind == "item":
            document.add_paragraph(part.text, style="List Bullet")
        elif part.kind == "table":
            _add_table(document, part)
        else:
            document.add_paragraph(part.text)
    made_file = io.BytesIO()
    document.save(made_file)
    return made_file.getvalue()


def _set_up(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(24)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10.5)
    language = normal.element.get_or_add_rPr().makeelement(qn("w:lang"), {qn("w:val"): "en-GB"})
    normal.element.get_or_add_rPr().append(language)


def _add_table(document: Any, part: Part) -> None:
    head, *rows = part.rows
    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, head, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
