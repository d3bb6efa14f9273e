"""The pages warn of a payment that is too late, and ask for an answer."""

from datetime import UTC, date, datetime

import pytest

from models import clock
from models.base import db
from models.payments.queries.one import payment_for
from tests.dom import parse
from tests.law import load_law
from tests.payment_factories import make_planned

LATE = datetime(2027, 6, 10, 9, tzinfo=UTC)
WORDS = "later payment needs the court"


@pytest.fixture
def planned(cast, desk):
    load_law(by=cast.alice)
    with clock.set_to(datetime(2027, 4, 12, 9, tzinfo=UTC)):
        return make_planned(cast, desk.payee, 300_00, poll_on=date(2027, 5, 6))


def test_a_late_release_is_warned_of_and_answered(sign_in, cast, planned):
    _, [payment] = planned
    at = f"/payments/{payment.id}"
    assert WORDS not in sign_in(cast.olive).get(at).text
    with clock.set_to(LATE):
        officer = sign_in(cast.olive)
        assert WORDS in officer.get(at).text
        refused = officer.post(f"{at}/release", data={"release-answer": ""})
        assert refused.status_code == 422
        assert WORDS in parse(refused.text).by_id("release-answer-error").text
        done = officer.post(f"{at}/release", data={"release-answer": "The court allowed it."})
        assert done.status_code == 302
        assert "The court allowed it." in officer.get(at).text
        assert WORDS not in officer.get(at).text
    db.session.expire_all()
    assert payment_for(cast.olive, payment.id).status == "released"


def test_marking_as_paid_too_late_is_warned_of_and_answered(sign_in, cast, planned):
    application, _ = planned
    at = f"/funding/{application.id}"
    with clock.set_to(LATE):
        finance = sign_in(cast.carol)
        assert WORDS in finance.get(at).text
        data = {"pay-paid_on": "2027-06-10", "pay-reference": "BACS 7", "pay-answer": ""}
        refused = finance.post(f"{at}/pay", data=data)
        assert refused.status_code == 422
        assert WORDS in parse(refused.text).by_id("pay-answer-error").text
        done = finance.post(f"{at}/pay", data={**data, "pay-answer": "The court allowed it."})
        assert done.status_code == 302
        page = finance.get(at).text
    assert "Paid after the last day for bills: your answer" in page
    assert "The court allowed it." in page
