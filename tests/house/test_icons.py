"""An icon that is named anywhere is in the sprite; a misspelt one would draw nothing."""

import ast
from pathlib import Path

from app.icons import ICONS

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("app", "views", "models")


def icons_named(source: str) -> set[str]:
    """Texts given as icon=… or {"icon": …}."""
    named = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.keyword) and node.arg == "icon":
            named |= _texts(node.value)
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "icon":
                    named |= _texts(value)
    return named


def _texts(value: ast.expr) -> set[str]:
    return {value.value} if isinstance(value, ast.Constant) and value.value else set()


def test_every_icon_named_in_the_code_is_in_the_sprite():
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            unknown = icons_named(path.read_text("utf-8")) - set(ICONS)
            assert not unknown, f"{path.relative_to(ROOT)} names {unknown}"


def test_every_area_of_the_menu_has_an_icon_of_the_sprite():
    from app.menu import AREAS

    assert {area[3] for area in AREAS} <= set(ICONS)


def test_every_channel_of_a_contact_has_an_icon_of_the_sprite():
    from models.contacts import rules

    assert {channel.icon for channel in rules.CHANNELS} <= set(ICONS)


def test_both_ways_of_naming_an_icon_are_seen():
    assert icons_named('f(icon="phone"); x = {"icon": "plus", "label": "y"}') == {"phone", "plus"}
