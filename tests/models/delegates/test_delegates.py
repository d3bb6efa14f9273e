"""Delegates are recorded, moved on, ended and taken back by whoever may, and read by them."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from models import audit, clock
from models.base import db
from models.delegates.actions import (
    NewDelegate,
    add_delegate,
    change_delegate,
    move_delegate,
    take_back,
)
from models.delegates.list import DELEGATES
from models.delegates.queries import clps_with_delegates, delegate_for, delegates_of
from models.delegates.tables import DelegateTerm
from models.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from models.merging.actions.merging import merge
from models.merging.actions.undoing import unmerge
from models.merging.queries.pairs import rows_of
from models.places.tables import UnionBranch
from tests import lists
from tests.factories import make_constituency, make_council, make_person, make_term, saved

TODAY = clock.today()


@pytest.fixture
def term(cast, priya, preston, branch):
    return add_delegate(priya, NewDelegate(preston, branch), by=cast.bob)


def move(term, step, by, **values):
    return move_delegate(term, step=step, on=values.pop("on", TODAY), by=by, **values)


def test_a_term_goes_from_the_nomination_to_its_end(cast, term):
    assert (term.status, term.place) == ("nominated", "Preston CLP, for Lancashire branch")
    move(term, "certify", cast.bob)
    assert term.certified_on == TODAY
    move(term, "credential", cast.bob)
    move(term, "end", cast.bob, reason="Somebody else was appointed")
    assert (term.status, term.ended_on, term.why) == (
        "ended",
        TODAY,
        "Somebody else was appointed",
    )


def test_the_branch_need_not_be_known_and_a_delegate_of_old_is_recorded_as_such(
    cast, priya, preston
):
    new = NewDelegate(preston, status="credentialled", certified_on=TODAY - timedelta(days=200))
    term = add_delegate(priya, new, by=cast.bob)
    assert (term.status, term.place) == ("credentialled", "Preston CLP")


def test_a_person_has_one_open_term_at_a_clp(cast, priya, preston, term):
    with pytest.raises(Conflict) as refusal:
        add_delegate(priya, NewDelegate(preston), by=cast.bob)
    assert refusal.value.field == "constituency"
    assert "Priya Kaur has an open term at Preston CLP already" in refusal.value.message
    add_delegate(priya, NewDelegate(make_constituency("Chorley")), by=cast.bob)
    move(term, "resign", cast.bob)
    add_delegate(priya, NewDelegate(preston), by=cast.bob)
    assert [one.status for one in delegates_of(priya)] == [
        "nominated",
        "nominated",
        "resigned",
    ]


def test_the_database_itself_holds_one_open_term_and_what_over_means(cast, term):
    same = {"person_id": term.person_id, "constituency_id": term.constituency_id}
    for values in (
        {"status": "certified"},
        {"status": "ended"},
        {"status": "certified", "ended_on": TODAY, "ended_from": "certified"},
        {"status": "ended", "ended_on": TODAY},
        {"status": "elected"},
    ):
        with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
            db.session.execute(sa.insert(DelegateTerm).values(**same, **values))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"status": "ended"}, "status"),
        ({"starts_on": TODAY, "ends_on": TODAY}, "ends_on"),
        ({"certified_on": TODAY}, "certified_on"),
    ],
)
def test_what_makes_no_sense_is_refused_on_its_field(cast, priya, preston, values, field):
    with pytest.raises(Invalid) as refusal:
        add_delegate(priya, NewDelegate(preston, **values), by=cast.bob)
    assert refusal.value.field == field
    assert delegates_of(priya) == []


def test_a_step_that_is_not_possible_is_refused_and_says_why(cast, term):
    with pytest.raises(Refused) as refusal:
        move(term, "credential", cast.bob)
    assert refusal.value.message == "That step is not possible: the term is nominated."
    with pytest.raises(Refused) as refusal:
        move(term, "reject", cast.bob)
    assert refusal.value.field == "reason"
    with pytest.raises(Invalid):
        move(term, "certify", cast.bob, on=TODAY + timedelta(days=1))
    assert term.status == "nominated"


def test_every_step_is_taken_back_one_by_one(cast, term):
    for step in ("certify", "credential", "lapse"):
        move(term, step, cast.bob)
    seen = []
    for _ in range(3):
        take_back(term, by=cast.bob)
        seen.append((term.status, term.ended_on, term.certified_on))
    assert seen == [
        ("credentialled", None, TODAY),
        ("certified", None, TODAY),
        ("nominated", None, None),
    ]
    with pytest.raises(Refused):
        take_back(term, by=cast.bob)


def test_an_end_stands_where_there_is_a_later_term(cast, priya, preston, term):
    move(term, "resign", cast.bob)
    add_delegate(priya, NewDelegate(preston), by=cast.bob)
    with pytest.raises(Conflict):
        take_back(term, by=cast.bob)
    assert (term.status, term.ended_on) == ("resigned", TODAY)


def test_branch_and_days_are_corrected_and_an_older_term_too(cast, term, branch):
    move(term, "certify", cast.bob)
    move(term, "resign", cast.bob)
    day = TODAY - timedelta(days=30)
    change_delegate(
        term, by=cast.bob, values={"branch": None, "certified_on": day, "source": "Branch"}
    )
    assert (term.branch, term.certified_on, term.source) == (None, day, "Branch")
    with pytest.raises(Invalid):
        change_delegate(term, by=cast.bob, values={"status": "certified"})


def test_nobody_changes_a_delegate_of_another_region_or_without_the_permit(
    cast, priya, preston, term
):
    for by, refusal in ((cast.eve, NotFound), (cast.terry, NotAllowed), (cast.grace, NotAllowed)):
        for act in (
            lambda by: add_delegate(priya, NewDelegate(preston), by=by),
            lambda by: change_delegate(term, by=by, values={"source": "x"}),
            lambda by: move(term, "certify", by),
            lambda by: take_back(term, by=by),
        ):
            with pytest.raises(refusal):
                act(by)
    assert (term.status, term.source) == ("nominated", None)


def test_a_region_appoints_from_its_own_branches_and_leaves_another_ones_alone(
    cast, priya, preston, term
):
    other = saved(UnionBranch(code="K05", name="Kent", region_id=cast.regions["SO"].id))
    with pytest.raises(Invalid) as refusal:
        change_delegate(term, by=cast.bob, values={"branch": other})
    assert refusal.value.field == "branch"
    change_delegate(term, by=cast.alice, values={"branch": other})
    change_delegate(term, by=cast.bob, values={"branch": other, "source": "Kent"})
    assert (term.branch, term.source) == (other, "Kent")


def test_every_change_is_in_the_audit(database, cast, term):
    move(term, "certify", cast.bob)
    change_delegate(term, by=cast.bob, values={"source": "Branch"})
    take_back(term, by=cast.bob)
    database.commit()
    entries = database.query(audit.AuditEntry).order_by(audit.AuditEntry.seq).all()[-4:]
    assert [one.event for one in entries] == [
        "delegate.added",
        "delegate.moved",
        "delegate.changed",
        "delegate.taken_back",
    ]
    assert entries[1].before == {"status": "nominated", "certified_on": None}
    assert entries[1].after == {"status": "certified", "certified_on": TODAY.isoformat()}


@pytest.fixture
def network(cast, branch, preston):
    """Open terms in two regions, ending soon and over; a past one; one of somebody archived."""
    ann = make_person("Ann Lee", region=cast.regions["NWI"])
    ben = make_person("Ben Árpád", region=cast.regions["SO"])
    cat = make_person("Cat Moss")
    make_term(cat, make_council(region=cast.regions["SO"]))
    gone = make_person("Flo Gone", region=cast.regions["NWI"], archived_at=clock.now())
    dover = make_constituency("Dover and Deal")
    for person, area, days, more in (
        (ann, preston, 60, {"branch_id": branch.id, "status": "certified"}),
        (ben, dover, -1, {"status": "credentialled"}),
        (cat, dover, 61, {}),
        (gone, preston, 10, {}),
        (ann, dover, None, {"status": "ended", "ended_on": TODAY, "ended_from": "certified"}),
    ):
        ends_on = TODAY + timedelta(days=days) if days is not None else None
        values = {"person_id": person.id, "constituency_id": area.id, "ends_on": ends_on}
        saved(DelegateTerm(**values, **more))
    return {"preston": preston, "dover": dover, "ann": ann}


def names(reader, **args):
    return lists.names(DELEGATES, reader, **args)


def test_the_list_shows_each_reader_their_own(cast, network):
    assert names(cast.alice) == ["Ben", "Ann", "Cat"]
    assert names(cast.bob) == ["Ann"]
    assert names(cast.eve) == ["Ben", "Cat"]


def test_the_list_can_be_narrowed_and_sorted(cast, network):
    alice = cast.alice
    assert names(alice, region="NWI") == ["Ann"]
    assert names(alice, region="SO") == ["Ben"]
    assert names(alice, clp=network["dover"].id) == ["Ben", "Cat"]
    assert names(alice, status="nominated") == ["Cat"]
    assert names(alice, state="soon") == ["Ann"]
    assert names(alice, state="over") == ["Ben"]
    assert names(alice, state="past") == ["Ann"]
    assert len(names(alice, state="any")) == 4
    assert names(alice, sort="clp") == ["Ben", "Cat", "Ann"]
    assert names(alice, sort="end") == ["Ben", "Ann", "Cat"]
    assert names(alice, sort="-end") == ["Cat", "Ann", "Ben"]


def test_the_tabs_count_what_they_list(cast, network):
    tabs = lists.tabs(DELEGATES, cast.alice)
    assert tabs == {"Current": 3, "Ends soon": 1, "Over?": 1, "Past": 1, "All": 4}
    assert lists.tabs(DELEGATES, cast.bob)["Current"] == 1
    assert [one.name for one in clps_with_delegates(cast.eve)] == ["Dover and Deal"]


def test_another_regions_delegate_is_not_there(cast, term):
    assert delegate_for(cast.bob, term.id) is term
    for reader, delegate_id in ((cast.eve, term.id), (cast.bob, 987_654)):
        with pytest.raises(NotFound):
            delegate_for(reader, delegate_id)


def test_a_merge_carries_the_terms_and_gives_them_back(cast, priya, preston, term):
    twin = make_person("Pria Kaur", region=cast.regions["NWI"])
    chorley = make_constituency("Chorley")
    for area in (preston, chorley):
        add_delegate(twin, NewDelegate(area), by=cast.bob)
    done = merge(priya, twin, by=cast.bob)
    assert [one.constituency for one in delegates_of(priya)] == [chorley, preston]
    assert [row.table for row in rows_of(done, "parked")] == ["delegate_term"]
    unmerge(done, by=cast.bob)
    assert [one.constituency for one in delegates_of(priya)] == [preston]
    assert [one.constituency for one in delegates_of(twin)] == [chorley, preston]
