"""The menu: every area has a letter of its own."""

from collections import Counter

from app.menu import AREAS


def test_no_two_areas_share_a_shortcut():
    letters = Counter(area[5] for area in AREAS)
    assert [letter for letter, times in letters.items() if times > 1] == []
