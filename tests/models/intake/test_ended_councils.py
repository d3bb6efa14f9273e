"""Files that name councils that are no more: nobody sits there today, and no poll is held there."""

from datetime import date

import pytest

from models.base import db
from models.councillors.tables import OfficeTerm
from models.elections.tables import Ballot, Election
from models.intake.tables import ImportRow
from models.places.tables import CouncilSuccession
from tests.factories import make_council, saved
from tests.intake import imported, preview, refused

HEAD = "Name,Council,Ward,Elected,Term ends\n"
RESULTS = "ballot_paper_id,council,post_label,person_name\n"


def ended(old, *heirs, on=date(2023, 4, 1), region=None):
    """An ended council, taken over by each of these."""
    gone = make_council(old, ends_on=on, region=region)
    taken = [make_council(name, region=region) for name in heirs]
    for heir in taken:
        saved(CouncilSuccession(from_id=gone.id, to_id=heir.id, on=on))
    db.session.commit()
    return gone, *taken


@pytest.mark.parametrize("elected", ["02/05/2024", "02/05/2019", ""])
def test_a_row_about_a_council_that_ended_names_the_one_that_took_over(cast, elected):
    ended("Scarborough", "North Yorkshire")
    batch = preview(HEAD + f"Wilma Thornbeck,Scarborough,Castle,{elected},\n")
    assert refused(batch) == {
        2: "Scarborough ended on 1 April 2023. It was taken over by North Yorkshire: "
        "enter that council instead."
    }


def test_a_council_that_was_divided_names_them_all(cast):
    ended("Cumbria", "Cumberland", "Westmorland and Furness")
    batch = preview(HEAD + "Wilma Thornbeck,Cumbria,Castle,,\n")
    assert "taken over by Cumberland and Westmorland and Furness:" in refused(batch)[2]


def test_who_took_over_in_turn_is_named(cast):
    _first, second = ended("West Somerset", "Somerset West and Taunton", on=date(2019, 3, 31))
    second.ends_on = date(2023, 4, 1)
    third = make_council("Somerset")
    saved(CouncilSuccession(from_id=second.id, to_id=third.id, on=date(2023, 4, 1)))
    db.session.commit()
    batch = preview(HEAD + "Wilma Thornbeck,West Somerset,Castle,,\n")
    assert "taken over by Somerset: enter" in refused(batch)[2]


def test_a_term_that_ended_with_its_council_is_taken(cast):
    gone, _heir = ended("Scarborough", "North Yorkshire")
    imported((HEAD + "Wilma Thornbeck,Scarborough,Castle,02/05/2019,01/04/2023\n").encode())
    assert db.session.query(OfficeTerm).one().council_id == gone.id


def test_the_old_name_of_the_same_place_means_the_council_of_today_and_that_is_said(cast):
    _gone, heir = ended("Dorset County", "Dorset Council", on=date(2019, 3, 31))
    batch = imported((HEAD + "Wilma Thornbeck,Dorset County,Castle,,\n").encode())
    assert db.session.query(OfficeTerm).one().council_id == heir.id
    row = db.session.query(ImportRow).filter_by(batch_id=batch.id).one()
    said = "Dorset County ended on 31 March 2019; Dorset Council is taken for it."
    assert said in (row.note or "")


def poll(day, council):
    slug = council.lower().replace(" ", "-")
    row = f"local.{slug}.castle.{day},{council},Castle,Wilma Thornbeck\n"
    return (RESULTS + row).encode()


def test_a_poll_held_while_the_council_stood_is_its_own(cast):
    gone, _heir = ended("Scarborough", "North Yorkshire")
    imported(poll("2019-05-02", "Scarborough"), kind="results")
    assert db.session.query(Election).one().council_id == gone.id


def test_a_poll_after_the_end_of_a_council_is_refused(cast):
    ended("Scarborough", "North Yorkshire")
    batch = imported(poll("2025-05-01", "Scarborough"), kind="results")
    assert "taken over by North Yorkshire" in refused(batch)[2]
    assert db.session.query(Ballot).count() == 0


def test_a_poll_under_the_old_name_of_the_same_place_is_the_successors(cast):
    _gone, heir = ended("Buckinghamshire County", "Buckinghamshire", on=date(2020, 3, 31))
    imported(poll("2025-05-01", "Buckinghamshire County"), kind="results")
    assert db.session.query(Election).one().council_id == heir.id
