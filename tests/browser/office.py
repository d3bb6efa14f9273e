"""A running demonstration union, the browser that visits it, and what a visit must never show."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from waitress import create_server

import migrations
from app import create_app
from app.cli import edge
from app.demo import build
from app.settings import Settings
from models.accounts.permits import OPERATOR
from models.base import db
from models.elections.actions import load_figures
from models.places.actions import load_reference

PASSWORD = "hedgerow lantern 42"
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Printed as errors, and none: a 4xx answer that was asked for, and a request that htmx gave up
# because somebody typed on (a real failure prints htmx:sendError or htmx:responseError too).
NO_FAULTS = ("status of 4", "htmx:sendAbort", "htmx:afterRequest")


@dataclass(frozen=True)
class Office:
    """Where the union answers, and the folder that its command line needs."""

    address: str
    folder: Path


@contextmanager
def open_office(folder: Path) -> Iterator[Office]:
    """The demonstration union on SQLite, made and served in this process."""
    app = create_app(
        Settings(
            data=str(folder),
            secret_key="a-secret-for-browser-tests-0123456789",
            debug=True,  # for the gallery page
            log_level="error",
        )
    )
    with app.app_context(), db.engine.begin() as connection:
        migrations.upgrade(connection)
    with edge.transaction(app):
        load_reference(by=OPERATOR)
        load_figures(by=OPERATOR)
        build(PASSWORD)
    server = create_server(app, host="127.0.0.1", port=0, threads=8)
    threading.Thread(target=server.run, daemon=True).start()
    yield Office(f"http://127.0.0.1:{server.effective_port}", folder)
    server.close()
    with app.app_context():
        db.engine.dispose()


def hustings(office: Office, *words: str, typed: str = "") -> str:
    """What the command line says to these words, about the union that is served."""
    return subprocess.run(
        [Path(sys.executable).with_name("hustings"), *words],
        env={**os.environ, "HUSTINGS_DATA": str(office.folder), "HUSTINGS_DATABASE_URL": ""},
        input=typed,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@contextmanager
def start_browser() -> Iterator[Browser]:
    """Chromium, until the end of the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def sign_in(page: Page, email: str) -> None:
    """Sign in as one of the demonstration's users, and wait for the home page."""
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "/sign-in" not in address)


class Watcher:
    """Collects what a page should never do: console errors, crashes, foreign addresses."""

    def __init__(self, page: Page, address: str) -> None:
        self.address = address
        self.faults: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", lambda request: self._asked_for(request.url))
        page.on("response", lambda response: self._answered(response.status, response.url))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(one in message.text for one in NO_FAULTS):
            self.faults.append(f"console: {message.text}")

    def _asked_for(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"foreign address: {url}")

    def _answered(self, status: int, url: str) -> None:
        if status >= 500:
            self.faults.append(f"{status}: {url}")
