"""No page has a list, form, tab or button of its own: each is drawn by a macro, which names itself.

A macro writes its name into `data-ui`, as "lists.table"; whoever writes a table by hand in a page
has no such mark. What may draw what is said once, here.
"""

from pathlib import Path

import pytest

from tests.dom import parse
from tests.house.forms_as_shown import Crawler
from tests.house.planting import plant

UI = Path(__file__).resolve().parents[2] / "app" / "templates" / "ui"
MAY_DRAW = {
    "table": {"lists.table", "charts.table", "tiles.table"},
    "nav": {
        "frame.nav",
        "page.breadcrumb",
        "lists.views",
        "lists.pager",
        "lists.list_range",
    },
    "form": {
        "forms.form",
        "forms.day_asked",
        "lists.filterbar",
        "lists.chip_line",
        "lists.bulk",
        "record.inline_form",
        "basics.post_button",
        "basics.send_again",
        "board.move_to",
        "page.dialog",
        "frame.signed_in",
        "frame.palette",
        "frame.toast",
        "frame.shortcut_sheet",
    },
    "button": {
        "basics.button",
        "basics.post_button",
        "basics.send_again",
        "board.move_to",
        "lists.filterbar",
        "lists.chip_line",
        "lists.bulk",
        "page.dialog",
        "frame.signed_in",
        "frame.palette",
        "frame.toast",
        "frame.shortcut_sheet",
    },
}


def strangers(html: str) -> list[str]:
    """The lists, forms, tabs and buttons of a page that no macro has drawn."""
    page = parse(html)
    return [
        f"<{tag}> by {node.get('data-ui') or 'nobody'}: {node.text[:40]}"
        for tag, macros in MAY_DRAW.items()
        for node in page.all(tag)
        if node.get("data-ui") not in macros
    ]


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("reader", ["alice", None])
def test_every_list_form_tab_and_button_is_drawn_by_a_macro(app, cast, reader):
    crawler = Crawler(app, plant(cast), reader)
    pages = list(crawler.pages(links=False))
    assert len(pages) > (10 if reader else 3)
    assert {page.path: found for page in pages if (found := strangers(page.html))} == {}


def test_what_is_written_by_hand_is_found():
    by_hand = '<table><tr><td>1</td></tr></table><button class="h-btn">Go</button>'
    assert strangers(by_hand) == ["<table> by nobody: 1", "<button> by nobody: Go"]
    assert strangers('<form data-ui="forms.form"></form>') == []


def test_every_mark_is_the_name_of_its_file():
    for path in UI.glob("*.html"):
        marks = {mark.split('"')[0] for mark in path.read_text("utf-8").split('data-ui="')[1:]}
        assert {mark.split(".")[0] for mark in marks} <= {path.stem}
