"""What holds for any file: the totals add up, a repeat changes nothing, an undo restores."""

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from models.accounts.permits import OPERATOR
from models.base import db
from models.intake.actions import applying, batches
from models.intake.actions.applying import apply_some
from models.intake.actions.batches import Upload
from models.intake.queries.batches import edited_rows_for, rows_for
from models.intake.rows import GivenRow
from tests.factories import make_council, make_party
from tests.intake import adds_up, counts, dump, refused, taken_back

NAMES = ["Ann Ash", "Bo Birch", "Ann Birch", "Robert Cole", "Bob Cole", "Siân O'Dell"]
EMAILS = ["a@example.org", "b@example.org", "office@example.org"]
NUMBERS = ["100", "200", "300"]
WARDS = ["Abbey", "Abbey Ward", "Mill", "New Town"]


def maybe(values):
    return st.one_of(st.none(), st.sampled_from(values))


@st.composite
def given_rows(draw):
    rows = []
    for number in range(2, 2 + draw(st.integers(1, 8))):
        given_name, family_name = draw(st.sampled_from(NAMES)).split()
        values = {
            "title": draw(maybe(["Cllr", "Dr"])),
            "given_name": given_name,
            "family_name": family_name,
            "known_as": draw(maybe(["Bob"])),
            "council": draw(st.sampled_from(["Ambridge", "Borchester", "Nowhere"])),
            "ward": draw(maybe(WARDS)),
            "party": draw(maybe(["Labour Party", "Local Ambridge"])),
            "post": draw(maybe(["mayor"])),
            "email": draw(maybe(EMAILS)),
            "mobile": draw(maybe(["+447700900123", "+447700900456"])),
            "number": draw(maybe(NUMBERS)),
            "elected_on": draw(maybe(["2024-05-02", "2022-05-05"])),
            "status": draw(maybe(["prospect", "invited", "joined"])),
            "tags": draw(maybe([["Retired"], ["Retired", "Press"]])),
            "roles": draw(maybe([[["leader", None]], [["chair", "Planning"], ["leader", None]]])),
        }
        kept = {name: value for name, value in values.items() if value}
        blank = frozenset(values.keys() - kept.keys())
        rows.append(GivenRow(number, {"Name": f"{given_name} {family_name}"}, kept, blank=blank))
    return rows


def batch_of(rows, policy):
    batch = batches.upload(
        Upload("councillors", "file.csv", "0" * 64, b"", {"headers": ["Name"]}, policy),
        by=OPERATOR,
    )
    batches.stage(batch, rows, by=OPERATOR)
    return batches.preview(batch, by=OPERATOR)


def run(rows, policy, *, size):
    batch = batch_of(rows, policy)
    promised = counts(batch)
    note(f"{promised} {refused(batch)}")
    applying.start(batch, by=OPERATOR)
    while apply_some(batch.id, by=OPERATOR, size=size):
        pass
    # Only what was shown is written. A row that an earlier piece made doubtful (it gave somebody
    # else the same everyday name, say) is refused then, and never written otherwise.
    kept = zip(counts(batch)[:4], promised[:4], strict=True)
    assert all(now <= then for now, then in kept), refused(batch)
    assert adds_up(batch)
    return batch


@pytest.mark.slow
@settings(
    max_examples=30,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    earlier=given_rows(),
    rows=given_rows(),
    policy=st.sampled_from(["fill", "overwrite", "clear"]),
    size=st.sampled_from([1, 3, 250]),
)
def test_any_file_adds_up_repeats_without_change_and_can_be_taken_back(
    places_of_ambridge, earlier, rows, policy, size
):
    savepoint = db.session.begin_nested()
    try:
        _holds(earlier, rows, policy, size)
    finally:
        savepoint.rollback()


def _holds(earlier, rows, policy, size):
    nothing = dump()
    first = run(earlier, "fill", size=size)
    before = dump()
    second = run(rows, policy, size=size)
    refused_before = set(refused(second))
    after = dump()
    third = run(rows, policy, size=size)
    # A row that was taken changes nothing again. One that was refused may be taken the second
    # time, where another row of the first settled what was doubtful about it.
    taken = {
        row.number
        for row in rows_for(OPERATOR, third, size=100)[0]
        if row.verdict in ("create", "change")
    }
    assert taken <= refused_before
    if not taken:
        assert dump() == after
    taken_back(third)
    assert dump() == after
    taken_back(second)
    assert edited_rows_for(OPERATOR, second) == []
    assert dump() == before
    taken_back(first)
    assert dump() == nothing


@pytest.fixture
def places_of_ambridge(cast):
    make_council("Ambridge", region=cast.regions["NWI"])
    make_council("Borchester", region=cast.regions["NWI"])
    make_party()
    batches.teach("party", "Local Ambridge", "new:Local Ambridge", by=OPERATOR)
