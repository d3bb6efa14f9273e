"""An ask is put to many at once, followed on one page, and stays within its region."""

from datetime import date, timedelta

import pytest

from models import clock
from models.base import db
from models.contacts.tables import Interaction
from models.councillors.control.actions import record_control
from models.councillors.groups.actions import begin_group, join_group
from models.councillors.tables import OfficeRole, OfficeTerm
from models.delegates.tables import DelegateTerm
from models.disputes.actions import close_ask, note_reply, open_ask, put_ask
from models.disputes.queries.asks import ask_for, asks_for, replies_for, reply_for
from models.disputes.queries.employers import leads_for
from models.disputes.queries.sheet import sheet_for
from models.disputes.tables import AskPerson
from models.errors import Invalid, NotAllowed, NotFound, Refused
from models.people.tables import UnionMembership
from models.places.tables import UnionBranch
from tests.factories import (
    make_constituency,
    make_council,
    make_party,
    make_person,
    make_term,
    make_ward,
    saved,
)


@pytest.fixture
def ambridge(cast):
    return make_council("Ambridge", region=cast.regions["NWI"])


@pytest.fixture
def labour(cast):
    return make_party()


@pytest.fixture
def council_with_people(cast, ambridge, labour):
    """A leader, two members of ours of whom one is convenor, and somebody of another party."""
    abbey = make_ward(ambridge, seats=3)
    people = {}
    for name in ("Lena Frost", "Priya Kaur", "Sam West", "Tom Blue"):
        person = make_person(name, region=cast.regions["NWI"])
        term = make_term(person, ambridge, ward=abbey, party_id=labour.id)
        people[name.split()[0]] = (person, term)
    saved(OfficeRole(term_id=people["Lena"][1].id, kind="leader"))
    saved(OfficeRole(term_id=people["Sam"][1].id, kind="cabinet", detail="Housing"))
    branch = saved(UnionBranch(code="B1", name="Ambridge Works", region_id=cast.regions["NWI"].id))
    for name in ("Priya", "Sam"):
        saved(
            UnionMembership(
                person_id=people[name][0].id, employer="Amey Ambridge", branch_id=branch.id
            )
        )
    group = begin_group(ambridge, by=cast.bob)
    join_group(group, people["Priya"][0], role="convenor", by=cast.bob)
    return {name: person for name, (person, _) in people.items()}


def test_the_sheet_says_who_runs_the_council_and_who_is_ours(
    cast, ambridge, labour, council_with_people
):
    record_control(
        ambridge, kind="majority", party=labour, starts_on=date(2024, 5, 2), source="Council",
        by=cast.bob,
    )  # fmt: skip
    sheet = sheet_for(cast.bob, council=ambridge, employer="Amey")
    assert sheet.control.party is labour
    assert [line.person.given_name for line in sheet.executive] == ["Lena", "Sam"]
    assert [line.person.given_name for line in sheet.ours] == ["Priya", "Sam"]
    assert sheet.convenor.person.given_name == "Priya"
    assert [branch.name for branch in sheet.branches] == ["Ambridge Works"]
    assert {line.name.split()[0] for line in sheet.everybody()} == {"Lena", "Priya", "Sam"}


def test_another_region_sees_the_council_and_nobody_on_it(cast, ambridge, council_with_people):
    sheet = sheet_for(cast.eve, council=ambridge)
    assert (sheet.lines, sheet.group, sheet.branches, sheet.asks) == ([], None, [], [])


@pytest.fixture
def delegates_of_ambridge(cast):
    """Delegates to two parties that bear the council's name, one past; and one to another."""
    north, south = make_constituency("Ambridge North"), make_constituency("South Ambridge")
    elsewhere, nwi = make_constituency("Borchester"), cast.regions["NWI"]
    past = {"status": "resigned", "ended_on": clock.today(), "ended_from": "certified"}
    for name, area, values in (
        ("Dee North", north, {"status": "certified"}),
        ("Sid South", south, {}),
        ("Pat Past", north, past),
        ("Bo Elsewhere", elsewhere, {}),
    ):
        person = make_person(name, region=nwi)
        saved(DelegateTerm(person_id=person.id, constituency_id=area.id, **values))
    return {"north": north, "south": south}


def test_the_sheet_has_the_delegates_of_the_overlapping_parties(
    cast, ambridge, delegates_of_ambridge
):
    sheet = sheet_for(cast.bob, council=ambridge)
    found = [(line.name, line.clp) for line in sheet.delegates]
    assert found == [("Dee North", "Ambridge North CLP"), ("Sid South", "South Ambridge CLP")]
    assert [line.name for line in sheet.everybody()] == ["Dee North", "Sid South"]
    area = sheet_for(cast.bob, constituency=delegates_of_ambridge["south"])
    assert [line.name for line in area.delegates] == ["Sid South"]
    assert sheet_for(cast.eve, council=ambridge).delegates == []


def test_delegates_and_members_of_parliament_are_found_by_the_same_overlap(
    cast, ambridge, delegates_of_ambridge
):
    member = make_person("Mo Member", region=cast.regions["NWI"])
    north = delegates_of_ambridge["north"]
    saved(OfficeTerm(person_id=member.id, post="mp", constituency_id=north.id))
    sheet = sheet_for(cast.bob, council=ambridge)
    assert [line.name for line in sheet.above] == ["Mo Member"]
    assert sheet.delegates[0].constituency_id == sheet.above[0].term.constituency_id


def test_somebody_on_the_sheet_twice_is_asked_once(cast, ambridge, delegates_of_ambridge):
    lena = make_person("Lena Frost", region=cast.regions["NWI"])
    term = make_term(lena, ambridge)
    saved(OfficeRole(term_id=term.id, kind="leader"))
    north = delegates_of_ambridge["north"]
    saved(DelegateTerm(person_id=lena.id, constituency_id=north.id))
    everybody = sheet_for(cast.bob, council=ambridge).everybody()
    assert [line.name for line in everybody] == ["Lena Frost", "Dee North", "Sid South"]


def test_funding_is_shown_only_to_whoever_may_read_it(cast, ambridge):
    assert sheet_for(cast.bob, council=ambridge).funding == []
    assert sheet_for(cast.dan, council=ambridge).funding is None


def test_an_employers_name_leads_to_its_councils(cast, ambridge, council_with_people):
    assert [lead.council.name for lead in leads_for(cast.bob, "amey")] == ["Ambridge"]
    assert [lead.council.name for lead in leads_for(cast.bob, "Ambridge")] == ["Ambridge"]
    assert leads_for(cast.eve, "amey") == []


@pytest.fixture
def ask(cast, ambridge, council_with_people):
    return put_ask(
        [council_with_people["Lena"], council_with_people["Priya"]],
        title="Save the depot",
        body="Write to the chief executive.",
        channel="email",
        council=ambridge,
        employer="Amey Ambridge",
        by=cast.bob,
        form_key="once",
    )


def test_one_ask_is_a_contact_with_each_of_them(cast, ask, council_with_people):
    contacts = db.session.query(Interaction).all()
    assert len(contacts) == 2
    assert {one.summary for one in contacts} == {
        "Asked: Save the depot. Write to the chief executive."
    }
    assert council_with_people["Lena"].last_contacted_at is not None
    lines, total = asks_for(cast.bob)
    assert (total, lines[0].asked, lines[0].answered) == (1, 2, 0)


def test_the_same_form_twice_is_one_ask(cast, ask, council_with_people):
    again = put_ask(
        [council_with_people["Lena"]], title="Other", body="Text", channel="email", by=cast.bob,
        form_key="once",
    )  # fmt: skip
    assert again is ask


def test_replies_are_followed_until_the_ask_is_closed(cast, ask):
    asked = replies_for(cast.bob, ask)[0].asked
    note_reply(asked, ask, reply="yes", said="Wrote today.", by=cast.bob)
    line = ask_for(cast.bob, ask.id)
    assert (line.answered, asked.replied_on) == (1, clock.today())
    assert [one.asked.reply for one in replies_for(cast.bob, ask)] == ["waiting", "yes"]
    close_ask(ask, by=cast.bob)
    with pytest.raises(Refused):
        note_reply(asked, ask, reply="no", by=cast.bob)
    open_ask(ask, by=cast.bob)
    note_reply(asked, ask, reply="waiting", by=cast.bob)
    assert (asked.reply, asked.replied_on) == ("waiting", None)


def test_an_ask_stays_within_its_region(cast, ask):
    assert asks_for(cast.eve)[1] == 0
    with pytest.raises(NotFound):
        ask_for(cast.eve, ask.id)
    reply = db.session.query(AskPerson).first()
    with pytest.raises(NotFound):
        reply_for(cast.eve, reply.id)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": " "}, "title"),
        ({"body": ""}, "body"),
        ({"wanted_by": clock.today() - timedelta(days=1)}, "wanted_by"),
    ],
)
def test_what_cannot_be_asked_is_refused_whole(cast, council_with_people, facts, field):
    given = {"title": "Save the depot", "body": "Write.", "channel": "email", **facts}
    with pytest.raises(Invalid) as refusal:
        put_ask([council_with_people["Lena"]], by=cast.bob, **given)
    assert refusal.value.field == field
    assert db.session.query(Interaction).count() == 0


def test_nobody_is_asked_by_another_region_or_by_a_reader(cast, council_with_people):
    given = {"title": "Save the depot", "body": "Write.", "channel": "email"}
    with pytest.raises(NotFound):
        put_ask([council_with_people["Lena"]], by=cast.eve, **given)
    with pytest.raises(NotAllowed):
        put_ask([council_with_people["Lena"]], by=cast.terry, **given)
