"""`hustings --help` and what it lists."""

import subprocess
import sys

import click
import pytest

from app.cli import cli, duplicate_commands, user_commands

HEAVY = ("flask", "flask_sqlalchemy", "sqlalchemy", "pandas", "openpyxl", "models.base")
ASKED = f"""
import sys
from app.cli import main
try:
    main()
finally:
    print("IMPORTED", [name for name in {HEAVY!r} if name in sys.modules])
"""


@pytest.mark.parametrize(
    "line", ["--help", "--version", "user --help", "duplicates --help", "worker --help", "nothing"]
)
def test_help_is_given_without_what_the_commands_need(line):
    done = subprocess.run(
        [sys.executable, "-P", "-c", ASKED, *line.split()],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.endswith("IMPORTED []\n"), done.stdout + done.stderr


@pytest.mark.parametrize(
    "group", [cli, duplicate_commands, user_commands], ids=lambda group: group.name
)
def test_the_line_of_help_is_the_first_of_the_command_s_own(group):
    context = click.Context(group)
    for name, (_, line) in group.places.items():
        command = group.get_command(context, name)
        assert command.name == name
        assert (name, command.help.splitlines()[0]) == (name, line)
