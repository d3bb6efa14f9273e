"""Parts of a letter as a PDF: A4, one column, the same bytes for the same words."""

import io
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from models.slow import slow
from reports.letters import fonts
from reports.letters.parts import Part

RULE = HexColor("#8a8f98")
TEXT = ParagraphStyle("text", fontName=fonts.PLAIN, fontSize=10, leading=14.5, spaceAfter=8)
CELL = ParagraphStyle("cell", parent=TEXT, fontSize=8, leading=10.5, spaceAfter=0)
HEAD_CELL = ParagraphStyle("head-cell", parent=CELL, fontName=fonts.BOLD)
TITLE = ParagraphStyle(
    "title", parent=TEXT, fontName=fonts.BOLD, fontSize=14, leading=18, spaceAfter=10
)
HEADING = ParagraphStyle(
    "heading", parent=TEXT, fontName=fonts.BOLD, fontSize=11, spaceBefore=6, keepWithNext=1
)
ITEM = ParagraphStyle("item", parent=TEXT, leftIndent=14, bulletIndent=2, spaceAfter=4)


def written(parts: list[Part], *, title: str, foot: str) -> bytes:
    """The PDF; `title` is for whoever lists files, `foot` stands on each page with its number."""
    slow("a PDF is made")
    fonts.register()
    made = io.BytesIO()
    document = SimpleDocTemplate(
        made,
        pagesize=A4,
        leftMargin=24 * mm,
        rightMargin=24 * mm,
        topMargin=22 * mm,
        bottomMargin=24 * mm,
        title=title,
        author="Hustings",
        lang="en-GB",
        invariant=1,
    )

    def page(canvas: Any, _document: Any) -> None:
        canvas.saveState()
        canvas.setFont(fonts.PLAIN, 8)
        canvas.setFillColor(RULE)
        canvas.drawString(24 * mm, 14 * mm, f"{foot}  ·  page {canvas.getPageNumber()}")
        canvas.restoreState()

    document.build(_flow(parts, document.width), onFirstPage=page, onLaterPages=page)
    return made.getvalue()


def _flow(parts: list[Part], width: float) -> list[Any]:
    flow: list[Any] = []
    for part in parts:
        if part.kind == "table":
            flow += [_table(part, width), Spacer(1, 8)]
        else:
            style = {"heading": HEADING, "item": ITEM}.get(part.kind, TEXT)
            if part.kind == "heading" and not flow:
                style = TITLE
            words = escape(part.text).replace("\n", "<br/>")
            flow.append(Paragraph(words, style, bulletText="•" if part.kind == "item" else None))
    return flow


def _table(part: Part, width: float) -> Table:
    head, *rows = part.rows
    cells = [[Paragraph(escape(cell), HEAD_CELL) for cell in head]]
    cells += [[Paragraph(escape(cell), CELL) for cell in row] for row in rows]
    table = Table(cells, colWidths=[width / len(head)] * len(head), repeatRows=1, hAlign="LEFT")
    table.setStyle(
        TableStyle(
            [
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ]
        )
    )
    return table
