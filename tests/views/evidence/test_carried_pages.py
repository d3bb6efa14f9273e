"""The pages of an award that was carried into the next fund half paid."""

from tests.carried import carry_half_paid, pay_the_rest


def test_the_report_says_all_that_was_paid(sign_in, cast, fund, awarded):
    carry_half_paid(cast, awarded, fund)
    pay_the_rest(cast, awarded)
    bob = sign_in(cast.bob)
    bob.post(f"/afterwards/{awarded.id}/report/start")
    page = bob.get(f"/afterwards/{awarded.id}/report").text
    assert "£300.00" in page
    assert "£150.00" not in page


def test_what_was_paid_before_it_was_carried_may_be_asked_back(sign_in, cast, fund, awarded):
    carry_half_paid(cast, awarded, fund)
    page = sign_in(cast.olive).get(f"/payments/of/{awarded.id}").text
    assert "Ask money back" in page
