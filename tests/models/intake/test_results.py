"""Candidates and results: names on ballots come onto the books, people do not."""

from datetime import date

import pytest

from models.base import db
from models.councillors.seats.actions import settle_name
from models.councillors.seats.tables import CandidateMatch
from models.councillors.tables import OfficeTerm
from models.elections.tables import Ballot, Candidacy, Election
from models.intake.queries.batches import edited_rows_for
from models.people.tables import Person
from tests.factories import make_council, make_party, make_person, make_term, make_ward
from tests.intake import changes, counts, dump, imported, preview, refused, taken_back

POLL = date(2026, 5, 7)
HEAD = (
    "election_id,election_name,ballot_paper_id,post_id,post_label,seats_contested,cancelled,"
    "person_id,person_name,party_name,party_ec_id,party_list_position"
)


def line(number, name, party="Labour Party", ward="Abbey", council="Ambridge", by=""):
    slug, at = ward.lower(), f"local.{council.lower()}"
    return (
        f"{at}.2026-05-07,{council} local election,{at}.{slug}{by}.2026-05-07,"
        f"gss:E05000001,{ward},2,False,{number},{name},{party},PP53,"
    )


def file(*lines):
    return "\n".join([HEAD, *lines]).encode()


@pytest.fixture
def ambridge(cast):
    return make_council("Ambridge", region=cast.regions["NWI"])


@pytest.fixture
def priya(cast, ambridge):
    """A councillor for Abbey whose time is up in May 2026."""
    person = make_person("Priya Kaur", region=cast.regions["NWI"])
    abbey, labour = make_ward(ambridge), make_party()
    term = make_term(
        person, ambridge, ward=abbey, party_id=labour.id, expected_end=date(2026, 5, 11)
    )
    return person, term


def test_a_file_of_candidates_makes_contests_and_names_but_no_people(ambridge):
    batch = imported(
        file(
            line(1, "Priya KAUR"),
            line(2, "Sam WEST", "Green Party"),
            line(3, "Ann LEE", ward="Mill"),
        ),
        kind="results",
    )
    assert counts(batch) == (3, 3, 0, 0, 0)
    election = db.session.query(Election).one()
    assert (election.poll_on, election.council_id, election.kind) == (POLL, ambridge.id, "local")
    assert sorted(one.area for one in db.session.query(Ballot)) == ["Abbey", "Mill"]
    assert db.session.query(Candidacy).count() == 3
    assert db.session.query(Person).count() == 0


def test_the_same_file_again_changes_nothing(ambridge, priya):
    given = file(line(1, "Priya KAUR"), line(2, "Sam WEST", "Green Party"))
    imported(given, kind="results")
    before = dump()
    assert counts(imported(given, kind="results")) == (2, 0, 0, 2, 0)
    assert dump() == before


def test_an_office_holder_is_recognised_by_name_ward_and_party(ambridge, priya):
    person, term = priya
    batch = imported(
        file(
            line(1, "Priya D KAUR", "Labour and Co-operative Party"),
            line(2, "Priya KAUR", "Green Party"),
        ),
        kind="results",
    )
    found = batch.outline["matches"]
    assert (found["exact"], found["names"], found["doubtful"]) == (0, 1, 0)
    match = db.session.query(CandidateMatch).one()
    assert (match.term_id, match.how, match.verdict) == (term.id, "names", "same")
    assert db.session.get(Candidacy, match.candidacy_id).person_id == person.id


def test_results_settle_the_names_that_stand_already_and_nothing_ends_by_itself(ambridge, priya):
    _, term = priya
    imported(file(line(1, "Priya KAUR"), line(2, "Sam WEST", "Green Party")), kind="results")
    results = (
        b"council,ward,candidate,party,votes,elected,poll date\n"
        b'Ambridge,Abbey,Priya Kaur,Labour Party,"1,204",yes,7 May 2026\n'
        b"Ambridge,Abbey,Sam West,Green Party,311,no,7 May 2026\n"
    )
    batch = imported(results, kind="results")
    assert counts(batch) == (2, 0, 2, 0, 0)
    assert changes(batch)[2]["votes"] == [None, "1204"]
    stood = {one.name: (one.votes, one.elected) for one in db.session.query(Candidacy)}
    assert stood["Priya Kaur"] == (1204, True)
    assert (term.actual_end, db.session.query(OfficeTerm).count()) == (None, 1)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (line(1, "Priya KAUR", council="Borchester"), "council ‘Borchester’ is not known"),
        (line(1, ""), "name is empty"),
        (line(1, "Priya KAUR").replace("2026-05-07", "2026-13-07"), "day of the poll"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(ambridge, row, why):
    assert why in refused(preview(file(row), kind="results"))[2]


def test_a_name_twice_on_one_ballot_is_refused_the_second_time(ambridge):
    batch = preview(file(line(1, "Priya KAUR"), line(1, "Priya KAUR")), kind="results")
    assert counts(batch) == (2, 1, 0, 0, 1)
    assert "in row 2" in refused(batch)[3]


def test_a_region_brings_in_its_own_contests_only(cast, ambridge):
    make_council("Kent", region=cast.regions["SO"])
    batch = preview(
        file(line(1, "Priya KAUR"), line(2, "Sam WEST", council="Kent")),
        kind="results",
        by=cast.bob,
    )
    assert counts(batch) == (2, 1, 0, 0, 1)
    assert "not in your region" in refused(batch)[3]


def test_an_import_is_taken_back_whole_but_for_what_a_human_settled(cast, ambridge, priya):
    _, term = priya
    batch = imported(
        file(line(1, "Priya KAUR", ward="Mill"), line(2, "Sam WEST", "Green Party")), kind="results"
    )
    match = db.session.query(CandidateMatch).one()
    assert (match.how, match.verdict) == ("doubtful", None)
    settle_name(match, term, same=True, by=cast.bob)
    taken_back(batch)
    assert [one.name for one in db.session.query(Candidacy)] == ["Priya KAUR"]
    left = edited_rows_for(cast.alice, batch)
    assert [row.number for row in left] == [2]


def test_by_elections_are_contests_of_their_own(ambridge):
    imported(file(line(1, "Priya KAUR"), line(2, "Sam WEST", by=".by")), kind="results")
    assert sorted(one.by_election for one in db.session.query(Ballot)) == [False, True]
