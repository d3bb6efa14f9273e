"""The limits of the general election of 2024, as 4,515 returns and returning officers gave them.

Each row's short-campaign limit is worked out again from its electorate and constituency type; the
counts, and why the others differ, are the table in docs/law.md.
"""

import csv
from collections import Counter
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from models.elections.figures import FIGURES
from models.elections.limits import Question, limit_of
from models.elections.rules import FigureBook

ROOT = Path(__file__).parents[3]
DATA = ROOT.parent / "shared" / "data" / "candidates" / "UKPGE_candidate_spending_2024.csv"
POLL = date(2024, 7, 4)
BOOK = FigureBook(FIGURES)
# In Scotland a borough constituency is called a burgh one (RPA 1983 s.204(2)).
AREAS = {"County": "county", "Borough": "borough", "Burgh": "borough"}
OTHER = {"county": "borough", "borough": "county"}
BASE_P, RATES = 11_390_00, {"county": 12, "borough": 8}
OLD_BASE_P, OLD_RATES = 8_700_00, (9, 6)

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the published returns are not beside us")


def returns():
    """The published rows."""
    return list(csv.DictReader(DATA.read_text(encoding="utf-8-sig").splitlines()))


def number(text):
    """A positive number as a cell holds it, or None: blank, nil or no number at all."""
    try:
        found = Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        return None
    return found if found > 0 else None


def ours(electors, area):
    """The limit by our figures, in pence; None where the number of electors cannot be one."""
    if electors is None or electors != int(electors):
        return None
    asked = Question(kind="parliament", on=POLL, electors=int(electors), area=area)
    return limit_of(asked, BOOK).pence


def why(row):
    """Whether the limit on the return is ours, or in one word why it is not: the first that fits.

    `known` are the electorates on the return and from the returning officer.
    """
    area = AREAS[row["Constituency Type"]]
    electors = number(row["Electorate figure on return"])
    officers = number(row["Electorate figure from RO (if given)"])
    said = number(row["Spending limit on return"])
    if said is None:
        return "no limit"
    pence = said * 100
    known = [each for each in (electors, officers) if each is not None]
    right = {ours(each, area) for each in known}
    parts = {BASE_P, *(rate * each for each in known for rate in RATES.values())}
    fits = {
        "agrees": pence == ours(electors, area),
        "officer's electorate": pence == ours(officers, area),
        "other rate": pence in {ours(each, OTHER[area]) for each in known},
        "rounded": any(abs(pence - (each or 0)) < 100 for each in right),
        "old figures": pence in {OLD_BASE_P + rate * e for e in known for rate in OLD_RATES},
        "one part": any(abs(pence - each) < 100 for each in parts),
        "slip": any(is_slip(pence, each) for each in right),
        "another electorate": any(is_of_some_electorate(pence, each) for each in RATES.values()),
    }
    return next((word for word, does in fits.items() if does), "unexplained")


def is_slip(pence, right):
    """One digit wrong, or two neighbours swapped."""
    said, meant = str(int(pence)), str(right)
    if right is None or len(said) != len(meant):
        return False
    wrong = [place for place in range(len(said)) if said[place] != meant[place]]
    swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1
    return len(wrong) == 1 or (swapped and sorted(said) == sorted(meant))


def is_of_some_electorate(pence, rate):
    """The base and so many pence for a whole number of electors that a seat can have."""
    electors, rest = divmod(pence - BASE_P, rate)
    return rest == 0 and 40_000 <= electors <= 110_000


def test_every_limit_is_worked_out_again_and_the_differences_are_explained():
    rows = returns()
    counts = Counter(why(row) for row in rows)
    print(counts)
    assert sum(counts.values()) == len(rows) == 4_515
    assert counts == written_down("On the return")


def test_the_returning_officers_limits_agree_with_ours():
    counts = Counter()
    for row in returns():
        electors = number(row["Electorate figure from RO (if given)"])
        said = number(row["Spending limit from RO"])
        right, pence = ours(electors, AREAS[row["Constituency Type"]]), (said or 0) * 100
        word = "agrees" if pence == right else "slip" if is_slip(pence, right) else "unexplained"
        counts[word] += 1
    print(counts)
    assert counts == written_down("From the returning officer")


def written_down(heading):
    """The counts of the table under this heading of docs/law.md, by its first words."""
    text = (ROOT / "docs" / "law.md").read_text(encoding="utf-8")
    lines = text.split(f"\n### {heading}\n")[1].split("\n#")[0].splitlines()
    cells = [line.strip("| ").split(" | ") for line in lines if line.startswith("| `")]
    return {row[0].strip("`"): int(row[1].replace(",", "")) for row in cells}
