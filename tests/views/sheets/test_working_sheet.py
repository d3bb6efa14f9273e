"""A working sheet from the list to Excel and back: unchanged, changed, in conflict, taken back."""

import io
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import clock
from models.accounts.permits import OPERATOR
from models.base import db
from models.errors import Refused
from models.intake.actions import undoing
from models.intake.queries.batches import edited_rows_for
from models.intake.sheets import actions, queries
from models.people.actions.reach import add_contact_point
from models.people.actions.records import change_person
from models.people.queries.facts import contact_points_of
from models.people.tables import UnionMembership
from reports import working_sheet
from reports.workbook import write
from tests.dom import parse
from tests.factories import make_council, make_party, make_person, make_term, make_ward

HEADS = {column.title: column.key for column in working_sheet.WORKING.columns}


@pytest.fixture
def councillors(cast):
    council = make_council("Ambridge", region=cast.regions["NWI"])
    ward, party = make_ward(council), make_party()
    make_party("Green Party")
    made = []
    for name in ("Ann Ash", "Bo Birch", "Cy Cole"):
        person = make_person(name, region=cast.regions["NWI"])
        make_term(person, council, ward=ward, party_id=party.id)
        add_contact_point(
            person, by=OPERATOR, kind="email", value=f"{name[:2].strip().lower()}@example.org"
        )
        made.append(person)
    db.session.commit()
    return made


def taken(reader):
    return write(working_sheet.build(reader, {}))


def edited(data, **changes):
    """The sheet as somebody edits it: family name → heading → new value."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Working sheet"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        for heading, value in changes.get(sheet.cell(row, heads["Family name"]).value, {}).items():
            sheet.cell(row, heads[heading]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def returned(data, by):
    rows = working_sheet.read_back("sheet.xlsx", data)
    return actions.take_back(rows, file_name="sheet.xlsx", file_hash="0" * 64, by=by)


def cells(batch):
    return [
        (line.row.raw["Name"], line.cell.field, line.cell.base, line.cell.here, line.cell.mine)
        for line in queries.cells_for(batch)[0]
    ]


def test_the_sheet_is_locked_but_for_its_cells_and_hides_what_only_we_read(cast, councillors):
    book = openpyxl.load_workbook(io.BytesIO(taken(cast.bob)))
    sheet = book["Working sheet"]
    heads = {cell.value: cell for cell in sheet[1]}
    assert sheet.protection.sheet
    assert sheet.cell(2, heads["Council"].column).protection.locked
    for heading in ("Family name", "Mobile"):
        assert not sheet.cell(2, heads[heading].column).protection.locked
    assert sheet.column_dimensions["A"].hidden
    assert [book[name].sheet_state for name in ("Base", "Lists")] == ["veryHidden"] * 2
    party = next(one for one in sheet.data_validations.dataValidation if "Lists" in one.formula1)
    assert party.type == "list"
    assert {cell.value for cell in book["Lists"]["A"]} >= {"Labour Party", "Green Party"}


def test_an_unchanged_sheet_changes_nothing(cast, councillors):
    batch = returned(taken(cast.bob), cast.bob)
    assert cells(batch) == []
    with pytest.raises(Refused, match="nothing to write"):
        actions.apply_cells(batch, by=cast.bob)


def test_changes_are_written_as_one_batch_and_taken_back(cast, councillors):
    ann, bo, _ = councillors
    changes = {
        "Ash": {"E-mail": "new@example.org", "Title": "Dr", "Party": "green party"},
        "Birch": {"Network status": "Invited", "E-mail": None, "Term ends": "6 May 2027"},
    }
    batch = returned(edited(taken(cast.bob), **changes), cast.bob)
    assert len(cells(batch)) == 6
    actions.apply_cells(batch, by=cast.bob)
    assert (batch.state, batch.changed, batch.refused) == ("applied", 2, 0)
    assert ann.title == "Dr"
    assert [one.value for one in contact_points_of(ann)] == ["new@example.org"]
    assert contact_points_of(bo) == []
    row = working_sheet.build(cast.bob, {}).sheets[0].rows
    assert [line["party"] for line in row] == ["Green Party", "Labour Party", "Labour Party"]
    assert row[1]["status"] == "Invited"
    assert str(row[1]["expected_end"]) == "2027-05-06"
    undoing.undo(batch, by=cast.bob)
    assert batch.state == "undone"
    assert edited_rows_for(cast.bob, batch) == []
    assert returned(taken(cast.bob), cast.bob).rows == 0
    assert [one.value for one in contact_points_of(bo)] == ["bo@example.org"]


def test_an_address_that_replaces_the_preferred_one_is_preferred_itself(cast, councillors):
    ann = councillors[0]
    add_contact_point(ann, by=OPERATOR, kind="email", value="second@example.org", preferred=True)
    batch = returned(edited(taken(cast.bob), Ash={"E-mail": "new@example.org"}), cast.bob)
    actions.apply_cells(batch, by=cast.bob)
    points = [(one.value, one.preferred) for one in contact_points_of(ann)]
    assert sorted(points) == [("an@example.org", False), ("new@example.org", True)]
    assert working_sheet.build(cast.bob, {}).sheets[0].rows[0]["email"] == "new@example.org"
    undoing.undo(batch, by=cast.bob)
    points = [(one.value, one.preferred) for one in contact_points_of(ann)]
    assert sorted(points) == [("an@example.org", False), ("second@example.org", True)]


def test_what_changed_here_meanwhile_is_a_conflict_that_waits(cast, councillors):
    ann, bo, _ = councillors
    data = edited(taken(cast.bob), Ash={"Everyday name": "Annie"}, Birch={"Title": "Mr"})
    change_person(ann, by=cast.alice, values={"known_as": "Nan"})
    batch = returned(data, cast.bob)
    assert cells(batch)[0] == ("Ann Ash", "known_as", None, "Nan", "Annie")
    counts = queries.counts_of(batch)
    assert (counts.accepted, counts.open, counts.conflicts) == (1, 1, 1)
    actions.apply_cells(batch, by=cast.bob)
    assert (ann.known_as, bo.title) == ("Nan", "Mr")


def test_a_conflict_that_is_accepted_is_written(cast, councillors):
    ann = councillors[0]
    data = edited(taken(cast.bob), Ash={"Everyday name": "Annie"})
    change_person(ann, by=cast.alice, values={"known_as": "Nan"})
    batch = returned(data, cast.bob)
    actions.decide_all(batch, "accepted", by=cast.bob, conflicts=False)
    assert queries.counts_of(batch).open == 1
    actions.decide_all(batch, "accepted", by=cast.bob)
    actions.apply_cells(batch, by=cast.bob)
    assert ann.known_as == "Annie"


def test_what_changes_here_after_the_comparison_is_decided_again(sign_in, cast, councillors):
    ann, bo, _ = councillors
    data = edited(taken(cast.bob), Ash={"Title": "Dr"}, Birch={"Title": "Mr"})
    batch = returned(data, cast.bob)
    change_person(ann, by=cast.alice, values={"title": "Ms"})
    change_person(bo, by=cast.alice, values={"title": "Mr"})
    db.session.commit()
    browser = sign_in(cast.bob)
    answer = browser.post(f"/imports/sheets/{batch.id}/apply")
    page = parse(browser.get(answer.headers["Location"]).text).text
    assert "Nothing was written" in page
    assert "1 conflict" in page
    db.session.expire_all()
    assert (ann.title, cells(batch)[0][3]) == ("Ms", "Ms")
    counts = queries.counts_of(batch)
    assert (counts.accepted, counts.open, counts.conflicts) == (1, 1, 1)
    actions.decide_all(batch, "accepted", by=cast.bob)
    actions.apply_cells(batch, by=cast.bob)
    assert (batch.state, ann.title) == ("applied", "Dr")


def test_what_both_say_by_now_is_no_change(cast, councillors):
    data = edited(taken(cast.bob), Ash={"Everyday name": "Annie"})
    change_person(councillors[0], by=cast.alice, values={"known_as": "Annie"})
    assert cells(returned(data, cast.bob)) == []


def test_a_cell_that_makes_no_sense_is_named_and_cannot_be_accepted(cast, councillors):
    changes = {
        "Ash": {"Family name": None, "Party": "Silly Party"},
        "Birch": {"E-mail": "not an address", "Network status": "Lapsed"},
        "Cole": {"Branch": "Nowhere", "Mobile": "07700 900123"},
    }
    batch = returned(edited(taken(cast.bob), **changes), cast.bob)
    faults = {line.cell.field: line.cell for line in queries.cells_for(batch, only="faults")[0]}
    assert faults.keys() == {"family_name", "party", "email", "branch"}
    with pytest.raises(Refused):
        actions.decide(batch, faults["party"].id, "accepted", by=cast.bob)
    actions.apply_cells(batch, by=cast.bob)
    assert (batch.changed, batch.refused) == (1, 1)  # a step that is not possible: Lapsed


def test_another_regions_rows_cannot_be_taken(cast, councillors):
    data = edited(taken(cast.bob), Ash={"Title": "Dr"})
    batch = returned(data, cast.eve)
    assert cells(batch) == []
    assert (batch.rows, batch.refused) == (1, 1)


def test_rows_that_are_new_or_tampered_with_are_refused(cast, councillors):
    book = openpyxl.load_workbook(io.BytesIO(taken(cast.bob)))
    sheet = book["Working sheet"]
    sheet["A2"] = "999999-abcdef"
    sheet["A3"] = sheet["A4"].value
    book["Base"]["B4"] = "Lord"
    out = io.BytesIO()
    book.save(out)
    rows = working_sheet.read_back("sheet.xlsx", out.getvalue())
    assert [bool(row.fault) for row in rows] == [True, True, True]
    with pytest.raises(intake_refused()):
        working_sheet.read_back("sheet.csv", b"a,b\n1,2\n")


def intake_refused():
    from reports.reader.shapes import FileRefused

    return FileRefused


def test_two_offices_of_one_person_say_a_thing_once(cast, councillors):
    ann = councillors[0]
    make_term(ann, make_council("Borchester", region=cast.regions["NWI"]))
    data = edited(taken(cast.bob), Ash={"E-mail": "new@example.org"})
    batch = returned(data, cast.bob)
    assert len(cells(batch)) == 1
    actions.apply_cells(batch, by=cast.bob)
    assert [one.value for one in contact_points_of(ann)] == ["new@example.org"]


def test_after_thirty_days_a_sheet_is_not_taken_back(cast, councillors):
    batch = returned(edited(taken(cast.bob), Ash={"Title": "Dr"}), cast.bob)
    actions.apply_cells(batch, by=cast.bob)
    db.session.commit()
    later = time_machine.travel(clock.now() + timedelta(days=31), tick=False)
    with later, pytest.raises(Refused, match="30 days"):
        undoing.undo(batch, by=cast.bob)


def test_the_pages_from_upload_to_undo(sign_in, cast, councillors, queries):
    ann = councillors[0]
    data = edited(taken(cast.bob), Ash={"Title": "Dr"}, Birch={"Everyday name": "Bobby"})
    change_person(ann, by=cast.alice, values={"title": "Ms"})
    db.session.commit()
    browser = sign_in(cast.bob)
    answer = browser.post(
        "/imports/sheets/new",
        data={"file": (io.BytesIO(data), "sheet.xlsx")},
        content_type="multipart/form-data",
    )
    path = answer.headers["Location"]
    before = len(queries)
    shown = parse(browser.get(path).text).text
    assert len(queries) - before <= 12
    assert "1 conflict" in shown
    assert "Changed here since" in shown
    form = next(
        one
        for one in parse(browser.get(path).text).where(lambda node: node.tag == "form")
        if "/cells/" in one.get("action") and "Accept" in one.text
    )
    browser.post(form["action"], data={"decision": "accepted"})
    answer = browser.post(f"{path}/apply")
    assert "2 rows were changed" in parse(browser.get(answer.headers["Location"]).text).text
    batch = int(path.rsplit("/", 1)[1])
    browser.post(f"/imports/{batch}/undo")
    db.session.expire_all()
    assert ann.title == "Ms"
    assert sign_in(cast.eve).get(path).status_code == 404


words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=30
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(names=st.tuples(words, words, words), number=st.sampled_from([None, "0012345", "=1+1"]))
def test_whatever_stands_on_the_books_comes_back_as_it_went(cast, councillors, names, number):
    savepoint = db.session.begin_nested()
    try:
        ann = councillors[0]
        ann.known_as, ann.suffix, ann.title = (text or None for text in names)
        if number:
            db.session.add(UnionMembership(person_id=ann.id, number=number))
        db.session.flush()
        assert cells(returned(taken(cast.bob), cast.bob)) == []
    finally:
        savepoint.rollback()
        db.session.expire_all()
