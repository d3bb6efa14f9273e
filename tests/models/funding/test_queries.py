"""What each person reads: lists, the work queue, waiting amounts, search."""

import pytest

from models.base import db
from models.errors import NotFound
from models.funding.actions.decide import ask_for_changes
from models.funding.actions.draft import start_draft, submit
from models.funding.actions.undo import withdraw
from models.funding.queries.listed import page_of
from models.funding.queries.lists import (
    SORTS,
    Filters,
    applications_for,
    counts_for,
    find_applications,
)
from models.funding.queries.one import application_for
from models.funding.queries.work import queue_for, waiting_for
from tests.funding_factories import (
    make_awarded,
    make_contest,
    make_draft,
    make_fund,
    make_submitted,
)
from tests.payment_factories import pay_outright


@pytest.fixture
def world(cast):
    """In each of two regions one draft, one submitted and one awarded application."""
    make_fund(by=cast.alice)
    made = {}
    for region, officer, name in (
        (cast.regions["NWI"], cast.bob, "Ngaio North"),
        (cast.regions["SO"], cast.eve, "Sybil South"),
    ):
        made[region.code] = [
            maker(by=officer, region=region, contest=make_contest(region, name=name), **more)
            for maker, more in (
                (make_draft, {}),
                (make_submitted, {"amount_p": 250_00}),
                (make_awarded, {"officer": cast.alice}),
            )
        ]
    return made


def references(found):
    return {application.reference for application in found}


def test_each_reads_what_is_theirs(cast, world):
    north, south = (references(world[code]) for code in ("NWI", "SO"))
    awarded = {world[code][2].reference for code in ("NWI", "SO")}
    wanted = {
        "alice": north | south,
        "olive": north | south,
        "grace": north | south,
        "bob": north,
        "eve": south,
        "carol": awarded,
        "dan": set(),
        "terry": set(),
    }
    for name, expected in wanted.items():
        found, total = applications_for(getattr(cast, name))
        assert references(found) == expected, name
        assert total == len(expected)


def test_a_foreign_application_is_not_found(cast, world):
    with pytest.raises(NotFound):
        application_for(cast.bob, world["SO"][1].id)
    assert application_for(cast.bob, world["NWI"][1].id)


def test_pages_cover_everything_once_in_order(cast, world):
    for sort in SORTS:
        for descending in (True, False):
            pages = [
                applications_for(cast.alice, sort=sort, descending=descending, page=page, size=2)[0]
                for page in (1, 2, 3, 4)
            ]
            seen = [application.id for page in pages for application in page]
            assert len(seen) == len(set(seen)) == 6


def test_counts_are_by_state_and_by_reader(cast, world):
    counts = counts_for(cast.bob)
    assert (counts["draft"], counts["endorsed"], counts["awarded"], counts["paid"]) == (1, 1, 1, 0)
    assert counts_for(cast.alice, Filters(region_id=cast.regions["SO"].id))["draft"] == 1
    assert sum(counts_for(cast.carol).values()) == 2


def test_what_waits_is_summed_by_region_and_only_ones_own_is_told(cast, world):
    north, south = (cast.regions[code].id for code in ("NWI", "SO"))
    assert waiting_for(cast.alice).by_region == {north: 250_00, south: 250_00}
    assert waiting_for(cast.alice).total_p == 500_00
    assert waiting_for(cast.bob).by_region == {north: 250_00}
    assert waiting_for(cast.carol).total_p == 500_00  # the sum, not the applications


def queue(user):
    return [(row.verb, row.reference) for row in queue_for(user)]


def test_the_queue_asks_each_for_what_they_can_do(cast, world):
    draft, submitted, awarded = world["NWI"]
    assert queue(cast.bob) == [("Finish", draft.reference)]
    assert ("Decide", submitted.reference) in queue(cast.alice)
    assert [verb for verb, _ in queue(cast.carol)] == ["Pay", "Pay"]
    assert queue(cast.dan) == []
    ask_for_changes(submitted, reason="Which ward?", by=cast.alice)
    db.session.commit()
    assert ("Change", submitted.reference) in queue(cast.bob)
    assert ("Change", submitted.reference) not in queue(cast.eve)
    (row,) = [row for row in queue_for(cast.carol) if row.reference == awarded.reference]
    assert (row.person, row.amount_p, row.kind) == ("Ngaio North", 300_00, "pay")
    assert "Abbey, Ambridge" in row.place


def test_nobody_is_asked_to_decide_on_their_own(cast, world):
    own = make_draft(by=cast.alice, region=cast.regions["NWI"])
    submit(own, by=cast.alice)
    db.session.commit()
    assert ("Decide", own.reference) not in queue(cast.alice)
    assert ("Decide", own.reference) in queue(cast.olive)


def test_search_finds_by_reference_and_name_within_scope(cast, world):
    draft = world["NWI"][0]
    assert references(find_applications(cast.bob, draft.reference.lower())) == {draft.reference}
    assert references(find_applications(cast.bob, "nor nga")) == references(world["NWI"])
    assert find_applications(cast.bob, "sybil") == []
    assert find_applications(cast.bob, "  ") == []
    assert len(find_applications(cast.alice, "FA-", limit=4)) == 4
    assert find_applications(cast.alice, "100%_") == []


def test_a_list_takes_few_queries_however_long_it_is(cast, world, queries):
    db.session.expire_all()
    assert cast.alice.region_ids is None
    queries.statements.clear()
    found, _ = applications_for(cast.alice)
    for one in found:
        assert one.place_name
        assert one.candidate_name
        assert one.region.name
    assert len(queries) <= 2


def test_paid_applications_stay_in_finances_list(cast, world):
    awarded = world["NWI"][2]
    pay_outright(cast, awarded, reference="BACS")
    withdraw(world["SO"][2], by=cast.eve)
    db.session.commit()
    assert len(applications_for(cast.carol)[0]) == 2
    assert references(applications_for(cast.carol, Filters(status="paid"))[0]) == {
        awarded.reference
    }


def test_the_page_of_the_list_says_what_the_applications_say(cast, nwi, fund):
    make_submitted(by=cast.bob, region=nwi)
    application = make_submitted(by=cast.bob, region=nwi)
    application.person.known_as = "Pri"
    start_draft(region_id=nwi.id, by=cast.bob)
    db.session.commit()
    rows, total = applications_for(cast.alice)
    listed = page_of(cast.alice, Filters())
    assert total == len(listed) == 3
    for row, line in zip(rows, listed, strict=True):
        name = row.person.name if row.person else None
        assert (line.candidate, line.place, line.region) == (name, row.place_name, row.region.name)
        assert (line.id, line.requested_p, line.status) == (row.id, row.requested_p, row.status)
