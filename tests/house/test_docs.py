"""What is permitted, set, commanded or reported is documented."""

import re
from collections.abc import Iterator
from configparser import ConfigParser
from dataclasses import fields
from pathlib import Path

import click
import pytest

from app.cli import cli
from app.cli.lazy import LazyGroup
from app.settings import PREFIX, Settings
from models.accounts.roles import MATRIX, Permit, Role
from reports.catalogue import CATALOGUE

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def commands(group: LazyGroup) -> Iterator[tuple[str, click.Command]]:
    """Every command below a group with its full name, and the groups themselves."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield f"hustings {name}", command
        if isinstance(command, LazyGroup):
            for part, inner in commands(command):
                yield f"hustings {name} {part.split()[-1]}", inner


COMMANDS = dict(commands(cli))


@pytest.mark.parametrize("field", fields(Settings), ids=lambda field: field.name)
def test_every_setting_is_documented(field):
    default = field.default
    shown = "`off`" if default is False else f"`{default}`" if default != "" else ""
    line = f"| `{PREFIX}{field.name.upper()}` | {shown} | {field.metadata['meaning']} |"
    assert line in page("settings.md").splitlines()


def test_no_setting_is_documented_that_is_not_there():
    known = {PREFIX + field.name.upper() for field in fields(Settings)}
    known |= {"HUSTINGS_TEST_POSTGRES_URL", "HUSTINGS_FAULT", "HUSTINGS_FAULT_SEED"}
    for path in PAGES:
        found = set(re.findall(r"HUSTINGS_[A-Z_]+", path.read_text(encoding="utf-8")))
        assert found <= known, path.name


@pytest.mark.parametrize("permit", Permit, ids=lambda permit: permit.name)
def test_the_page_of_permits_is_the_matrix(permit):
    cells = " | ".join("yes" if permit in MATRIX[role] else "" for role in Role)
    assert f"| {permit.value} | {cells} |" in page("roles.md").splitlines()


def test_no_permit_is_documented_that_is_not_there():
    rows = [line for line in page("roles.md").splitlines() if line.startswith("| ")]
    assert len(rows) == len(Permit) + 1


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name):
    text = page("commands.md")
    assert f"`{name}" in text or f"## {name}\n" in text
    for option in COMMANDS[name].params:
        if isinstance(option, click.Option) and not option.hidden:
            assert any(word in text for word in (*option.opts, *option.secondary_opts)), option


def test_no_command_is_documented_that_is_not_there():
    titles = re.findall(r"^## (hustings [a-z]+)$", page("commands.md"), re.M)
    assert set(titles) == {" ".join(name.split()[:2]) for name in COMMANDS}


@pytest.mark.parametrize("role", Role)
def test_every_role_can_be_looked_up_for_the_command_line(role):
    assert f"`{role}`" in page("commands.md")


@pytest.mark.parametrize("key", CATALOGUE)
def test_every_report_is_documented(key):
    assert f"| `{key}` | {CATALOGUE[key].title} |" in page("reports.md")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(path):
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.S)
    for target in re.findall(r"\]\(([^)#]+)", text):
        if not re.match(r"https?://|mailto:", target):
            assert (path.parent / target).exists(), f"{target} is not there"


def test_decisions_are_numbered_one_after_another():
    found = sorted((DOCS / "decisions").glob("*.md"))
    for number, path in enumerate(found, start=1):
        text = path.read_text(encoding="utf-8")
        assert path.name.startswith(f"{number:04}-"), "numbers follow one another"
        assert text.startswith(f"# {number}. ")


def test_the_order_of_the_rooms_is_that_of_the_contract():
    """ARCHITECTURE.md lists the rooms as setup.cfg holds them, and every room is in the list."""
    contract = ConfigParser()
    contract.read(ROOT / "setup.cfg")
    held = contract["importlinter:contract:rooms"]["layers"].split()
    top, *order = [name for name in held if name != "|"]
    text = " ".join((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split())
    rooms, below = order[: order.index("kinds")], order[order.index("kinds") + 1 :]
    assert f"From the top: {', '.join(rooms)}. Above them stands `{top}`" in text
    assert f"small files that know nothing but themselves: {', '.join(below)}." in text
    stored = {path.stem for path in (ROOT / "models").iterdir() if not path.stem.startswith("_")}
    assert stored - {"py"} == {top, *order}


def test_every_make_target_says_what_it_does():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    declared = re.search(r"^\.PHONY: (.+)$", makefile, re.M)[1].split()
    told = re.findall(r"^([a-z-]+):.*## ", makefile, re.M)
    assert sorted(told) == sorted(declared)
