"""The typeface of our PDFs: DejaVu, which has the letters of Welsh and Gaelic names.

The reader's PDF program may have no such letters, so the typeface travels inside each file.
"""

from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

PLAIN, BOLD = "DejaVuSans", "DejaVuSans-Bold"
# Beside the other parts made by others; `app/vendor.py` puts them there.
FOLDER = Path(__file__).resolve().parents[2] / "app" / "static" / "vendor"


class NoTypeface(RuntimeError):
    """The typeface is not installed: the message says what to do."""


@cache
def register() -> None:
    """Make the typeface known to reportlab; raises NoTypeface where it is not installed."""
    for name in (PLAIN, BOLD):
        path = next(iter(sorted(FOLDER.glob(f"dejavu-*/{name}.ttf"))), None)
        if path is None:
            raise NoTypeface("The typeface of the letters is missing: run `make install`.")
        pdfmetrics.registerFont(TTFont(name, str(path)))
    pdfmetrics.registerFontFamily(PLAIN, normal=PLAIN, bold=BOLD)
