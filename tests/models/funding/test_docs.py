"""The page about funding says what the table of steps says."""

from pathlib import Path

from models.funding.workflow import STATUSES, STEPS

PAGE = Path(__file__).parents[3] / "docs" / "funding.md"


def rows_under(heading):
    lines = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    cells = [line.strip("| ").split(" | ") for line in lines.splitlines() if line.startswith("| ")]
    return [tuple(cell.strip() for cell in row) for row in cells[1:]]


def labels(keys):
    return ", ".join(STATUSES[key].label for key in keys) or "–"


def test_the_steps_on_the_page_are_those_of_the_table():
    assert rows_under("The steps") == [
        (
            step.label,
            labels(step.from_),
            STATUSES[step.to].label,
            step.permit.value,
            step.reason,
            "; ".join(guard.rule for guard in step.guards) or "–",
        )
        for step in STEPS
    ]


def test_the_states_on_the_page_are_those_of_the_table():
    assert rows_under("What each side reads") == [
        (f"`{status.key}`", status.label, status.applicant_label) for status in STATUSES.values()
    ]
