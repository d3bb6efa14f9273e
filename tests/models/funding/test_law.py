"""The law at an award, on both databases: what blocks, what is answered and kept."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from models import clock
from models.base import db
from models.budget.tables import LedgerEntry
from models.errors import Invalid, Refused
from models.funding.actions import decide
from models.funding.actions.draft import save_draft
from models.funding.coding import Coding
from models.funding.queries.law import law_answers_of, law_card
from models.funding.queries.one import answers_of, steps_of
from models.funding.rules import Answers
from models.funding.tables import LawAnswer
from tests.factories import make_council, make_person, make_ward
from tests.funding_factories import (
    CODING,
    first_leaf,
    make_awarded,
    make_contest,
    make_draft,
    make_submitted,
)
from tests.law import load_law

POLL = date(2099, 5, 7)
TO_CANDIDATE = Coding(legal_class="candidate", s72_category="c")
OWN = Coding(legal_class="s75", s72_category="f", electorate=7_500)
AUTHORITY = {"authority": "J. Agent, in the file", "authority_on": date(2026, 1, 5)}


@pytest.fixture
def law(cast):
    load_law(cast.alice)


def award(cast, application, coding=CODING, answers=None, amount_p=300_00, **values):
    return decide.award(
        application,
        amount_p=amount_p,
        node=first_leaf(application),
        by=cast.alice,
        coding=coding,
        answers=answers,
        **values,
    )


@pytest.mark.parametrize(
    ("coding", "field"),
    [
        (Coding(), "legal_class"),
        (Coding(legal_class="candidate"), "s72_category"),
        (Coding(legal_class="gift", s72_category="c"), "legal_class"),
        (Coding(legal_class="party-unit", s72_category="a"), "recipient"),
        (Coding(legal_class="training", s72_category="c", electorate=-5), "electorate"),
        (Coding(legal_class="training", s72_category="c", electorate=10**12), "electorate"),
        (Coding(legal_class="training", s72_category="c", joint=9), "joint"),
        (Coding(legal_class="training", s72_category="c", area="city"), "area"),
    ],
)
def test_an_award_that_is_not_coded_is_refused_at_its_field(cast, submitted, coding, field):
    with pytest.raises(Invalid) as refusal:
        award(cast, submitted, coding)
    assert refusal.value.field == field
    assert submitted.status == "endorsed"
    assert not db.session.scalars(sa.select(LedgerEntry).where(LedgerEntry.award_id > 0)).all()


def test_the_general_fund_pays_no_political_object(cast, submitted):
    submitted.fund.fund_type = "general"
    db.session.commit()
    with pytest.raises(Refused, match="out of the political fund only"):
        award(cast, submitted)


def test_class_and_category_are_kept_with_who_and_when(cast, submitted):
    award(cast, submitted, Coding(legal_class="training", s72_category="c"))
    db.session.commit()
    kept = submitted.law
    assert (kept.legal_class, kept.s72_category) == ("training", "c")
    assert kept.classed_by_id == cast.alice.id
    assert clock.london_day(kept.classed_at) == clock.today()


def test_a_warning_needs_an_answer_and_the_answer_is_kept(cast, law, submitted):
    with pytest.raises(Invalid, match=r"lifts Priya Kaur over £50\.00") as refusal:
        award(cast, submitted, TO_CANDIDATE)
    assert refusal.value.field == "answer_over_threshold"
    award(cast, submitted, TO_CANDIDATE, {"over-threshold": " The agent has our letter. "})
    db.session.commit()
    (kept,) = law_answers_of(submitted)
    assert (kept.warning, kept.answer) == ("over-threshold", "The agent has our letter.")
    assert (kept.by_id, kept.step_id) == (cast.alice.id, steps_of(submitted)[0].id)
    assert "£300.00 from the union in the calendar year" in kept.shown


def test_answers_cannot_be_rewritten(cast, law, submitted):
    award(cast, submitted, TO_CANDIDATE, {"over-threshold": "Told."})
    db.session.commit()
    for change in (sa.update(LawAnswer).values(answer="x"), sa.delete(LawAnswer)):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), db.session.begin_nested():
            db.session.execute(change)


def test_gifts_to_one_recipient_add_up_over_the_year(cast, law, fund, nwi):
    make_awarded(by=cast.bob, region=nwi, officer=cast.alice)
    second = make_submitted(by=cast.bob, region=nwi)
    with pytest.raises(Invalid, match=r"lifts ambridge clp over £500\.00.*£300\.00 before"):
        award(cast, second, Coding(legal_class="party-unit", s72_category="a",
                                   recipient="ambridge clp"))  # fmt: skip
    other = Coding(legal_class="party-unit", s72_category="a", recipient="Borchester CLP")
    assert award(cast, second, other).status == "awarded"


def test_other_support_for_the_same_candidate_counts_to_the_limit(cast, law, fund, nwi):
    contest = make_contest(nwi)
    contest.ward.electorate = 1_000
    db.session.commit()
    first = make_awarded(by=cast.bob, region=nwi, officer=cast.alice, contest=contest)
    first.contest_key = None  # as a second fund's would be
    db.session.commit()
    second = make_submitted(by=cast.bob, region=nwi, contest=contest)
    card = law_card(second)
    words = {line.label: line.words for line in card.lines}
    assert words["Candidate's limit"] == "£1,040.00 for 1,000 electors"
    assert words["Left of the limit"] == (
        "£440.00, after £300.00 here and £300.00 of other known support"
    )


def test_own_campaigning_adds_up_over_a_ward_and_is_blocked_above_the_permitted_sum(
    cast, law, fund, nwi
):
    council = make_council(region=nwi)
    ward = make_ward(council)
    contests = []
    for name in ("Priya Kaur", "Sam Smith"):
        contest = make_contest(nwi, name=name)
        contest.council, contest.ward = council, ward
        contests.append(contest)
    first, second = (
        make_submitted(by=cast.bob, region=nwi, contest=contest, amount_p=50_00)
        for contest in contests
    )
    award(cast, first, OWN, amount_p=50_00)
    db.session.commit()
    with pytest.raises(Invalid, match=r"£100\.00, which is £12\.50 above the permitted £87\.50"):
        award(cast, second, OWN, amount_p=50_00)
    db.session.rollback()
    authorised = Coding(**{**vars(OWN), **AUTHORITY})
    award(cast, second, authorised, amount_p=50_00)
    db.session.commit()
    assert second.law.authority == "J. Agent, in the file"


def test_a_draft_keeps_what_is_asked_for_the_law(cast, fund, nwi):
    draft = make_draft(by=cast.bob, region=nwi, electorate=7_500, joint=2)
    answers = answers_of(draft)
    assert (answers.electorate, answers.joint, answers.area) == (7_500, 2, None)
    for wrong, field in (({"electorate": 0}, "electorate"), ({"joint": 4}, "joint")):
        with pytest.raises(Invalid) as refusal:
            save_draft(draft, answers=Answers(**{**vars(answers), **wrong}), by=cast.bob)
        assert refusal.value.field == field


def test_what_the_region_said_stays_where_the_award_is_silent(cast, fund, nwi):
    submitted = make_submitted(by=cast.bob, region=nwi, electorate=7_500, joint=2)
    award(cast, submitted)
    assert (submitted.law.electorate, submitted.law.joint) == (7_500, 2)


def test_a_candidate_of_two_contests_has_two_limits(cast, law, fund, nwi):
    person = make_person("Priya Kaur", region=nwi)
    contests = [make_contest(nwi) for _ in range(2)]
    for contest in contests:
        contest.person = person
    make_awarded(by=cast.bob, region=nwi, officer=cast.alice, contest=contests[0])
    second = make_submitted(by=cast.bob, region=nwi, contest=contests[1], electorate=7_500)
    words = {line.label: line.words for line in law_card(second).lines}
    assert words["Left of the limit"] == "£1,260.00, after £300.00 here"


def test_an_award_before_the_notice_keeps_an_answer_and_needs_none(cast, fund, nwi, law):
    """It is true of most awards: the page proposes the usual words; a person may change them."""
    kept = []
    for number, said in enumerate(({}, {"too-early": "To be paid once nominated."})):
        contest = make_contest(nwi, name=f"Tom Archer {number}")
        with clock.set_to(datetime(2027, 1, 11, 9, tzinfo=UTC)):
            waiting = make_submitted(
                by=cast.bob, region=nwi, contest=contest, poll_on=date(2027, 5, 6), amount_p=40_00
            )
            coding = Coding(legal_class="candidate", s72_category="c")
            decide.award(
                waiting, amount_p=40_00, node=first_leaf(waiting), by=cast.alice, coding=coding,
                answers=said,
            )  # fmt: skip
        kept.append([one.warning for one in law_answers_of(waiting)])
    assert kept == [[], ["too-early"]]
