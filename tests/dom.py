"""A page as a tree, so that tests ask what a browser would find and not what a text contains."""

from collections.abc import Callable, Iterator
from html.parser import HTMLParser

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Node:
    """An element with its attributes, its parts and its own text."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: "Node | None" = None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.parts: list[Node | str] = []

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    @property
    def classes(self) -> set[str]:
        return set(self.get("class").split())

    @property
    def text(self) -> str:
        words = "".join(part if isinstance(part, str) else part.text for part in self.parts)
        return " ".join(words.split())

    @property
    def children(self) -> "list[Node]":
        return [part for part in self.parts if isinstance(part, Node)]

    def walk(self) -> "Iterator[Node]":
        for child in self.children:
            yield child
            yield from child.walk()

    def all(self, tag: str | None = None, *classes: str, **attributes: str) -> "list[Node]":
        """Elements below with this tag, all these classes and these attribute values."""
        wanted = {name.replace("_", "-"): value for name, value in attributes.items()}

        def fits(node: Node) -> bool:
            return (
                (tag is None or node.tag == tag)
                and set(classes) <= node.classes
                and all(node.attributes.get(name) == value for name, value in wanted.items())
            )

        return self.where(fits)

    def where(self, fits: "Callable[[Node], bool]") -> "list[Node]":
        return [node for node in self.walk() if fits(node)]

    def one(self, tag: str | None = None, *classes: str, **attributes: str) -> "Node":
        found = self.all(tag, *classes, **attributes)
        assert len(found) == 1, f"{len(found)} elements for {tag} {classes} {attributes}"
        return found[0]

    def by_id(self, wanted: str) -> "Node":
        found = self.where(lambda node: node.get("id") == wanted)
        assert len(found) == 1, f"{len(found)} elements with the id {wanted!r}"
        return found[0]


class Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("#page", {})
        self.here = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.parts.append(node)
        if tag not in VOID:
            self.here = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.here.parts.append(Node(tag, {name: value or "" for name, value in attrs}, self.here))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        # A tag that was never opened is a fault of the page: say so, do not mend it.
        assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}> at {self.getpos()}"
        assert self.here.parent is not None
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.parts.append(data)


def parse(html: str) -> Node:
    """The page's tree; fails where a tag is left open or closed out of turn."""
    builder = Builder()
    builder.feed(html)
    builder.close()
    assert builder.here is builder.root, f"<{builder.here.tag}> is never closed"
    return builder.root
