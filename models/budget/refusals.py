"""What the database refused, in words with the figures.

SQLite and psycopg name a broken constraint differently; `broken_rule` makes them one.
"""

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError

from models.budget.tables import Award, BudgetNode
from models.errors import Conflict, DomainError, OverBudget, Refused
from models.money import in_pounds

REPEATED = ("uq_ledger_idem", "uq_award_reference", "uq_ledger_reverses_id")

# SQLite names the columns of a unique constraint, not the constraint.
UNIQUE_COLUMNS = {
    "ledger.idem": "uq_ledger_idem",
    "ledger.reverses_id": "uq_ledger_reverses_id",
    "award.reference": "uq_award_reference",
    "budget_node.code": "uq_budget_node_code",
    "budget_request.idem": "uq_budget_request_idem",
}


def broken_rule(error: IntegrityError) -> str:
    """The name of the constraint or trigger that refused, the same on both databases."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return diagnosis.constraint_name or ""
    text = str(error.orig)
    detail = text.partition("constraint failed: ")[2] or text.partition(":")[0]
    return UNIQUE_COLUMNS.get(detail, detail)


def place(path: Sequence[BudgetNode]) -> str:
    """Where in the tree, in words: "Print, North West & Irish". The path lists the node first."""
    node = path[0]
    return f"{path[1].name}, {node.name}" if node.level == "region" else node.name


def of_award(
    error: IntegrityError, *, award: Award | None, path: Sequence[BudgetNode], asked_p: int
) -> DomainError | None:
    """Why an award's commitment, payment, release or return was refused; None if unknown."""
    rule = broken_rule(error)
    asked = in_pounds(asked_p)
    if rule == "ck_award_committed" and award is not None:
        return OverBudget(
            f"{in_pounds(award.committed_p)} is committed and not yet paid for {award.reference}; "
            f"you asked for {asked}.",
            available_p=award.committed_p,
            asked_p=asked_p,
        )
    if rule == "ck_award_returned" and award is not None:
        left_p = award.paid_p - award.returned_p
        return OverBudget(
            f"{in_pounds(left_p)} was paid and not returned for {award.reference}; "
            f"you asked for {asked}.",
            available_p=left_p,
            asked_p=asked_p,
        )
    if rule == "ck_budget_node_cap":
        return _no_room(path, asked_p)
    return _by_name(rule)


def of_cap(
    error: IntegrityError, *, path: Sequence[BudgetNode], asked_p: int
) -> DomainError | None:
    """Why an allocation, a virement or a change of the cap was refused; None if unknown.

    `path` is that of the node which would lose money or hand it down, the node first.
    """
    rule = broken_rule(error)
    if rule not in ("ck_budget_node_cap", "ck_budget_node_handed"):
        return _by_name(rule)
    left_p = spare_p(path[0])
    return OverBudget(
        f"{in_pounds(left_p)} of {place(path)} is neither handed down nor used; "
        f"you asked for {in_pounds(asked_p)}.",
        available_p=left_p,
        asked_p=asked_p,
    )


def spare_p(node: BudgetNode) -> int:
    """What a node's cap can lose or hand down: neither given to a child, committed nor spent."""
    if node.level == "region":
        return node.available_p
    return min(node.available_p, node.cap_p - node.handed_p)


def _no_room(path: Sequence[BudgetNode], asked_p: int) -> OverBudget:
    full = [number for number, node in enumerate(path) if node.available_p < asked_p]
    if not full:
        # Somebody gave money back between the refusal and this reading of the figures.
        return OverBudget(
            f"The budget of {place(path)} was just being changed. Try again.",
            available_p=path[0].available_p,
            asked_p=asked_p,
        )
    left_p = path[full[0]].available_p
    return OverBudget(
        f"{in_pounds(left_p)} left in {place(path[full[0] :])}; "
        f"you asked for {in_pounds(asked_p)}.",
        available_p=left_p,
        asked_p=asked_p,
    )


def _by_name(rule: str) -> DomainError | None:
    sentences: dict[str, DomainError] = {
        "ledger_leaf": Refused(
            "An award is made against a head's region, not against a head or the whole fund."
        ),
        "ledger_mirror": Refused("A correction must take back exactly the row that it names."),
        "uq_ledger_reverses_id": Conflict("This entry was already taken back."),
        "uq_award_reference": Conflict("There is already an award with this reference."),
        "uq_ledger_idem": Conflict("This was already done with other figures."),
    }
    return sentences.get(rule)
