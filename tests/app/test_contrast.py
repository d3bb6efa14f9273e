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
    ("ink", "card"),
    ("ink", "page"),
    ("quiet", "card"),
    ("quiet", "page"),
    ("quiet", "brand-soft"),
    ("brand", "card"),
    ("brand", "page"),
    ("brand", "brand-soft"),
    ("brand-dark", "card"),
    ("brand-dark", "brand-soft"),
    ("card", "brand"),
    ("card", "brand-dark"),
    ("card", "wrong"),
    ("card", "wrong-dark"),
    ("wrong", "card"),
    ("wrong", "page"),
    ("nav-text", "nav"),
    ("nav-text", "nav-hover"),
    ("card", "nav"),
    ("nav", "card"),
    ("nav", "mark"),
    ("card", "toast"),
    ("mark", "toast"),
    ("ink", "info-ground"),
    ("ink", "ok-ground"),
    ("ink", "warning-ground"),
    ("ink", "bad-ground"),
    *((f"{tone}-text", f"{tone}-ground") for tone in ("ok", "info", "warning", "bad", "neutral")),
]
SEEN = [
    ("edge", "card"),
    ("edge", "page"),
    ("ring", "card"),
    ("ring", "page"),
    ("ring", "brand-soft"),
    ("nav-ring", "nav"),
    ("nav-ring", "nav-hover"),
    ("nav-ring", "toast"),
    ("nav-edge", "nav"),
    ("brand", "brand-soft"),
    ("wrong", "card"),
    ("paid", "card"),
    ("committed", "card"),
    ("waiting", "card"),
    ("left-edge", "card"),
    ("second-line", "card"),
]
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


def test_text_grounds_are_named_colours_of_the_list():
    tones = set(re.findall(r"--([a-z]+)-ground", CSS))
    assert {f"{tone}-text" for tone in tones} <= set(TOKENS)


def test_placeholders_can_be_read():
    (colour,) = re.findall(r"::placeholder \{ color: (#[0-9a-f]{6})", CSS)
    assert contrast(colour, WHITE) >= TEXT


def test_no_text_is_smaller_than_twelve_pixels():
    sizes = [float(size) for size in re.findall(r"font(?:-size)?:[^;]*?(\d*\.?\d+)rem", CSS)]
    assert min(sizes) * 16 >= 12
