"""The queue of stale facts, and what a look at one comes to."""

from datetime import timedelta

import pytest

from models import clock
from models.errors import Invalid, NotAllowed, NotFound, Refused
from models.freshness.actions.checking import (
    cannot_reach,
    note_bounce,
    set_half_life,
    undo_check,
    verify,
)
from models.freshness.actions.scoring import keep_scores
from models.freshness.queries.facts import half_lives
from models.freshness.queries.queue import QueueFilter, fact_for, queue_for
from models.freshness.queries.scores import (
    coverage_for,
    network_growth,
    scores_over_time,
    scores_today,
)
from tests.factories import make_person


def queue(user, **narrowed):
    return queue_for(user, QueueFilter(**narrowed))[0]


def kinds(rows):
    return [row.kind.key for row in rows]


def test_what_nobody_ever_checked_and_what_is_too_old_is_due(cast, priya):
    assert sorted(kinds(queue(cast.bob))) == ["email", "mobile", "office"]


def test_a_fact_found_right_leaves_the_queue_and_says_when_and_by_whom(cast, priya):
    verify(priya.mail, by=cast.bob)
    assert "email" not in kinds(queue(cast.bob))
    assert priya.mail.verified_on == clock.today()
    assert priya.mail.verified_by_id == cast.bob.id


def test_taking_a_check_back_leaves_the_fact_as_it_was(cast, priya):
    before = (priya.mail.verified_on, priya.mail.source)
    check = verify(priya.mail, by=cast.bob)
    undo_check(check, by=cast.bob)
    assert (priya.mail.verified_on, priya.mail.source) == before
    assert "email" in kinds(queue(cast.bob))
    with pytest.raises(Refused, match="already"):
        undo_check(check, by=cast.bob)


def test_a_check_is_not_taken_back_once_the_fact_was_changed(cast, priya):
    check = verify(priya.mail, by=cast.bob)
    priya.mail.verified_on = clock.today() - timedelta(days=3)
    with pytest.raises(Refused, match="changed since"):
        undo_check(check, by=cast.bob)


def test_bounced_mail_stands_first_until_the_fact_is_found_right(cast, priya):
    verify(priya.mail, by=cast.bob)
    assert [check.kind for check in note_bounce("PRIYA@example.org")] == ["email"]
    first = queue(cast.bob)[0]
    assert (first.kind.key, first.dead) == ("email", "Mail bounced")
    assert note_bounce("priya@example.org") == [], "it is noted once"
    verify(priya.mail, by=cast.bob)
    assert "email" not in kinds(queue(cast.bob))


def test_undoing_a_verification_opens_the_bounce_again(cast, priya):
    note_bounce("priya@example.org")
    undo_check(verify(priya.mail, by=cast.bob), by=cast.bob)
    assert queue(cast.bob)[0].dead == "Mail bounced"


def test_what_could_not_be_reached_rests_and_then_stands_first(cast, priya):
    cannot_reach(priya.mobile, by=cast.bob)
    assert "mobile" not in kinds(queue(cast.bob))
    with clock.set_to(clock.now() + timedelta(days=15)):
        first = queue(cast.bob)[0]
    assert (first.kind.key, first.dead) == ("mobile", "Could not be reached")


def test_only_a_bad_outcome_is_noted_as_bad(cast, priya):
    with pytest.raises(Invalid, match="how it was found"):
        cannot_reach(priya.mobile, verdict="verified", by=cast.bob)


def test_people_outside_the_network_and_without_an_office_are_not_chased(cast, priya):
    make_person("Nobody Special", region=cast.regions["NWI"])
    assert {row.person.id for row in queue(cast.bob)} == {priya.person.id}


def test_another_region_neither_sees_nor_checks_the_fact(cast, priya):
    assert queue(cast.eve) == []
    with pytest.raises(NotFound):
        fact_for(cast.eve, "email", priya.mail.id)
    with pytest.raises(NotFound):
        verify(priya.mail, by=cast.eve)


def test_who_only_reads_checks_nothing(cast, priya):
    with pytest.raises(NotAllowed):
        verify(priya.mail, by=cast.terry)


def test_the_queue_is_narrowed_to_a_kind_and_a_region(cast, priya):
    assert kinds(queue(cast.alice, kind="office")) == ["office"]
    assert queue(cast.alice, region_id=cast.regions["SO"].id) == []
    assert len(queue(cast.alice, region_id=cast.regions["NWI"].id)) == 3


def test_who_matters_more_stands_higher(cast, priya):
    from models.councillors.tables import OfficeRole
    from tests.factories import make_term, saved

    other = make_person("Owen Davies", region=cast.regions["NWI"])
    saved(OfficeRole(term_id=make_term(other, priya.council).id, kind="leader"))
    first = queue(cast.bob)[0]
    assert first.person.id == other.id
    assert "Leads or whips" in first.weights


def test_a_longer_half_life_keeps_a_fact_fresh(cast, priya):
    set_half_life("email", days=3000, by=cast.alice)
    assert half_lives()["email"] == 3000
    assert "email" not in kinds(queue(cast.bob))
    with pytest.raises(NotAllowed):
        set_half_life("email", days=30, by=cast.bob)


def test_the_score_is_kept_once_a_day(cast, priya):
    verify(priya.mail, by=cast.bob)
    region = cast.regions["NWI"].id
    today = next(one for one in scores_today(cast.alice) if one.region.id == region)
    assert (today.facts, today.fresh) == (3, 1)
    keep_scores()
    verify(priya.mobile, by=cast.bob)
    keep_scores()
    kept = scores_over_time(cast.alice)[region]
    assert kept == {clock.today(): 67}
    assert scores_over_time(cast.eve).keys() == {cast.regions["SO"].id}


def test_coverage_counts_the_known_verified_and_contacted_of_each_council(cast, priya):
    priya.term.verified_on = clock.today()
    priya.person.last_contacted_at = clock.now()
    (cover,) = coverage_for(cast.bob)
    assert (cover.known, cover.verified, cover.contacted, cover.joined) == (1, 1, 1, 0)
    assert coverage_for(cast.eve) == []


def test_the_network_grows_when_somebody_joins(cast, priya):
    from models.councillors.tables import NetworkMembership
    from tests.factories import saved

    saved(
        NetworkMembership(
            person_id=priya.person.id,
            status="joined",
            started_at=clock.now() - timedelta(days=200),
            changed_by_id=cast.bob.id,
        )
    )
    growth = [count for _day, count in network_growth(cast.bob)]
    assert growth[0] == 0
    assert growth[-1] == 1
    assert growth == sorted(growth)
