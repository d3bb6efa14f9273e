"""What eligibility said when an application was awarded is kept, on both databases."""

import pytest

from models import audit, clock
from models.base import db
from models.budget.queries.tree import tree_for
from models.errors import Invalid
from models.funding.actions.batch import award_many
from models.funding.actions.decide import award
from models.funding.batch import Chosen, Terms
from models.funding.coding import Coding
from models.funding.eligibility.actions import overrule
from models.funding.eligibility.queries.judging import results_of
from models.funding.eligibility.queries.kept import results_when_awarded
from models.people.actions.memberships import MembershipFacts, add_membership
from models.people.actions.political import set_political_fund
from tests.funding_factories import CODING, first_leaf, make_fund, make_submitted

WHY = "She opts in today."


@pytest.fixture
def overruled(cast, submitted):
    """An application whose candidate has opted out, which Olive overruled."""
    set_political_fund(submitted.person, status="opted-out", starts_on=clock.today(), by=cast.bob)
    overrule(submitted, rule="political-fund", reason=WHY, by=cast.olive)
    db.session.commit()
    return submitted


def awarded(application, by):
    award(application, amount_p=300_00, node=first_leaf(application), by=by, coding=CODING)
    db.session.commit()
    return application


def test_every_rule_is_kept_in_its_words_with_who_overruled_it(cast, overruled):
    said = results_of(overruled)
    assert results_when_awarded(overruled) == ()
    awarded(overruled, cast.alice)
    assert results_when_awarded(overruled) == said
    political = next(one for one in said if one.rule.key == "political-fund")
    assert (political.overruled.by, political.overruled.reason) == (cast.olive.name, WHY)
    assert list(audit.broken_links()) == []


def test_it_stays_as_it_was_when_the_records_change(cast, overruled):
    awarded(overruled, cast.alice)
    before = results_when_awarded(overruled)
    add_membership(overruled.person, MembershipFacts(number="1234567"), by=cast.bob)
    db.session.commit()
    assert results_of(overruled) != before
    assert results_when_awarded(overruled) == before


def test_an_award_that_is_refused_keeps_nothing(cast, submitted):
    with pytest.raises(Invalid):
        award(submitted, amount_p=0, node=first_leaf(submitted), by=cast.alice)
    db.session.commit()
    assert results_when_awarded(submitted) == ()


def test_a_batch_keeps_it_for_each_in_as_few_statements(cast, nwi, queries):
    make_fund(by=cast.alice, share_p=50_000_00)
    several = [make_submitted(by=cast.bob, region=nwi) for _ in range(23)]
    said = {one.id: results_of(one) for one in several}
    head = tree_for(cast.alice).heads[0].node_id
    coding = Coding(legal_class="candidate", s72_category="c")
    took = []
    for part in (several[:3], several[3:]):
        chosen = [Chosen(one.id, 300_00) for one in part]
        queries.statements.clear()
        award_many(chosen, terms=Terms(head_id=head, coding=coding), by=cast.alice)
        db.session.commit()
        took.append(len(queries.statements))
    assert took[1] <= took[0] + 5
    assert {one.id: results_when_awarded(one) for one in several} == said
