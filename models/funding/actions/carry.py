"""Taking an award into the next year's fund: its commitment goes on there, its history with it."""

from models.accounts.tables import User
from models.budget.actions import money
from models.budget.tables import BudgetNode, Fund
from models.errors import Refused
from models.funding.actions.steps import begin, finish, said
from models.funding.tables import Application


def carry(
    application: Application,
    *,
    amount_p: int,
    fund: Fund,
    node: BudgetNode,
    reason: str,
    by: User,
    key: str,
) -> Application:
    """Go on with what a closing fund released: the award stands in the next fund, not paid yet.

    Raises OverBudget where the next fund has no room for it.
    """
    step = begin(application, "carry", by=by, key=key, version=None)
    if step is None:
        return application
    if application.award is None:
        raise Refused("There is no award to carry forward.")
    application.award = money.carry(
        award=application.award,
        node_id=node.id,
        reference=f"{application.reference}/{fund.node.code}",
        amount_p=amount_p,
        by=by,
    )
    application.node, application.fund = node, fund
    finish(application, step, by=by, key=key, reason=said(step, reason), amount_p=amount_p)
    return application
