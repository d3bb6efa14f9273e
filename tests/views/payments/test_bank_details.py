"""Bank details leave in the bank's file alone: no other page or file shows them, to nobody."""

import pytest

from models.accounts.roles import Permit, permits_of
from models.base import db
from tests.cast import PEOPLE
from tests.house.planting import plant
from tests.house.planting_payments import SECRET_NUMBER
from tests.house.walk import Walker, walkable, words_of


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", ["carol", "alice", "bob", "grace"])
def test_no_page_shows_an_account_number(app, cast, sign_in, name, monkeypatch):
    """Every route of the room, by finance and by others; only the bank's file has the number."""
    garden = plant(cast)
    walker = Walker(app, garden, name)
    shown = []

    def look(call, answer):
        if SECRET_NUMBER in words_of(answer) or "20-45-67" in words_of(answer).replace(HINT, ""):
            shown.append((call.endpoint, answer.status_code))

    monkeypatch.setattr(walker, "_judge", look)
    walker.walk(lambda rule: rule.endpoint.split(".")[0] in ("payments", "funding", "home"))
    assert {endpoint for endpoint, _ in shown} <= {"payments.batch_for_bank"}
    sees = Permit.PAYMENTS_MAKE in permits_of(PEOPLE[name][1])
    assert bool(shown) == sees
    db.session.remove()


HINT = "like 20-45-67"


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_the_walk_knows_the_bank_file(app):
    assert "payments.batch_for_bank" in {rule.endpoint for rule in walkable(app)}
