"""The reorganisation of Borsetshire, as it goes: two districts and a county become two unitaries.

Felpersham and Ambridge are districts of Borsetshire, which is a county. On 1 April 2026 they end,
and North Borsetshire and South Borsetshire begin. Their shadow authorities were elected in May
2025. All of it is invented.
"""

from datetime import date

import pytest

from models.base import db
from models.councillors.actions import NewTerm, add_term, change_term, end_term
from models.councillors.groups.actions import begin_group
from models.councillors.reorganising.actions import apply, plan_reorganisation, undo, vest
from models.councillors.reorganising.tables import Reorganisation
from models.councillors.reorganising.typed import Typed
from models.councillors.reorganising.writes import preview
from models.councillors.seats.queries.scope import held_on
from models.councillors.tables import OfficeTerm
from models.errors import Invalid, NotAllowed, Refused
from models.people.queries.seeing import visible_people
from models.people.tables import Person
from models.places.queries.councils import council_by_text, successors_of
from models.places.queries.regions import region_of_council
from models.places.queries.wards import ward_of, wards_of
from models.places.tables import Council, Ward, WardSuccession
from tests.factories import make_council, make_person, make_term, make_ward

SHADOW_POLL = date(2025, 5, 1)
VESTING = date(2026, 4, 1)
OLD = "Felpersham\nAmbridge\nBorsetshire"
NEW = (
    "NBO; North Borsetshire; unitary; NWI; Felpersham, Borsetshire\n"
    "SBO; South Borsetshire; unitary; NWI; Ambridge, Borsetshire"
)
WARDS = (
    "Felpersham; Cathedral; NBO; Cathedral and Quays; 2\n"
    "Felpersham; Quays; NBO; Cathedral and Quays; 2\n"
    "Ambridge; Village; SBO; Village; 1\n"
    "Borsetshire; North Division; NBO; Cathedral and Quays; 2\n"
    "Borsetshire; South Division; SBO; Village; 1"
)


@pytest.fixture
def county(cast):
    """The three councils with their wards, all in Bob's region."""
    region = cast.regions["NWI"]
    wards = {
        "Felpersham": ("Cathedral", "Quays"),
        "Ambridge": ("Village",),
        "Borsetshire": ("North Division", "South Division"),
    }
    for name, names in wards.items():
        council = make_council(name, region=region, kind="county" if name[0] == "B" else "district")
        for ward in names:
            make_ward(council, ward, seats=1)
    return wards


def seat(name, council, ward, **values):
    found = council_by_text(council)
    person = db.session.query(Person).filter_by(family_name=name.split()[-1]).one_or_none()
    person = person or make_person(name, region=region_of_council(found.id))
    values.setdefault("expected_end", date(2027, 5, 10))
    return make_term(
        person, found, ward=ward_of(found, ward), elected_on=date(2023, 5, 4), **values
    )


@pytest.fixture
def seated(county):
    """Dora sits on her district and on the county: she is dual-hatted. Eddie has a district seat,
    and Clive one on the county alone."""
    return {
        "dora at Felpersham": seat("Dora Bell", "Felpersham", "Cathedral"),
        "dora at the county": seat("Dora Bell", "Borsetshire", "North Division"),
        "eddie": seat("Eddie Grange", "Ambridge", "Village"),
        "clive": seat("Clive Horrobin", "Borsetshire", "South Division"),
    }


@pytest.fixture
def plan(cast, seated):
    return plan_reorganisation(
        title="Borsetshire", vesting_on=VESTING, typed=Typed(OLD, NEW, WARDS), by=cast.alice
    )


def everything():
    tables = (Council, Ward, OfficeTerm, WardSuccession)
    db.session.flush()
    db.session.expire_all()
    return [
        sorted(
            str([getattr(row, column.key) for column in model.__mapper__.column_attrs])
            for row in db.session.query(model)
        )
        for model in tables
    ]


def test_the_story(cast, seated, plan):
    # The office plans it, and sees everything that would change before anything does.
    before = everything()
    shown = [f"{one.what}: {one.about} {one.change}" for one in preview(plan, by=cast.alice)]
    assert everything() == before, "a preview writes nothing"
    for sentence in (
        "Council ends: Borsetshire ends on 1 April 2026; its region stays, so that its people "
        "stay seen",
        "New council: North Borsetshire begins on 1 April 2026 and follows Felpersham, Borsetshire",
        "Region: South Borsetshire belongs to North West & Irish",
        "Successor: Ambridge is followed by South Borsetshire",
        "New ward: Cathedral and Quays, North Borsetshire out of Cathedral, Quays, North Division",
        "Ward goes to: Village goes to Village",
        "Term runs to vesting day: Dora Bell, Cathedral, Felpersham expected end 10 May 2027 "
        "becomes 1 April 2026",
    ):
        assert sentence in shown
    assert sum("Term runs to vesting day" in line for line in shown) == 4, "all four, Dora twice"

    # It is applied as one batch. The new councils are there; nobody's office has ended.
    apply(plan, by=cast.alice)
    north, south = council_by_text("NBO"), council_by_text("South Borsetshire")
    felpersham, county = council_by_text("Felpersham"), council_by_text("Borsetshire")
    assert [one.name for one in successors_of(county)] == [north.name, south.name]
    assert region_of_council(north.id).code == "NWI"
    assert [ward.seats for ward in wards_of(north)] == [2]
    assert {term.expected_end for term in seated.values()} == {VESTING}
    assert {term.actual_end for term in seated.values()} == {None}

    # Dora and Clive were elected to the shadow authorities. Dora now wears three hats.
    dora = db.session.get(Person, seated["dora at Felpersham"].person_id)
    clive = db.session.get(Person, seated["clive"].person_id)
    for person, council in ((dora, north), (clive, south)):
        add_term(
            person,
            NewTerm(council, wards_of(council)[0], elected_on=SHADOW_POLL),
            by=cast.bob,
        )
    assert hats(dora, date(2025, 6, 1)) == {"Felpersham", "Borsetshire", "North Borsetshire"}

    # On vesting day the offices on the old councils end, with the reason. Shadow terms run on.
    begin_group(felpersham, by=cast.bob)
    assert len(preview(plan, by=cast.alice)) == 5, "four offices and one group"
    vest(plan, by=cast.alice)
    assert {term.actual_end for term in seated.values()} == {VESTING}
    assert {term.end_reason for term in seated.values()} == {"abolished"}
    assert hats(dora, VESTING) == {"North Borsetshire"}
    assert hats(clive, VESTING) == {"South Borsetshire"}
    assert hats(db.session.get(Person, seated["eddie"].person_id), VESTING) == set()

    # As at the day before, everything is as it was; and nobody is lost from sight.
    assert hats(dora, date(2026, 3, 31)) == {"Felpersham", "Borsetshire", "North Borsetshire"}
    seen = db.session.query(Person).filter(visible_people(cast.bob)).count()
    assert seen == 3


def hats(person, day):
    """The councils on which somebody sat on a day."""
    terms = db.session.query(OfficeTerm).filter(OfficeTerm.person_id == person.id, held_on(day))
    return {term.council.name for term in terms}


def test_it_is_taken_back_whole(cast, seated, plan):
    before = everything()
    apply(plan, by=cast.alice)
    vest(plan, by=cast.alice)
    undo(plan, by=cast.alice)
    assert everything() == before
    assert (plan.state, plan.written) == ("undone", [])


def test_it_is_not_taken_back_over_somebody_elses_work(cast, seated, plan):
    apply(plan, by=cast.alice)
    north = council_by_text("NBO")
    dora = db.session.get(Person, seated["dora at Felpersham"].person_id)
    add_term(dora, NewTerm(north, elected_on=SHADOW_POLL), by=cast.bob)
    with pytest.raises(Refused, match="North Borsetshire: used since by office term"):
        undo(plan, by=cast.alice)
    assert plan.state == "applied"


def test_a_term_changed_since_is_named(cast, seated, plan):
    apply(plan, by=cast.alice)
    end_term(seated["eddie"], by=cast.bob, on=date(2026, 3, 1), reason="resigned")
    change_term(seated["clive"], by=cast.bob, values={"expected_end": None})
    with pytest.raises(Refused, match=r"Clive Horrobin.*changed since"):
        undo(plan, by=cast.alice)


def test_no_office_ends_before_vesting_day(cast, seated):
    plan = plan_reorganisation(
        title="Later", vesting_on=date(2099, 4, 1), typed=Typed(OLD, NEW, WARDS), by=cast.alice
    )
    apply(plan, by=cast.alice)
    with pytest.raises(Refused):
        vest(plan, by=cast.alice)


@pytest.mark.parametrize(
    ("lines", "field", "says"),
    [
        ({"old": ""}, "old", "which councils end"),
        ({"old": "Nowhere"}, "old", "Line 1"),
        ({"new": ""}, "new", "which councils begin"),
        ({"new": "NBO; North"}, "new", "Line 1: write it as"),
        ({"new": NEW.splitlines()[0]}, "old", "needs one that follows"),
        ({"new": NEW.replace("NWI", "Mars")}, "new", "no union region"),
        ({"wards": "Felpersham; Harbour; NBO; Quays; 2"}, "wards", "no ward “Harbour”"),
        ({"wards": "Felpersham; Quays; XXX; Quays; 2"}, "wards", "no new council"),
        ({"wards": "Felpersham; Quays; NBO; Quays; two"}, "wards", "no number"),
    ],
)
def test_a_plan_that_leaves_something_in_the_air_is_refused(cast, county, lines, field, says):
    typed = Typed(**{"old": OLD, "new": NEW, "wards": WARDS, **lines})
    with pytest.raises(Invalid, match=says) as refusal:
        plan_reorganisation(title="X", vesting_on=VESTING, typed=typed, by=cast.alice)
    assert refusal.value.field == field
    assert db.session.query(Reorganisation).count() == 0


def test_only_the_national_office_reorganises(cast, seated, plan):
    for who in (cast.bob, cast.dan, cast.grace):
        with pytest.raises(NotAllowed):
            preview(plan, by=who)
        with pytest.raises(NotAllowed):
            apply(plan, by=who)
