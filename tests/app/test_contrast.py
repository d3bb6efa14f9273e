"""The contrast of every pair of colours that touch or are read, computed from app.css itself."""

import re
from itertools import pairwise

import pytest

from app.static_files import FOLDER

CSS = (FOLDER / "app.css").read_text("utf-8")
TOKENS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", CSS))
WHITE = "#ffffff"
TEXT, EDGE = 4.5, 3.0

READ = [
    *((text, ground) for text in ("ink", "quiet") for ground in ("card", "page", "soft", "hover")),
    *((text, "card") for text in ("ok", "info", "warning", "bad", "neutral")),
    *((text, "soft") for text in ("ok", "info", "warning", "bad", "accent", "accent-dark")),
    *((text, "hover") for text in ("ok", "info", "warning", "bad", "accent", "accent-dark")),
    *((text, "page") for text in ("accent", "accent-dark", "bad")),
    ("accent", "card"),
    ("accent-dark", "card"),
    ("ink", "found"),
    ("card", "accent"),
    ("card", "accent-dark"),
    ("card", "bad"),
    ("menu-text", "menu"),
    ("menu-text", "menu-here"),
    ("menu-quiet", "menu"),
    ("card", "menu"),
    ("card", "menu-here"),
    ("menu", "mark"),
    ("card", "toast"),
    ("mark", "toast"),
    ("mark", "bad"),
]
SEEN = [
    *(("edge", ground) for ground in ("card", "page", "soft")),
    *(("ring", ground) for ground in ("card", "page", "soft")),
    *((tone, "card") for tone in ("ok", "info", "warning", "bad", "neutral")),
    ("accent", "soft"),
    ("menu-ring", "menu"),
    ("menu-ring", "menu-here"),
    ("menu-ring", "toast"),
    ("menu-edge", "menu"),
    ("menu-bar", "menu"),
    ("menu-bar", "menu-here"),
    ("paid", "card"),
    ("committed", "card"),
    ("waiting", "card"),
    ("left-edge", "card"),
    ("second-line", "card"),
]
# Grounds and hairlines that neither carry words nor must be seen.
QUIET = {"line", "menu-line"}
# A bar's parts in the order in which they touch; between them lies a white gap of 2 px.
BAR = ["paid", "committed", "waiting", "left-edge"]


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb after WCAG."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    lit = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * lit[0] + 0.7152 * lit[1] + 0.0722 * lit[2]


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, from 1 to 21."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_the_arithmetic_knows_its_ends():
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("text", "ground"), READ)
def test_what_is_read_stands_out(text, ground):
    assert contrast(TOKENS[text], TOKENS[ground]) >= TEXT


@pytest.mark.parametrize(("edge", "ground"), SEEN)
def test_what_must_be_seen_stands_out(edge, ground):
    assert contrast(TOKENS[edge], TOKENS[ground]) >= EDGE


@pytest.mark.parametrize(("one", "next_one"), list(pairwise(BAR)))
def test_touching_parts_of_a_bar_are_told_apart(one, next_one):
    apart = contrast(TOKENS[one], TOKENS[next_one]) >= EDGE
    by_gap = all(contrast(TOKENS[part], WHITE) >= EDGE for part in (one, next_one))
    assert apart or by_gap


def test_the_gap_between_parts_is_white_and_two_pixels_wide():
    assert ".h-gap { stroke: #fff; stroke-width: 2; }" in CSS


def test_every_colour_is_in_a_pair_and_every_pair_is_of_colours():
    paired = {name for pair in [*READ, *SEEN] for name in pair}
    assert set(TOKENS) - QUIET == paired


def test_placeholders_are_of_a_colour_that_is_read():
    assert ".h-input::placeholder { color: var(--quiet); opacity: 1; }" in CSS


def test_words_and_edges_are_of_the_tokens_alone():
    rules = CSS[CSS.index("/* ---- Ground") :]
    strays = set(re.findall(r"#[0-9a-f]{3,8}\b", re.sub(r'url\("[^"]+"\)', "", rules)))
    assert strays <= {"#fff", "#6a45ad"}, "white gaps of drawings, and the mark"


def test_no_text_is_smaller_than_twelve_pixels_but_keys_and_counts():
    sizes = re.findall(r"^(\S.*?) \{[^}]*font(?:-size)?:[^;]*?(\d*\.?\d+)rem", CSS, re.M)
    small = {where for where, size in sizes if float(size) * 16 < 12}
    assert small <= {"kbd", ".h-waits", ".h-avatar"}
    assert "--small: .75rem;" in CSS
