"""What the law says to a payment so late, and the answer that a person gives to it."""

from datetime import date

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.funding.actions.law import check_answer
from models.funding.queries.law import payment_warning
from models.payments.tables import Payment


def answer_to_law(payment: Payment, *, on: date, answer: str | None, by: Actor) -> str | None:
    """The answer to keep with a release or a payment on this day; None where none is due.

    Whoever releases after the last day for bills answers, and with that for the payment as well.
    Invalid, at its field, where an answer is due and not given.
    """
    require(by, Permit.FUNDING_READ)
    warning = payment_warning(payment.application, on)
    if warning is None or _was_answered(payment):
        return None
    words = check_answer(warning, answer)
    after = {"warning": warning.key, "shown": warning.words, "answer": words}
    audit.record("payment.law_answered", payment, by=by, after=after)
    return words


def _was_answered(payment: Payment) -> bool:
    """True for a payment whose release was late already, as that was not without an answer."""
    if payment.released_at is None:
        return False
    released_on = clock.london_day(payment.released_at)
    return payment_warning(payment.application, released_on) is not None
