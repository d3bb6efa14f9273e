"""What comes out of the printer: the dispute sheet of a council on one sheet of A4."""

import io

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

ON_SCREEN = ("Home", "Freshness", "Duplicates", "Seats up", "Sign out", "Skip", "Ask them all")


def printed(page: Page) -> list[str]:
    """The text of each sheet of paper, without spaces: a narrow column breaks names anywhere."""
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    return [_squeezed(sheet.extract_text()) for sheet in sheets]


def _squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("council", [1, 9, 18])
def test_the_dispute_sheet_of_a_council_is_one_page_of_a4(enter, council):
    page = enter("officer", at=f"/disputes/council/{council}")
    title = page.locator("h1").inner_text()
    names = page.locator("main tbody th a").all_inner_texts()
    assert names
    sheets = printed(page)
    assert len(sheets) == 1
    assert [words for words in (title, *names) if _squeezed(words) not in sheets[0]] == []
    assert [words for words in ON_SCREEN if _squeezed(words) in sheets[0]] == []
