"""GMB groups as pages, and the council's seats: coverage, convenor, whip, control."""

from datetime import date

import pytest

from models.audit import AuditEntry
from models.base import db
from models.councillors.control.tables import ControlPeriod
from models.councillors.groups.actions import (
    begin_group,
    correct_meeting,
    note_meeting,
    remove_meeting,
)
from models.councillors.groups.tables import UnionGroup, UnionGroupMember
from models.errors import Refused
from models.people.tables import UnionMembership
from models.places.tables import Ward
from tests.dom import parse
from tests.factories import make_council, make_party, make_person, make_term, make_ward, saved


@pytest.fixture
def council(cast):
    council = make_council("Ambridge", region=cast.regions["NWI"])
    ward, labour = make_ward(council, seats=3), make_party()
    for name in ("Priya Kaur", "Sam West"):
        person = make_person(name, region=cast.regions["NWI"])
        make_term(person, council, ward=ward, party_id=labour.id)
        saved(UnionMembership(person_id=person.id))
    return council


def test_a_council_without_a_group_is_shown_first_and_gets_one(sign_in, cast, council, queries):
    browser = sign_in(cast.bob)
    before = len(queries)
    page = browser.get("/groups").text
    assert len(queries) - before <= 12
    assert "1 council with councillors of ours but no group" in page
    answer = browser.post(f"/groups/on/{council.id}")
    group = db.session.query(UnionGroup).one()
    assert answer.location == f"/groups/{group.id}"
    people = [person.id for person in _people()]
    for person_id in people:
        browser.post(
            f"/groups/{group.id}/members",
            data={"person": person_id, "role": "convenor", "whip": "held"},
        )
    roles = {one.person_id: one.role for one in db.session.query(UnionGroupMember)}
    assert roles == {people[0]: "member", people[1]: "convenor"}, "one convenor at a time"
    member = db.session.query(UnionGroupMember).first()
    browser.post(f"/groups/members/{member.id}", data={"role": "member", "whip": "withdrawn"})
    browser.post(
        f"/groups/{group.id}/meetings", data={"on": "2026-10-01", "attended": "2", "about": "Pay"}
    )
    page = browser.get(f"/groups/{group.id}").text
    assert "Whip withdrawn" in page
    assert "2 came: Pay" in page
    assert sign_in(cast.eve).get(f"/groups/{group.id}").status_code == 404
    assert sign_in(cast.eve).post(f"/groups/on/{council.id}").status_code == 404


def test_a_meeting_noted_by_a_slip_is_changed_or_taken_out(sign_in, cast, council):
    browser = sign_in(cast.bob)
    group = begin_group(council, by=cast.bob)
    slip = note_meeting(group, on=date(2026, 10, 1), attended=2, about="Pay", by=cast.bob)
    db.session.commit()
    path = f"/groups/meetings/{slip.id}"
    form = parse(browser.get(path).text)
    assert form.by_id("on")["value"] == "2026-10-01"
    assert browser.post(path, data={"on": "2026-10-02", "attended": "999"}).status_code == 422
    browser.post(path, data={"on": "2026-10-02", "attended": "12", "about": "Pay and pensions"})
    page = browser.get(f"/groups/{group.id}").text
    assert "2 October 2026, 12 came: Pay and pensions" in page
    assert sign_in(cast.eve).get(path).status_code == 404
    assert sign_in(cast.eve).post(f"{path}/remove").status_code == 404
    sign_in(cast.bob).post(f"{path}/remove")
    assert "Pay and pensions" not in sign_in(cast.bob).get(f"/groups/{group.id}").text
    assert browser.get(path).status_code == 404
    last = db.session.query(AuditEntry).order_by(AuditEntry.seq.desc()).first()
    assert (last.event, last.before["about"]) == ("group.meeting_removed", "Pay and pensions")


def test_the_meetings_of_a_group_that_ended_stay_as_they_are(cast, council):
    group = begin_group(council, by=cast.bob)
    held = note_meeting(group, on=date(2026, 10, 1), by=cast.bob)
    group.ends_on = date(2026, 11, 1)
    for change in (lambda: correct_meeting(held, on=held.on, about="No", by=cast.bob),
                   lambda: remove_meeting(held, by=cast.bob)):  # fmt: skip
        with pytest.raises(Refused, match="has ended"):
            change()


def _people():
    members = db.session.query(UnionMembership).order_by(UnionMembership.id)
    return [type("P", (), {"id": one.person_id}) for one in members]


def test_the_seats_of_a_council_on_any_day(sign_in, cast, council, queries):
    browser = sign_in(cast.bob)
    before = len(queries)
    page = browser.get(f"/places/councils/{council.id}/seats").text
    assert len(queries) - before <= 12
    assert "Labour Party: majority of 1" in page
    assert "Abbey" in page
    page = browser.get(f"/places/councils/{council.id}/seats?on=2020-01-01").text
    assert "Nobody is on the books for this day" in page
    page = browser.get(f"/places/councils/{council.id}?on=2020-01-01").text
    assert "In office on 1 January 2020" in page
    assert "Priya Kaur" not in page


def test_the_seats_of_a_ward_are_said_and_its_vacancies_follow(sign_in, cast, council):
    browser = sign_in(cast.bob)
    path = f"/places/councils/{council.id}/ward-seats"
    ward_id = db.session.query(Ward).one().id
    assert browser.post(path, data={f"ward_{ward_id}": "99"}).status_code == 422
    browser.post(path, data={f"ward_{ward_id}": "5"})
    page = browser.get(f"/places/councils/{council.id}/seats").text
    assert "Too few seats are known (2 of 5)" in page
    assert sign_in(cast.eve).get(path).status_code == 404


def test_who_runs_a_council_is_recorded_with_its_source(sign_in, cast, council):
    browser = sign_in(cast.bob)
    path = f"/places/councils/{council.id}/control"
    form = {"kind": "none", "starts_on": "2024-05-02", "source": "The council"}
    assert browser.post(path, data={**form, "source": ""}).status_code == 422
    browser.post(path, data=form)
    browser.post(path, data={**form, "kind": "joint", "starts_on": "2025-05-01"})
    ended = [one.ends_on for one in db.session.query(ControlPeriod).order_by(ControlPeriod.id)]
    assert [str(day) for day in ended] == ["2025-05-01", "None"]
    assert browser.post(path, data=form).status_code == 422
    assert sign_in(cast.eve).get(path).status_code == 404
