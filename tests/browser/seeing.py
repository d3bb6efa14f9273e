"""What a page is for those who do not see it as drawn: axe's judgement, and its width."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Axe cannot judge contrast over a drawing and says so; tests/app/test_contrast.py reckons it.
RUN = """async tags => {
  const result = await axe.run(document, {
    runOnly: tags, resultTypes: ['violations', 'incomplete'],
    rules: {'target-size': {enabled: true}},
  });
  const lines = found => found.flatMap(one => one.nodes.map(
    node => `${one.id}: ${node.html.slice(0, 160)}`));
  return {violations: lines(result.violations), incomplete: lines(result.incomplete)};
}"""


def axe_violations(page: Page) -> list[str]:
    """What axe finds wrong on the page as it stands; what it cannot judge is printed."""
    page.evaluate("Promise.allSettled(document.getAnimations().map(one => one.finished))")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    result = page.evaluate(RUN, RULES)
    for line in result["incomplete"]:
        print(f"cannot judge, {page.url}: {line}")
    return result["violations"]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
