"""Cells of real life, understood by the field their column is mapped to."""

import pytest

from models.councillors.list import COUNCILLORS
from reports.intake.columns import proposed, shape_of
from reports.intake.reading import rows_of_file
from reports.intake.roles import Role, split_roles
from reports.listed import filled
from reports.reader.shapes import FileRefused


def rows(text: str, **mapping: object):
    headers = tuple(next(iter(text.splitlines())).split(","))
    given = {
        "columns": proposed(headers, "councillors"),
        "fixed": {"council": "Ambridge"},
        **mapping,
    }
    return rows_of_file("file.csv", text.encode(), "councillors", given)


def one(text: str):
    return rows(text)[0]


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("Cllr Mrs Mary-Jane O'Brien MBE", ("Cllr Mrs", "Mary-Jane", "O'Brien", "MBE")),
        ('"SMITH, John"', (None, "John", "Smith", None)),
        ("Siân Bütikofer", (None, "Siân", "Bütikofer", None)),
    ],
)
def test_a_whole_name_is_taken_apart(cell, values):
    given = one(f"Name,Ward\n{cell},Abbey\n").values
    names = ("title", "given_name", "family_name", "suffix")
    assert tuple(given.get(name) for name in names) == values


def test_separate_name_columns_go_before_the_whole_name():
    row = one("Name,Forename,Surname\nJ Smith,Jo-Ann,van der Berg\n")
    assert (row.values["given_name"], row.values["family_name"]) == ("Jo-Ann", "van der Berg")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("Vacancy", "is a vacancy"),
        ("VACANT SEAT", "is a vacancy"),
        ("Claire Bennett - Resigned Feb 2018", "‘Resigned Feb 2018’"),
        ("Jo Hill and Sam Hill", "two people"),
        ("", "name is empty"),
        ("12345", "is not a person's name"),
    ],
)
def test_what_is_no_name_of_somebody_in_office_is_a_fault(cell, words):
    row = rows(f"Name,Ward\n{cell},Abbey\nJo Hill,Mill\n")[0]
    assert words in row.faults[0].sentence


def test_a_resignation_is_seen_in_a_surname_column_too():
    row = one("Forename,Surname\nClaire,Bennett - Resigned Feb 2018\n")
    assert "Resigned Feb 2018" in row.faults[0].sentence


def test_days_are_day_first_and_a_month_first_column_refuses_the_file():
    row = rows("Name,Elected,Term ends\nJo Hill,04/07/2016,7 May 2026\n")[0]
    assert row.values["elected_on"] == "2016-07-04"
    assert row.values["expected_end"] == "2026-05-07"
    with pytest.raises(FileRefused, match="month"):
        rows("Name,Elected\nJo Hill,04/07/2016\nAmy Day,05/22/2016\n")


def test_a_bad_cell_is_a_fault_of_its_row_alone():
    good, bad = rows("Name,Email,Mobile\nJo Hill,jo@example.org,07700 900123\nAmy Day,amy@,12\n")
    assert good.faults == ()
    assert good.values["mobile"] == "+447700900123"
    assert {fault.field for fault in bad.faults} == {"email", "mobile"}


def test_the_number_is_the_one_that_excel_shows():
    assert [row.number for row in rows("Name,Ward\nJo Hill,A\n\nAmy Day,B\n")] == [2, 4]


def test_our_own_workbooks_columns_are_recognised():
    columns = filled(COUNCILLORS, []).sheet.columns
    mapping = proposed(tuple(column.title for column in columns), "councillors")
    assert mapping["Council code"] == "council"
    assert "Council" not in mapping
    assert mapping["Membership number"] == "number"
    assert mapping["Network status"] == "status"
    assert mapping["Term ends"] == "expected_end"
    assert {"Last contact", "Office verified", "Region of the council"}.isdisjoint(mapping)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Leader of the Council", [Role("leader")]),
        ("Cabinet Member for Housing", [Role("cabinet", "Housing")]),
        ("Cabinet member: Housing; Group whip", [Role("cabinet", "Housing"), Role("group-whip")]),
        ("Licensing Committee(Chair)", [Role("chair", "Licensing Committee")]),
        ("Health Scrutiny Committee", [Role("scrutiny", "Health Scrutiny Committee")]),
        (
            "Deputy Leader & Executive Member for Finance",
            [Role("deputy-leader"), Role("cabinet", "Finance")],
        ),
    ],
)
def test_roles_are_read_in_their_usual_words(text, roles):
    assert split_roles(text) == (roles, [])


def test_what_a_web_page_left_in_the_roles_is_left_out_and_said():
    row = one("Name,Roles\nJo Hill,Council; Calendar; Library; Planning Committee\n")
    assert row.values["roles"] == [["committee", "Planning Committee"]]
    assert row.notes == ("Not read as roles: ‘Council’, ‘Calendar’, ‘Library’.",)


def test_a_group_role_names_its_group():
    row = one("Name,group_name,group_role\nJo Hill,Progressive Ambridge,deputy_leader\n")
    assert row.values["roles"] == [["group-deputy", "Progressive Ambridge"]]


def test_a_mapping_that_makes_no_sense_is_refused():
    with pytest.raises(FileRefused, match="no column ‘Nme’"):
        rows("Name,Ward\nJo Hill,A\n", columns={"Nme": "name"})
    with pytest.raises(FileRefused, match="no field ‘shoe size’"):
        rows("Name,Ward\nJo Hill,A\n", columns={"Name": "shoe size"})
    with pytest.raises(FileRefused, match="Two columns"):
        rows("Name,Ward\nJo Hill,A\n", columns={"Name": "name", "Ward": "name"})


def test_the_shape_forgets_letter_case_and_blanks_but_not_order():
    assert shape_of(("Name", "Ward ")) == shape_of(("name", "WARD"))
    assert shape_of(("Name", "Ward")) != shape_of(("Ward", "Name"))
