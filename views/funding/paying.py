"""What an award needs before it is marked as paid, and on which pages that is done."""

from flask import url_for

from models.accounts.roles import Permit
from models.funding.tables import Application
from models.payments.queries.one import payments_of
from views.guards import reader


def ways_to_pay(application: Application) -> list[tuple[str, str]]:
    """The pages, as (words, address), where what is missing for a payment is put right."""
    if application.status != "awarded":
        return []
    here = url_for("payments.of_award", application_id=application.id)
    found = [("Plan and conditions of this award", here)]
    there = [one for one in payments_of(application) if one.status == "scheduled"]
    if Permit.PAYMENTS_MAKE not in reader().permits:
        return found
    if len(there) == 1 and there[0].payee is not None:
        payee = there[0].payee
        found.append((f"Account of {payee.name}", url_for("payments.payee", payee_id=payee.id)))
    else:
        found.append(("Payees", url_for("payments.payees")))
    return found
