"""The pages of an import: from the file to the result, and back."""

import io

import pytest
from openpyxl import load_workbook

from models.base import db
from models.councillors.tables import OfficeTerm
from models.intake.list import IMPORTS
from models.intake.tables import ImportBatch, ImportRow
from models.people.tables import Person, UnionMembership
from tests import lists
from tests.dom import parse
from tests.factories import make_council, make_party, make_person, make_term, make_ward
from tests.intake import imported

HEAD = "Councillor,Council,Ward,Party,Email,Elected\n"
FILE = HEAD + (
    "Cllr Asha Patel,Ambridge,Abbey Ward,Labour Party,asha@example.org,02/05/2024\n"
    "John Smith,Ambridge,Mill,4 Amb,,02/05/2024\n"
    "Vacancy,Ambridge,Mill,,,\n"
)


@pytest.fixture
def ambridge(cast):
    make_party()
    return make_council("Ambridge", region=cast.regions["NWI"])


def send(browser, text: str, name="councillors.csv", **fields):
    data = {"file": (io.BytesIO(text.encode()), name), "kind": "councillors", "policy": "fill"}
    return browser.post("/imports/new", data=data | fields, content_type="multipart/form-data")


def proposed(browser, path: str) -> dict[str, str]:
    """The columns form as a browser would send it untouched."""
    page = parse(browser.get(path).text)
    data = {}
    for control in page.where(lambda node: node.tag in ("input", "select") and node.get("name")):
        if control.tag == "select":
            chosen = [one for one in control.all("option") if "selected" in one.attributes]
            data[control["name"]] = chosen[0]["value"] if chosen else ""
        elif control.get("type") not in ("hidden", "submit"):
            data[control["name"]] = control.get("value")
    return data


def columns(browser, path: str, **changed):
    """Send the columns form as it was proposed, but for what is changed."""
    return browser.post(path, data=proposed(browser, path) | changed)


def previewed(browser, text: str = FILE) -> str:
    """A previewed import; returns its address."""
    path = send(browser, text).headers["Location"]
    answer = columns(browser, path)
    assert answer.status_code == 302, answer.text
    return path.removesuffix("/columns")


def people() -> list[str]:
    return sorted(person.name for person in db.session.query(Person))


def test_a_file_is_previewed_taught_applied_and_taken_back(sign_in, cast, ambridge):
    browser = sign_in(cast.dan)
    path = previewed(browser)
    page = browser.get(path)
    assert "3 rows = 1 new + 0 changed + 0 unchanged + 2 refused" in page.text
    assert "is a vacancy, not a person" in page.text
    assert people() == [], "nothing is written before it was seen"

    teach = parse(browser.get(f"{path}/teach").text)
    assert "4 Amb (1 row)" in teach.text
    answer = browser.post(f"{path}/teach", data={"meaning_0": "new:4 Amb"})
    assert answer.headers["Location"] == path
    assert "3 rows = 2 new" in browser.get(path).text
    assert "New party: 4 Amb." in browser.get(f"{path}?rows=create").text

    assert browser.post(f"{path}/apply").headers["Location"] == path
    assert people() == ["Asha Patel", "John Smith"]
    terms = db.session.query(OfficeTerm).order_by(OfficeTerm.id).all()
    assert [term.place for term in terms] == [
        "Abbey, Ambridge (Labour Party)",
        "Mill, Ambridge (4 Amb)",
    ]

    assert "Take this import back" in browser.get(path).text
    browser.post(f"{path}/undo")
    assert people() == []
    assert "Taken back" in browser.get(path).text


def test_one_row_that_was_edited_since_is_told_as_one(sign_in, cast, ambridge):
    batch = imported("Name,Council,Ward\nAsha Patel,Ambridge,Abbey\n")
    db.session.query(Person).one().known_as = "Ash"
    db.session.commit()
    page = sign_in(cast.dan).post(f"/imports/{batch.id}/undo", follow_redirects=True).text
    assert "1 row was left: edited or used since." in page
    assert "Edited since: known as." in page


def test_the_unknown_text_is_asked_first_and_then_remembered(sign_in, cast, ambridge):
    browser = sign_in(cast.dan)
    first = send(browser, FILE).headers["Location"]
    assert columns(browser, first).headers["Location"].endswith("/teach")
    batch = db.session.query(ImportBatch).one()
    browser.post(f"/imports/{batch.id}/teach", data={"meaning_0": "new:4 Amb"})
    second = send(browser, FILE).headers["Location"]
    assert columns(browser, second).headers["Location"] == second.removesuffix("/columns")


def test_a_second_import_of_the_same_file_warns_and_changes_nothing(sign_in, cast, ambridge):
    browser = sign_in(cast.dan)
    first = previewed(browser)
    browser.post(f"{first}/apply")
    second = previewed(browser)
    page = browser.get(second).text
    assert "This very file was imported before" in page
    assert f'href="{first}"' in page
    assert "0 new + 0 changed + 1 unchanged + 2 refused" in page
    assert "Import 0 rows" not in page


def test_a_change_is_shown_old_and_new_before_it_is_made(sign_in, cast, ambridge):
    person = make_person("Asha Patel")
    make_term(person, ambridge, ward=make_ward(ambridge, "Abbey"), elected_on=None)
    browser = sign_in(cast.dan)
    path = previewed(browser)
    lines = parse(browser.get(f"{path}?rows=change").text)
    words = lines.one("tbody").text
    assert "E-mail address: asha@example.org" in words
    assert "Party: Labour Party" in words
    assert "Name, council and ward" in words


def test_the_refused_rows_come_back_as_a_workbook_that_can_be_imported(sign_in, cast, ambridge):
    browser = sign_in(cast.dan)
    path = previewed(browser)
    answer = browser.get(f"{path}/refusals.xlsx")
    sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:2] == ["Councillor", "Council"]
    assert rows[0][-2:] == ["Row in the file", "Why it was refused"]
    assert [row[-2] for row in rows[1:]] == [3, 4]
    assert all(row[-1] for row in rows[1:])
    data = {
        "file": (io.BytesIO(answer.data), "refused.xlsx"),
        "kind": "councillors",
        "policy": "fill",
    }
    again = browser.post("/imports/new", data=data, content_type="multipart/form-data")
    assert columns(browser, again.headers["Location"]).status_code == 302
    batch = db.session.query(ImportBatch).order_by(ImportBatch.id.desc()).first()
    assert (batch.rows, batch.refused) == (2, 2)


def test_a_file_that_cannot_be_read_is_refused_at_its_field(sign_in, cast):
    browser = sign_in(cast.dan)
    answer = send(browser, "MZ\x00\x00", name="list.exe")
    assert answer.status_code == 422
    field = parse(answer.text).by_id("file")
    assert field["aria-invalid"] == "true"
    assert "is not a kind of file that can be read" in answer.text
    assert browser.post("/imports/new", data={}).status_code == 422


def test_a_file_without_names_says_which_column_is_missing(sign_in, cast):
    browser = sign_in(cast.dan)
    path = send(browser, "Payee,Amount\nAcme,12.00\nBeta,13.00\n").headers["Location"]
    answer = columns(browser, path)
    assert answer.status_code == 422
    assert "Say which column holds the names" in answer.text


def test_a_column_of_ambiguous_dates_refuses_the_file_and_keeps_the_form(sign_in, cast, ambridge):
    browser = sign_in(cast.dan)
    text = HEAD + "Asha Patel,Ambridge,Abbey,,,02/05/2024\nJo Hill,Ambridge,Abbey,,,05/22/2024\n"
    path = send(browser, text).headers["Location"]
    answer = columns(browser, path)
    assert answer.status_code == 422
    assert "Elected" in answer.text
    assert db.session.query(ImportRow).count() == 0


def test_a_council_for_the_whole_file_stands_in_for_a_column(sign_in, cast, ambridge):
    browser = sign_in(cast.dan)
    path = send(browser, "Name,Ward\nAsha Patel,Abbey\nJo Hill,Mill\n").headers["Location"]
    assert columns(browser, path).status_code == 422
    assert columns(browser, path, council="Ambridge").status_code == 302
    assert db.session.query(ImportBatch).one().created == 2


def test_a_heading_row_can_be_corrected(sign_in, cast, ambridge):
    text = "Name,Council\nName,Council\nAsha Patel,Ambridge\nJo Hill,Ambridge\n"
    browser = sign_in(cast.dan)
    path = send(browser, text).headers["Location"]
    wanted = "2" if proposed(browser, path)["header_row"] == "1" else "1"
    answer = columns(browser, path, header_row=wanted)
    assert answer.headers["Location"] == path
    assert proposed(browser, path)["header_row"] == wanted
    assert columns(browser, path).status_code == 302


def test_a_region_cannot_see_another_regions_import_nor_import_for_it(sign_in, cast, ambridge):
    path = previewed(sign_in(cast.bob))
    assert "1 new" in sign_in(cast.bob).get(path).text
    eve = sign_in(cast.eve)
    for each in ("", "/columns", "/teach", "/refusals.xlsx"):
        assert eve.get(path + each).status_code == 404
    for each in ("/apply", "/undo", "/discard", "/preview", "/carry-on"):
        assert eve.post(path + each).status_code == 404
    assert "councillors.csv" not in eve.get("/imports").text
    theirs = previewed(eve)
    assert "Ambridge is not in your region" in eve.get(theirs).text
    assert "0 new" in eve.get(theirs).text


@pytest.mark.parametrize("name", ["carol", "terry", "grace"])
def test_who_may_not_import_is_turned_away(sign_in, cast, name):
    browser = sign_in(getattr(cast, name))
    assert browser.get("/imports").status_code == 403
    assert browser.get("/imports/new").status_code == 403
    assert browser.post("/imports/1/apply").status_code == 403


def test_a_long_import_is_handed_to_the_worker_and_shows_how_far_it_is(
    sign_in, cast, ambridge, monkeypatch
):
    from models.intake.actions import applying, undoing
    from models.intake.actions.applying import apply_some

    monkeypatch.setattr(applying, "INLINE", 0)
    monkeypatch.setattr(undoing, "INLINE", 0)
    browser = sign_in(cast.dan)
    path = previewed(browser)
    browser.post(f"{path}/apply")
    page = browser.get(path)
    assert "0 of 1" in page.text
    assert 'http-equiv="refresh"' in page.text
    assert "Nobody is working on this" not in page.text
    assert people() == []
    batch = db.session.query(ImportBatch).one()
    assert apply_some(batch.id, by=cast.dan) is False
    db.session.commit()
    assert people() == ["Asha Patel"]
    answer = browser.get(path, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == path


def test_a_preview_can_be_put_aside(sign_in, cast, ambridge):
    browser = sign_in(cast.dan)
    path = previewed(browser)
    browser.post(f"{path}/discard")
    assert db.session.query(ImportRow).count() == 0
    assert "councillors.csv" in browser.get("/imports?state=discarded").text
    assert lists.tabs(IMPORTS, cast.dan)["Put aside"] == 1
    assert browser.post(f"{path}/apply").status_code == 409


def test_the_pages_ask_the_database_little(sign_in, cast, ambridge, queries):
    browser = sign_in(cast.dan)
    path = previewed(browser)
    for each in ("/imports", path, f"{path}?rows=refused", f"{path}/columns", f"{path}/teach"):
        before = len(queries)
        assert browser.get(each).status_code == 200
        assert len(queries) - before <= 12, each


def test_what_is_taken_but_to_be_looked_at_stands_in_a_view_of_its_own(sign_in, cast, ambridge):
    browser = sign_in(cast.dan)
    text = (
        "Name,Council,Membership number\nAsha Patel,Ambridge,Pending\nJo Hill,Ambridge,1234567\n"
        "Sam Sole,Ambridge,\n"
    )
    path = previewed(browser, text)
    page = browser.get(path)
    assert "1 row is taken, but look at it" in page.text
    assert "3 rows = 3 new" in page.text
    look = parse(browser.get(f"{path}?rows=look").text).text
    assert "‘Pending’ is not a membership number" in look
    assert "Asha Patel" in look
    assert "Jo Hill" not in look
    browser.post(f"{path}/apply")
    assert [one.number for one in db.session.query(UnionMembership)] == ["1234567"]


def test_a_preview_without_doubt_asks_nobody_to_look(sign_in, cast, ambridge):
    browser = sign_in(cast.dan)
    path = previewed(browser, "Name,Council\nAsha Patel,Ambridge\n")
    assert "but look at" not in browser.get(path).text
