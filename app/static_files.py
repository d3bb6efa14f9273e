"""Style sheets, scripts, font and icons: compressed once, kept by browsers for a year.

The address of a file holds its version, so what was kept can never be out of date: our own files
carry a hash of all of them (/static/~1a2b3c4d5e/app.css), those of others their own version.
"""

import gzip
import hashlib
import mimetypes
from functools import cache, lru_cache
from pathlib import Path

from flask import Flask, Response, abort, request, url_for

from app.vendor import MANIFEST, NOTICES, check_vendor, read_manifest
from views.guards import open_to_all

FOLDER = Path(__file__).resolve().parent / "static"
YEAR = 365 * 24 * 60 * 60
OWN_FILES = ("app.css", "print.css", "app.js", "lists.js", "unsaved.js", "board.js", "favicon.svg")
COMPRESSED = {".css", ".js", ".svg", ".json", ".txt"}
# A page names a dozen files, the one of icons forty times: they are looked up once for a request.
KNOWN, OURS, ROOT = "hustings.assets", "~", "/"
TYPES = {".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


def set_up(app: Flask) -> None:
    """Serve the files and give templates `asset`; stop where the front-end parts are missing."""
    check_vendor()
    stamp = _stamp if app.config["TEMPLATES_AUTO_RELOAD"] else cache(_stamp)
    by_name = {entry["name"]: entry["file"] for entry in read_manifest()["files"]}

    def asset(name: str) -> str:
        """The address of one of our files, or of a part of others: "vendor:htmx"."""
        known: dict[str, str] = request.environ.setdefault(KNOWN, {})
        if not known:
            known[OURS] = release(stamp())
            known[ROOT] = url_for("static", filename="")
        if name not in known:
            known[name] = known[ROOT] + path_of(name, known[OURS])
        return known[name]

    def path_of(name: str, ours: str) -> str:
        kind, _, part = name.partition(":")
        path = f"vendor/{by_name[part]}" if kind == "vendor" else name
        return path if path.count("/") == 2 else f"~{ours}/{path}"

    app.jinja_env.globals["asset"] = asset
    app.add_url_rule("/static/<path:filename>", "static", serve)


@open_to_all("styles and scripts are the same for everybody and say nothing of anybody")
def serve(filename: str) -> Response:
    """One file, compressed where the browser can read that; for good where its name says which."""
    mark, _, rest = filename.partition("/")
    named = mark.startswith("~")
    path = _find(rest if named else filename)
    content, packed, tag = _content(path, path.stat().st_mtime_ns)
    zipped = packed is not None and request.accept_encodings["gzip"] > 0
    answer = Response(packed if zipped else content, mimetype=_type(path))
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.vary.add("Accept-Encoding")
    if zipped:
        answer.headers["Content-Encoding"] = "gzip"
    answer.set_etag(f"{tag}-gz" if zipped else tag)
    current = mark == f"~{release(_stamp())}" if named else filename.count("/") == 2
    _keep(answer, for_good=current)
    answer.make_conditional(request)
    return answer


def _keep(answer: Response, *, for_good: bool) -> None:
    answer.cache_control.public = True
    if for_good:
        answer.cache_control.max_age = YEAR
        answer.cache_control.immutable = True
    else:
        answer.cache_control.no_cache = True


def _find(name: str) -> Path:
    """The file of that name inside the static folder, and nowhere else."""
    path = (FOLDER / name).resolve()
    if not path.is_file() or not path.is_relative_to(FOLDER):
        abort(404)
    return path


def _type(path: Path) -> str:
    return TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "text/plain"


@lru_cache(maxsize=64)
def _content(path: Path, _changed: int) -> tuple[bytes, bytes | None, str]:
    """A file's bytes, the same compressed where that helps, and a tag; read once per change."""
    content = path.read_bytes()
    packed = gzip.compress(content, 9, mtime=0) if path.suffix in COMPRESSED else None
    return content, packed, hashlib.sha256(content).hexdigest()[:16]


def _stamp() -> tuple[int, ...]:
    """When our files last changed; in debug asked on every page, so that an edit shows at once."""
    paths = [*(FOLDER / name for name in OWN_FILES), FOLDER / "vendor" / MANIFEST]
    return tuple(path.stat().st_mtime_ns for path in paths)


@lru_cache(maxsize=4)
def release(_stamped: tuple[int, ...]) -> str:
    """One short hash over all that our pages load."""
    names = [*OWN_FILES, f"vendor/{MANIFEST}", f"vendor/{NOTICES}"]
    whole = hashlib.sha256(b"".join((FOLDER / name).read_bytes() for name in names))
    return whole.hexdigest()[:10]
