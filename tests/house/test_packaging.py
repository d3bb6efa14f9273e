"""What is installed: exactly our five packages, with everything a page or a migration needs."""

import configparser
import re
import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PIP_WHEEL = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation"]
OURS = {"app", "migrations", "models", "reports", "views"}


def tracked() -> list[Path]:
    """The files that belong to the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("this is not a git checkout, so nobody can say which files belong to it")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).exists()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for path in tracked():
        copy = source / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    done = subprocess.run(
        [*PIP_WHEEL, "--wheel-dir", str(folder), str(source)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("hustings-*.whl")
    return zipfile.ZipFile(built)


@pytest.mark.slow
def test_the_wheel_brings_our_five_packages_and_no_other(wheel):
    names = wheel.namelist()
    (top,) = [name for name in names if name.endswith("top_level.txt")]
    assert set(wheel.read(top).decode().split()) == OURS
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == OURS


@pytest.mark.slow
def test_templates_styles_and_revisions_are_inside(wheel):
    names = set(wheel.namelist())
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(("app/templates/", "app/static/", "migrations/")):
            assert name in names, f"{name} is missing: name it in [options.package_data]"
        if name.split("/")[0] in OURS and name.endswith(".py"):
            assert name in names


@pytest.mark.slow
def test_no_test_and_no_data_is_inside(wheel):
    for name in wheel.namelist():
        assert not name.startswith(("tests/", "docs/", "instance/"))
        assert not name.endswith((".db", ".key"))


def test_our_package_names_are_ours():
    owners = packages_distributions()
    for name in OURS:
        assert set(owners.get(name, ["hustings"])) == {"hustings"}, name


def test_nothing_of_the_machine_or_a_registry_is_in_the_repository():
    hosts = re.compile(r"https?://[\w.]*(pypi|pythonhosted|npmjs|npmmirror|artifactory|nexus)\b")
    homes = re.compile(r"(?<![\w.])/(root|home/\w+|work|Users/\w+)/[\w.]")
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if name != "tests/house/test_packaging.py":
            assert not hosts.search(text), f"{name} names a registry's host"
            assert not homes.search(text), f"{name} names a folder of one machine"


def test_what_is_needed_is_locked_with_hashes():
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    needs = {
        "requirements.lock": setup["options"]["install_requires"],
        "requirements-dev.lock": setup["options"]["install_requires"]
        + setup["options.extras_require"]["dev"],
    }
    for lock, text in needs.items():
        locked = (ROOT / lock).read_text(encoding="utf-8")
        pinned = set(re.findall(r"^([\w.-]+)==", locked, re.M))
        wanted = {re.match(r"[\w-]+", line)[0] for line in text.split("\n") if line.strip()}
        assert {name.lower().replace("_", "-") for name in wanted} <= pinned, lock
        for block in re.split(r"^(?=\S)", locked, flags=re.M):
            assert not block.strip() or "--hash=sha256:" in block, block[:60]
