"""Takes the README's picture again: `python -m tests.browser.picture`.

The home page of the national officer, with the demonstration's data, at 1280 × 800.
"""

import sys
import tempfile
from pathlib import Path

from tests.browser.office import CHROMIUM, open_office, sign_in, start_browser

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "home.png"
SIZE = {"width": 1280, "height": 800}


def main() -> None:
    """Take it, and say where it lies."""
    if CHROMIUM is None:
        sys.exit("There is no Chromium on this machine. On Debian: apt-get install chromium")
    with (
        tempfile.TemporaryDirectory() as folder,
        open_office(Path(folder)) as office,
        start_browser() as browser,
    ):
        page = browser.new_page(viewport=SIZE, base_url=office.address)
        sign_in(page, "national@example.org")
        page.evaluate("document.fonts.ready")
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURE)
    sys.stdout.write(f"{PICTURE} ({PICTURE.stat().st_size // 1024} KB)\n")


if __name__ == "__main__":
    main()
