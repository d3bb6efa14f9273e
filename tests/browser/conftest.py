"""One real browser and one running demonstration union for all journeys.

Without Chromium the journeys are skipped with a word; in CI they never are.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.office import CHROMIUM, Office, Watcher, open_office, sign_in, start_browser

# A machine that tests other things beside is slow, and slow is not wrong.
PATIENCE_MS = 15_000


@pytest.hookimpl(tryfirst=True)  # before the groups are read, whatever was asked for by its path
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, started once."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("CI must run the browser journeys, and there is no Chromium.")
        pytest.skip("no Chromium on this machine: install the package chromium")
    expect.set_options(timeout=PATIENCE_MS)
    with start_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def office(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The demonstration union, made once and served until the end."""
    with open_office(tmp_path_factory.mktemp("office")) as office:
        yield office


@pytest.fixture
def open_page(chromium: Browser, office: Office) -> Iterator[Callable[..., Page]]:
    """`open_page(width=375)` is a fresh browser window; faults fail the test at its end."""
    opened = []

    def make(width: int = 1280, height: int = 900, **options) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            base_url=office.address,
            locale="en-GB",
            timezone_id="Europe/London",
            **options,
        )
        context.set_default_timeout(2 * PATIENCE_MS)
        page = context.new_page()
        opened.append((context, Watcher(page, office.address)))
        return page

    yield make
    faults = [fault for _context, watcher in opened for fault in watcher.faults]
    for context, _watcher in opened:
        context.close()
    assert not faults, faults


@pytest.fixture(scope="session")
def sessions() -> dict[str, dict]:
    """The cookies of whoever has signed in once, so that the others need not again."""
    return {}


@pytest.fixture
def enter(open_page, sessions) -> Callable[..., Page]:
    """`enter("officer")` is a window, at the home page, in which that user is signed in.

    `at="/budget"` opens that page instead, `at=None` none yet.
    """

    def come_in(who: str, at: str | None = "/", **options) -> Page:
        if who in sessions:
            page = open_page(storage_state=sessions[who], **options)
            if at:
                page.goto(at)
            return page
        page = open_page(**options)
        sign_in(page, f"{who}@example.org")
        if options.get("java_script_enabled", True):
            sessions[who] = page.context.storage_state()
        if at and at != "/":
            page.goto(at)
        return page

    return come_in
