"""Words that several readers need stand in one list each: a second list would know other words."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import folding, words
from models.places import spelling

ROOT = Path(__file__).resolve().parents[2]
TREES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for floor in ("app", "models", "reports", "views")
    for path in sorted((ROOT / floor).rglob("*.py"))
}
HOME = {
    "absent": "models/words.py",
    "answers": "models/words.py",
    "apostrophes": "models/folding.py",
    "letters": "models/folding.py",
    "wards": "models/places/spelling.py",
}
ANSWERS = (words.YES - {"1", "x"}, words.NO - {"0"}, words.ELECTED, words.NOT_ELECTED)


def lists(tree: ast.AST) -> Iterator[tuple[int, list[str]]]:
    """Every literal with several texts (and every text of several words), and where it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Set | ast.Tuple | ast.List):
            texts = [one.value for one in node.elts if isinstance(one, ast.Constant)]
        elif isinstance(node, ast.Dict):
            texts = [one.value for one in node.keys if isinstance(one, ast.Constant)]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts = [part for part in node.value.split("|") if len(part) < 40]
        else:
            continue
        yield getattr(node, "lineno", 0), [one.strip().lower() for one in map(str, texts)]


def kinds(texts: list[str]) -> Iterator[str]:
    """Of which vocabularies these texts would be a second list."""
    folded = {folding.fold(text) for text in texts}
    if len(folded & words.ABSENT) > 2:
        yield "absent"
    if any(len(folded & answers) > 1 for answers in ANSWERS):
        yield "answers"
    if len(folded & set(spelling.BEHIND)) > 2:
        yield "wards"
    if len(set(texts) & set(folding.LETTERS)) > 1:
        yield "letters"


def second_lists(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for line, texts in lists(tree):
        yield from ((kind, line) for kind in kinds(texts))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            marks = set(node.value) & set(folding.APOSTROPHES)
            if len(node.value) < 60 and len(marks) > 1 and " " not in node.value:
                yield "apostrophes", node.lineno


def test_there_is_one_list_of_each():
    found = [
        f"{name}:{line} has {kind} of its own; ask {HOME[kind]}"
        for name, tree in TREES.items()
        for kind, line in second_lists(tree)
        if name != HOME[kind] and not is_form(name)
    ]
    assert found == []


def is_form(name: str) -> bool:
    """What is offered to choose from is no vocabulary for reading; fields.py holds headings."""
    return name == "reports/intake/fields.py"


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ('YES = {"yes", "y", "true"}', "answers"),
        ('NO = frozenset({"no", "false", "0"})', "answers"),
        ('WON = ("elected", "won")', "answers"),
        ('NOTHING = ["", "-", "n/a", "none", "tbc"]', "absent"),
        ('NOTHING = re.compile("tbc|n/a|none")', "absent"),
        ('fold(text).translate({"ø": "o", "ł": "l"})', "letters"),
        ('name.replace("\'’", "")', "apostrophes"),
        ('re.sub("[\'’`]", "", name)', "apostrophes"),
        ('WARD_WORDS = ("ward", "division", "ed")', "wards"),
    ],
)
def test_a_second_list_is_found(source, kind):
    assert kind in {each for each, _ in second_lists(ast.parse(source))}


def test_what_only_looks_like_one_is_left_alone():
    for source in (
        'KNOWN = {"yes": True, "no": False}',
        'say("don’t say ‘no’")',
        'X = ("ward", 1)',
    ):
        assert list(second_lists(ast.parse(source))) == []
