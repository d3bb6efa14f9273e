import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest
from flask import Flask

from app import static_files, vendor

ROOT = Path(__file__).resolve().parents[2]
PAGE = ("htmx", "combobox", "tinykeys")
PAGE_BUDGET = 50 * 1024
# What a page loads of ours; a board loads board.js and Sortable besides.
OURS = ("app.css", "print.css", "app.js", "lists.js", "unsaved.js")
FONT_BUDGET = 50 * 1024


@pytest.fixture(scope="module")
def site():
    app = Flask("app", root_path=str(ROOT / "app"), static_folder=None)
    static_files.set_up(app)
    return app


def manifest() -> list[dict[str, str]]:
    return vendor.read_manifest()["files"]


def lock() -> dict[str, dict[str, str]]:
    return json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]


def asset(site, name):
    with site.test_request_context():
        return site.jinja_env.globals["asset"](name)


def test_every_file_is_the_one_in_the_manifest():
    for entry in manifest():
        content = (vendor.TARGET / entry["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], entry["file"]


def test_the_manifest_has_the_versions_and_licences_of_the_lock_file():
    for entry in manifest():
        if not entry["package"]:
            continue  # made by our own build step
        locked = lock()[f"node_modules/{entry['package']}"]
        assert entry["version"] == locked["version"]
        assert entry["licence"] == locked["license"]


def test_versions_are_exact_and_the_same_in_both_files():
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))
    for name, version in {**wanted["dependencies"], **wanted["devDependencies"]}.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
        assert lock()[f"node_modules/{name}"]["version"] == version


def test_the_lock_file_names_hashes_and_no_registry():
    for name, package in lock().items():
        if name:
            assert package["integrity"].startswith("sha512-"), name
            assert "resolved" not in package, name


def test_only_the_listed_files_are_there():
    made = {vendor.MANIFEST, vendor.NOTICES}
    found = {
        path.relative_to(vendor.TARGET).as_posix()
        for path in vendor.TARGET.rglob("*")
        if path.is_file()
    }
    assert found == {entry["file"] for entry in manifest()} | made


def test_each_package_has_its_licence_in_the_notices():
    notices = (vendor.TARGET / vendor.NOTICES).read_text("utf-8")
    for package in {entry["package"] for entry in manifest()} - {""}:
        assert f"{package} {lock()[f'node_modules/{package}']['version']}" in notices
    assert "SIL OPEN FONT LICENSE" in notices


def test_a_page_weighs_no_more_than_its_budget():
    files = [vendor.TARGET / entry["file"] for entry in manifest() if entry["name"] in PAGE]
    files += [vendor.TARGET / "vendor.js"]
    files += [static_files.FOLDER / name for name in OURS]
    weight = sum(len(gzip.compress(path.read_bytes(), 9)) for path in files)
    assert weight <= PAGE_BUDGET, f"{weight} bytes of style sheets and scripts"


def test_the_font_weighs_no_more_than_its_budget():
    font = next(entry for entry in manifest() if entry["name"] == "inter")
    assert (vendor.TARGET / font["file"]).stat().st_size <= FONT_BUDGET


def test_our_own_files_ask_nothing_of_another_site():
    for name in OURS:
        text = (static_files.FOLDER / name).read_text("utf-8")
        assert not re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z]", text), name


def test_the_style_sheet_names_the_font_that_is_there():
    css = (static_files.FOLDER / "app.css").read_text("utf-8")
    (path,) = re.findall(r'url\("(\.\./vendor/[^"]+)"\)', css)
    assert path.removeprefix("../vendor/") in {entry["file"] for entry in manifest()}


def test_missing_parts_are_named_with_the_command_that_makes_them(tmp_path, monkeypatch):
    monkeypatch.setattr(vendor, "TARGET", tmp_path)
    with pytest.raises(vendor.SetUpError, match="make install"):
        vendor.check_vendor()


def test_a_file_is_served_compressed_and_for_good(site):
    answer = site.test_client().get(
        asset(site, "vendor:htmx"), headers={"Accept-Encoding": "gzip, br"}
    )
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert b"htmx" in gzip.decompress(answer.data)


def test_a_browser_that_cannot_unpack_gets_the_plain_file(site):
    answer = site.test_client().get(asset(site, "app.js"))
    assert "Content-Encoding" not in answer.headers
    assert answer.data == (static_files.FOLDER / "app.js").read_bytes()
    assert answer.mimetype == "text/javascript"


def test_our_own_files_carry_a_hash_and_an_old_hash_is_not_kept(site):
    address = asset(site, "app.css")
    assert re.fullmatch(r"/static/~[0-9a-f]{10}/app\.css", address)
    old = re.sub("~[0-9a-f]{10}", "~0000000000", address)
    answer = site.test_client().get(old)
    assert answer.status_code == 200
    assert "no-cache" in answer.headers["Cache-Control"]


def test_what_a_script_imports_beside_itself_is_served(site):
    folder = asset(site, "app.js").rsplit("/", 1)[0]
    client = site.test_client()
    answer = client.get(f"{folder}/vendor/vendor.js")
    for path in re.findall(r"from '\./([^']+)'", answer.text):
        assert client.get(f"{folder}/vendor/{path}").status_code == 200


def test_a_known_file_is_not_sent_again(site):
    client = site.test_client()
    tag = client.get(asset(site, "app.css")).headers["ETag"]
    assert client.get(asset(site, "app.css"), headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("path", ["../settings.py", "~0/../../settings.py", "vendor", "no.css"])
def test_nothing_outside_the_static_folder_is_served(site, path):
    assert site.test_client().get(f"/static/{path}").status_code == 404
