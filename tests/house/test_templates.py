"""Pages use our macros and plain HTML, nothing else: no base classes, no inline style or script."""

import re
from pathlib import Path

import pytest

from app.icons import ICONS
from tests.dom import Builder, Node

TEMPLATES = Path(__file__).resolve().parents[2] / "app" / "templates"
FRAMES = {"layout.html", "layout_plain.html"}
EXTENDS = re.compile(r"""\{%-? extends "([^"]+)" """)
PAGES = sorted(
    path
    for path in TEMPLATES.rglob("*.html")
    if path.parent.name != "ui" and path.relative_to(TEMPLATES).as_posix() not in FRAMES
)
MACROS = sorted((TEMPLATES / "ui").glob("*.html"))
FRAME_FILES = [TEMPLATES / name for name in sorted(FRAMES)]

JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
ICON_NAMED = re.compile(r"""(?:icon["']?\s*[=:]\s*|ui\.icon\(|draw\()["']([a-z0-9-]+)["']""")


def faults(source: str) -> list[str]:
    """What the house forbids in a page, one sentence each."""
    tree = _leniently(JINJA.sub("", source))
    found = []
    for node in tree.walk():
        found += [f"<{node.tag}> has {name}=" for name in node.attributes if _inline(name)]
        if node.tag == "style":
            found.append("<style> in a page")
        if node.tag == "script":
            found.append("<script> in a page")
    return found


def class_faults(source: str) -> list[str]:
    """Classes in a page: all looks belong to the macros."""
    tree = _leniently(JINJA.sub("", source))
    return [
        f"<{node.tag} class={node['class']!r}>"
        for node in tree.walk()
        if "class" in node.attributes
    ]


def outside_links(source: str) -> list[str]:
    """What a page would load from another site. A link to read there is no such thing."""
    tree = _leniently(JINJA.sub("", source))
    loading = [node for node in tree.walk() if node.tag in {"link", "script", "img", "iframe"}]
    return [
        value
        for node in loading
        for name, value in node.attributes.items()
        if name in {"src", "href"} and re.match(r"(https?:)?//", value)
    ]


def _inline(name: str) -> bool:
    return name == "style" or name.startswith(("on", "hx-on"))


class _Lenient(Builder):
    """Branches of a template may close a tag twice; attributes are what matters here."""

    def handle_endtag(self, tag: str) -> None:
        if self.here.tag == tag and self.here.parent is not None:
            self.here = self.here.parent


def _leniently(html: str) -> Node:
    builder = _Lenient()
    builder.feed(html)
    return builder.root


def _name(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


@pytest.mark.parametrize("path", [*PAGES, *MACROS, *FRAME_FILES], ids=_name)
def test_nothing_is_styled_or_scripted_inline(path):
    source = path.read_text("utf-8")
    allowed = {"<script> in a page"} if path.name == "frame.html" else set()
    assert [fault for fault in faults(source) if fault not in allowed] == []


def test_the_scripts_of_the_frame_have_no_content():
    source = (TEMPLATES / "ui" / "frame.html").read_text("utf-8")
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", source, re.S)
    assert len(scripts) == 4, "two for every page, two for the board alone"
    assert all("src=" in attributes and not content for attributes, content in scripts)


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_pages_leave_all_looks_to_the_macros(path):
    assert class_faults(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", [*PAGES, *MACROS, *FRAME_FILES], ids=_name)
def test_nothing_is_loaded_from_another_site(path):
    assert outside_links(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_every_whole_page_has_a_title_of_its_own(path):
    source = path.read_text("utf-8")
    if parent := EXTENDS.search(source):
        # A help topic's title is written by the template that it fills.
        above = (TEMPLATES / parent[1]).read_text("utf-8")
        assert "{% block title %}" in (source if parent[1] in FRAMES else source + above)


@pytest.mark.parametrize("path", [*PAGES, *MACROS], ids=_name)
def test_every_icon_named_is_in_the_sprite(path):
    assert set(ICON_NAMED.findall(path.read_text("utf-8"))) <= set(ICONS)


@pytest.mark.parametrize("path", [*PAGES, *MACROS], ids=_name)
def test_no_page_switches_escaping_off(path):
    source = path.read_text("utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape\s+false|Markup\(", source)


# ---- The lint itself ------------------------------------------------------------------------
@pytest.mark.parametrize(
    "source",
    [
        '<p style="width:67%">x</p>',
        '{% if x %}<p style="{{ y }}">x</p>{% endif %}',
        "<style>p { color: red }</style>",
        "<script>alert(1)</script>",
        '<button onclick="go()">x</button>',
        '<div hx-on:click="go()">x</div>',
        '<div hx-on="click: go()">x</div>',
    ],
)
def test_the_lint_finds_what_is_inline(source):
    assert faults(source)


@pytest.mark.parametrize(
    "source",
    [
        "<p>{{ ui.button('on') }}</p>",
        "{# style= and <script> in a comment #}",
        '<p data-style="x" data-on="y">style="x"</p>',
        "{{ x|replace('style=', '') }}",
    ],
)
def test_the_lint_leaves_harmless_pages_alone(source):
    assert faults(source) == []


def test_the_lint_finds_a_class_and_a_file_from_elsewhere():
    assert class_faults('<a class="btn btn-primary" href="/">x</a>')
    assert class_faults("{{ ui.button('x') }}<p>x</p>") == []
    assert outside_links('<script src="//cdn.example/x.js"></script>')
    assert outside_links('<a href="https://www.gov.uk/">x</a>') == []


def test_the_lint_finds_icons_by_both_spellings():
    named = ICON_NAMED.findall("""{"icon": "phone"} ui.button("x", icon='plus') ui.icon("home")""")
    assert named == ["phone", "plus", "home"]


def test_no_two_macros_share_a_name():
    names = [name for path in MACROS for name in re.findall(r"macro (\w+)\(", path.read_text())]
    assert sorted(names) == sorted(set(names))
