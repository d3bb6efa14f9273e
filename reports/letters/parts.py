"""A letter's text cut into its parts: headings, paragraphs, lines of a list. Pure."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Part:
    """One part: `kind` is heading, paragraph, item or table. A table has its rows, head first."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = field(default=())


def parts_of(text: str) -> list[Part]:
    """The parts of a text: `# ` begins a heading, `- ` an item, an empty line a paragraph."""
    found: list[Part] = []
    lines: list[str] = []

    def end_paragraph() -> None:
        if lines:
            found.append(Part("paragraph", "\n".join(lines)))
            lines.clear()

    for line in text.splitlines():
        kind, words = _read(line.strip())
        if kind == "paragraph" and words:
            lines.append(words)
            continue
        end_paragraph()
        if words:
            found.append(Part(kind, words))
    end_paragraph()
    return found


def _read(line: str) -> tuple[str, str]:
    if line.startswith("# "):
        return "heading", line[2:].strip()
    if line.startswith("- "):
        return "item", line[2:].strip()
    return "paragraph", line
