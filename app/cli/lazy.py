"""A group of commands that lists them without importing them."""

from pkgutil import resolve_name
from typing import Any

import click


class LazyGroup(click.Group):
    """Knows its commands by name → (place, line of help): `--help` imports none of them.

    A place is "file:function" of this folder; the line is the first of the command's own help.
    """

    def __init__(self, name: str, places: dict[str, tuple[str, str]], **settings: Any) -> None:
        super().__init__(name, **settings)
        self.places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every name, in the order of the alphabet."""
        return sorted([*super().list_commands(ctx), *self.places])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now; None where there is none."""
        if cmd_name not in self.places:
            return super().get_command(ctx, cmd_name)
        command: click.Command = resolve_name(f"app.cli.{self.places[cmd_name][0]}")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list with the lines that are known here."""
        lines = {name: command.help or "" for name, command in self.commands.items()}
        lines |= {name: line for name, (_, line) in self.places.items()}
        with formatter.section("Commands"):
            formatter.write_dl([(name, lines[name]) for name in self.list_commands(ctx)])
