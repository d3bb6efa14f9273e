"""docs/payments.md says what the table of steps says."""

from pathlib import Path

import pytest

from models.payments.workflow import STATUSES, STEPS

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "payments.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_the_page_has_the_row_of_each_step(step):
    cells = (
        step.label,
        ", ".join(STATUSES[key].label for key in step.from_) or "–",
        STATUSES[step.to].label,
        step.permit.value,
        "yes" if step.reason else "",
        "; ".join(guard.rule for guard in step.guards) or "–",
    )
    assert f"| {' | '.join(cells)} |" in PAGE.splitlines()
