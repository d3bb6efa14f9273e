"""The real list of candidates of May 2026, by path: one run, bounded, and again without effect."""

import csv
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from models.accounts.permits import OPERATOR
from models.base import db
from models.councillors.seats.tables import CandidateMatch
from models.councillors.tables import OfficeTerm
from models.elections.tables import Ballot, Candidacy, Election
from models.folding import fold
from models.people.tables import Person, UnionMembership
from models.places.actions import import_councils, load_reference
from models.places.queries.councils import council_by_text
from models.places.queries.parties import party_by_text
from models.places.tables import Ward
from reports.reader.shapes import FileRefused
from tests.intake import counts, imported, refused

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
FILE = DATA / "candidates" / "dc_candidates_may2026.csv"
OWN_RESULTS = DATA / "results" / "dc_results_2025.csv"
pytestmark = [
    pytest.mark.skipif(not FILE.is_file(), reason="the real data are not beside the checkout"),
    pytest.mark.slow,
]
POLL = date(2026, 5, 7)
HELD = 300


@pytest.fixture
def register(database):
    """The councils and parties that every installation has."""
    load_reference(by=OPERATOR)
    folder = DATA / "councils"
    import_councils(
        (folder / "uk_local_authorities_future.csv").read_bytes(),
        by=OPERATOR,
        spellings=(folder / "lookup_name_to_registry.csv").read_bytes(),
    )


@pytest.fixture
def holders(register):
    """Office holders made of names in the file, in this test's database only, nobody a member:
    a third as printed, a third without middle names, a third in another ward."""
    made = 0
    labour = party_by_text("Labour")
    for line in csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()):
        words = line["person_name"].split()
        if not line["party_name"].startswith("Labour") or len(words) < 3 or made == HELD:
            continue
        council = council_by_text(line["election_name"].removesuffix(" local election"))
        if council is None:
            continue
        given = " ".join(words[:-1]) if made % 3 == 0 else words[0]
        where = line["post_label"] if made % 3 != 2 else "Somewhere Else"
        ward = _ward(council, where)
        person = Person(
            given_name=given,
            family_name=words[-1].title(),
            given_key=fold(given),
            family_key=fold(words[-1]),
        )
        db.session.add(person)
        db.session.flush()
        db.session.add(
            OfficeTerm(
                person_id=person.id,
                council_id=council.id,
                ward_id=ward.id,
                party_id=labour.id,
                elected_on=date(2022, 5, 5),
                expected_end=date(2026, 5, 11),
            )
        )
        made += 1
    db.session.flush()


def _ward(council, name):
    key = fold(name)
    found = db.session.query(Ward).filter_by(council_id=council.id, name_key=key).one_or_none()
    if found is None:
        found = Ward(council_id=council.id, name=name, name_key=key)
        db.session.add(found)
        db.session.flush()
    return found


def test_the_national_file_comes_in_once_and_a_second_time_changes_nothing(holders, queries):
    given = {"data": FILE.read_bytes(), "name": FILE.name, "kind": "results"}
    people = db.session.query(Person).count()
    first = imported(**given)
    asked = len(queries.statements)
    assert first.rows == 26_805 == first.created + first.refused
    assert {why.split("‘")[0] for why in refused(first).values()} <= {"The council "}
    assert first.refused == 0, sorted(set(refused(first).values()))
    assert asked < 1_000, "the work is done in sets, not name by name"
    found = first.outline["matches"]
    assert all(found[how] >= 80 for how in ("exact", "names", "doubtful")), found
    assert found["exact"] + found["names"] + found["doubtful"] >= HELD * 0.95
    sure = db.session.query(Candidacy).filter(Candidacy.person_id.is_not(None)).count()
    assert sure == found["exact"] + found["names"]
    assert db.session.query(Person).count() == people, "nobody on a ballot becomes a person"
    assert db.session.query(UnionMembership).count() == 0, "nobody is made a member"
    homeless = db.session.query(Election).filter(
        Election.council_id.is_(None), Election.kind.in_(("local", "mayor"))
    )
    assert homeless.count() == 0, "every council is known by its spelling"
    before = _dump()
    again = imported(**given)
    assert counts(again) == (26_805, 0, 0, 26_805, 0)
    assert _dump() == before


def test_democracy_clubs_own_results_come_in_whole_and_a_second_time_change_nothing(register):
    given = {"data": OWN_RESULTS.read_bytes(), "name": OWN_RESULTS.name, "kind": "results"}
    lines = list(csv.DictReader(OWN_RESULTS.read_text(encoding="utf-8").splitlines()))
    first = imported(**given)
    assert counts(first) == (8_651, 8_651, 0, 0, 0), sorted(set(refused(first).values()))
    won = db.session.query(Candidacy).filter(Candidacy.elected)
    assert won.count() == sum(line["elected"] == "t" for line in lines) == 1_752
    assert db.session.query(Candidacy).filter(Candidacy.elected.is_(None)).count() == 22
    gone = {line["ballot_paper_id"] for line in lines if line["cancelled_poll"] == "t"}
    assert {one.code for one in db.session.query(Ballot).filter(Ballot.cancelled)} == gone
    assert db.session.query(Election).filter(Election.council_id.is_(None)).count() == 0
    assert db.session.query(Person).count() == 0
    before = _dump()
    assert counts(imported(**given)) == (8_651, 0, 0, 8_651, 0)
    assert _dump() == before


@pytest.mark.parametrize(
    ("name", "rows"), [("trafford_results_2018.csv", 0), ("trafford_results_2021.csv", 104)]
)
def test_a_councils_own_results_are_taken_where_they_say_the_day(register, name, rows):
    data = (DATA / "results" / name).read_bytes()
    given = {"name": name, "kind": "results", "fixed": {"council": "Trafford"}}
    if not rows:
        with pytest.raises(FileRefused, match="day of the poll"):
            imported(data, **given)
        return
    batch = imported(data, **given)
    assert counts(batch) == (rows, rows, 0, 0, 0)
    votes = {one.name: one.votes for one in db.session.query(Candidacy)}
    assert votes["Geraldine Philomena COGGINS"] == 2387, "her own, not the ward's 4,301"


def _dump():
    db.session.flush()
    return [
        sorted(map(tuple, db.session.execute(sa.select(model.__table__))), key=repr)
        for model in (Election, Ballot, Candidacy, CandidateMatch, OfficeTerm, Person)
    ]
