"""What a field of an import is."""

from dataclasses import dataclass

from models.intake.rows import COUNCILLORS, PEOPLE


@dataclass(frozen=True)
class Field:
    """One field: key, label, how its cells are read, and the headings people give it.

    `policy` says that it may have a policy of its own; without, nothing on the books is touched.
    """

    key: str
    label: str
    kind: str
    headings: tuple[str, ...]
    kinds: tuple[str, ...] = (COUNCILLORS, PEOPLE)
    policy: bool = True
