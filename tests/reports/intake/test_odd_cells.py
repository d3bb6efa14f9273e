"""Cells that are not what they look like: each costs itself, and makes up nothing about anybody."""

import io
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from models.accounts.permits import OPERATOR
from models.base import db
from models.elections.tables import Ballot, Candidacy
from models.intake.actions.batches import unknown_in
from models.intake.queries.batches import rows_for
from models.intake.rows import LOOK
from models.people.tables import Person, UnionMembership
from models.places.actions import load_reference
from tests.factories import make_council, make_party
from tests.intake import counts, imported, preview, refused

FAILING = Path(__file__).resolve().parents[4] / "shared" / "data" / "failing"


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def notes(batch):
    rows, _ = rows_for(OPERATOR, batch, verdict=LOOK, size=100)
    return {row.number: row.note or "" for row in rows}


@pytest.fixture(autouse=True)
def trafford(database, cast):
    make_party()
    return make_council("Trafford", region=cast.regions["NWI"], code="TRF")


# Membership numbers

NOON = datetime.fromisoformat("2026-03-01 12:00")
ODD = ["No", "Pending", 0, "000000", "Member", NOON, date(2026, 3, 1), True, False]
ODD += ["N", "Yes", "applied", "Applied 2024", "01/03/2026", 2019, 12, "x", "Awaiting number"]


@pytest.mark.parametrize("kind", ["councillors", "people"])
def test_no_word_nought_or_day_makes_somebody_a_member(kind):
    head = ("Name", "Membership number", "Email", "Council", "Ward")
    names = [f"Ola Odd{'abcdefghijklmnopqrstuvwxyz'[at]}" for at in range(len(ODD))]
    rows = [
        (name, odd, f"{name[-4:].lower()}@example.org", "Trafford", "Hale")
        for name, odd in zip(names, ODD, strict=True)
    ]
    batch = imported(workbook(head, *rows), name="list.xlsx", kind=kind)
    assert counts(batch) == (len(ODD), len(ODD), 0, 0, 0), refused(batch)
    assert db.session.query(UnionMembership).count() == 0
    said = notes(batch)
    assert all("Membership number left out: ‘" in said[at + 2] for at in range(len(ODD))), said


@pytest.mark.parametrize("blank", ["tbc", "n/a", "-", "unknown", ""])
def test_a_number_that_nobody_knows_is_a_blank_without_a_note(blank):
    batch = imported(f"Name,Council,Membership number\nOla Odd,Trafford,{blank}\n")
    assert (batch.created, notes(batch)) == (1, {})


def test_a_list_of_people_known_by_nothing_but_a_word_is_refused_and_says_why():
    batch = preview("Name,Membership number\nOla Odd,Pending\n", kind="people")
    assert "Give one of them" in refused(batch)[2]
    rows, _ = rows_for(OPERATOR, batch, verdict="refused")
    assert "‘Pending’ is not a membership number" in (rows[0].note or "")


# Names

HEAD = "First name,Surname,Council,Membership number\n"


@pytest.mark.parametrize("word", ["Na", "None", "Nan", "Null", "True", "Tba", "NA", "nil"])
@pytest.mark.parametrize("first", [True, False])
def test_somebody_called_like_a_word_for_nothing_is_somebody(word, first):
    given, family = (word, "Lindqvist") if first else ("Jung-Soo", word)
    batch = imported(f"{HEAD}{given},{family},Trafford,1000001\n")
    assert counts(batch) == (1, 1, 0, 0, 0), refused(batch)
    person = db.session.query(Person).one()
    stored = (person.given_name.casefold(), person.family_name.casefold())
    assert stored == (given.casefold(), family.casefold())
    assert db.session.query(UnionMembership).one().number == "1000001"


@pytest.mark.parametrize("word", ["Na", "None", "Nan", "Null", "True", "Tba"])
def test_so_is_somebody_whose_whole_name_begins_or_ends_with_it(word):
    batch = imported(f"Name,Council\n{word} Lindqvist,Trafford\nKofi {word},Trafford\n")
    assert counts(batch) == (2, 2, 0, 0, 0), refused(batch)
    names = {(one.given_name, one.family_name) for one in db.session.query(Person)}
    assert names == {(word, "Lindqvist"), ("Kofi", word)}


@pytest.mark.parametrize(
    ("given", "family"),
    [("None", "None"), ("nan", "nan"), ("n/a", "n/a"), ("", "Null"), ("-", "-")],
)
def test_a_row_of_nothing_but_such_words_is_nobody(given, family):
    batch = preview(f"{HEAD}{given},{family},Trafford,\nAnn,Lee,Trafford,\n")
    assert batch.created == 1
    assert refused(batch)


@pytest.mark.parametrize(
    "cell", ["Vacant", "VACANCY", "Vacant seat", "TBC", "None", "TBA seat", "n/a", "To be elected"]
)
def test_a_seat_without_anybody_is_no_person(cell):
    batch = preview(f"Name,Council\n{cell},Trafford\nAnn Lee,Trafford\n")
    assert batch.created == 1
    assert "is a vacancy" in refused(batch)[2]


def test_a_surname_that_excel_made_true_is_true_again():
    cells = [("First name", "Surname", "Council"), ("Rachel", True, "Trafford")]
    imported(workbook(*cells), name="list.xlsx")
    assert db.session.query(Person).one().family_name == "True"


def test_an_empty_whole_name_beside_its_parts_is_no_fault():
    batch = preview("Name,First name,Surname,Council\n,Ann,Lee,Trafford\n")
    assert batch.created == 1


# Results

RESULTS = (
    "person_id,person_name,election_id,ballot_paper_id,party_name,post_label,cancelled_poll,"
    "seats_contested,organisation_name,votes_cast,elected\n"
)


def result(number, name, ward="longford", *, cancelled="f", votes="", elected="f", kind="local"):
    at = f"{kind}.trafford" if kind != "parl" else "parl"
    where = "House of Commons" if kind == "parl" else "Trafford"
    return (
        f"{number},{name},{at}.2026-05-07,{at}.{ward}.2026-05-07,Labour Party,{ward},{cancelled},"
        f"1,{where},{votes},{elected}\n"
    )


def test_democracy_clubs_own_layout_is_taken_as_it_is():
    batch = imported(
        RESULTS
        + result(1, "Wilma Thornbeck", votes=1300, elected="t")
        + result(2, "Ben Beecham", votes=900)
        + result(3, "Cal Cedarholt", "lostock", cancelled="t", elected=""),
        kind="results",
    )
    assert counts(batch) == (3, 3, 0, 0, 0), refused(batch)
    elected = {one.name: one.elected for one in db.session.query(Candidacy)}
    assert elected == {"Wilma Thornbeck": True, "Ben Beecham": False, "Cal Cedarholt": None}
    assert {one.area: one.cancelled for one in db.session.query(Ballot)} == {
        "longford": False,
        "lostock": True,
    }


@pytest.mark.parametrize("word", ["perhaps", "tt", "2", "Labour"])
def test_an_unknown_word_about_the_poll_is_a_fault_and_never_no(word):
    batch = preview(RESULTS + result(1, "Wilma Thornbeck", cancelled=word), kind="results")
    assert f"‘{word}’ does not say whether the poll was cancelled" in refused(batch)[2]


@pytest.mark.parametrize("word", ["t", "TRUE", "Y", "yes", "1", "Cancelled", "x"])
def test_every_yes_cancels_the_poll(word):
    imported(RESULTS + result(1, "Wilma Thornbeck", cancelled=word), kind="results")
    assert db.session.query(Ballot).one().cancelled is True


def test_a_file_that_says_otherwise_about_a_poll_on_the_books_is_to_be_looked_at():
    imported(RESULTS + result(1, "Wilma Thornbeck"), kind="results")
    later = RESULTS + result(1, "Wilma Thornbeck", cancelled="t", elected="t")
    batch = preview(later, kind="results")
    assert "this poll was held; the file says cancelled" in notes(batch)[2]


def test_a_parliament_has_no_council_and_is_not_asked_for_one():
    row = result(1, "Wilma Thornbeck", "stretford", votes=20000, elected="t", kind="parl")
    batch = imported(RESULTS + row, kind="results")
    assert counts(batch) == (1, 1, 0, 0, 0), refused(batch)
    assert unknown_in(batch, by=OPERATOR) == []
    head = "person_id,person_name,ballot_paper_id,post_label,votes_cast,elected\n"
    row = "1,Wilma Thornbeck,parl.stretford.2026-05-07,Stretford,20000,t\n"
    assert preview(head + row, kind="results").refused == 0


def test_a_council_election_without_a_council_is_still_asked_for_one():
    from reports.reader.shapes import FileRefused

    head = "person_name,ballot_paper_id,post_label\n"
    with pytest.raises(FileRefused, match="mapped to the council"):
        preview(head + "Wilma Thornbeck,local.x.hale.2026-05-07,Hale\n", kind="results")


VOTES = "poll date,ward,candidate surname,candidate forenames,election result,{}\n"
NAMES = ("THORNBECK,Wilma,ELECTED", "BEECHAM,Ben,NOT ELECTED", "CEDARHOLT,Cal,NOT ELECTED")


def votes(heading, *cells):
    lines = [f"2026-05-07,Hale,{name},{cell}" for name, cell in zip(NAMES, cells, strict=True)]
    given = VOTES.format(heading) + "\n".join(lines) + "\n"
    return preview(given.encode(), kind="results", fixed={"council": "Trafford"})


@pytest.mark.parametrize("own", ["votes_won", "candidate votes", "Votes"])
def test_the_candidates_own_votes_go_before_those_of_the_ward(own):
    batch = votes(f"votes_cast,{own}", "4301,2387", "4301,1567", "4301,347")
    rows, _ = rows_for(OPERATOR, batch)
    assert [row.given["values"]["votes"] for row in rows] == ["2387", "1567", "347"]
    assert rows[0].given["values"]["candidate"] == "Wilma THORNBECK"
    assert batch.created == 3


def test_the_wards_ballots_are_not_taken_for_everybodys_votes():
    batch = votes("votes_cast", "4301", "4301", "4301")
    assert batch.refused == 3
    assert "everybody on this ballot has 4301" in refused(batch)[2]


def test_votes_of_their_own_may_be_headed_votes_cast():
    assert votes("votes_cast", "2387", "1567", "347").created == 3


# The files themselves, where they lie beside the checkout


@pytest.mark.skipif(not FAILING.is_dir(), reason="the failing files are not beside the checkout")
@pytest.mark.parametrize(
    ("name", "kind", "rows"),
    [
        ("01-dc-results-t-f.csv", "results", 3),
        ("06-membership-number-words.xlsx", "councillors", 6),
        ("17-na-names.csv", "councillors", 3),
        ("18-true-surname.xlsx", "councillors", 1),
    ],
)
def test_the_files_that_failed_are_taken(name, kind, rows):
    load_reference(by=OPERATOR)
    batch = imported((FAILING / name).read_bytes(), name=name, kind=kind)
    assert counts(batch) == (rows, rows, 0, 0, 0), refused(batch)
    members = {"17-na-names.csv": 3}.get(name, 0)
    assert db.session.query(UnionMembership).count() == members


# Errors, formulas, headings between the rows, moments


@pytest.mark.parametrize("cell", ["#N/A", "#REF!", '"=VLOOKUP(A1)"', "0", "2026-03-01"])
def test_what_names_no_place_makes_no_ward(cell):
    batch = preview(f"Name,Council,Ward\nAnn Lee,Trafford,{cell}\nBen Hill,Trafford,Hale\n")
    assert batch.created == 1
    assert "Ward: ‘" in refused(batch)[2]


def test_excels_true_is_no_ward_but_an_error_beside_the_person_costs_itself_only():
    cells = [("Name", "Council", "Ward"), ("Ann Lee", "Trafford", True)]
    assert "not a name" in refused(preview(workbook(*cells), name="list.xlsx"))[2]
    batch = preview("Name,Council,Telephone\nAnn Lee,Trafford,#REF!\n")
    assert batch.created == 1
    assert "Telephone left out: ‘#REF!’" in notes(batch)[2]


def test_section_headings_and_footnotes_become_nobody():
    cells = [
        ("Name", "Ward", "Party", "Telephone"),
        ("ALTRINCHAM",),
        ("Ann Ashgrove", "Altrincham", "Labour Party", "01632 960123"),
        ("BOWDON",),
        ("Ben Beecham", "Bowdon", "Labour Party", "01632 960124"),
        ("* elected at a by-election",),
    ]
    batch = imported(workbook(*cells), name="list.xlsx", fixed={"council": "Trafford"})
    assert counts(batch) == (2, 2, 0, 0, 0)
    assert any("one cell alone is no record (‘ALTRINCHAM’" in one for one in batch.outline["notes"])


def test_a_moment_with_its_zone_is_the_day_in_london():
    moments = ("2022-05-04T23:00:00.000Z", "2022-05-05T00:00:00+01:00", "2022-05-05T23:00:00")
    lines = [f"{name} Lee,Trafford,{at}" for name, at in zip("Abc", moments, strict=True)]
    batch = preview("Name,Council,Elected\n" + "\n".join(lines) + "\n")
    rows, _ = rows_for(OPERATOR, batch)
    assert {row.given["values"]["elected_on"] for row in rows} == {"2022-05-05"}


def test_in_a_text_file_only_capitals_and_footnotes_are_no_record():
    lines = "ALTRINCHAM,,\nAnn Ashgrove,Altrincham,Labour Party\nBen Beecham,,\n* by-election,,\n"
    more = "Cal Cedar,Hale,Labour Party\nDee Dale,Hale,Labour Party\n"
    batch = preview(
        f"Name,Ward,Party\n{lines}{more}", columns={"Name": "name"}, fixed={"council": "Trafford"}
    )
    rows, _ = rows_for(OPERATOR, batch)
    assert [row.number for row in rows] == [3, 4, 6, 7]
