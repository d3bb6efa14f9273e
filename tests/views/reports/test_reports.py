"""The reports counter: who may take what, what the register says, and what stays inside."""

import io
from datetime import date

import openpyxl
import pytest

from models.base import db
from models.exports.list import REGISTER
from models.exports.tables import ExportRecord
from models.people.rules import DISCLOSURE
from models.people.tables import Consent
from tests import lists
from tests.factories import make_council, make_person, make_term, saved


@pytest.fixture
def network(cast):
    """Two councillors in North West & Irish, one of whom agreed to disclosure; one in Southern."""
    here = make_council("Ambridge", region=cast.regions["NWI"])
    there = make_council("Borchester", region=cast.regions["SO"])
    priya = make_person("Priya Kaur")
    make_term(priya, here)
    make_term(make_person("Owen Davies"), here)
    make_term(make_person("Siân Rees"), there)
    saved(
        Consent(
            person_id=priya.id,
            purpose=DISCLOSURE,
            wording="2026-1",
            channel="paper form",
            given_on=date(2026, 1, 5),
        )
    )


def names(answer):
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data))["Councillors"]
    return sorted(row[0].value for row in sheet.iter_rows(min_row=2))


def test_a_region_takes_out_its_own_people_and_nobody_elses(network, sign_in, cast):
    assert names(sign_in(cast.bob).get("/reports/councillors.xlsx")) == [
        "Owen Davies",
        "Priya Kaur",
    ]


def test_the_workbook_holds_what_the_filter_shows(network, sign_in, cast):
    answer = sign_in(cast.alice).get("/reports/councillors.xlsx?text=rees")
    assert names(answer) == ["Siân Rees"]


def test_somebody_outside_gets_consented_people_only_and_the_cover_counts_the_others(
    network, sign_in, cast
):
    answer = sign_in(cast.alice).get(
        "/reports/councillors.xlsx?outside=yes&recipient=The+party&purpose=Selection"
    )
    assert names(answer) == ["Priya Kaur"]
    cover = openpyxl.load_workbook(io.BytesIO(answer.data))["About"]
    said = {row[0].value: row[1].value for row in cover.iter_rows(min_row=3)}
    assert said["Left out"].startswith("2 ")
    assert db.session.query(ExportRecord).one().outside


def test_nothing_goes_outside_without_a_purpose(network, sign_in, cast):
    answer = sign_in(cast.alice).get("/reports/councillors.xlsx?outside=yes&recipient=The+party")
    assert answer.status_code == 422
    assert db.session.query(ExportRecord).count() == 0


def test_the_budget_never_leaves_the_union(sign_in, cast):
    answer = sign_in(cast.carol).get("/reports/budget.xlsx?outside=yes&purpose=x&recipient=y")
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("who", "key"), [("terry", "councillors"), ("carol", "councillors"), ("dan", "budget")]
)
def test_a_role_without_the_permit_gets_no_workbook_and_no_line_in_the_register(
    sign_in, cast, who, key
):
    browser = sign_in(getattr(cast, who))
    assert browser.get(f"/reports/{key}.xlsx").status_code == 403
    assert browser.get(f"/reports/{key}").status_code == 403
    assert db.session.query(ExportRecord).count() == 0


def test_an_unknown_workbook_is_not_found(sign_in, cast):
    assert sign_in(cast.alice).get("/reports/horoscope.xlsx").status_code == 404


def test_the_register_says_who_took_what_by_which_filter_and_why(network, sign_in, cast):
    sign_in(cast.bob).get("/reports/councillors.xlsx?text=kaur&purpose=Conference")
    page = sign_in(cast.grace).get("/reports/register").get_data(as_text=True)
    for words in ("Bob Birch", "Conference", "matching “kaur”", "The union"):
        assert words in page


def test_the_register_is_narrowed_to_a_workbook_and_to_what_went_outside(network, sign_in, cast):
    sign_in(cast.bob).get("/reports/councillors.xlsx")
    sign_in(cast.bob).get("/reports/people.xlsx?purpose=Hustings%20evening")
    assert lists.tabs(REGISTER, cast.grace) == {"All": 2, "Outside the union": 0}
    browser = sign_in(cast.grace)
    page = browser.get("/reports/register?report=people").text
    assert "Exports of the report “People”." in page
    assert "1 export" in page
    assert "1 export" in browser.get("/reports/register?text=evening+birch").text


def test_a_region_does_not_read_the_register(sign_in, cast):
    assert sign_in(cast.bob).get("/reports/register").status_code == 403


def test_the_sixty_first_export_in_ten_minutes_is_refused(sign_in, cast):
    for _ in range(60):
        db.session.add(
            ExportRecord(
                report="budget",
                by_id=cast.carol.id,
                filter={},
                rows=0,
                purpose="x",
                recipient="y",
                file_hash="z",
            )
        )
    db.session.commit()
    answer = sign_in(cast.carol).get("/reports/budget.xlsx")
    assert answer.status_code == 429
    assert db.session.query(ExportRecord).count() == 60
