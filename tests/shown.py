"""The forms of a page as a browser would send them: every control with the value that it shows.

`forms_of(html)` gives each form with its controls in document order, so that two controls of one
name stay two, and with the buttons that send it. `form.sent(button)` is what a click on the button
sends; `form.sent()` what Enter sends, which presses the first button.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from tests.dom import Node, parse

# What is in the page but is no control of a form, or sends nothing of its own.
NOT_SENT = frozenset({"button", "reset", "image"})
NEVER_EMPTY = frozenset({"hidden", "range", "color"})


@dataclass(frozen=True)
class Control:
    """One named control and what it sends; None sends nothing, as an open box does."""

    name: str
    value: str | None
    kind: str
    optional: bool
    node: Node = field(repr=False, compare=False)


@dataclass(frozen=True)
class Button:
    """A button that sends its form, perhaps to an address of its own."""

    name: str
    value: str
    words: str
    action: str | None
    method: str | None
    node: Node = field(repr=False, compare=False)


@dataclass(frozen=True)
class Form:
    """A form of a page. `action` is as written: "" is the page itself."""

    method: str
    action: str
    parts: tuple[Control | Button, ...]
    node: Node = field(repr=False, compare=False)

    @property
    def controls(self) -> list[Control]:
        """The controls in document order."""
        return [part for part in self.parts if isinstance(part, Control)]

    @property
    def buttons(self) -> list[Button]:
        """The buttons that send this form, in document order."""
        return [part for part in self.parts if isinstance(part, Button)]

    @property
    def upload(self) -> bool:
        """True if files go with it."""
        return self.node.get("enctype") == "multipart/form-data"

    @property
    def empty(self) -> list[Control]:
        """Fields that a person sees empty: nothing typed, chosen or ticked."""
        said = {part.name for part in self.controls if part.value}
        return [
            part
            for part in self.controls
            if not part.value and part.kind not in NEVER_EMPTY and part.name not in said
        ]

    def action_of(self, button: Button | None) -> str:
        """Where a button sends the form to."""
        return self.action if button is None or button.action is None else button.action

    def method_of(self, button: Button | None) -> str:
        """How a button sends the form: "get" or "post"."""
        return self.method if button is None or button.method is None else button.method

    def sent(self, button: Button | None = None) -> list[tuple[str, str]]:
        """Names and values in document order, the pressed button's among them."""
        pressed = button or next(iter(self.buttons), None)
        pairs = []
        for part in self.parts:
            if isinstance(part, Button):
                if part is pressed and part.name:
                    pairs.append((part.name, part.value))
            elif part.value is not None:
                pairs.append((part.name, part.value))
        return pairs

    @property
    def twice(self) -> set[str]:
        """Names that a hidden field shares with a button: the server takes the first of the two."""
        hidden = {part.name for part in self.controls if part.kind == "hidden"}
        return hidden & {button.name for button in self.buttons if button.name}


def forms_of(html: str) -> list[Form]:
    """Every form of a page, or of a part of one; what only closes its dialog sends nothing."""
    page = parse(html)
    outside: dict[str, list[Node]] = {}
    for node in _live(page):
        if node.get("form"):
            outside.setdefault(node["form"], []).append(node)
    order = {id(node): place for place, node in enumerate(page.walk())}
    found = []
    for form in page.all("form"):
        method = form.get("method", "get").lower()
        if method == "dialog":
            continue
        nodes = [node for node in _live(form) if not node.get("form")]
        nodes += outside.get(form.get("id") or "-", [])
        nodes.sort(key=lambda node: order[id(node)])
        parts = tuple(part for node in nodes for part in _parts(node))
        found.append(Form(method, form.get("action"), parts, form))
    return found


def _live(root: Node) -> Iterator[Node]:
    """Elements that take part: what stands in a template or a disabled group does not."""
    for child in root.children:
        if child.tag == "template" or (child.tag == "fieldset" and "disabled" in child.attributes):
            continue
        yield child
        yield from _live(child)


def _parts(node: Node) -> Iterator[Control | Button]:
    kind = node.get("type", "submit" if node.tag == "button" else "text").lower()
    if "disabled" in node.attributes or node.tag not in {"input", "button", "select", "textarea"}:
        return
    if node.tag in {"input", "button"} and kind == "submit":
        words = node.text or node.get("value") or node.get("aria-label")
        action, method = node.attributes.get("formaction"), node.attributes.get("formmethod")
        yield Button(node.get("name"), node.get("value"), words, action, method, node)
    elif node.get("name") and kind not in NOT_SENT:
        name, optional = node["name"], _is_optional(node)
        if node.tag == "select":
            for value in _chosen(node):
                yield Control(name, value, "select", optional, node)
        elif node.tag == "textarea":
            text = "".join(part for part in node.parts if isinstance(part, str))
            lines = text.replace("\r\n", "\n").removeprefix("\n").split("\n")
            yield Control(name, "\r\n".join(lines), "textarea", optional, node)
        elif kind in {"checkbox", "radio"}:
            value = node.get("value", "on") if "checked" in node.attributes else None
            yield Control(name, value, kind, optional, node)
        else:
            value = "" if kind == "file" else _cleaned(kind, node.get("value"))
            yield Control(name, value, kind, optional, node)


def _chosen(select: Node) -> list[str | None]:
    options = [one for one in select.all("option") if "disabled" not in one.attributes]
    chosen = [one for one in options if "selected" in one.attributes]
    if "multiple" not in select.attributes:
        chosen = (chosen or options)[-1:] if chosen else options[:1]
    return [one.attributes.get("value", one.text) for one in chosen] or [None]


def _is_optional(node: Node) -> bool:
    """True if the words of the field say so."""
    here: Node | None = node
    while here is not None and here.tag != "form":
        if "h-field" in here.classes:
            return any(True for _ in here.all("span", "h-optional"))
        here = here.parent
    return False


def _cleaned(kind: str, value: str) -> str:
    """The value that a browser keeps: what is no date is no value of a date box."""
    shapes = {"date": date.fromisoformat, "datetime-local": datetime.fromisoformat}
    if kind in shapes:
        try:
            shapes[kind](value)
        except ValueError:
            return ""
        return value
    if kind == "number":
        return value if re.fullmatch(r"-?\d+(\.\d+)?", value) else ""
    return value if kind == "hidden" else re.sub(r"[\r\n]", "", value)
