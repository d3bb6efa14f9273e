"""Pivots keep every penny."""

from hypothesis import given
from hypothesis import strategies as st

from reports.frames import FIGURES, pivot, sum_by

leaf = st.fixed_dictionaries(
    {
        "head": st.sampled_from(["Print", "Digital"]),
        "region": st.sampled_from(["London", "Scotland", "Southern"]),
        **{figure: st.integers(0, 10**12) for figure in FIGURES},
    }
)


@given(st.lists(leaf, min_size=1, max_size=30))
def test_sums_by_region_add_up_to_the_penny(leaves):
    rows = sum_by(leaves, "region")
    for figure in FIGURES:
        assert sum(row[figure] for row in rows) == sum(one[figure] for one in leaves)


@given(st.lists(leaf, min_size=1, max_size=30))
def test_a_pivot_loses_nothing(leaves):
    names, rows = pivot(leaves, down="region", across="head", figure="paid_p")
    assert sum(row[name] for row in rows for name in names) == sum(one["paid_p"] for one in leaves)


def test_nothing_gives_nothing():
    assert sum_by([], "region") == []
    assert pivot([], down="region", across="head", figure="paid_p") == ([], [])
