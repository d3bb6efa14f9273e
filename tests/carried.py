"""An award that was half paid when its year ended: carried into the next fund, and paid there."""

from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace

from models import clock
from models.base import db
from models.budget.actions import money
from models.budget.tables import Fund
from models.funding.tables import Application
from models.year_end.actions import approve, propose
from tests.funding_factories import make_fund
from tests.payment_factories import pay_outright


def carry_half_paid(cast: SimpleNamespace, application: Application, old: Fund) -> Fund:
    """Half of the award is paid from `old`, which is closed into the fund that comes back."""
    award = application.award
    money.pay(award=award, amount_p=award.committed_p // 2, by=cast.carol, key="half")
    first = old.ends_on + timedelta(days=1)
    new = make_fund(
        by=cast.alice, name="Next year", code="EF27", starts_on=first,
        ends_on=first + timedelta(days=364),
    )  # fmt: skip
    with clock.set_to(datetime.combine(first, time(12), UTC)):
        end = propose(
            fund=old, next_fund=new, choices={award.id: "carry"}, balance_p=0, by=cast.olive,
            authority="Executive, 3 March", reason="The year is over", key="end:1",
        )  # fmt: skip
        approve(end, by=cast.alice)
    db.session.commit()
    return new


def pay_the_rest(cast: SimpleNamespace, application: Application) -> None:
    """The other half is paid from the next fund, today."""
    pay_outright(cast, application, reference="P-2")
    db.session.commit()
