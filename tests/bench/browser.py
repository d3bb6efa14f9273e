"""A browser of the load runs: keeps its cookie, sends the forms' tokens, notes how long it took."""

import http.cookiejar
import re
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
KEY = re.compile(r'name="(form_key|once|sent_key)"[^>]*value="([^"]+)"')
BORDER = "----hustings-load"
TIMEOUT_S = 300


class Times:
    """How long each kind of request took, and every answer that was a fault."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.taken: dict[str, list[float]] = {}
        self.faults: list[str] = []
        self.statuses: dict[str, dict[int, int]] = {}

    def note(self, kind: str, seconds: float, status: int, words: str = "") -> None:
        """Keep one request."""
        with self._lock:
            self.taken.setdefault(kind, []).append(seconds)
            found = self.statuses.setdefault(kind, {})
            found[status] = found.get(status, 0) + 1
            if status >= 500 or status == 0:
                self.faults.append(f"{kind}: {status} after {seconds:.1f} s {words}")

    def at(self, kind: str, share: float) -> float:
        """The time within which this share of the requests was answered."""
        sorted_ = sorted(self.taken.get(kind, []))
        return sorted_[min(len(sorted_) - 1, int(share * len(sorted_)))] if sorted_ else 0.0

    def table(self) -> Iterator[str]:
        """A line for each kind."""
        yield f"{'':28}{'number':>8}{'p50':>9}{'p95':>9}{'p99':>9}{'max':>9}  answers"
        for kind in sorted(self.taken):
            figures = "".join(f"{self.at(kind, share):9.3f}" for share in (0.5, 0.95, 0.99, 1))
            yield f"{kind:28}{len(self.taken[kind]):8}{figures}  {self.statuses[kind]}"


class Browser:
    """One person at a browser."""

    def __init__(self, base: str, times: Times) -> None:
        self.base, self.times = base, times
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar), NoRedirect()
        )

    def get(self, path: str, kind: str = "") -> str:
        """The page as text; timed if `kind` names it."""
        return self._sent(urllib.request.Request(self.base + path), kind)[0]

    def post(
        self,
        path: str,
        fields: Mapping[str, str],
        kind: str = "",
        *,
        page: str | None = None,
        file: tuple[str, bytes] | None = None,
    ) -> str:
        """Send a form as its page has it; returns where the answer leads to, "" if nowhere."""
        shown = page if page is not None else self.get(path)
        given = dict(fields) | dict(KEY.findall(shown))
        token = TOKEN.search(shown)
        given["csrf_token"] = token.group(1) if token else ""
        body, kind_of_body = _body(given, file)
        asked = urllib.request.Request(
            self.base + path, data=body, headers={"Content-Type": kind_of_body}
        )
        return self._sent(asked, kind)[1]

    def sign_in(self, email: str, password: str, kind: str = "") -> None:
        """Sign in by the page."""
        self.post("/sign-in", {"email": email, "password": password}, kind)

    def _sent(self, asked: urllib.request.Request, kind: str) -> tuple[str, str]:
        start, status, text, target = time.perf_counter(), 0, "", ""
        try:
            with self.opener.open(asked, timeout=TIMEOUT_S) as answer:
                status, text = answer.status, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as answer:
            status, target = answer.code, answer.headers.get("Location", "")
            text = answer.read().decode("utf-8", "replace")
        except OSError as fault:
            text = type(fault).__name__
        if kind or status >= 500 or status == 0:
            seconds = time.perf_counter() - start
            self.times.note(kind or f"other {asked.get_method()}", seconds, status, text[:80])
        return text, target


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Answers are timed one by one."""

    def redirect_request(self, *_given: object) -> None:
        """Follow nothing."""
        return


def _body(fields: Mapping[str, str], file: tuple[str, bytes] | None) -> tuple[bytes, str]:
    if file is None:
        return urlencode(fields).encode(), "application/x-www-form-urlencoded"
    parts = [
        f'--{BORDER}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{BORDER}\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"\r\n'
    parts.append(head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + file[1])
    parts.append(f"\r\n--{BORDER}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={BORDER}"


@contextmanager
def threads(*works: threading.Thread) -> Iterator[None]:
    """All of them run while inside; afterwards they are waited for."""
    for one in works:
        one.start()
    try:
        yield
    finally:
        for one in works:
            one.join()
