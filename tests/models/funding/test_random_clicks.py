"""A long row of random clicks by everybody: no step is skipped and the money always adds up."""

import random
from collections import Counter

from models import clock
from models.base import db
from models.budget.faults import ledger_faults
from models.errors import DomainError
from models.funding.actions.decide import ask_for_changes, award, decline, mark_paid
from models.funding.actions.draft import save_draft, start_draft, submit
from models.funding.actions.undo import withdraw
from models.funding.coding import Coding
from models.funding.queries.cases import case_of
from models.funding.queries.one import steps_of
from models.funding.workflow import STEPS
from tests.funding_factories import CODING, answers_for, first_leaf, make_contest, make_fund
from tests.payment_factories import make_payable

ROAD = {step.name: (step.from_, step.to) for step in STEPS}


def clicks_of(dice, cast, application, contest):
    """One click, mostly by somebody who may: what it does."""
    anybody = dice.choice([cast.alice, cast.olive, cast.bob, cast.eve, cast.carol, cast.grace])

    def by(usual):
        return usual if dice.random() < 0.8 else anybody

    key = dice.choice([None, None, f"{application.id}:{dice.randrange(6)}"])
    amount_p = dice.choice([300_00, 100_00, 299_99, 300_01, 0, -5])
    officer, reason = dice.choice([cast.alice, cast.olive]), dice.choice(["Because.", None])
    ending = by(cast.bob) if dice.random() < 0.1 else cast.grace
    return dice.choice(
        [
            lambda: save_draft(application, answers=answers_for(contest), by=by(cast.bob)),
            lambda: submit(application, by=by(cast.bob), key=key),
            lambda: ask_for_changes(application, reason=reason or "", by=by(officer), key=key),
            lambda: award(
                application,
                amount_p=amount_p,
                node=first_leaf(application),
                by=by(officer),
                coding=dice.choice([CODING, CODING, CODING, Coding()]),
                reason=reason,
                key=key,
            ),
            lambda: make_payable(cast, application),
            lambda: mark_paid(
                application,
                paid_on=clock.today(),
                reference=f"BACS {application.id}",
                by=by(cast.carol),
                key=key,
            ),
            lambda: withdraw(application, by=ending, key=key),
            lambda: decline(application, reason=reason or "", by=ending, key=key),
        ]
    )


def check_road(application):
    """Each step stands on the one before it, as the table says."""
    state = None
    for taken in reversed(steps_of(application)):
        froms, to = ROAD[taken.step]
        assert taken.from_status == state
        assert state in froms or (state is None and taken.step == "draft")
        assert taken.to_status == to
        state = taken.to_status
    assert application.status == state


def test_no_click_skips_a_step_or_loses_a_penny(cast):
    seed = 20261122
    dice = random.Random(seed)
    make_fund(by=cast.alice, share_p=700_00)
    region = cast.regions["NWI"]
    made = []
    for _ in range(8):
        application = start_draft(region_id=region.id, by=cast.bob)
        made.append((application, make_contest(region)))
        db.session.commit()
    became = Counter()
    for _ in range(400):
        application, contest = dice.choice(made)
        try:
            clicks_of(dice, cast, application, contest)()
            db.session.commit()
            became["done"] += 1
        except DomainError as refusal:
            db.session.rollback()
            became[type(refusal).__name__] += 1
    for application, _ in made:
        db.session.refresh(application)
        check_road(application)
        if application.status in ("awarded", "paid"):
            assert application.decided_by_id not in case_of(application).written_by
    awarded = [one for one, _ in made if one.status == "awarded"]
    paid = [one for one, _ in made if one.status == "paid"]
    node = first_leaf(made[0][0])
    db.session.refresh(node)
    assert node.committed_p == sum(one.awarded_p for one in awarded), seed
    assert node.paid_p == sum(one.awarded_p for one in paid), seed
    assert node.available_p >= 0
    assert list(ledger_faults()) == []
    assert paid, f"the walk of seed {seed} reaches the end of the road: {became}"
